//! Workloads of any size, always the same for the same size.
//!
//! Statements in eleven services, almost a third of them in S3; actions by name, by prefix and by service; resources
//! with wildcards at the end, in the middle and in front; half with conditions. Among them are near misses of the
//! request that is allowed: the same action and object with another tag, and denials whose condition does not hold.

use doorward_conformance::generate::Dice;
use serde_json::{Map, Value, json};

const ACCOUNT: &str = "111122223333";
const OBJECT: &str = "arn:aws:s3:::analytics-prod/reports/2026/11/summary.parquet";

/// A service: its prefix, actions, and how it names resources after `arn:aws:<prefix>:`, with `{…}` for what varies.
struct Service {
    prefix: &'static str,
    actions: &'static [&'static str],
    resources: &'static [&'static str],
}

const SERVICES: [Service; 11] = [
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
        resources: &[
            "::{bucket}/*",
            "::{bucket}/raw/*",
            "::{bucket}/tmp/2026/*",
            "::{bucket}/in/*/part-*",
            "::{bucket}/models/v?/*",
            "::{bucket}",
        ],
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
        resources: &[
            "{region}:{account}:instance/*",
            "{region}:{account}:volume/*",
            "{region}:{account}:instance/i-{hex}",
            "{region}:{account}:security-group/sg-*",
        ],
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
        resources: &[
            "{region}:{account}:table/{name}",
            "{region}:{account}:table/{name}/index/*",
            "{region}:{account}:table/{name}-*",
        ],
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
        resources: &["{region}:{account}:{name}", "{region}:{account}:{name}-*"],
    },
    Service {
        prefix: "sns",
        actions: &["Publish", "Subscribe", "GetTopicAttributes"],
        resources: &["{region}:{account}:{name}"],
    },
    Service {
        prefix: "lambda",
        actions: &["InvokeFunction", "GetFunction", "UpdateFunctionCode", "ListFunctions"],
        resources: &[
            "{region}:{account}:function:{name}",
            "{region}:{account}:function:{name}:*",
            "{region}:{account}:function:{name}-*",
        ],
    },
    Service {
        prefix: "kms",
        actions: &["Decrypt", "Encrypt", "GenerateDataKey", "DescribeKey"],
        resources: &["{region}:{account}:key/{hex}-*"],
    },
    Service {
        prefix: "logs",
        actions: &["CreateLogGroup", "CreateLogStream", "PutLogEvents", "GetLogEvents"],
        resources: &["{region}:{account}:log-group:/aws/lambda/{name}:*"],
    },
    Service {
        prefix: "secretsmanager",
        actions: &["GetSecretValue", "DescribeSecret", "PutSecretValue"],
        resources: &["{region}:{account}:secret:{name}-??????"],
    },
    Service {
        prefix: "ssm",
        actions: &["GetParameter", "GetParameters", "PutParameter", "SendCommand"],
        resources: &["{region}:{account}:parameter/{name}/*"],
    },
    Service {
        prefix: "iam",
        actions: &["GetRole", "PassRole", "ListRoles", "GetPolicy"],
        resources: &[":{account}:role/{name}", ":{account}:role/{name}*"],
    },
];

const TEAMS: [&str; 8] = ["finance", "web", "ml", "ops", "billing", "search", "infra", "mobile"];
const PARTS: [&str; 6] = ["api", "jobs", "events", "orders", "users", "cache"];
const STAGES: [&str; 3] = ["prod", "dev", "stage"];
const REGIONS: [&str; 4] = ["eu-west-1", "eu-central-1", "us-east-1", "*"];

/// The workload with so many statements in the user's own policies, at least three.
#[must_use]
pub fn workload(statements: usize) -> Value {
    let mut dice = Dice::new(statements as u64);
    let deciding = deciding();
    let mut all: Vec<Value> =
        (0..statements.saturating_sub(deciding.len())).map(|index| statement(&mut dice, index)).collect();
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
        "principal": {"username": "alice", "userid": "AIDAEXAMPLEALICE00001"},
        "resource_account": ACCOUNT,
        "identity_policies": policies.collect::<Vec<_>>(),
        "permissions_boundary": boundary(),
        "scps": service_control(),
        "resource_policy": bucket_policy(),
        "requests": requests(),
    })
}

fn document(statements: &[Value]) -> Value {
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// The statements that decide the requests.
fn deciding() -> Vec<Value> {
    vec![
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
        json!({"Sid": "AllowCreateUser", "Effect": "Allow", "Action": "iam:CreateUser", "Resource": "*"}),
    ]
}

fn statement(dice: &mut Dice, index: usize) -> Value {
    let mut statement = match dice.below(100) {
        0..2 => json!({
            "Effect": "Allow", "Action": ["s3:GetObject", "s3:GetObjectVersion"],
            "Resource": "arn:aws:s3:::analytics-prod/reports/*",
            "Condition": {"StringEquals": {"aws:PrincipalTag/team": dice.pick(&TEAMS)}},
        }),
        2..4 => json!({
            "Effect": "Deny", "Action": "s3:*", "Resource": "*",
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }),
        4 => json!({
            "Effect": "Deny", "Action": ["s3:Put*", "s3:Delete*", "iam:*", "kms:Schedule*"], "Resource": "*",
            "Condition": {"NumericGreaterThan": {"aws:MultiFactorAuthAge": "3600"}},
        }),
        5 => json!({
            "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": "arn:aws:s3:::home/${aws:username}/*",
        }),
        _ => ordinary(dice),
    };
    if let Some(members) = statement.as_object_mut() {
        members.insert("Sid".to_owned(), json!(format!("S{index}")));
    }
    statement
}

fn ordinary(dice: &mut Dice) -> Value {
    let [s3, ..] = &SERVICES;
    let service = if dice.percent(30) { s3 } else { dice.pick(&SERVICES) };
    let resources = *dice.pick(&[1, 1, 1, 2, 3]);
    let resources: Vec<String> = (0..resources).map(|_| resource(dice, service)).collect();
    let mut statement = json!({
        "Effect": if dice.percent(7) { "Deny" } else { "Allow" },
        "Action": actions(dice, service),
        "Resource": resources,
    });
    let conditions = conditions(dice);
    if let (false, Some(members)) = (conditions.is_empty(), statement.as_object_mut()) {
        members.insert("Condition".to_owned(), conditions.into());
    }
    statement
}

fn actions(dice: &mut Dice, service: &Service) -> Vec<String> {
    let prefix = service.prefix;
    match dice.below(100) {
        0..15 => vec![format!("{prefix}:*")],
        15..45 => {
            let action = dice.pick(service.actions);
            let length = if action.starts_with("Get") || action.starts_with("Put") { 3 } else { 4 };
            vec![format!("{prefix}:{}*", action.get(..length).unwrap_or(action))]
        }
        _ => {
            let count = 1 + dice.below(service.actions.len().min(5));
            let first = dice.below(service.actions.len());
            let chosen = service.actions.iter().cycle().skip(first).take(count);
            chosen.map(|action| format!("{prefix}:{action}")).collect()
        }
    }
}

fn resource(dice: &mut Dice, service: &Service) -> String {
    let form = *dice.pick(service.resources);
    let text = format!("arn:aws:{}:{form}", service.prefix)
        .replace("{region}", dice.pick::<&str>(&REGIONS))
        .replace("{account}", ACCOUNT)
        .replace("{hex}", &format!("{:08x}", dice.below(1 << 32)));
    let text = text.replace("{bucket}", &bucket(dice));
    text.replace("{name}", &format!("{}-{}-{}", dice.pick(&TEAMS), dice.pick(&PARTS), dice.below(400)))
}

fn bucket(dice: &mut Dice) -> String {
    let team = *dice.pick(&TEAMS);
    match dice.below(4) {
        0 => format!("{team}-{}-{}", dice.pick(&STAGES), dice.below(400)),
        1 => format!("{team}-*"),
        2 => format!("logs-{}", dice.below(100)),
        _ => format!("*-{team}-backup"),
    }
}

fn conditions(dice: &mut Dice) -> Map<String, Value> {
    let mut conditions = Map::new();
    for _ in 0..*dice.pick(&[0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3]) {
        let (operator, key, values) = match dice.below(5) {
            0 => {
                let regions = [json!(["eu-west-1", "eu-central-1"]), json!("us-east-1"), json!("eu-west-1")];
                ("StringEquals", "aws:RequestedRegion", dice.pick(&regions).clone())
            }
            1 => {
                let ranges = [
                    json!(["10.0.0.0/8", "192.168.0.0/16"]),
                    json!("203.0.113.0/24"),
                    json!(["172.16.0.0/12", "198.51.100.0/25", "2001:db8::/32"]),
                ];
                ("IpAddress", "aws:SourceIp", dice.pick(&ranges).clone())
            }
            2 => {
                let teams =
                    [json!(["analyt*", "data-*"]), json!("fin*"), json!("*ops"), json!(["web-?", "mobile*"])];
                ("StringLike", "aws:PrincipalTag/team", dice.pick(&teams).clone())
            }
            3 => ("NumericLessThan", "aws:MultiFactorAuthAge", json!(dice.pick(&["3600", "300", "900"]))),
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

fn requests() -> Value {
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
    json!([
        request("R1-allow", "s3:GetObject", OBJECT, base.clone(), "Allow"),
        request("R2-explicit-deny", "s3:GetObject", &restricted, base.clone(), "ExplicitDeny"),
        request("R3-implicit-deny", "s3:DeleteObject", OBJECT, base.clone(), "ImplicitDeny"),
        request("R4-scp-deny", "s3:GetObject", OBJECT, elsewhere, "ExplicitDeny"),
        request("R5-boundary-miss", "iam:CreateUser", &user, base.clone(), "ImplicitDeny"),
        request("R6-condition-miss", "s3:GetObject", OBJECT, outside, "ImplicitDeny"),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::Workload;
    use doorward_engine::{CompiledPolicies, decide};
    use doorward_policy::request::Choices;
    use doorward_spec::judge;

    #[test]
    fn every_request_is_decided_as_expected() {
        for statements in [50, 500] {
            let workload = Workload::read(workload(statements)).unwrap();
            assert_eq!(workload.statements, statements);
            let choices = Choices::default();
            let prepared = doorward_engine::Policies::new(CompiledPolicies::new(&workload.policies), choices);
            for question in &workload.questions {
                let decided = decide(&question.request, &prepared);
                assert!(question.expected.is(decided), "{} of {statements}: {decided:?}", question.id);
                let judged = judge(&question.request, &workload.policies, &choices).decision;
                assert_eq!(decided, judged, "{} of {statements}", question.id);
            }
        }
    }
}
