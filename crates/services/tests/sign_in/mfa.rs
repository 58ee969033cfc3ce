//! Virtual MFA devices.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::door::{ALLOW_ALL, Answer, BEGINNING, Device, Door, Keys, MANAGEMENT, account, allows, trusts};
use crate::{check, send};

const PHONE: &str = "SerialNumber=arn:aws:iam::111111111111:mfa/phone";
const NO_PHONE: &str = "404 NoSuchEntity: VirtualMFADevice with serial number arn:aws:iam::111111111111:mfa/phone doesn't exist.";
const WRONG: &str = "403 InvalidAuthenticationCode: Authentication code for device is not valid.";
const INVALID: &str = "404 NoSuchEntity: MFA Device invalid for user.";
const NOT_A_USER: &str = "400 ValidationError: Must specify userName when calling with non-User credentials";

/// `EnableMFADevice` or `ResyncMFADevice` with the codes of the given steps from now.
fn show(door: &Door, keys: &Keys, operation: &str, user: &str, device: &Device, steps: [i64; 2]) -> Answer {
    let [first, second] = steps.map(|steps| device.code(door.now(), steps));
    let request = format!(
        "{operation} UserName={user} SerialNumber={} AuthenticationCode1={first} AuthenticationCode2={second}",
        device.serial
    );
    send(door, keys, &request)
}

#[test]
fn what_creation_shows() {
    let door = Door::new();
    let root = door.root();
    send(&door, &root, "CreateAccountAlias AccountAlias=example").ok();
    let request = "CreateVirtualMFADevice VirtualMFADeviceName=phone Path=/team/ Tags.member.1.Key=Team Tags.member.1.Value=blue";
    let made = send(&door, &root, request).ok();
    assert_eq!(made.text("SerialNumber"), "arn:aws:iam::111111111111:mfa/team/phone");
    let seed = STANDARD.decode(made.text("Base32StringSeed")).unwrap();
    assert!(
        seed.len() == 64 && seed.iter().all(|byte| byte.is_ascii_uppercase() || (b'2'..=b'7').contains(byte))
    );
    let picture = STANDARD.decode(made.text("QRCodePNG")).unwrap();
    assert!(picture.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!((made.text("Key"), made.text("Value")), ("Team".to_owned(), "blue".to_owned()));
    assert!(!made.has("EnableDate") && !made.has("User"));
    let exists = "409 EntityAlreadyExists: MFADevice entity at the same path and name already exists.";
    let long = format!("CreateVirtualMFADevice VirtualMFADeviceName={}", "x".repeat(129));
    check(
        &door,
        &root,
        &[
            ("CreateVirtualMFADevice VirtualMFADeviceName=PHONE Path=/team/", exists),
            ("CreateVirtualMFADevice VirtualMFADeviceName=phone", "ok"),
            (
                &long,
                "400 ValidationError: 1 validation error detected: Value at 'virtualMFADeviceName' failed to satisfy constraint: Member must have length less than or equal to 128",
            ),
            (
                "CreateVirtualMFADevice VirtualMFADeviceName=x Tags.member.1.Key=a Tags.member.1.Value=1 Tags.member.2.Key=A Tags.member.2.Value=2",
                "400 InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ),
        ],
    );
    // Nothing shows a seed again.
    let listed = send(&door, &root, "ListVirtualMFADevices").ok();
    assert_eq!(listed.texts("SerialNumber").len(), 2);
    assert!(!listed.has("Base32StringSeed") && !listed.has("QRCodePNG") && !listed.has("Tags"));
}

#[test]
fn a_devices_life() {
    let door = Door::new();
    let (root, ana) = (door.root(), door.user("Ana", &[ALLOW_ALL]));
    door.user("bob", &[]);
    let phone = door.device("phone");
    check(
        &door,
        &root,
        &[
            (
                &format!(
                    "EnableMFADevice UserName=ana {PHONE} AuthenticationCode1=000000 AuthenticationCode2=000000"
                ),
                WRONG,
            ),
            (
                &format!(
                    "EnableMFADevice UserName=none {PHONE} AuthenticationCode1=000000 AuthenticationCode2=000000"
                ),
                "404 NoSuchEntity: The user with name none cannot be found.",
            ),
            (&format!("DeactivateMFADevice UserName=ana {PHONE}"), INVALID),
        ],
    );
    show(&door, &root, "EnableMFADevice", "ana", &phone, [0, -1]).refused(WRONG);
    show(&door, &root, "EnableMFADevice", "ana", &phone, [-2, 0]).refused(WRONG);
    show(&door, &root, "EnableMFADevice", "ana", &phone, [-1, 0]).ok();
    show(&door, &root, "EnableMFADevice", "bob", &phone, [1, 2])
        .refused("409 EntityAlreadyExists: MFA Device is already in use.");

    let listed = send(&door, &ana, "ListMFADevices").ok();
    assert_eq!(listed.texts("UserName"), ["Ana"]);
    assert_eq!(listed.texts("SerialNumber"), [&*phone.serial]);
    assert_eq!(listed.texts("EnableDate"), [BEGINNING]);
    let shown = send(&door, &root, &format!("GetMFADevice UserName=ANA {PHONE}")).ok();
    assert_eq!((shown.text("UserName"), shown.text("EnableDate")), ("Ana".to_owned(), BEGINNING.to_owned()));

    show(&door, &root, "ResyncMFADevice", "ana", &phone, [-1, 0]).refused(WRONG);
    show(&door, &root, "ResyncMFADevice", "ana", &phone, [10, 11]).ok();
    show(&door, &root, "ResyncMFADevice", "bob", &phone, [12, 13]).refused(INVALID);
    let in_use = "409 DeleteConflict: MFA VirtualDevice in use. Must deactivate first.";
    check(
        &door,
        &root,
        &[
            (&format!("GetMFADevice UserName=bob {PHONE}"), INVALID),
            (&format!("DeleteVirtualMFADevice {PHONE}"), in_use),
            (&format!("DeactivateMFADevice UserName=bob {PHONE}"), INVALID),
        ],
    );
    check(&door, &ana, &[(&format!("DeactivateMFADevice {PHONE}"), "ok")]);
    assert!(send(&door, &ana, "ListMFADevices").ok().texts("SerialNumber").is_empty());
    check(
        &door,
        &root,
        &[
            (&format!("DeleteVirtualMFADevice {PHONE}"), "ok"),
            (&format!("DeleteVirtualMFADevice {PHONE}"), NO_PHONE),
            (
                &format!(
                    "EnableMFADevice UserName=ana {PHONE} AuthenticationCode1=000000 AuthenticationCode2=000000"
                ),
                NO_PHONE,
            ),
            (&format!("GetMFADevice UserName=ana {PHONE}"), NO_PHONE),
        ],
    );
}

#[test]
fn devices_are_their_accounts_only() {
    let door = Door::new();
    let phone = door.device("phone");
    let other = door.other_root();
    check(
        &door,
        &other,
        &[
            (&format!("DeleteVirtualMFADevice {PHONE}"), NO_PHONE),
            (&format!("ListMFADeviceTags {PHONE}"), NO_PHONE),
            (&format!("TagMFADevice {PHONE} Tags.member.1.Key=a Tags.member.1.Value=b"), NO_PHONE),
            (&format!("UntagMFADevice {PHONE} TagKeys.member.1=a"), NO_PHONE),
        ],
    );
    show(&door, &other, "EnableMFADevice", "222222222222", &phone, [-1, 0]).refused(NO_PHONE);
    assert!(send(&door, &other, "ListVirtualMFADevices").ok().texts("SerialNumber").is_empty());
    assert!(door.directory().snapshot().mfa_devices(account(MANAGEMENT)).count() == 1);
}

#[test]
fn the_root_users_own_device() {
    let door = Door::new();
    let root = door.root();
    let phone = door.device("root-account-mfa-device");
    let summary = |name: &str| {
        let answer = send(&door, &root, "GetAccountSummary").ok();
        let at = answer.texts("key").iter().position(|key| key == name).unwrap();
        answer.texts("value")[at].clone()
    };
    assert_eq!(
        (summary("MFADevices"), summary("MFADevicesInUse"), summary("AccountMFAEnabled")),
        ("1".to_owned(), "0".to_owned(), "0".to_owned())
    );
    // Only the root user is called so.
    let admin = door.user("admin", &[ALLOW_ALL]);
    show(&door, &admin, "EnableMFADevice", MANAGEMENT, &phone, [-1, 0])
        .refused("404 NoSuchEntity: The user with name 111111111111 cannot be found.");
    show(&door, &root, "EnableMFADevice", MANAGEMENT, &phone, [-1, 0]).ok();
    assert_eq!((summary("MFADevicesInUse"), summary("AccountMFAEnabled")), ("1".to_owned(), "1".to_owned()));
    let listed = send(&door, &root, "ListMFADevices").ok();
    assert_eq!(
        (listed.texts("SerialNumber"), listed.text("UserName")),
        (vec![phone.serial.clone()], String::new())
    );
    let listed = send(&door, &root, "ListVirtualMFADevices AssignmentStatus=Assigned").ok();
    assert_eq!(listed.text("Arn"), "arn:aws:iam::111111111111:root");
    show(&door, &root, "ResyncMFADevice", MANAGEMENT, &phone, [1, 2]).ok();
    check(
        &door,
        &root,
        &[
            (&format!("GetMFADevice SerialNumber={}", phone.serial), "ok"),
            (&format!("DeactivateMFADevice SerialNumber={}", phone.serial), NOT_A_USER),
            (&format!("DeactivateMFADevice UserName={MANAGEMENT} SerialNumber={}", phone.serial), "ok"),
        ],
    );
    // A user of that name comes first.
    door.user(MANAGEMENT, &[]);
    show(&door, &root, "EnableMFADevice", MANAGEMENT, &phone, [3, 4]).ok();
    assert_eq!(summary("AccountMFAEnabled"), "0");
}

#[test]
fn lists() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    door.device("spare");
    for name in ["/b/one", "two", "three"] {
        door.device_of("ana", name);
    }
    let serials = |request: &str| {
        let texts = send(&door, &ana, request).ok().texts("SerialNumber");
        texts.iter().map(|serial| serial.split_once(":mfa").unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(serials("ListMFADevices"), ["/b/one", "/three", "/two"]);
    assert_eq!(serials("ListVirtualMFADevices"), ["/b/one", "/spare", "/three", "/two"]);
    assert_eq!(serials("ListVirtualMFADevices AssignmentStatus=Any").len(), 4);
    assert_eq!(serials("ListVirtualMFADevices AssignmentStatus=Unassigned"), ["/spare"]);
    assert_eq!(serials("ListVirtualMFADevices AssignmentStatus=Assigned"), ["/b/one", "/three", "/two"]);
    for (list, pages) in [
        ("ListMFADevices", vec![vec!["/b/one", "/three"], vec!["/two"]]),
        ("ListVirtualMFADevices", vec![vec!["/b/one", "/spare"], vec!["/three", "/two"]]),
    ] {
        let mut request = format!("{list} MaxItems=2");
        for (number, page) in pages.iter().enumerate() {
            assert_eq!(serials(&request), *page, "{list}");
            let answer = send(&door, &ana, &request).ok();
            let last = number + 1 == pages.len();
            assert_eq!((answer.text("IsTruncated"), answer.has("Marker")), ((!last).to_string(), !last));
            if !last {
                request = format!("{list} MaxItems=2 Marker={}", answer.text("Marker"));
            }
        }
    }
    check(
        &door,
        &ana,
        &[
            ("ListMFADevices Marker=x", "400 ValidationError: Invalid Marker."),
            ("ListMFADevices UserName=none", "404 NoSuchEntity: The user with name none cannot be found."),
        ],
    );
    let session = door.assume(&ana, &door.role("r", &trusts("arn:aws:iam::111111111111:root"), &[ALLOW_ALL]));
    check(
        &door,
        &session,
        &[("ListMFADevices", NOT_A_USER), (&format!("DeactivateMFADevice {PHONE}"), NOT_A_USER)],
    );
}

#[test]
fn tags() {
    let door = Door::new();
    let root = door.root();
    door.device("phone");
    check(
        &door,
        &root,
        &[
            (
                &format!(
                    "TagMFADevice {PHONE} Tags.member.1.Key=b Tags.member.1.Value=1 Tags.member.2.Key=a Tags.member.2.Value=2"
                ),
                "ok",
            ),
            (&format!("TagMFADevice {PHONE} Tags.member.1.Key=B Tags.member.1.Value=3"), "ok"),
        ],
    );
    let listed = send(&door, &root, &format!("ListMFADeviceTags {PHONE}")).ok();
    assert_eq!(
        (listed.texts("Key"), listed.texts("Value")),
        (vec!["B".to_owned(), "a".to_owned()], vec!["3".to_owned(), "2".to_owned()])
    );
    check(&door, &root, &[(&format!("UntagMFADevice {PHONE} TagKeys.member.1=b"), "ok")]);
    assert_eq!(send(&door, &root, &format!("ListMFADeviceTags {PHONE}")).ok().texts("Key"), ["a"]);
}

#[test]
fn permission_is_asked_on_the_user_or_the_device() {
    let phone = "arn:aws:iam::111111111111:mfa/phone";
    let bob = "arn:aws:iam::111111111111:user/team/bob";
    let codes = "AuthenticationCode1=000000 AuthenticationCode2=000000";
    for (action, resource, request) in [
        (
            "CreateVirtualMFADevice",
            "arn:aws:iam::111111111111:mfa/a/new",
            "CreateVirtualMFADevice VirtualMFADeviceName=new Path=/a/".to_owned(),
        ),
        ("DeleteVirtualMFADevice", phone, format!("DeleteVirtualMFADevice {PHONE}")),
        ("TagMFADevice", phone, format!("TagMFADevice {PHONE} Tags.member.1.Key=a Tags.member.1.Value=b")),
        ("UntagMFADevice", phone, format!("UntagMFADevice {PHONE} TagKeys.member.1=a")),
        ("ListMFADeviceTags", phone, format!("ListMFADeviceTags {PHONE}")),
        ("EnableMFADevice", bob, format!("EnableMFADevice UserName=bob {PHONE} {codes}")),
        ("ResyncMFADevice", bob, format!("ResyncMFADevice UserName=bob {PHONE} {codes}")),
        ("DeactivateMFADevice", bob, format!("DeactivateMFADevice UserName=bob {PHONE}")),
        ("ListMFADevices", bob, "ListMFADevices UserName=bob".to_owned()),
        ("GetMFADevice", bob, format!("GetMFADevice UserName=bob {PHONE}")),
        ("ListVirtualMFADevices", "*", "ListVirtualMFADevices".to_owned()),
    ] {
        let door = Door::new();
        door.user("/team/bob", &[]);
        door.device("phone");
        let action = format!("iam:{action}");
        let right = door.user("right", &[&allows(&action, resource)]);
        let wrong = door.user("wrong", &[&allows(&action, "arn:aws:iam::111111111111:user/wrong")]);
        assert_eq!(send(&door, &wrong, &request).verdict(), "AccessDenied", "{request}");
        let verdict = send(&door, &right, &request);
        assert!(
            ["ok", "InvalidAuthenticationCode", "NoSuchEntity"].contains(&verdict.verdict()),
            "{request}: {}",
            verdict.outcome()
        );
    }
    // Tags at creation need permission to tag, and count as request tags.
    let door = Door::new();
    let tagged =
        "CreateVirtualMFADevice VirtualMFADeviceName=new Tags.member.1.Key=team Tags.member.1.Value=blue";
    let create = allows("iam:CreateVirtualMFADevice", "*");
    let only = door.user("only", &[&create]);
    assert_eq!(send(&door, &only, tagged).verdict(), "AccessDenied");
    let blue = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:TagMFADevice","Resource":"arn:aws:iam::111111111111:mfa/*","Condition":{"StringEquals":{"aws:RequestTag/team":"blue"}}}}"#;
    let both = door.user("both", &[&create, blue]);
    send(&door, &both, tagged).ok();
    let by_tag = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:DeleteVirtualMFADevice","Resource":"*","Condition":{"StringEquals":{"aws:ResourceTag/team":"blue"}}}}"#;
    let deleter = door.user("deleter", &[by_tag]);
    door.device("plain");
    assert_eq!(
        send(&door, &deleter, "DeleteVirtualMFADevice SerialNumber=arn:aws:iam::111111111111:mfa/plain")
            .verdict(),
        "AccessDenied"
    );
    send(&door, &deleter, "DeleteVirtualMFADevice SerialNumber=arn:aws:iam::111111111111:mfa/new").ok();
}
