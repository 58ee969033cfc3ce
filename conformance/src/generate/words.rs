//! The alphabets.

/// The account to which most things belong.
pub(super) const HOME: &str = "111111111111";
/// Another account.
pub(super) const AWAY: &str = "222222222222";
/// The management account of the organization of both.
pub(super) const MANAGEMENT: &str = "999999999999";

/// Accounts, home most often.
pub(super) const ACCOUNTS: [&str; 8] = [HOME, HOME, HOME, HOME, HOME, HOME, AWAY, MANAGEMENT];

/// Actions that requests are about. The last few differ from others in letters whose lower case is not of one byte, or
/// not of one character.
pub(super) const ACTIONS: [&str; 26] = [
    "s3:GetObject",
    "s3:GetObject",
    "s3:GetObject",
    "S3:getobject",
    "s3:PutObject",
    "s3:ListBucket",
    "s3:GetObjectVersionTagging",
    "s3:GetObjectVersion",
    "sqs:SendMessage",
    "ec2:RunInstances",
    "kms:Decrypt",
    "kms:Decrypt",
    "kms:RetireGrant",
    "KMS:retiregrant",
    "sts:AssumeRole",
    "sts:AssumeRole",
    "STS:ASSUMEROLE",
    "sts:TagSession",
    "sts:AssumeRoleWithWebIdentity",
    "iam:GetRole",
    "cognito-identity:GetId",
    "s3:Get\u{d6}bject",
    "s3:get\u{f6}bject",
    "s3:\u{212a}elvin\u{130}",
    "s3:GetObjectUnderANameThatIsLongerThanWhatIsKeptOnTheStackWhichIsNinetySixBytesAtMostForEveryAction",
    "s3:GetObjectUnderANameThatIsLongerThanWhatIsRememberedWhichIsOneHundredAndTwentyEightBytesAtMostForEveryActionThatAnybodyEverAsksFor",
];

/// Actions that need no permission, for some requesters.
pub(super) const FREE_ACTIONS: [&str; 4] =
    ["sts:GetCallerIdentity", "STS:getcalleridentity", "sts:GetSessionToken", "Sts:GetSessiontoken"];

pub(super) const ACTION_PATTERNS: [&str; 34] = [
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
    "s3:Get*Version*",
    "s3:*O*V*",
    "s3:*",
    "s3:get\u{d6}bject",
    "s3:get?bject",
    "s3:kelvini\u{307}",
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
pub(super) const TRUST_ACTIONS: [&str; 8] = [
    "sts:*",
    "sts:AssumeRole",
    "sts:AssumeRole",
    "sts:AssumeRole*",
    "sts:TagSession",
    "sts:AssumeRoleWithWebIdentity",
    "STS:assume*",
    "sts:A*Role",
];

pub(super) const ARNS: [&str; 44] = [
    "arn:aws:s3:::b",
    "arn:aws:s3:::b/k",
    "arn:aws:s3:::b/k",
    "arn:aws:s3:::b/alice/x",
    "arn:aws:s3:::b/alice/x",
    "arn:aws:s3:::b/Alice/x",
    "arn:aws:s3:::b/a?c",
    "arn:aws:s3:::b/a*c",
    "arn:aws:s3:::b/a/c:d",
    "arn:aws:s3:::b/aaab",
    "arn:aws:s3:::b/abababc",
    "arn:aws:s3:::b/\u{e9}/x",
    "arn:aws:s3:::b/\u{65e5}\u{672c}/\u{1f600}",
    "arn:aws:s3:::b/${aws:username}/x",
    "arn:aws:s3:::quarterly-reports-archive/europe/2026/alice/a.txt",
    "arn:aws:s3:::quarterly-reports-archive/europe/2026/alice/b.txt",
    "arn:aws:s3:::quarterly-reports-archive/europe/2027/bob/a.txt",
    "arn:aws:s3:::quarterly-reports-archive/asia/2026/alice/a.txt",
    "arn:aws:s3:::b/a-name-much-longer-than-people/write-with-parts/that-differ/in-every-word/so-that/searching-for-pieces/has-far-to-go/x.txt",
    "arn:aws:s3:::b/\u{e9}-name-much-longer-than-people/write-with-parts/that-differ/in-every-word/so-that/searching-for-pieces/has-far-to-go/y.txt",
    "arn:aws:sqs:eu-west-1:111111111111:q",
    "arn:aws:sqs:eu-west-1:222222222222:q",
    "arn:aws:sqs:eu:1:x:111111111111:q",
    "arn:aws:sqs:::111111111111:q",
    "arn:aws:sns:us-east-1:111111111111:t:sub",
    "arn:aws:sns:us-east-1:111111111111:t:sub:sub",
    "arn:aws:kms:eu-west-1:111111111111:key/1",
    "arn:aws:kms:eu-west-1:111111111111:key/1",
    "arn:aws:kms:eu-west-1:222222222222:key/1",
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
    ":::::",
];

/// The names of users, roles, sessions and what they stand for in resources.
pub(super) const NAMES: [&str; 5] = ["alice", "alice", "Alice", "bob", "Dev"];

/// What may stand where a text says `alice`.
pub(super) const VARIABLES: [&str; 12] = [
    "${aws:username}",
    "${aws:username}",
    "${AWS:UserName}",
    "${aws:PrincipalTag/team}",
    "${aws:PrincipalTag/team}",
    "${aws:PrincipalTag/team, 'alice'}",
    "${aws:PrincipalTag/none, 'alice'}",
    "${aws:PrincipalTag/none}",
    "${aws:TagKeys}",
    "${aws:TagKeys, 'alice'}",
    "${aws:PrincipalTag/\u{c9}tage}",
    "${s3:prefix}",
];

pub(super) const PROVIDERS: [&str; 4] = [
    "accounts.google.com",
    "arn:aws:iam::111111111111:saml-provider/idp",
    "arn:aws:iam::111111111111:oidc-provider/idp.example",
    "cognito-identity.amazonaws.com",
];

pub(super) const SERVICES: [&str; 3] = ["ec2.amazonaws.com", "lambda.amazonaws.com", "sns.amazonaws.com"];

/// What a policy writes under `AWS`.
pub(super) const PRINCIPALS: [&str; 26] = [
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
    "AIDAEXAMPLEBOB000000",
    "AROAEXAMPLEBOB000000",
];

/// S3's own name for an account, which names nobody who asks.
pub(super) const CANONICAL_USER: &str = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

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

/// The types, each once.
pub(super) const TYPES: [Type; 7] =
    [Type::Text, Type::Number, Type::Date, Type::Truth, Type::Binary, Type::Address, Type::Arn];

/// Context keys as policies and requests write them, with the type of their values. Those that differ in case are one.
pub(super) const KEYS: [(&str, Type); 24] = [
    ("aws:username", Type::Text),
    ("aws:PrincipalTag/team", Type::Text),
    ("aws:principaltag/TEAM", Type::Text),
    ("aws:PrincipalTag/none", Type::Text),
    ("aws:PrincipalTag/\u{c9}tage", Type::Text),
    ("aws:RequestTag/team", Type::Text),
    ("aws:TagKeys", Type::Text),
    ("s3:prefix", Type::Text),
    ("aws:userid", Type::Text),
    ("aws:PrincipalArn", Type::Arn),
    ("aws:PrincipalARN", Type::Arn),
    ("aws:SourceArn", Type::Arn),
    ("aws:MultiFactorAuthAge", Type::Number),
    ("s3:max-keys", Type::Number),
    ("aws:EpochTime", Type::Date),
    ("aws:CurrentTime", Type::Date),
    ("aws:TokenIssueTime", Type::Date),
    ("aws:MultiFactorAuthPresent", Type::Truth),
    ("aws:SecureTransport", Type::Truth),
    ("AWS:securetransport", Type::Truth),
    ("example:digest", Type::Binary),
    ("aws:SourceIp", Type::Address),
    ("aws:VpcSourceIp", Type::Address),
    ("aws:PrincipalAccount", Type::Text),
];

/// Keys that have several values more often than one.
pub(super) const SEVERAL: [&str; 2] = ["aws:TagKeys", "aws:PrincipalServiceNamesList"];
