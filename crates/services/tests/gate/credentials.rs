//! Keys and tokens, good and bad.

use doorward_directory::access_key::KeyStatus;
use doorward_directory::change::{self, keys as access_keys, keys::KeyHolder};
use doorward_directory::change::{inline, roles, users};

use crate::door::{ALLOW_ALL, Ask, Door, Keys, MANAGEMENT, Signing, account, trusts};

const INVALID: &str = "403 InvalidClientTokenId: The security token included in the request is invalid.";
const MISMATCH: &str = "403 SignatureDoesNotMatch: The request signature we calculated does not match the signature you \
                        provided. Check your AWS Secret Access Key and signing method. Consult the service documentation \
                        for details.";

fn identity(door: &Door, keys: &Keys) -> String {
    door.call(keys, "sts:GetCallerIdentity", &[]).outcome()
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html>
#[test]
fn wrong_credentials() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let eva = door.user("eva", &[ALLOW_ALL]);
    let role = door.role("reader", &trusts("*"), &[]);
    let session = door.assume(&ana, &role);
    let next = door.assume(&ana, &role);
    let token = door.call(&ana, "sts:GetSessionToken", &[]).ok().keys();
    let elsewhere = Door::seeded(1);
    let foreign_role = elsewhere.role("reader", &trusts("*"), &[]);
    let foreign = elsewhere.assume(&elsewhere.user("ana", &[ALLOW_ALL]), &foreign_role);
    let rows = [
        ("another's secret", Keys { secret: eva.secret.clone(), ..ana.clone() }, MISMATCH),
        ("no such key", Keys { id: "AKIAIOSFODNN7EXAMPLE".to_owned(), ..ana.clone() }, INVALID),
        ("not a key", Keys { id: "key".to_owned(), ..ana.clone() }, INVALID),
        ("a user's id", Keys { id: ana.id.replace("AKIA", "AIDA"), ..ana.clone() }, INVALID),
        ("a long-term key with a token", Keys { token: session.token.clone(), ..ana.clone() }, INVALID),
        ("a temporary key without its token", Keys { token: None, ..session.clone() }, INVALID),
        ("another session's token", Keys { token: next.token.clone(), ..session.clone() }, INVALID),
        ("another user's token", Keys { token: token.token.clone(), ..session.clone() }, INVALID),
        ("another session's secret", Keys { secret: next.secret.clone(), ..session.clone() }, MISMATCH),
        ("an empty token", Keys { token: Some(String::new()), ..session.clone() }, INVALID),
        (
            "no token of ours",
            Keys { token: Some("FwoGZXIvYXdzEXAMPLE".to_owned()), ..session.clone() },
            INVALID,
        ),
        ("another installation's token", foreign.clone(), INVALID),
        (
            "another installation's token with a key of ours",
            Keys { token: foreign.token.clone(), ..session.clone() },
            INVALID,
        ),
    ];
    for (what, keys, expected) in rows {
        assert_eq!(identity(&door, &keys), expected, "{what}");
    }
    for keys in [&ana, &session, &next, &token] {
        assert_eq!(identity(&door, keys), "ok");
    }
    let root = door.root();
    let unsigned = Ask { signing: Signing::Unsigned, ..Ask::of(&root, "sts:GetCallerIdentity", &[]) };
    door.send(&unsigned).refused("403 MissingAuthenticationToken: Request is missing Authentication Token");
}

/// Whatever bit of a token is changed, it is no token any more.
#[test]
fn not_a_character_of_a_token_can_be_changed() {
    let door = Door::new();
    let role = door.role("reader", &trusts("*"), &[]);
    let session = door.assume(&door.user("ana", &[ALLOW_ALL]), &role);
    let token = session.token.clone().unwrap();
    for at in 0..token.len() {
        for bit in 0..7 {
            let mut bytes = token.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            // Only what a header can carry reaches the gate.
            if !bytes[at].is_ascii_graphic() {
                continue;
            }
            let keys = Keys { token: Some(String::from_utf8(bytes).unwrap()), ..session.clone() };
            assert_eq!(identity(&door, &keys), INVALID, "character {at}, bit {bit}");
        }
    }
    for cut in (0..token.len()).step_by(7) {
        let keys = Keys { token: Some(token[..cut].to_owned()), ..session.clone() };
        assert_eq!(identity(&door, &keys), INVALID, "{cut} characters");
    }
    for longer in [format!("{token}A"), format!("{token}="), format!("{token}{token}"), "A".repeat(5_000)] {
        assert_eq!(identity(&door, &Keys { token: Some(longer), ..session.clone() }), INVALID);
    }
}

/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html>
#[test]
fn keys_that_were_good() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let set = |status| {
        door.change(|draft| {
            access_keys::set_status(draft, account(MANAGEMENT), KeyHolder::User("ana"), &ana.id, status)
        });
    };
    let token = door.call(&ana, "sts:GetSessionToken", &[]).ok().keys();
    assert_eq!(identity(&door, &ana), "ok");
    set(KeyStatus::Inactive);
    assert_eq!(identity(&door, &ana), INVALID);
    assert_eq!(identity(&door, &token), "ok", "credentials made with a key outlive it");
    set(KeyStatus::Active);
    assert_eq!(identity(&door, &ana), "ok");
    door.change(|draft| {
        access_keys::delete(draft, account(MANAGEMENT), KeyHolder::User("ana"), &ana.id)?;
        inline::delete(draft, account(MANAGEMENT), change::Holder::User("ana"), "inline-0")
    });
    assert_eq!(identity(&door, &ana), INVALID);
    assert_eq!(identity(&door, &token), "ok");
    door.change(|draft| users::delete(draft, account(MANAGEMENT), "ana"));
    assert_eq!(identity(&door, &token), INVALID, "not their user");
    door.user("ana", &[ALLOW_ALL]);
    assert_eq!(identity(&door, &token), INVALID, "a new user of the same name is another");
}

#[test]
fn sessions_end_with_their_role() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let role = door.role("reader", &trusts("*"), &[]);
    let session = door.assume(&ana, &role);
    door.change(|draft| roles::update_trust(draft, account(MANAGEMENT), "reader", &trusts("222222222222")));
    assert_eq!(identity(&door, &session), "ok", "sessions outlive a change of the trust policy");
    door.change(|draft| roles::delete(draft, account(MANAGEMENT), "reader"));
    assert_eq!(identity(&door, &session), INVALID);
    door.role("reader", &trusts("*"), &[]);
    assert_eq!(identity(&door, &session), INVALID, "a new role of the same name is another");
}

#[test]
fn services_keys() {
    let door = Door::new();
    let service = door.service_in(MANAGEMENT, "ci.example.internal");
    assert_eq!(identity(&door, &service), "ok");
    door.change(|draft| {
        change::services::delete_key(draft, "ci.example.internal", &service.id)?;
        change::services::remove(draft, "ci.example.internal")
    });
    assert_eq!(identity(&door, &service), INVALID);
}
