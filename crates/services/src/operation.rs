//! What every operation has to say for itself.

use doorward_gate::{Permit, Question, Stranger};
use doorward_wire::{ApiError, Sink};

use crate::call::Call;

/// An operation that this server has: its behaviour, on the type that `wire` generated for its shape.
pub trait Operation: doorward_wire::Operation + Sized {
    /// Whether it writes to the store.
    const ACCESS: Access;

    /// What the caller must be allowed to do: every action with its resource, its condition keys and, where the resource has
    /// one, its policy. At least one. The ARN of something that exists is the one it is stored under.
    ///
    /// # Errors
    /// An error that must come before any answer about permissions.
    fn questions(call: &Call<'_>, input: &Self::Input) -> Result<Vec<Question>, ApiError>;

    /// Does it. The permit says that every question was answered with yes.
    ///
    /// # Errors
    /// AWS's error for what stands in the way; then nothing has changed.
    fn run(call: &Call<'_>, permit: &Permit<'_, Self>, input: Self::Input) -> Result<Self::Output, ApiError>;
}

/// An operation of this server that reads and writes down what it finds as it goes, because all of it would be held twice
/// otherwise: as values, and as the text of the answer.
pub trait Gathered: doorward_wire::Operation + Sized {
    /// As [`Operation::questions`].
    ///
    /// # Errors
    /// An error that must come before any answer about permissions.
    fn questions(call: &Call<'_>, input: &Self::Input) -> Result<Vec<Question>, ApiError>;

    /// Writes the output, member by member. The permit says that every question was answered with yes.
    ///
    /// # Errors
    /// AWS's error for what stands in the way; what was written until then goes nowhere.
    fn write(
        call: &Call<'_>,
        permit: &Permit<'_, Self>,
        input: Self::Input,
        output: &mut dyn Sink,
    ) -> Result<(), ApiError>;
}

/// An operation of this server that nobody signs: the request brings a proof of its own, which has to make a caller of
/// whoever asks before anything is done for it.
pub trait Unsigned: doorward_wire::Operation + Sized {
    /// Does it.
    ///
    /// # Errors
    /// AWS's error for what stands in the way; then nothing has changed.
    fn run(stranger: &Stranger, input: Self::Input) -> Result<Self::Output, ApiError>;
}

/// What an operation does to the store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// It reads the snapshot of its request, and never waits.
    Read,
    /// It does the same, and may take so long that no connection should wait for it.
    LongRead,
    /// It commits, and waits until that is durable.
    Write,
    /// It reads, but a request with this parameter writes: what it shows is used up.
    WriteWith(&'static str),
}
