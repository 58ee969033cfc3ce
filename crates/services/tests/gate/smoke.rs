use crate::door::{ALLOW_ALL, Door};

#[test]
fn smoke() {
    let door = Door::new();
    let ana = door.user("ana", &[ALLOW_ALL]);
    let answer = door.call(&ana, "iam:GetUser", &[("UserName", "ana")]).ok();
    assert_eq!(answer.text("UserName"), "ana");
    let missing = "404 NoSuchEntity: The user with name bob cannot be found.";
    door.call(&door.root(), "iam:GetUser", &[("UserName", "bob")]).refused(missing);
}
