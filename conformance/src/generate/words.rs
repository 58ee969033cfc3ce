//! The alphabets.

/// The account to which most things belong.
pub(super) const HOME: &str = "111111111111";
/// Another account.
pub(super) const AWAY: &str = "222222222222";
/// The management account of the organization of both.
pub(super) const MANAGEMENT: &str = "999999999999";

/// Accounts, home most often.
pub(super) const ACCOUNTS: [&str; 6] = [HOME, HOME, HOME, HOME, AWAY, MANAGEMENT];

pub(super) const ACTIONS: [&str; 16] = [
    "s3:GetObject",
    "s3:GetObject",
    "s3:GetObject",
    "S3:getobject",
    "s3:PutObject",
    "s3:ListBucket",
    "sqs:SendMessage",
    "ec2:RunInstances",
    "kms:Decrypt",
    "kms:Decrypt",
    "kms:RetireGrant",
    "sts:AssumeRole",
    "sts:AssumeRole",
    "sts:TagSession",
    "sts:AssumeRoleWithWebIdentity",
    "iam:GetRole",
];

/// Actions that need no permission, for some requesters.
pub(super) const FREE_ACTIONS: [&str; 3] =
    ["sts:GetCallerIdentity", "STS:getcalleridentity", "sts:GetSessionToken"];

pub(super) const ACTION_PATTERNS: [&str; 28] = [
    "*",
    "*",
    "*:*",
    "s3:*",
    "s3:*",
    "s3:*",
    "S3:Get*",
    "s3:GetObject",
    "s3:?etObject",
    "s3:*Object",
    "s3:G*t*",
    "s3:??etObject",
    "s3:PutObject",
    "s3:List*",
    "sqs:*",
    "sqs:send*",
    "ec2:*",
    "kms:*",
    "kms:*",
    "kms:De*pt",
    "sts:*",
    "sts:*",
    "sts:AssumeRole",
    "sts:AssumeRole*",
    "sts:TagSession",
    "sts:Get*",
    "iam:*",
    "iam:Get?ole",
];

/// Actions by which nobody asks for anything but a role.
pub(super) const TRUST_ACTIONS: [&str; 7] = [
    "sts:*",
    "sts:AssumeRole",
    "sts:AssumeRole",
    "sts:AssumeRole*",
    "sts:TagSession",
    "sts:AssumeRoleWithWebIdentity",
    "STS:assume*",
];

pub(super) const ARNS: [&str; 30] = [
    "arn:aws:s3:::b",
    "arn:aws:s3:::b/k",
    "arn:aws:s3:::b/k",
    "arn:aws:s3:::b/alice/x",
    "arn:aws:s3:::b/Alice/x",
    "arn:aws:s3:::b/a?c",
    "arn:aws:s3:::b/a*c",
    "arn:aws:s3:::b/a/c:d",
    "arn:aws:s3:::b/\u{e9}/x",
    "arn:aws:s3:::b/${aws:username}/x",
    "arn:aws:sqs:eu-west-1:111111111111:q",
    "arn:aws:sqs:eu-west-1:222222222222:q",
    "arn:aws:sqs:eu:1:x:111111111111:q",
    "arn:aws:sns:us-east-1:111111111111:t:sub",
    "arn:aws:kms:eu-west-1:111111111111:key/1",
    "arn:aws:kms:eu-west-1:111111111111:key/1",
    "arn:aws:kms:eu-west-1:111111111111:alias/1",
    "arn:aws:iam::111111111111:role/Dev",
    "arn:aws:iam::111111111111:role/Dev",
    "arn:aws:iam::111111111111:role/app/Dev",
    "arn:aws:iam::222222222222:role/Dev",
    "arn:aws:iam::111111111111:user/alice",
    "arn:aws-cn:iam::111111111111:role/Dev",
    "arn:aws:ec2:eu-west-1:111111111111:instance/i-1",
    "*",
    "*",
    "b/k",
    "arn:aws:s3",
    "arn:aws:iam::111111111111",
    "arn::iam:::role/",
];

/// The names of users, roles, sessions and what they stand for in resources.
pub(super) const NAMES: [&str; 5] = ["alice", "alice", "Alice", "bob", "Dev"];

/// What may stand where a resource says `alice`.
pub(super) const RESOURCE_VARIABLES: [&str; 9] = [
    "${aws:username}",
    "${aws:username}",
    "${AWS:UserName}",
    "${aws:PrincipalTag/team}",
    "${aws:PrincipalTag/team, 'alice'}",
    "${aws:PrincipalTag/none, 'alice'}",
    "${aws:PrincipalTag/none}",
    "${aws:TagKeys}",
    "${aws:TagKeys, 'alice'}",
];

pub(super) const PROVIDERS: [&str; 3] = [
    "accounts.google.com",
    "arn:aws:iam::111111111111:saml-provider/idp",
    "arn:aws:iam::111111111111:oidc-provider/idp.example",
];

pub(super) const SERVICES: [&str; 3] = ["ec2.amazonaws.com", "lambda.amazonaws.com", "sns.amazonaws.com"];

/// What a policy writes under `AWS`.
pub(super) const PRINCIPALS: [&str; 24] = [
    "*",
    "*",
    "111111111111",
    "111111111111",
    "arn:aws:iam::111111111111:root",
    "222222222222",
    "arn:aws:iam::999999999999:root",
    "arn:aws:iam::111111111111:user/alice",
    "arn:aws:iam::111111111111:user/alice",
    "arn:aws:iam::111111111111:user/team/alice",
    "arn:aws:iam::111111111111:user/Alice",
    "arn:aws:iam::111111111111:user/bob",
    "arn:aws:iam::222222222222:user/alice",
    "arn:aws:iam::111111111111:role/Dev",
    "arn:aws:iam::111111111111:role/Dev",
    "arn:aws:iam::111111111111:role/team/Dev",
    "arn:aws:iam::222222222222:role/Dev",
    "arn:aws:iam::111111111111:role/bob",
    "arn:aws:sts::111111111111:assumed-role/Dev/alice",
    "arn:aws:sts::111111111111:assumed-role/Dev/bob",
    "arn:aws:sts::222222222222:assumed-role/Dev/alice",
    "arn:aws:sts::111111111111:federated-user/alice",
    "AIDAEXAMPLEUSER00000",
    "AROAEXAMPLEROLE00000",
];

/// ARNs that were bound to unique ids when policies were stored.
pub(super) const BOUND: [(&str, &str); 2] = [
    ("arn:aws:iam::111111111111:user/bob", "AIDAEXAMPLEBOB000000"),
    ("arn:aws:iam::111111111111:role/bob", "AROAEXAMPLEBOB000000"),
];

/// The unique ids that users and roles have.
pub(super) const USER_IDS: [&str; 3] =
    ["AIDAEXAMPLEUSER00000", "AIDAEXAMPLEUSER00001", "AIDAEXAMPLEBOB000000"];
pub(super) const ROLE_IDS: [&str; 3] =
    ["AROAEXAMPLEROLE00000", "AROAEXAMPLEROLE00001", "AROAEXAMPLEBOB000000"];

/// The types of context keys, by the values that are written for them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    Text,
    Number,
    Date,
    Truth,
    Binary,
    Address,
    Arn,
}

/// Context keys as policies and requests write them, with the type of their values.
pub(super) const KEYS: [(&str, Type); 17] = [
    ("aws:username", Type::Text),
    ("aws:PrincipalTag/team", Type::Text),
    ("aws:principaltag/TEAM", Type::Text),
    ("aws:PrincipalTag/none", Type::Text),
    ("aws:TagKeys", Type::Text),
    ("s3:prefix", Type::Text),
    ("aws:userid", Type::Text),
    ("aws:PrincipalArn", Type::Arn),
    ("aws:PrincipalARN", Type::Arn),
    ("aws:SourceArn", Type::Arn),
    ("aws:MultiFactorAuthAge", Type::Number),
    ("aws:EpochTime", Type::Date),
    ("aws:CurrentTime", Type::Date),
    ("aws:MultiFactorAuthPresent", Type::Truth),
    ("aws:SecureTransport", Type::Truth),
    ("example:digest", Type::Binary),
    ("aws:SourceIp", Type::Address),
];

/// Values of each type: what requests hold, and policies too.
pub(super) const fn values(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::Text => {
            &["alice", "alice", "Alice", "bob", "a*", "*", "x*y", "xay", "", "\u{c9}", "\u{e9}", "$"]
        }
        Type::Number => &[
            "5",
            "5",
            "05",
            "5.0",
            "+5",
            "-1",
            "-0",
            "0",
            "10",
            "0.5",
            ".5",
            "9007199254740993",
            "9007199254740992.5",
            "abc",
            "",
            "1e1",
        ],
        Type::Date => &[
            "2026-01-01T00:00:00Z",
            "2026-01-01",
            "1767225600",
            "1767225600.5",
            "2026-01-01T01:00:00+01:00",
            "2025-12-31T23:59:59.999Z",
            "2026",
            "tomorrow",
            "",
        ],
        Type::Truth => &["true", "true", "TRUE", "false", "False", "yes", ""],
        Type::Binary => &["QmluYXJ5", "Binary", "QmluYXJ5QQ==", "QmluYXJ5QQ", "", "Qmlu YXJ5"],
        Type::Address => &[
            "10.1.2.3",
            "10.1.2.3",
            "192.168.0.1",
            "2001:db8::1",
            "::ffff:10.1.2.3",
            "10.1.2",
            "10.0.0.0/8",
            "",
        ],
        Type::Arn => &[
            "arn:aws:s3:::b",
            "arn:aws:sns:us-east-1:1:t:sub",
            "arn:aws:iam::111111111111:role/Dev",
            "arn:aws:iam::111111111111:user/alice",
            "arn:aws:sns",
            "alice",
            "",
        ],
    }
}

/// Values that only policies write: patterns, ranges and variables.
pub(super) const fn patterns(kind: Type) -> &'static [&'static str] {
    match kind {
        Type::Text => &[
            "a*",
            "*",
            "?lice",
            "*l?c*",
            "x${*}y",
            "x${?}y",
            "${$}",
            "${aws:username}",
            "${aws:username}*",
            "${aws:PrincipalTag/team}",
            "${aws:PrincipalTag/team, 'alice'}",
            "${aws:PrincipalTag/none, ''}",
            "${aws:PrincipalTag/none}",
            "${aws:TagKeys}",
            "${aws:TagKeys, 'alice'}",
            "${s3:prefix}",
        ],
        Type::Number | Type::Binary => &["${aws:MultiFactorAuthAge}", "5", "QmluYXJ5"],
        Type::Date => &["2026-01-01T00:00:00Z", "2024-02-29T12:00Z"],
        Type::Truth => {
            &["${aws:SecureTransport}", "${aws:PrincipalTag/none, 'TRUE'}", "${aws:PrincipalTag/team}"]
        }
        Type::Address => {
            &["10.0.0.0/8", "10.0.0.5/8", "0.0.0.0/0", "::/0", "2001:db8::/32", "10.1.2.3/32", "10.0.0.0/33"]
        }
        Type::Arn => &[
            "arn:aws:s3:::*",
            "arn:aws:sns:*:1:*",
            "arn:*:*:*:*:*",
            "arn:aws:iam::*",
            "arn:aws:iam::111111111111:*/*",
            "arn:aws:iam:*:role/Dev",
            "arn:aws:iam::111111111111:role/${aws:PrincipalTag/team}",
            "arn:aws:iam::111111111111:user/${aws:username}",
            "${aws:PrincipalArn}",
            "${aws:SourceArn}",
            "${s3:prefix}:aws:s3:::b",
            "arn:aws:${s3:prefix}:b",
            "arn:aws:s3:::${*}",
            "*",
        ],
    }
}

/// A text that, as the value of a key, brings colons into the patterns above.
pub(super) const PREFIXES: [&str; 4] = ["arn", "s3::", "s3:::b", "alice"];
