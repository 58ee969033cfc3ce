//! The names and shapes of the fields of records, in the order of their numbers.
//!
//! [`crate::record`] has the same fields as types. The tests of changes hold the two together, for they take every record
//! that a change leaves to its line and back: what one knows and the other does not is an error, never left out.

use crate::keys::Key;
use crate::keys::delegation::Place as DelegationPlace;
use crate::keys::organization::Place;

/// What a field holds.
pub(super) enum Shape {
    Text,
    Number,
    Flag,
    /// A number as twelve digits.
    Account,
    /// A time in whole seconds.
    Seconds,
    /// A time in whole milliseconds.
    Milliseconds,
    Bytes,
    /// Bytes that are, or seal, a secret.
    Secret,
    Optional(&'static Shape),
    List(&'static Shape),
    Record(&'static [Field]),
    /// One of several, by number.
    Choice(&'static [(&'static str, &'static [Field])]),
}

/// A field: its name and what it holds.
pub(super) type Field = (&'static str, Shape);

impl Shape {
    /// Whether all of it is secret.
    pub(super) const fn is_secret(&self) -> bool {
        match self {
            Self::Secret => true,
            Self::Optional(inner) | Self::List(inner) => inner.is_secret(),
            Self::Text
            | Self::Number
            | Self::Flag
            | Self::Account
            | Self::Seconds
            | Self::Milliseconds
            | Self::Bytes
            | Self::Record(_)
            | Self::Choice(_) => false,
        }
    }
}

use Shape::{
    Account, Bytes, Choice, Flag, List, Milliseconds, Number, Optional, Record, Seconds, Secret, Text,
};

const TEXTS: Shape = List(&Text);
const MAYBE_TEXT: Shape = Optional(&Text);
const MAYBE_ACCOUNT: Shape = Optional(&Account);
const TAGS: Shape = List(&Record(&[("key", Text), ("value", Text)]));
const ENTITY: Shape =
    Record(&[("id", Text), ("name", Text), ("path", Text), ("created", Seconds), ("tags", TAGS)]);

const WRAPPED: Shape = Record(&[("master", Text), ("bytes", Secret)]);
const DATA_KEY: &[Field] = &[
    ("id", Number),
    ("state", Number),
    ("created", Seconds),
    ("since", Seconds),
    ("fingerprint", Bytes),
    ("wraps", List(&WRAPPED)),
];
const SESSION_KEY: &[Field] = &[
    ("id", Number),
    ("state", Number),
    ("created", Seconds),
    ("since", Seconds),
    ("fingerprint", Bytes),
    ("sealed", Secret),
];

/// The shape of the record that stands under a key.
pub(super) const fn of(key: &Key) -> &'static Shape {
    match key {
        Key::Format => &Record(&[("format", Number), ("program", Text), ("becoming", Optional(&Number))]),
        Key::Installation => &Record(&[("management_account", Account), ("created", Seconds)]),
        Key::Keyring => &Record(&[
            ("data", List(&Record(DATA_KEY))),
            ("sessions", List(&Record(SESSION_KEY))),
            ("last_id", Number),
        ]),
        Key::Account(_) => &Record(&[
            ("name", Text),
            ("created", Seconds),
            ("alias", MAYBE_TEXT),
            ("token_version_two", Flag),
            ("role_manager_enabled", Flag),
        ]),
        Key::Alias(_) => &Account,
        Key::User(..) => {
            &Record(&[("entity", ENTITY), ("boundary", MAYBE_TEXT), ("groups", TEXTS), ("attached", TEXTS)])
        }
        Key::Group(..) => &Record(&[("entity", ENTITY), ("attached", TEXTS)]),
        Key::Role(..) => &ROLE,
        Key::Policy(..) => &Record(&[
            ("entity", ENTITY),
            ("updated", Seconds),
            ("description", MAYBE_TEXT),
            ("default_version", Number),
            ("latest_version", Number),
        ]),
        Key::Profile(..) => &Record(&[("entity", ENTITY), ("role", MAYBE_TEXT)]),
        Key::Version(..) => &Record(&[("text", Text), ("created", Seconds)]),
        Key::Inline(..) => &Record(&[("text", Text)]),
        Key::AccessKey(_) => &Record(&[
            ("account", Account),
            ("owner", Choice(&[("root", &[]), ("user", &[("id", Text)]), ("service", &[("name", Text)])])),
            ("active", Flag),
            ("created", Seconds),
            ("sealed_secret", Secret),
        ]),
        Key::Login(_) => &Record(&[
            ("created", Seconds),
            ("changed", Seconds),
            ("reset_required", Flag),
            ("sealed_hash", Secret),
            ("sealed_previous", List(&Secret)),
        ]),
        Key::MfaDevice(..) => &MFA_DEVICE,
        Key::PasswordPolicy(_) => &PASSWORD_POLICY,
        Key::Issuer(_) => &ISSUER,
        Key::Oidc(..) => &Record(&[
            ("url", Text),
            ("created", Seconds),
            ("tags", TAGS),
            ("client_ids", TEXTS),
            ("thumbprints", TEXTS),
        ]),
        Key::Saml(..) => &SAML,
        Key::Service(_) => &Record(&[("account", Account), ("created", Seconds)]),
        Key::ServerCertificate(..) => &Record(&[
            ("entity", ENTITY),
            ("expires", Seconds),
            ("body", Text),
            ("chain", MAYBE_TEXT),
            ("sealed_key", Secret),
        ]),
        Key::SigningCertificate(..) => {
            &Record(&[("user", MAYBE_TEXT), ("active", Flag), ("uploaded", Seconds), ("body", Text)])
        }
        Key::SshKey(..) => &Record(&[("active", Flag), ("uploaded", Seconds), ("body", Text)]),
        Key::ServiceCredential(..) => &Record(&[
            ("service", Text),
            ("alias", Text),
            ("active", Flag),
            ("created", Seconds),
            ("expires", Optional(&Seconds)),
            ("digest", Secret),
        ]),
        Key::LinkedDeletion(..) => {
            &Record(&[("path", Text), ("name", Text), ("submitted", Seconds), ("in_use", Flag)])
        }
        Key::CredentialReport(_) => &Record(&[("generated", Seconds), ("packed", Bytes)]),
        Key::KeyUse(_) | Key::RoleUse(_) => &Record(&[("at", Seconds), ("service", Text), ("region", Text)]),
        Key::Report(..) => &REPORT,
        Key::Delegation(DelegationPlace::Request(..)) => &REQUEST,
        Key::Delegation(DelegationPlace::Notice(..)) => {
            &Record(&[("state", MAYBE_TEXT), ("at", Milliseconds)])
        }
        Key::Organization(place) => of_organization(place),
        Key::Guard(_) => &Record(&[]),
        Key::Fence(..) => &Number,
    }
}

const ROLE: Shape = Record(&[
    ("entity", ENTITY),
    ("trust", Text),
    ("bindings", List(&Record(&[("arn", Text), ("id", Text)]))),
    ("description", MAYBE_TEXT),
    ("max_session_s", Number),
    ("boundary", MAYBE_TEXT),
    ("attached", TEXTS),
    ("source", Optional(&SOURCE)),
]);

const SOURCE: Shape = Record(&[
    ("arn", Text),
    ("minor", Number),
    (
        "parameters",
        List(&Record(&[
            ("name", Text),
            ("values", Choice(&[("one", &[("value", Text)]), ("list", &[("values", TEXTS)])])),
        ])),
    ),
]);

const MFA_DEVICE: Shape = Record(&[
    ("name", Text),
    ("path", Text),
    ("created", Seconds),
    ("tags", TAGS),
    ("assigned", Optional(&Record(&[("user", MAYBE_TEXT), ("enabled", Seconds), ("drift", Number)]))),
    ("sealed_seed", Secret),
    ("last_step", Number),
]);

const PASSWORD_POLICY: Shape = Record(&[
    ("length_min", Number),
    ("symbols", Flag),
    ("numbers", Flag),
    ("uppercase", Flag),
    ("lowercase", Flag),
    ("users_may_change", Flag),
    ("age_days_max", Optional(&Number)),
    ("reuse_prevention", Optional(&Number)),
    ("hard_expiry", Optional(&Flag)),
]);

const ISSUER: Shape = Record(&[
    ("id", Text),
    ("enabled", Flag),
    (
        "keys",
        List(&Record(&[
            ("id", Text),
            (
                "public",
                Choice(&[
                    ("rsa", &[("modulus", Bytes), ("exponent", Bytes)]),
                    ("p384", &[("x", Bytes), ("y", Bytes)]),
                ]),
            ),
            ("signs_from", Seconds),
            ("sealed", Secret),
        ])),
    ),
]);

const SAML: Shape = Record(&[
    ("id", Text),
    ("name", Text),
    ("created", Seconds),
    ("tags", TAGS),
    ("metadata", Text),
    ("valid_until", Seconds),
    ("encryption_required", Optional(&Flag)),
    ("private_keys", List(&Record(&[("id", Text), ("created", Seconds), ("sealed", Secret)]))),
]);

const REPORT: Shape = Record(&[
    ("requester", Text),
    ("created", Seconds),
    (
        "subject",
        Choice(&[
            ("services", &[("id", Text)]),
            ("actions", &[("id", Text)]),
            ("organization", &[("path", Text), ("policy", MAYBE_TEXT), ("failure", MAYBE_TEXT)]),
        ]),
    ),
    ("services", TEXTS),
]);

const IDENTITY: Shape = Record(&[("arn", Text), ("id", Text)]);

const APPROVER: Shape = Choice(&[
    ("root", &[]),
    ("user", &[("id", Text)]),
    (
        "role",
        &[
            ("role", Text),
            ("session", Text),
            // Pairs of a key and a value.
            ("tags", List(&TEXTS)),
            ("transitive", TEXTS),
            ("source_identity", MAYBE_TEXT),
        ],
    ),
]);

const REQUEST: Shape = Record(&[
    ("id", Text),
    ("requestor_name", Text),
    ("workflow", Text),
    ("description", Text),
    ("message", MAYBE_TEXT),
    ("template", Text),
    ("parameters", List(&Record(&[("name", Text), ("list", Flag), ("values", TEXTS)]))),
    ("policy", Text),
    ("redirect_url", MAYBE_TEXT),
    ("channel", Text),
    ("session_s", Number),
    ("only_send_by_owner", Flag),
    ("owner_account", MAYBE_ACCOUNT),
    ("owner", Optional(&IDENTITY)),
    ("approval", Optional(&Record(&[("identity", IDENTITY), ("approver", APPROVER)]))),
    ("state", Text),
    ("entered", Milliseconds),
    ("created", Milliseconds),
    ("updated", Milliseconds),
    ("notes", MAYBE_TEXT),
    ("rejection", MAYBE_TEXT),
    ("notices", Number),
]);

const LISTED: Shape = Record(&[("times", Number), ("policies", TEXTS)]);
const ATTACHED: Shape = Record(&[("service_control", LISTED), ("resource_control", LISTED)]);
const POLICY_TYPE: Shape = Record(&[("enabled", Flag), ("times", Number)]);
const TRUSTED: Shape = List(&Record(&[("service", Text), ("since", Seconds)]));

const fn of_organization(place: &Place) -> &'static Shape {
    match place {
        Place::Itself => &ORGANIZATION,
        Place::Unit(_) => {
            &Record(&[("parent", MAYBE_TEXT), ("name", Text), ("tags", TAGS), ("attached", ATTACHED)])
        }
        Place::Member(_) => &Record(&[
            ("parent", MAYBE_TEXT),
            ("joined", Seconds),
            ("created", Flag),
            ("email", MAYBE_TEXT),
            ("suspended", Flag),
            ("tags", TAGS),
            ("attached", ATTACHED),
            ("delegated", TRUSTED),
        ]),
        Place::Policy(_) => {
            &Record(&[("kind", Text), ("name", Text), ("description", Text), ("text", Text), ("tags", TAGS)])
        }
        Place::Handshake(_) => &HANDSHAKE,
        Place::Creation(_) => &Record(&[("name", Text), ("requested", Seconds), ("account", MAYBE_ACCOUNT)]),
    }
}

const ORGANIZATION: Shape = Record(&[
    ("id", Text),
    ("management_account", Account),
    ("root", Text),
    ("created", Seconds),
    ("all_features", Flag),
    ("service_control", POLICY_TYPE),
    ("resource_control", POLICY_TYPE),
    ("root_tags", TAGS),
    ("root_attached", ATTACHED),
    ("services", TRUSTED),
    ("resource_policy", Optional(&Record(&[("id", Text), ("text", Text), ("tags", TAGS)]))),
    ("root_credentials_management", Flag),
    ("root_sessions", Flag),
]);

const HANDSHAKE: Shape = Record(&[
    ("action", Text),
    ("recipient", MAYBE_ACCOUNT),
    ("requested", Seconds),
    ("expires", Seconds),
    ("state", Text),
    ("ended", Optional(&Seconds)),
    ("notes", MAYBE_TEXT),
    ("tags", TAGS),
    ("parent", MAYBE_TEXT),
]);
