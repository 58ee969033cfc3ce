//! Service-linked roles: made, kept from changes, deleted.

use crate::door::{ALLOW_ALL, Door, allows};
use crate::{BEGINNING, check, send};

const NAME: &str = "AWSServiceRoleForAutoScaling";
const ARN: &str =
    "arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
const CREATE: &str = "CreateServiceLinkedRole AWSServiceName=autoscaling.amazonaws.com";
const PROTECTED: &str = "400 UnmodifiableEntity: Cannot perform the operation on the protected role \
                         'AWSServiceRoleForAutoScaling' - this role is only modifiable by AWS";

#[test]
fn made_and_shown() {
    let door = Door::new();
    let made = send(&door, &door.root(), &format!("{CREATE} Description=mine")).ok();
    let trust = doorward_wire::percent_encode_document(
        r#"{"Version":"2012-10-17","Statement":[{"Action":["sts:AssumeRole"],"Principal":{"Service":["autoscaling.amazonaws.com"]},"Effect":"Allow"}]}"#,
    );
    for (name, text) in [
        ("RoleName", NAME),
        ("Arn", ARN),
        ("Path", "/aws-service-role/autoscaling.amazonaws.com/"),
        ("CreateDate", BEGINNING),
        ("Description", "mine"),
        ("AssumeRolePolicyDocument", &trust),
    ] {
        assert_eq!(made.text(name), text, "{name}");
    }
    assert!(made.text("RoleId").starts_with("AROA") && !made.has("MaxSessionDuration"));
    let read = send(&door, &door.root(), &format!("GetRole RoleName={NAME}")).ok();
    assert_eq!((read.text("Arn"), read.text("MaxSessionDuration")), (ARN.into(), "3600".into()));
    let attached = send(&door, &door.root(), &format!("ListAttachedRolePolicies RoleName={NAME}")).ok();
    assert_eq!(
        attached.text("PolicyArn"),
        "arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy"
    );
}

#[test]
fn refused() {
    let door = Door::new();
    check(
        &door,
        &door.root(),
        &[
            (CREATE, "ok"),
            (
                CREATE,
                "400 InvalidInput: Service role name AWSServiceRoleForAutoScaling has been taken in this account, please try a different suffix.",
            ),
            (&format!("{CREATE} CustomSuffix=two"), "ok"),
            (
                "CreateServiceLinkedRole AWSServiceName=batch.amazonaws.com CustomSuffix=two",
                "400 InvalidInput: Custom suffix is not allowed for batch.amazonaws.com",
            ),
            (
                "CreateServiceLinkedRole AWSServiceName=ec2.amazonaws.com",
                "400 InvalidInput: The service ec2.amazonaws.com is not known to have a service-linked role.",
            ),
            (
                "DeleteServiceLinkedRole RoleName=none",
                "404 NoSuchEntity: The role with name none cannot be found.",
            ),
            (
                "GetServiceLinkedRoleDeletionStatus DeletionTaskId=none",
                "404 NoSuchEntity: The deletion task with id none cannot be found.",
            ),
        ],
    );
}

#[test]
fn changed_by_nobody_but_for_description_and_tags() {
    let door = Door::new();
    let policy = door.managed("policy", ALLOW_ALL);
    let trust = crate::door::trusts("*");
    let role = format!("RoleName={NAME}");
    let linked = "arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy";
    check(
        &door,
        &door.root(),
        &[
            (CREATE, "ok"),
            ("CreateInstanceProfile InstanceProfileName=web", "ok"),
            (&format!("DeleteRole {role}"), PROTECTED),
            (&format!("UpdateRole {role} MaxSessionDuration=7200"), PROTECTED),
            (&format!("UpdateAssumeRolePolicy {role} PolicyDocument={trust}"), PROTECTED),
            (&format!("PutRolePolicy {role} PolicyName=p PolicyDocument={ALLOW_ALL}"), PROTECTED),
            (&format!("DeleteRolePolicy {role} PolicyName=p"), PROTECTED),
            (&format!("AttachRolePolicy {role} PolicyArn={policy}"), PROTECTED),
            (&format!("DetachRolePolicy {role} PolicyArn={linked}"), PROTECTED),
            (&format!("PutRolePermissionsBoundary {role} PermissionsBoundary={policy}"), PROTECTED),
            (&format!("DeleteRolePermissionsBoundary {role}"), PROTECTED),
            (&format!("AddRoleToInstanceProfile {role} InstanceProfileName=web"), PROTECTED),
            (&format!("UpdateRole {role} Description=mine"), "ok"),
            (&format!("UpdateRoleDescription {role} Description=other"), "ok"),
            (&format!("TagRole {role} Tags.member.1.Key=a Tags.member.1.Value=b"), "ok"),
            (&format!("UntagRole {role} TagKeys.member.1=a"), "ok"),
        ],
    );
}

#[test]
fn deleted_and_asked_about() {
    let door = Door::new();
    let root = door.root();
    send(&door, &root, CREATE).ok();
    let task =
        send(&door, &root, &format!("DeleteServiceLinkedRole RoleName={NAME}")).ok().text("DeletionTaskId");
    let place = "task/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling/";
    assert_eq!(task.strip_prefix(place).map(str::len), Some(36), "{task}");
    let status = format!("GetServiceLinkedRoleDeletionStatus DeletionTaskId={task}");
    assert_eq!(send(&door, &root, &status).ok().text("Status"), "SUCCEEDED");
    check(
        &door,
        &root,
        &[
            (
                &format!("GetRole RoleName={NAME}"),
                "404 NoSuchEntity: The role with name AWSServiceRoleForAutoScaling cannot be found.",
            ),
            (CREATE, "ok"),
        ],
    );
    // The tasks of one account are nobody else's, and a task has one name.
    for (keys, task) in [(door.other_root(), task.clone()), (root, task.replace("AutoScaling/", "Other/"))] {
        let status = format!("GetServiceLinkedRoleDeletionStatus DeletionTaskId={task}");
        let absent = format!("404 NoSuchEntity: The deletion task with id {task} cannot be found.");
        check(&door, &keys, &[(&status, &absent)]);
    }
}

#[test]
fn asked_about_by_arn_and_service() {
    let door = Door::new();
    let only = |operation: &str, resource: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"iam:{operation}","Resource":"{resource}","Condition":{{"StringEquals":{{"iam:AWSServiceName":"autoscaling.amazonaws.com"}}}}}}}}"#
        )
    };
    let maker = door.user("maker", &[&only("CreateServiceLinkedRole", ARN)]);
    let denied = send(&door, &maker, "CreateServiceLinkedRole AWSServiceName=batch.amazonaws.com");
    assert_eq!(
        denied.outcome(),
        "403 AccessDenied: User: arn:aws:iam::111111111111:user/maker is not authorized to perform: \
         iam:CreateServiceLinkedRole on resource: \
         arn:aws:iam::111111111111:role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch because no \
         identity-based policy allows the iam:CreateServiceLinkedRole action"
    );
    assert_eq!(send(&door, &maker, &format!("{CREATE} CustomSuffix=x")).verdict(), "AccessDenied");
    send(&door, &maker, CREATE).ok();
    let deleter = door.user(
        "deleter",
        &[
            &allows("iam:DeleteServiceLinkedRole", ARN),
            &allows("iam:GetServiceLinkedRoleDeletionStatus", ARN),
        ],
    );
    let task = send(&door, &deleter, &format!("DeleteServiceLinkedRole RoleName={NAME}"))
        .ok()
        .text("DeletionTaskId");
    send(&door, &deleter, &format!("GetServiceLinkedRoleDeletionStatus DeletionTaskId={task}")).ok();
    for other in ["none", "task", &task.replace("AutoScaling/", "Other/")] {
        let answer =
            send(&door, &deleter, &format!("GetServiceLinkedRoleDeletionStatus DeletionTaskId={other}"));
        assert_eq!(answer.verdict(), "AccessDenied", "{other}");
    }
}
