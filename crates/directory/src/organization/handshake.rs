//! Handshakes: what one account asks another to agree to.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_getting-started_concepts.html#handshakes>

use doorward_policy::AccountId;
use jiff::{SignedDuration, Timestamp};

use super::HandshakeId;
use crate::tags::Tags;

/// For how long a handshake is shown after it has ended, in days.
///
/// Source: <https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeHandshake.html>
const SHOWN_DAYS: i64 = 30;

/// A handshake that the organization sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Handshake {
    /// Its id, `h-…`.
    pub id: HandshakeId,
    /// What is agreed to.
    pub action: HandshakeAction,
    /// The account that is asked; `None` for the organization itself.
    pub recipient: Option<AccountId>,
    /// When it was sent, in whole seconds.
    pub requested: Timestamp,
    /// Until when it can be answered, in whole seconds.
    pub expires: Timestamp,
    /// Where it stands, time left out of account: see [`Handshake::state_at`].
    pub state: HandshakeState,
    /// When it was answered or cancelled, in whole seconds.
    pub ended: Option<Timestamp>,
    /// What the sender has to say, at most 1,024 characters.
    pub notes: Option<Box<str>>,
    /// The tags that the account gets when it joins.
    pub tags: Tags,
    /// The handshake that this one is part of.
    pub parent: Option<HandshakeId>,
}

/// What a handshake is about.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum HandshakeAction {
    /// To join the organization.
    Invite,
    /// To let the organization have all features: the whole of it.
    EnableAllFeatures,
    /// To let the organization have all features: one invited account's part.
    ApproveAllFeatures,
}

/// Where a handshake stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum HandshakeState {
    /// Sent, and others have to answer first.
    Requested,
    /// Sent, and can be accepted.
    Open,
    /// Taken back by the sender.
    Canceled,
    /// Accepted.
    Accepted,
    /// Declined.
    Declined,
    /// Not answered in time.
    Expired,
}

impl Handshake {
    /// Where it stands at a time.
    #[must_use]
    pub fn state_at(&self, now: Timestamp) -> HandshakeState {
        if self.is_waiting() && now >= self.expires { HandshakeState::Expired } else { self.state }
    }

    /// Whether it was not answered or taken back, time left out of account.
    const fn is_waiting(&self) -> bool {
        matches!(self.state, HandshakeState::Requested | HandshakeState::Open)
    }

    /// Whether it is still shown at a time.
    #[must_use]
    pub fn is_shown_at(&self, now: Timestamp) -> bool {
        let ended = match self.state_at(now) {
            HandshakeState::Requested | HandshakeState::Open => return true,
            HandshakeState::Expired => self.expires,
            HandshakeState::Canceled | HandshakeState::Accepted | HandshakeState::Declined => {
                self.ended.unwrap_or(self.expires)
            }
        };
        now.duration_since(ended) < SignedDuration::from_hours(24 * SHOWN_DAYS)
    }

    /// Whether it waits for an answer at a time.
    #[must_use]
    pub fn is_pending_at(&self, now: Timestamp) -> bool {
        self.is_waiting() && now < self.expires
    }
}

impl HandshakeAction {
    /// What the API calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invite => "INVITE",
            Self::EnableAllFeatures => "ENABLE_ALL_FEATURES",
            Self::ApproveAllFeatures => "APPROVE_ALL_FEATURES",
        }
    }

    /// What ARNs call it.
    #[must_use]
    pub const fn segment(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::EnableAllFeatures => "enable_all_features",
            Self::ApproveAllFeatures => "approve_all_features",
        }
    }

    /// For how long it can be answered, in days.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::Invite => 15,
            Self::EnableAllFeatures | Self::ApproveAllFeatures => 90,
        }
    }
}

impl HandshakeState {
    /// What the API calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "REQUESTED",
            Self::Open => "OPEN",
            Self::Canceled => "CANCELED",
            Self::Accepted => "ACCEPTED",
            Self::Declined => "DECLINED",
            Self::Expired => "EXPIRED",
        }
    }
}
