//! The gate: authenticate a request, ask the judge, let it through or say why not.
//!
//! A [`Caller`] exists only because [`Gate::authenticate`] made it, and a [`Permit`] only because [`Gate::authorize`] did;
//! whoever holds one need not ask again, and whoever has none cannot run an operation. The gate decides nothing itself: it
//! gathers what the engine needs to know and puts the engine's answer into words.
//!
//! What it is not: it reads no clock, keeps no state beside the directory's but what follows from it, and knows no
//! encoding.
//!
//! Reading order: [`session`], [`arrival`], [`caller`], [`authenticate`](Gate::authenticate), [`question`],
//! [`authorize`](Gate::authorize), [`encoded`], [`packed`].

pub mod arrival;
mod arrived;
mod authenticate;
mod authorize;
pub mod caller;
mod documents;
pub mod encoded;
mod listings;
pub mod packed;
mod policies;
pub mod question;
mod record;
pub mod session;
mod signing_keys;
mod stranger;

use std::sync::Arc;

use doorward_directory::Directory;
use doorward_directory::delegation::provider::Providers;
use doorward_directory::issuer::Issuer;
use doorward_directory::random::{NoRandomness, Random};
use doorward_directory::role_template::RoleTemplates;
use doorward_engine::Shelf;
use doorward_policy::request::Choices;

pub use arrival::{Arrival, Transport};
pub use authenticate::Unauthenticated;
pub use authorize::{Denied, Permit, Unauthorized, put_organization};
pub use caller::{Caller, Credential};
use documents::SessionDocuments;
use listings::Listings;
pub use question::Question;
pub use session::{NotSealed, Session, SessionCredentials};
use signing_keys::SigningKeys;
pub use stranger::Stranger;

/// The gate of one installation. Cheap to clone.
#[derive(Clone)]
pub struct Gate {
    directory: Arc<Directory>,
    choices: Choices,
    /// What policies say about actions, put together once for all requests.
    shelf: Arc<Shelf>,
    /// Which policies bear on whom, as the newest snapshot has it.
    listings: Arc<Listings>,
    /// Session policies that came with tokens, parsed once.
    documents: Arc<SessionDocuments>,
    /// Signing keys of long-term access keys, derived once.
    signing_keys: Arc<SigningKeys>,
    random: Arc<dyn Random>,
    /// Under which address others find the issuers of this installation's tokens; no slash at its end.
    issuer_base: Arc<str>,
    role_templates: Arc<RoleTemplates>,
    /// Who may ask accounts for delegation.
    providers: Arc<Providers>,
}

/// About how many bytes the plans of policies may take that are kept between requests, unless it is said otherwise. A
/// plan of some dozen statements takes about ten thousand.
pub const PLAN_BYTES_MAX: usize = 64 << 20;

/// Under which address others find the issuers of this installation's tokens, unless it is said otherwise.
pub const ISSUER_BASE: &str = "http://127.0.0.1";

/// The path of every issuer, below that address: its id follows.
pub const ISSUER_PATH: &str = "/web-identity/";

/// Why there is no gate.
#[derive(Debug, thiserror::Error)]
pub enum GateError {
    /// The directory has not had its first start.
    #[error("the directory holds no installation: it has not had its first start")]
    NoInstallation,
}

impl Gate {
    /// The gate before a directory that has had its first start. `choices` settles the points on which AWS's behaviour is
    /// not published.
    ///
    /// # Errors
    /// [`GateError`].
    pub fn open(
        directory: Arc<Directory>,
        choices: Choices,
        random: Arc<dyn Random>,
    ) -> Result<Self, GateError> {
        if directory.snapshot().installation().is_none() {
            return Err(GateError::NoInstallation);
        }
        Ok(Self {
            directory,
            choices,
            shelf: Arc::new(Shelf::new(PLAN_BYTES_MAX)),
            listings: Arc::default(),
            documents: Arc::default(),
            signing_keys: Arc::default(),
            random,
            issuer_base: ISSUER_BASE.into(),
            role_templates: Arc::default(),
            providers: Arc::default(),
        })
    }

    /// The same gate, which keeps plans of policies of about so many bytes between requests, and has none yet. What finds
    /// no room is put together anew when it is asked for.
    #[must_use]
    pub fn with_plan_bytes_max(self, bytes_max: usize) -> Self {
        Self { shelf: Arc::new(Shelf::new(bytes_max)), ..self }
    }

    /// About how many bytes the plans take that are kept. Takes time in proportion to their number.
    #[must_use]
    pub fn plan_bytes(&self) -> usize {
        self.shelf.bytes()
    }

    /// The same gate, whose issuers others find below this address, such as `https://iam.example.com`. A slash at its end
    /// does not count.
    #[must_use]
    pub fn with_issuer_base(self, address: &str) -> Self {
        Self { issuer_base: address.trim_end_matches('/').into(), ..self }
    }

    /// The same gate, of an installation that knows these role templates.
    #[must_use]
    pub fn with_role_templates(self, templates: RoleTemplates) -> Self {
        Self { role_templates: Arc::new(templates), ..self }
    }

    /// The role templates that the installation knows.
    #[must_use]
    pub fn role_templates(&self) -> &RoleTemplates {
        &self.role_templates
    }

    /// The same gate, with these product providers, who may ask accounts for delegation.
    #[must_use]
    pub fn with_providers(self, providers: Providers) -> Self {
        Self { providers: Arc::new(providers), ..self }
    }

    /// The product providers.
    #[must_use]
    pub fn providers(&self) -> &Providers {
        &self.providers
    }

    /// The address of an issuer of web identity tokens: what they call `iss`.
    #[must_use]
    pub fn issuer_url(&self, issuer: &Issuer) -> String {
        format!("{}{ISSUER_PATH}{}", self.issuer_base, issuer.id)
    }

    /// The directory behind it.
    #[must_use]
    pub fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Random bytes, from the source that the gate was opened with.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn fill_random(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        self.random.fill(bytes)
    }

    /// Seals a session with the secret of its access key: see [`session::seal`].
    ///
    /// # Errors
    /// [`NotSealed`].
    pub fn seal_session(
        &self,
        session: &Session,
        secret: &[u8; 30],
        characters_min: usize,
    ) -> Result<SessionCredentials, NotSealed> {
        session::seal(self.directory.sealer(), session, secret, characters_min)
    }
}
