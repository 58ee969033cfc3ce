//! Workloads of any size, always the same for the same size.
//!
//! Statements in eleven services, almost a third of them in S3; actions by name, by prefix and by service; resources
//! with wildcards at the end, in the middle and in front; half with conditions. Among them are near misses of the
//! request that is allowed: the same action and object with another tag, and denials whose condition does not hold.

use crate::twister::Twister;
use serde_json::{Map, Value, json};

/// The account of the user and of what is asked about.
pub const ACCOUNT: &str = "111122223333";
const OBJECT: &str = "arn:aws:s3:::analytics-prod/reports/2026/11/summary.parquet";

/// Which services the user's own statements are about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Services {
    /// Eleven, S3 more often than the others.
    All,
    /// S3 alone: ten times as many statements are about the action that is asked for.
    S3,
}

/// A service: its prefix, actions, and a random resource pattern of its.
pub(crate) struct Service {
    pub(crate) prefix: &'static str,
    pub(crate) actions: &'static [&'static str],
    pub(crate) resource: fn(&mut Twister) -> String,
}

pub(crate) const SERVICES: [Service; 11] = [
    Service {
        prefix: "s3",
        actions: &[
            "GetObject",
            "PutObject",
            "DeleteObject",
            "ListBucket",
            "GetObjectVersion",
            "GetObjectTagging",
            "PutObjectTagging",
            "GetBucketLocation",
            "AbortMultipartUpload",
            "ListMultipartUploadParts",
        ],
        resource: |twister| {
            let bucket = bucket(twister);
            let inside = ["/*", "/raw/*", "/tmp/2026/*", "/in/*/part-*", "/models/v?/*", ""];
            format!("arn:aws:s3:::{bucket}{}", twister.pick(&inside))
        },
    },
    Service {
        prefix: "ec2",
        actions: &[
            "DescribeInstances",
            "StartInstances",
            "StopInstances",
            "RunInstances",
            "TerminateInstances",
            "CreateTags",
            "DescribeVolumes",
            "AttachVolume",
        ],
        resource: |twister| {
            let region = region(twister);
            let instance = format!("instance/i-{:08x}", twister.word());
            let kinds = ["instance/*", "volume/*", instance.as_str(), "security-group/sg-*"];
            format!("arn:aws:ec2:{region}:{ACCOUNT}:{}", twister.pick(&kinds))
        },
    },
    Service {
        prefix: "dynamodb",
        actions: &[
            "GetItem",
            "PutItem",
            "Query",
            "Scan",
            "UpdateItem",
            "DeleteItem",
            "BatchGetItem",
            "DescribeTable",
        ],
        resource: |twister| {
            let (region, name) = (region(twister), name(twister));
            let end = twister.pick(&["", "/index/*", "-*"]);
            format!("arn:aws:dynamodb:{region}:{ACCOUNT}:table/{name}{end}")
        },
    },
    Service {
        prefix: "sqs",
        actions: &[
            "SendMessage",
            "ReceiveMessage",
            "DeleteMessage",
            "GetQueueAttributes",
            "ChangeMessageVisibility",
        ],
        resource: |twister| {
            let (region, name) = (region(twister), name(twister));
            format!("arn:aws:sqs:{region}:{ACCOUNT}:{name}{}", twister.pick(&["", "-*"]))
        },
    },
    Service {
        prefix: "sns",
        actions: &["Publish", "Subscribe", "GetTopicAttributes"],
        resource: |twister| format!("arn:aws:sns:{}:{ACCOUNT}:{}", region(twister), name(twister)),
    },
    Service {
        prefix: "lambda",
        actions: &["InvokeFunction", "GetFunction", "UpdateFunctionCode", "ListFunctions"],
        resource: |twister| {
            let (region, name) = (region(twister), name(twister));
            let end = twister.pick(&["", ":*", "-*"]);
            format!("arn:aws:lambda:{region}:{ACCOUNT}:function:{name}{end}")
        },
    },
    Service {
        prefix: "kms",
        actions: &["Decrypt", "Encrypt", "GenerateDataKey", "DescribeKey"],
        resource: |twister| format!("arn:aws:kms:{}:{ACCOUNT}:key/{:08x}-*", region(twister), twister.word()),
    },
    Service {
        prefix: "logs",
        actions: &["CreateLogGroup", "CreateLogStream", "PutLogEvents", "GetLogEvents"],
        resource: |twister| {
            format!("arn:aws:logs:{}:{ACCOUNT}:log-group:/aws/lambda/{}:*", region(twister), name(twister))
        },
    },
    Service {
        prefix: "secretsmanager",
        actions: &["GetSecretValue", "DescribeSecret", "PutSecretValue"],
        resource: |twister| {
            format!("arn:aws:secretsmanager:{}:{ACCOUNT}:secret:{}-??????", region(twister), name(twister))
        },
    },
    Service {
        prefix: "ssm",
        actions: &["GetParameter", "GetParameters", "PutParameter", "SendCommand"],
        resource: |twister| {
            format!("arn:aws:ssm:{}:{ACCOUNT}:parameter/{}/*", region(twister), name(twister))
        },
    },
    Service {
        prefix: "iam",
        actions: &["GetRole", "PassRole", "ListRoles", "GetPolicy"],
        resource: |twister| {
            let name = name(twister);
            format!("arn:aws:iam::{ACCOUNT}:role/{name}{}", twister.pick(&["", "*"]))
        },
    },
];

const TEAMS: [&str; 8] = ["finance", "web", "ml", "ops", "billing", "search", "infra", "mobile"];
const PARTS: [&str; 6] = ["api", "jobs", "events", "orders", "users", "cache"];
const STAGES: [&str; 3] = ["prod", "dev", "stage"];
const REGIONS: [&str; 4] = ["eu-west-1", "eu-central-1", "us-east-1", "*"];

/// The workload with so many statements in the user's own policies, at least three.
#[must_use]
pub fn workload(statements: u32, services: Services) -> Value {
    let mut twister = Twister::new(statements * 7 + u32::from(services == Services::S3));
    let deciding = deciding(services);
    let drawn = (statements as usize).saturating_sub(deciding.len());
    let mut all: Vec<Value> = (0..drawn).map(|index| statement(&mut twister, index, services)).collect();
    for (index, statement) in deciding.into_iter().enumerate() {
        let place = all.len() * (55 + 17 * index) / 100;
        all.insert(place.min(all.len()), statement);
    }
    let policies = all.chunks(5).enumerate().map(|(index, statements)| {
        json!({
            "PolicyName": format!("P{index}"),
            "PolicyArn": format!("arn:aws:iam::{ACCOUNT}:policy/P{index}"),
            "Document": document(statements),
        })
    });
    json!({
        "account": ACCOUNT,
        "principal": {
            "arn": format!("arn:aws:iam::{ACCOUNT}:user/alice"),
            "username": "alice",
            "userid": "AIDAEXAMPLEALICE00001",
            "tags": {"team": "analytics", "env": "prod"},
        },
        "resource_account": ACCOUNT,
        "identity_policies": policies.collect::<Vec<_>>(),
        "permissions_boundary": boundary(),
        "scps": service_control(),
        "resource_policy": bucket_policy(),
        "requests": requests(services),
    })
}

fn document(statements: &[Value]) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// The statements that decide the requests.
fn deciding(services: Services) -> Vec<Value> {
    let mut deciding = vec![
        json!({
            "Sid": "AllowReports", "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:GetObjectVersion"], "Resource": "arn:aws:s3:::analytics-*/reports/*",
            "Condition": {
                "StringEquals": {"aws:RequestedRegion": "eu-west-1"},
                "IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"]},
                "StringLike": {"aws:PrincipalTag/team": ["analyt*", "data-*"]},
                "NumericLessThan": {"aws:MultiFactorAuthAge": "3600"},
            },
        }),
        json!({
            "Sid": "DenyRestricted", "Effect": "Deny",
            "Action": "s3:*", "Resource": "arn:aws:s3:::analytics-*/reports/restricted/*",
        }),
    ];
    if services == Services::All {
        deciding.push(
            json!({"Sid": "AllowCreateUser", "Effect": "Allow", "Action": "iam:CreateUser", "Resource": "*"}),
        );
    }
    deciding
}

fn statement(twister: &mut Twister, index: usize, services: Services) -> Value {
    let drawn = twister.fraction();
    let mut statement = if drawn < 0.02 {
        json!({
            "Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjectVersion"],
            "Resource": "arn:aws:s3:::analytics-prod/reports/*",
            "Condition": {"StringEquals": {"aws:PrincipalTag/team": twister.pick(&TEAMS)}},
        })
    } else if drawn < 0.04 {
        json!({
            "Effect": "Deny", "Action": "s3:*", "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        })
    } else if drawn < 0.05 {
        let actions = match services {
            Services::All => json!(["s3:Put*", "s3:Delete*", "iam:*", "kms:Schedule*"]),
            Services::S3 => json!(["s3:Put*", "s3:Delete*"]),
        };
        json!({
            "Effect": "Deny", "Action": actions, "Resource": "*",
            "Condition": {"NumericGreaterThan": {"aws:MultiFactorAuthAge": "3600"}},
        })
    } else if drawn < 0.06 {
        json!({
            "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": "arn:aws:s3:::home/${aws:username}/*",
        })
    } else {
        ordinary(twister, services)
    };
    if let Some(members) = statement.as_object_mut() {
        members.insert("Sid".to_owned(), json!(format!("S{index}")));
    }
    statement
}

fn ordinary(twister: &mut Twister, services: Services) -> Value {
    let [s3, ..] = &SERVICES;
    let service =
        if services == Services::S3 || twister.fraction() < 0.3 { s3 } else { twister.pick(&SERVICES) };
    let actions = actions(twister, service);
    let resources = *twister.pick(&[1, 1, 1, 2, 3]);
    let resources: Vec<String> = (0..resources).map(|_| (service.resource)(twister)).collect();
    let effect = if twister.fraction() < 0.07 { "Deny" } else { "Allow" };
    let mut statement =
        json!({"Effect": effect, "Action": one_or_more(&actions), "Resource": one_or_more(&resources)});
    let conditions = conditions(twister);
    if let (false, Some(members)) = (conditions.is_empty(), statement.as_object_mut()) {
        members.insert("Condition".to_owned(), conditions.into());
    }
    statement
}

/// A single text stands for itself, without a list.
fn one_or_more(texts: &[String]) -> Value {
    match texts {
        [one] => json!(one),
        several => json!(several),
    }
}

fn actions(twister: &mut Twister, service: &Service) -> Vec<String> {
    let prefix = service.prefix;
    let drawn = twister.fraction();
    if drawn < 0.15 {
        return vec![format!("{prefix}:*")];
    }
    if drawn < 0.45 {
        let mut beginnings: Vec<&str> = service.actions.iter().map(|action| beginning(action)).collect();
        beginnings.sort_unstable();
        beginnings.dedup();
        return twister.sample(&beginnings, 1).iter().map(|verb| format!("{prefix}:{verb}*")).collect();
    }
    let count = 1 + twister.below(service.actions.len().min(5));
    twister.sample(service.actions, count).iter().map(|action| format!("{prefix}:{action}")).collect()
}

/// The verb of an action, or what of it makes a prefix worth writing.
fn beginning(action: &str) -> &str {
    let length = if action.starts_with("Get") || action.starts_with("Put") { 3 } else { 4 };
    action.get(..length).unwrap_or(action)
}

fn region(twister: &mut Twister) -> &'static str {
    twister.pick::<&str>(&REGIONS)
}

fn name(twister: &mut Twister) -> String {
    let (team, part) = (*twister.pick(&TEAMS), *twister.pick(&PARTS));
    format!("{team}-{part}-{}", twister.below(400))
}

fn bucket(twister: &mut Twister) -> String {
    let (team, stage) = (*twister.pick(&TEAMS), *twister.pick(&STAGES));
    let full = format!("{team}-{stage}-{}", twister.below(400));
    let any = format!("{}-*", twister.pick(&TEAMS));
    let logs = format!("logs-{}", twister.below(100));
    let backup = format!("*-{}-backup", twister.pick(&TEAMS));
    twister.pick(&[full, any, logs, backup]).clone()
}

fn conditions(twister: &mut Twister) -> Map<String, Value> {
    let mut conditions = Map::new();
    for _ in 0..*twister.pick(&[0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3]) {
        let (operator, key, values) = match twister.below(5) {
            0 => {
                let regions = [json!(["eu-west-1", "eu-central-1"]), json!("us-east-1"), json!("eu-west-1")];
                ("StringEquals", "aws:RequestedRegion", twister.pick(&regions).clone())
            }
            1 => {
                let ranges = [
                    json!(["10.0.0.0/8", "192.168.0.0/16"]),
                    json!("203.0.113.0/24"),
                    json!(["172.16.0.0/12", "198.51.100.0/25", "2001:db8::/32"]),
                ];
                ("IpAddress", "aws:SourceIp", twister.pick(&ranges).clone())
            }
            2 => {
                let teams =
                    [json!(["analyt*", "data-*"]), json!("fin*"), json!("*ops"), json!(["web-?", "mobile*"])];
                ("StringLike", "aws:PrincipalTag/team", twister.pick(&teams).clone())
            }
            3 => ("NumericLessThan", "aws:MultiFactorAuthAge", json!(twister.pick(&["3600", "300", "900"]))),
            _ => ("Bool", "aws:SecureTransport", json!("true")),
        };
        conditions.insert(operator.to_owned(), json!({key: values}));
    }
    conditions
}

fn boundary() -> Value {
    document(&[
        json!({
            "Sid": "B1", "Effect": "Allow", "Resource": "*",
            "Action": ["s3:*", "dynamodb:*", "sqs:*", "sns:*", "lambda:*", "logs:*", "kms:Decrypt", "ec2:Describe*"],
        }),
        json!({
            "Sid": "B2", "Effect": "Deny", "Resource": "*",
            "Action": ["s3:PutBucketPolicy", "s3:DeleteBucketPolicy"],
        }),
    ])
}

fn service_control() -> Value {
    let full = document(&[json!({"Sid": "Full", "Effect": "Allow", "Action": "*", "Resource": "*"})]);
    let guard = document(&[
        json!({
            "Sid": "Region", "Effect": "Deny", "Resource": "*",
            "NotAction": ["iam:*", "sts:*", "organizations:*", "support:*", "route53:*"],
            "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1", "eu-central-1"]}},
        }),
        json!({
            "Sid": "NoLeave", "Effect": "Deny", "Resource": "*",
            "Action": ["organizations:LeaveOrganization", "account:CloseAccount"],
        }),
        json!({
            "Sid": "NoTrailOff", "Effect": "Deny", "Resource": "*",
            "Action": ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail"],
        }),
    ]);
    json!([[full], [full, guard]])
}

fn bucket_policy() -> Value {
    let objects = "arn:aws:s3:::analytics-prod/*";
    document(&[
        json!({
            "Sid": "TLS", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
            "Resource": ["arn:aws:s3:::analytics-prod", objects],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }),
        json!({
            "Sid": "Partner", "Effect": "Allow", "Action": "s3:GetObject",
            "Principal": {"AWS": ["arn:aws:iam::444455556666:root", "arn:aws:iam::777788889999:role/Partner"]},
            "Resource": "arn:aws:s3:::analytics-prod/shared/*",
        }),
        json!({
            "Sid": "Etl", "Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"], "Resource": objects,
            "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:role/Etl")},
        }),
        json!({
            "Sid": "DenyOldTls", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": objects,
            "Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}},
        }),
    ])
}

fn requests(services: Services) -> Value {
    let base = json!({
        "aws:SourceIp": "10.20.30.40",
        "aws:PrincipalTag/team": "analytics",
        "aws:PrincipalTag/env": "prod",
        "aws:MultiFactorAuthAge": "300",
        "aws:MultiFactorAuthPresent": "true",
        "aws:SecureTransport": "true",
        "aws:RequestedRegion": "eu-west-1",
        "aws:username": "alice",
        "aws:userid": "AIDAEXAMPLEALICE00001",
        "aws:PrincipalArn": format!("arn:aws:iam::{ACCOUNT}:user/alice"),
        "aws:PrincipalAccount": ACCOUNT,
        "aws:PrincipalType": "User",
        "aws:CurrentTime": "2026-11-22T10:00:00Z",
        "aws:EpochTime": "1795341600",
        "aws:UserAgent": "aws-cli/2.19",
        "s3:TlsVersion": "1.3",
        "aws:ResourceAccount": ACCOUNT,
    });
    let with = |key: &str, value: &str| {
        let mut context = base.clone();
        if let Some(members) = context.as_object_mut() {
            members.insert(key.to_owned(), json!(value));
        }
        context
    };
    let request = |id: &str, action: &str, resource: &str, context: Value, expected: &str| json!({"id": id, "action": action, "resource": resource, "context": context, "expected": expected});
    let restricted = OBJECT.replace("reports/", "reports/restricted/");
    let user = format!("arn:aws:iam::{ACCOUNT}:user/bob");
    let elsewhere = with("aws:RequestedRegion", "us-west-2");
    let outside = with("aws:SourceIp", "198.51.100.200");
    let mut requests = vec![
        request("R1-allow", "s3:GetObject", OBJECT, base.clone(), "Allow"),
        request("R2-explicit-deny", "s3:GetObject", &restricted, base.clone(), "ExplicitDeny"),
        request("R3-implicit-deny", "s3:DeleteObject", OBJECT, base.clone(), "ImplicitDeny"),
        request("R4-scp-deny", "s3:GetObject", OBJECT, elsewhere, "ExplicitDeny"),
        request("R6-condition-miss", "s3:GetObject", OBJECT, outside, "ImplicitDeny"),
    ];
    if services == Services::All {
        requests
            .insert(4, request("R5-boundary-miss", "iam:CreateUser", &user, base.clone(), "ImplicitDeny"));
    }
    requests.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ways;
    use crate::workload::Workload;
    use doorward_engine::decide;
    use doorward_policy::request::Choices;
    use doorward_spec::judge;

    /// FNV-1a of the text: figures of different days are about the same policies.
    fn digest(text: &str) -> u64 {
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |digest, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    }

    #[test]
    fn workloads_stay_what_they_are() {
        let rows = [
            (50, Services::All, 0x5d27_7802_88b6_1d8d),
            (500, Services::All, 0xc8e6_5d64_2695_a785),
            (5_000, Services::All, 0x6adb_c784_33b6_81f6),
            (50, Services::S3, 0x067f_437c_64b1_7c18),
            (500, Services::S3, 0xf200_772c_387c_beda),
            (5_000, Services::S3, 0x639b_35b2_1e6b_073f),
        ];
        for (statements, services, expected) in rows {
            let found = digest(&workload(statements, services).to_string());
            assert_eq!(found, expected, "{statements} statements, {services:?}: {found:#x}");
        }
    }

    #[test]
    fn every_request_is_decided_as_expected() {
        for (statements, services) in [(50, Services::All), (500, Services::All), (500, Services::S3)] {
            let workload = Workload::read(workload(statements, services)).unwrap();
            assert_eq!(workload.statements, statements as usize);
            let policies = ways::policies(&workload);
            for question in &workload.questions {
                let choices = Choices::default();
                let decided = decide(&question.request, &policies);
                assert!(question.expected.is(decided), "{} of {statements}: {decided:?}", question.id);
                let judged = judge(&question.request, &workload.policies, &choices).decision;
                assert_eq!(decided, judged, "{} of {statements}", question.id);
            }
        }
    }
}
