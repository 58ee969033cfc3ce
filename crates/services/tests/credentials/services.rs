//! Credentials for single services.

use crate::door::{ALLOW_ALL, Door};
use crate::{BEGINNING, check, pages, send};

const GIT: &str = "codecommit.amazonaws.com";

#[test]
fn a_credentials_life() {
    let door = Door::new();
    let root = door.root();
    let ana = door.user("Ana", &[ALLOW_ALL]);
    door.user("bob", &[]);
    let create = format!("CreateServiceSpecificCredential UserName=ana ServiceName={GIT}");
    let made = send(&door, &root, &create).ok();
    assert_eq!((made.text("UserName"), made.text("ServiceName")), ("Ana".to_owned(), GIT.to_owned()));
    assert_eq!(made.text("ServiceUserName"), "Ana-at-111111111111");
    assert_eq!((made.text("Status"), made.text("CreateDate")), ("Active".to_owned(), BEGINNING.to_owned()));
    assert_eq!(made.text("ServicePassword").len(), 60);
    for absent in ["ServiceCredentialAlias", "ServiceCredentialSecret", "ExpirationDate"] {
        assert!(!made.has(absent), "{absent}");
    }
    let id = made.text("ServiceSpecificCredentialId");
    let listed = send(&door, &ana, "ListServiceSpecificCredentials").ok();
    assert_eq!(listed.text("ServiceUserName"), "Ana-at-111111111111");
    assert!(!listed.has("ServicePassword"));
    let again =
        send(&door, &ana, &format!("ResetServiceSpecificCredential ServiceSpecificCredentialId={id}")).ok();
    assert_eq!(again.text("ServiceSpecificCredentialId"), id);
    assert_ne!(again.text("ServicePassword"), made.text("ServicePassword"));
    let missing = format!("404 NoSuchEntity: No such credential {id} exists");
    let of = |user: &str| format!("UserName={user} ServiceSpecificCredentialId={id}");
    let no_user = "404 NoSuchEntity: The user with name none cannot be found.";
    let unnamed = "400 ValidationError: Must specify userName when calling with non-User credentials";
    check(
        &door,
        &root,
        &[
            (&create, "ok"),
            (&create, "409 LimitExceeded: Cannot exceed quota for ServiceSpecificCredentialsPerUser: 2"),
            (
                "CreateServiceSpecificCredential UserName=ana ServiceName=ec2.amazonaws.com",
                "404 NoSuchEntity: No such service ec2.amazonaws.com is supported for Service Specific Credentials",
            ),
            (
                "CreateServiceSpecificCredential UserName=bob ServiceName=cassandra.amazonaws.com CredentialAgeDays=7",
                "400 InvalidInput: The value 7 for CredentialAgeDays is invalid: credentials for cassandra.amazonaws.com do not expire.",
            ),
            (&format!("CreateServiceSpecificCredential UserName=none ServiceName={GIT}"), no_user),
            (&format!("ResetServiceSpecificCredential {}", of("bob")), &missing),
            (&format!("ResetServiceSpecificCredential {}", of("none")), no_user),
            (&format!("UpdateServiceSpecificCredential Status=Inactive {}", of("bob")), &missing),
            (&format!("UpdateServiceSpecificCredential Status=Inactive {}", of("ana")), "ok"),
            (&format!("DeleteServiceSpecificCredential {}", of("bob")), &missing),
            (&format!("DeleteServiceSpecificCredential ServiceSpecificCredentialId={id}"), unnamed),
            ("ListServiceSpecificCredentials", unnamed),
            ("ListServiceSpecificCredentials UserName=none", no_user),
            (
                "ListServiceSpecificCredentials UserName=ana AllUsers=true",
                "400 InvalidInput: UserName and AllUsers cannot be specified together.",
            ),
            (
                "ListServiceSpecificCredentials UserName=ana ServiceName=x",
                "404 NoSuchEntity: No such service x is supported for Service Specific Credentials",
            ),
            ("ListServiceSpecificCredentials UserName=ana Marker=x", "400 ValidationError: Invalid Marker."),
        ],
    );
    let mut statuses = send(&door, &ana, "ListServiceSpecificCredentials").ok().texts("Status");
    statuses.sort_unstable();
    assert_eq!(statuses, ["Active", "Inactive"]);
    check(
        &door,
        &root,
        &[
            (&format!("DeleteServiceSpecificCredential {}", of("ana")), "ok"),
            (&format!("DeleteServiceSpecificCredential {}", of("ana")), &missing),
        ],
    );
}

#[test]
fn keys_expire() {
    let door = Door::new();
    let root = door.root();
    door.user("ana", &[]);
    let create = "CreateServiceSpecificCredential UserName=ana ServiceName=bedrock.amazonaws.com";
    let made = send(&door, &root, &format!("{create} CredentialAgeDays=1")).ok();
    assert_eq!(made.text("ServiceCredentialAlias"), "ana-at-111111111111");
    assert_eq!(made.text("ExpirationDate"), "2026-11-23T10:00:00Z");
    assert!(made.text("ServiceCredentialSecret").starts_with("ABSK"));
    assert!(!made.has("ServiceUserName") && !made.has("ServicePassword"));
    let listed = || send(&door, &root, "ListServiceSpecificCredentials UserName=ana").ok();
    assert!(!listed().has("ServiceCredentialSecret"));
    door.wait(86_399);
    assert_eq!(listed().text("Status"), "Active");
    door.wait(1);
    assert_eq!(listed().text("Status"), "Expired");
    for days in ["0", "36601"] {
        let answer = send(&door, &root, &format!("{create} CredentialAgeDays={days}"));
        assert_eq!(answer.verdict(), "ValidationError", "{days}");
    }
}

#[test]
fn all_users_are_listed_page_by_page() {
    let door = Door::new();
    let root = door.root();
    for user in ["ana", "Ana-Maria", "bob"] {
        door.user(user, &[]);
        for service in [GIT, "logs.amazonaws.com"] {
            let create = format!("CreateServiceSpecificCredential UserName={user} ServiceName={service}");
            send(&door, &root, &create).ok();
        }
    }
    let all = pages(&door, &root, "ListServiceSpecificCredentials AllUsers=true", "UserName").concat();
    assert_eq!(all, ["ana", "ana", "Ana-Maria", "Ana-Maria", "bob", "bob"]);
    let request = format!("ListServiceSpecificCredentials AllUsers=true ServiceName={GIT}");
    assert_eq!(pages(&door, &root, &request, "UserName"), [["ana"], ["Ana-Maria"], ["bob"]]);
    let one = "ListServiceSpecificCredentials AllUsers=false UserName=bob ServiceName=logs.amazonaws.com";
    assert_eq!(send(&door, &root, one).ok().texts("ServiceName"), ["logs.amazonaws.com"]);
}
