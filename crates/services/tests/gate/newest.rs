//! What was gathered for one state of the directory does not outlive it, and does not stand in for anything else.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use doorward_directory::change::{self, Holder, boundaries::Bounded};
use doorward_directory::{Directory, Name};
use doorward_engine::{CompiledAttached, CompiledDocument};
use doorward_gate::{Caller, Denied, Gate, Question, Unauthorized};
use doorward_policy::request::Source;
use doorward_policy::{Document, Kind};
use jiff::Timestamp;

use crate::door::{ALLOW_ALL, Door, MANAGEMENT, account, allows, denies, trusts};

const ACTION: &str = "s3:GetObject";
const OBJECT: &str = "arn:aws:s3:::bucket/object";

fn put(directory: &Directory, now: Timestamp, holder: Holder<'_>, document: &str) {
    let name = Name::new("read").unwrap();
    let plan = |draft: &mut change::Draft<'_>| {
        change::inline::put(draft, account(MANAGEMENT), holder, &name, document)
    };
    directory.change(now, plan).unwrap();
}

/// What one asks who wants to read the object, which may have a policy.
fn question(policy: Option<CompiledAttached>) -> Vec<Question> {
    vec![Question::new(ACTION, OBJECT, account(MANAGEMENT)).with_policy(policy)]
}

fn denial(gate: &Gate, caller: &Caller, policy: Option<&CompiledAttached>) -> Option<Denied> {
    match gate.authorize::<()>(caller, question(policy.cloned())) {
        Ok(_) => None,
        Err(Unauthorized::Denied(denied)) => Some(denied),
        Err(other) => panic!("{other:?}"),
    }
}

/// Every change counts with the next request, whatever was asked before.
#[test]
fn changes_count_at_once() {
    let door = Door::new();
    let ana = door.user("ana", &[&allows("sts:*", "*")]);
    let role = door.role("reader", &trusts("arn:aws:iam::111111111111:user/ana"), &[]);
    door.group("readers", &[], &["ana"]);
    let (all, none) = (door.managed("all", ALLOW_ALL), door.managed("none", &allows("iam:*", "*")));
    let session = door.assume(&ana, &role);
    let (user, group, role) = (Holder::User("ana"), Holder::Group("readers"), Holder::Role("reader"));
    let (own, other) = (allows(ACTION, OBJECT), allows(ACTION, "arn:aws:s3:::other/*"));
    let put = |holder, document: &str| put(door.directory(), door.now(), holder, document);
    let bound = |policy: &str| {
        door.change(|draft| change::boundaries::put(draft, account(MANAGEMENT), Bounded::User("ana"), policy))
    };
    let leave =
        || door.change(|draft| change::groups::remove_member(draft, account(MANAGEMENT), "readers", "ana"));
    let steps: [(&str, &dyn Fn(), bool, bool); 12] = [
        ("nothing", &|| (), false, false),
        ("the user's policy", &|| put(user, &own), true, false),
        ("the role's policy", &|| put(role, &own), true, true),
        ("the group denies", &|| put(group, &denies("s3:*", "*")), false, true),
        ("the group allows", &|| put(group, &own), true, true),
        ("the user's policy is about another object", &|| put(user, &other), true, true),
        ("the group's is", &|| put(group, &other), false, true),
        ("and no more", &|| put(group, &own), true, true),
        ("a boundary without reading", &|| bound(&none), false, true),
        ("a boundary with it", &|| bound(&all), true, true),
        ("the user leaves the group", &leave, false, true),
        ("the role's policy is about another object", &|| put(role, &other), false, false),
    ];
    for (what, step, user_may, role_may) in steps {
        step();
        for _ in 0..2 {
            assert_eq!(door.ask(&ana, ACTION, OBJECT) == "ok", user_may, "{what}: the user");
            assert_eq!(door.ask(&session, ACTION, OBJECT) == "ok", role_may, "{what}: the role's session");
        }
    }
}

/// While policies change, each request is answered as its own snapshot has them, the newest as well as older ones.
#[test]
fn each_snapshot_is_judged_by_itself() {
    const ANSWERS_MIN: usize = 300;
    let door = Door::new();
    let ana = door.user("ana", &[]);
    let caller = door.authenticate(&ana, "s3").unwrap();
    let (gate, directory, now) = (door.gate(), door.directory(), door.now());
    let (allowing, other) = (allows(ACTION, OBJECT), allows(ACTION, "arn:aws:s3:::other/*"));
    let (allowed, denied) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let enough = || [&allowed, &denied].iter().all(|answers| answers.load(Ordering::Relaxed) >= ANSWERS_MIN);
    let ask = |caller: &Caller| {
        let snapshot = caller.snapshot();
        let id = snapshot.user(account(MANAGEMENT), "ana").unwrap().id;
        let expected = snapshot.inline(id).any(|policy| policy.text.text() == allowing);
        assert_eq!(denial(gate, caller, None).is_none(), expected);
        if expected { &allowed } else { &denied }.fetch_add(1, Ordering::Relaxed);
    };
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut older = caller.clone();
                while !enough() {
                    let newest = gate.renew(&caller, directory.snapshot()).unwrap();
                    ask(&newest);
                    ask(&older);
                    ask(&newest);
                    older = newest;
                }
            });
        }
        let mut documents = [&allowing, &other].into_iter().cycle();
        while !enough() {
            put(directory, now, Holder::User("ana"), documents.next().unwrap());
        }
    });
}

fn policy(effect: &str, attached_to: &str) -> CompiledAttached {
    let text = format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Principal":"*","Action":"s3:*","Resource":"*"}}}}"#
    );
    let document = Document::parse(&text, Kind::Resource).unwrap();
    let source = Source { name: "bucket policy".to_owned(), arn: None, attached_to: attached_to.to_owned() };
    CompiledAttached {
        document: Arc::new(CompiledDocument::new(Arc::new(document))),
        source: Arc::new(source),
    }
}

/// Policies of resources are told apart by what they say and by what they belong to.
#[test]
fn resources_do_not_share_what_is_theirs() {
    let door = Door::new();
    let ana = door.user("ana", &[]);
    let caller = door.authenticate(&ana, "s3").unwrap();
    let (open, closed) = (policy("Allow", "arn:aws:s3:::open"), policy("Deny", "arn:aws:s3:::closed"));
    let source = Source { attached_to: "arn:aws:s3:::twin".to_owned(), ..(*closed.source).clone() };
    let twin = CompiledAttached { source: Arc::new(source), ..closed.clone() };
    for _ in 0..3 {
        for (resource, expected) in [
            (None, Some("no identity-based policy")),
            (Some(&open), None),
            (Some(&closed), Some("arn:aws:s3:::closed")),
            (Some(&twin), Some("arn:aws:s3:::twin")),
        ] {
            let denied = denial(door.gate(), &caller, resource);
            let shown = denied.map(|denied| format!("{} {:?}", denied.message, denied.explanation.checks));
            assert_eq!(shown.is_some(), expected.is_some(), "{resource:?}");
            let (shown, expected) = (shown.unwrap_or_default(), expected.unwrap_or_default());
            assert!(shown.contains(expected), "{shown}");
            for other in ["arn:aws:s3:::closed", "arn:aws:s3:::twin"] {
                assert_eq!(shown.contains(other), other == expected, "{shown}");
            }
        }
    }
}

/// Sessions of one role are told apart by the policies that were passed, though they have one name.
#[test]
fn sessions_do_not_share_what_was_passed() {
    let door = Door::new();
    let ana = door.user("ana", &[&allows("sts:*", "*")]);
    let trust = trusts("arn:aws:iam::111111111111:user/ana");
    let role = door.role("reader", &trust, &[&allows("s3:*", "*")]);
    let (narrow, wide) = (allows(ACTION, "arn:aws:s3:::other/*"), allows("s3:*", "*"));
    let managed = door.managed("wide", &wide);
    let inline = |text: &str| door.assume_with(&ana, &role, &[("Policy", text)]);
    let sessions = [
        (door.assume(&ana, &role), true),
        (inline(&narrow), false),
        (inline(&wide), true),
        (door.assume_with(&ana, &role, &[("PolicyArns.member.1.arn", &managed)]), true),
        (door.assume_with(&ana, &role, &[("PolicyArns.member.1.arn", &managed), ("Policy", &narrow)]), true),
    ];
    for _ in 0..3 {
        for (number, (keys, may)) in sessions.iter().enumerate() {
            assert_eq!(door.ask(keys, ACTION, OBJECT) == "ok", *may, "session {number}");
        }
    }
    door.change(|draft| {
        let standing = change::policies::Standing::Default;
        change::policies::create_version(draft, account(MANAGEMENT), &managed, &narrow, standing)
    });
    assert_ne!(door.ask(&sessions[3].0, ACTION, OBJECT), "ok");
    assert_eq!(door.ask(&sessions[2].0, ACTION, OBJECT), "ok");
}

/// A request that names no user is about the name that its user had: who is called otherwise by now is not asked again.
#[test]
fn a_renamed_user_is_not_renewed() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let caller = door.authenticate(&ana, "iam").unwrap();
    let renewed = || door.gate().renew(&caller, door.directory().snapshot());
    let rename = |from: &str, to: &str| {
        let to = Name::new(to).unwrap();
        door.change(|draft| {
            let update = change::users::UserUpdate { name: Some(to.clone()), path: None };
            change::users::update(draft, account(MANAGEMENT), from, &update).map(drop)
        });
    };
    door.user("bob", &[]);
    assert!(renewed().is_some(), "others change");
    rename("ana", "bea");
    assert!(renewed().is_none(), "she has another name");
    door.user("ana", &[]);
    assert!(renewed().is_none(), "another has hers");
}

/// A gate that has room for no plans answers as one that has.
#[test]
fn without_room_for_plans() {
    let door = Door::new();
    let ana = door.user("ana", &[&allows(ACTION, OBJECT)]);
    let caller = door.authenticate(&ana, "s3").unwrap();
    let gate = door.gate().clone().with_plan_bytes_max(0);
    for _ in 0..3 {
        assert!(denial(&gate, &caller, None).is_none());
        assert!(denial(&gate, &caller, Some(&policy("Deny", OBJECT))).is_some());
    }
}
