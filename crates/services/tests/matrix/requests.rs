//! One request for every operation, and the world in which it succeeds for whoever may make it.

use std::sync::LazyLock;

use doorward_directory::change::boundaries::Bounded;
use doorward_directory::change::passwords::Reset;
use doorward_directory::change::policies::Standing;
use doorward_directory::change::tags::Tagged;
use doorward_directory::change::{self, Holder};
use doorward_directory::password::{NewPassword, PasswordPolicy};
use doorward_directory::{Name, Path};

use crate::door::{self, Device, Door, MANAGEMENT, account, allows, trusts};

/// Parameters; a value may be `{…}`, see [`World::filled`].
pub type Parameters = &'static [(&'static str, &'static str)];

const USER: (&str, &str) = ("UserName", "user");
const GROUP: (&str, &str) = ("GroupName", "group");
const ROLE: (&str, &str) = ("RoleName", "role");
const PROFILE: (&str, &str) = ("InstanceProfileName", "profile");
const POLICY: (&str, &str) = ("PolicyArn", "arn:aws:iam::111111111111:policy/policy");
const SPARE_ARN: &str = "arn:aws:iam::111111111111:policy/spare";
const SPARE: (&str, &str) = ("PolicyArn", SPARE_ARN);
const BOUNDARY: (&str, &str) = ("PermissionsBoundary", SPARE_ARN);
const INLINE: (&str, &str) = ("PolicyName", "inline-0");
const DOCUMENT: (&str, &str) = ("PolicyDocument", "{document}");
const KEY: (&str, &str) = ("AccessKeyId", "{key}");
const TAG_KEY: (&str, &str) = ("Tags.member.1.Key", "team");
const TAG_VALUE: (&str, &str) = ("Tags.member.1.Value", "blue");
const OLD_TAG: (&str, &str) = ("TagKeys.member.1", "team");
const SPARE_VERSION: (&str, &str) = ("VersionId", "v2");

const PHONE: (&str, &str) = ("SerialNumber", "arn:aws:iam::111111111111:mfa/phone");
const SPARE_PHONE: (&str, &str) = ("SerialNumber", "arn:aws:iam::111111111111:mfa/spare");

/// The password of whoever has one.
const PASSWORD: &str = "Password-1";

/// Every operation, in the order of services and names.
pub const REQUESTS: &[(&str, Parameters)] = &[
    ("iam:AddRoleToInstanceProfile", &[("InstanceProfileName", "empty"), ROLE]),
    ("iam:AddUserToGroup", &[("GroupName", "empty"), USER]),
    ("iam:AttachGroupPolicy", &[GROUP, SPARE]),
    ("iam:AttachRolePolicy", &[ROLE, SPARE]),
    ("iam:AttachUserPolicy", &[USER, SPARE]),
    ("iam:ChangePassword", &[("OldPassword", PASSWORD), ("NewPassword", "New-password-1")]),
    ("iam:CreateAccessKey", &[USER]),
    ("iam:CreateAccountAlias", &[("AccountAlias", "new-alias")]),
    ("iam:CreateGroup", &[("GroupName", "new")]),
    ("iam:CreateInstanceProfile", &[("InstanceProfileName", "new")]),
    ("iam:CreateLoginProfile", &[("UserName", "empty"), ("Password", PASSWORD)]),
    ("iam:CreatePolicy", &[("PolicyName", "new"), DOCUMENT]),
    ("iam:CreatePolicyVersion", &[POLICY, DOCUMENT]),
    ("iam:CreateRole", &[("RoleName", "new"), ("AssumeRolePolicyDocument", "{trust}")]),
    ("iam:CreateUser", &[("UserName", "new")]),
    ("iam:CreateVirtualMFADevice", &[("VirtualMFADeviceName", "new")]),
    ("iam:DeactivateMFADevice", &[USER, PHONE]),
    ("iam:DeleteAccessKey", &[USER, KEY]),
    ("iam:DeleteAccountAlias", &[("AccountAlias", "alias")]),
    ("iam:DeleteAccountPasswordPolicy", &[]),
    ("iam:DeleteGroup", &[("GroupName", "empty")]),
    ("iam:DeleteGroupPolicy", &[GROUP, INLINE]),
    ("iam:DeleteInstanceProfile", &[("InstanceProfileName", "empty")]),
    ("iam:DeleteLoginProfile", &[USER]),
    ("iam:DeletePolicy", &[SPARE]),
    ("iam:DeletePolicyVersion", &[POLICY, SPARE_VERSION]),
    ("iam:DeleteRole", &[("RoleName", "empty")]),
    ("iam:DeleteRolePermissionsBoundary", &[ROLE]),
    ("iam:DeleteRolePolicy", &[ROLE, INLINE]),
    ("iam:DeleteUser", &[("UserName", "empty")]),
    ("iam:DeleteUserPermissionsBoundary", &[USER]),
    ("iam:DeleteUserPolicy", &[USER, INLINE]),
    ("iam:DeleteVirtualMFADevice", &[SPARE_PHONE]),
    ("iam:DetachGroupPolicy", &[GROUP, POLICY]),
    ("iam:DetachRolePolicy", &[ROLE, POLICY]),
    ("iam:DetachUserPolicy", &[USER, POLICY]),
    (
        "iam:EnableMFADevice",
        &[USER, SPARE_PHONE, ("AuthenticationCode1", "{spare-1}"), ("AuthenticationCode2", "{spare-2}")],
    ),
    ("iam:GetAccountAuthorizationDetails", &[]),
    ("iam:GetAccountPasswordPolicy", &[]),
    ("iam:GetAccountSummary", &[]),
    ("iam:GetGroup", &[GROUP]),
    ("iam:GetGroupPolicy", &[GROUP, INLINE]),
    ("iam:GetInstanceProfile", &[PROFILE]),
    ("iam:GetLoginProfile", &[USER]),
    ("iam:GetMFADevice", &[USER, PHONE]),
    ("iam:GetPolicy", &[POLICY]),
    ("iam:GetPolicyVersion", &[POLICY, SPARE_VERSION]),
    ("iam:GetRole", &[ROLE]),
    ("iam:GetRolePolicy", &[ROLE, INLINE]),
    ("iam:GetUser", &[USER]),
    ("iam:GetUserPolicy", &[USER, INLINE]),
    ("iam:ListAccessKeys", &[USER]),
    ("iam:ListAccountAliases", &[]),
    ("iam:ListAttachedGroupPolicies", &[GROUP]),
    ("iam:ListAttachedRolePolicies", &[ROLE]),
    ("iam:ListAttachedUserPolicies", &[USER]),
    ("iam:ListEntitiesForPolicy", &[POLICY]),
    ("iam:ListGroupPolicies", &[GROUP]),
    ("iam:ListGroups", &[]),
    ("iam:ListGroupsForUser", &[USER]),
    ("iam:ListInstanceProfileTags", &[PROFILE]),
    ("iam:ListInstanceProfiles", &[]),
    ("iam:ListInstanceProfilesForRole", &[ROLE]),
    ("iam:ListMFADeviceTags", &[PHONE]),
    ("iam:ListMFADevices", &[USER]),
    ("iam:ListPolicies", &[]),
    ("iam:ListPolicyTags", &[POLICY]),
    ("iam:ListPolicyVersions", &[POLICY]),
    ("iam:ListRolePolicies", &[ROLE]),
    ("iam:ListRoleTags", &[ROLE]),
    ("iam:ListRoles", &[]),
    ("iam:ListUserPolicies", &[USER]),
    ("iam:ListUserTags", &[USER]),
    ("iam:ListUsers", &[]),
    ("iam:ListVirtualMFADevices", &[]),
    ("iam:PutGroupPolicy", &[GROUP, INLINE, DOCUMENT]),
    ("iam:PutRolePermissionsBoundary", &[ROLE, BOUNDARY]),
    ("iam:PutRolePolicy", &[ROLE, INLINE, DOCUMENT]),
    ("iam:PutUserPermissionsBoundary", &[USER, BOUNDARY]),
    ("iam:PutUserPolicy", &[USER, INLINE, DOCUMENT]),
    ("iam:RemoveRoleFromInstanceProfile", &[PROFILE, ROLE]),
    ("iam:RemoveUserFromGroup", &[GROUP, USER]),
    (
        "iam:ResyncMFADevice",
        &[USER, PHONE, ("AuthenticationCode1", "{phone-1}"), ("AuthenticationCode2", "{phone-2}")],
    ),
    ("iam:SetDefaultPolicyVersion", &[POLICY, SPARE_VERSION]),
    ("iam:TagInstanceProfile", &[PROFILE, TAG_KEY, TAG_VALUE]),
    ("iam:TagMFADevice", &[PHONE, TAG_KEY, TAG_VALUE]),
    ("iam:TagPolicy", &[POLICY, TAG_KEY, TAG_VALUE]),
    ("iam:TagRole", &[ROLE, TAG_KEY, TAG_VALUE]),
    ("iam:TagUser", &[USER, TAG_KEY, TAG_VALUE]),
    ("iam:UntagInstanceProfile", &[PROFILE, OLD_TAG]),
    ("iam:UntagMFADevice", &[PHONE, OLD_TAG]),
    ("iam:UntagPolicy", &[POLICY, OLD_TAG]),
    ("iam:UntagRole", &[ROLE, OLD_TAG]),
    ("iam:UntagUser", &[USER, OLD_TAG]),
    ("iam:UpdateAccessKey", &[USER, KEY, ("Status", "Inactive")]),
    ("iam:UpdateAccountPasswordPolicy", &[("MinimumPasswordLength", "12")]),
    ("iam:UpdateAssumeRolePolicy", &[ROLE, ("PolicyDocument", "{trust}")]),
    ("iam:UpdateGroup", &[GROUP, ("NewGroupName", "new")]),
    ("iam:UpdateLoginProfile", &[USER, ("Password", "New-password-1")]),
    ("iam:UpdateRole", &[ROLE, ("Description", "new")]),
    ("iam:UpdateRoleDescription", &[ROLE, ("Description", "new")]),
    ("iam:UpdateUser", &[USER, ("NewUserName", "new")]),
    ("sts:AssumeRole", &[("RoleArn", "arn:aws:iam::111111111111:role/role"), ("RoleSessionName", "session")]),
    ("sts:DecodeAuthorizationMessage", &[("EncodedMessage", "{message}")]),
    ("sts:GetAccessKeyInfo", &[KEY]),
    ("sts:GetCallerIdentity", &[]),
    ("sts:GetFederationToken", &[("Name", "name")]),
    ("sts:GetSessionToken", &[]),
];

/// Gives a user of the management account a password. It is hashed once for all worlds.
pub fn give_password(door: &Door, name: &str) {
    static HASHED: LazyLock<NewPassword<'static>> = LazyLock::new(|| {
        let door = Door::new();
        door.user("someone", &[]);
        let snapshot = door.directory().snapshot();
        let user = snapshot.user(account(MANAGEMENT), "someone").unwrap();
        door.directory().new_password(&snapshot, user, PASSWORD).unwrap()
    });
    let here = account(MANAGEMENT);
    door.change(|draft| change::passwords::create(draft, here, name, &HASHED, Reset::NotRequired));
}

/// An account with one of everything, and one of everything that nothing depends on.
pub struct World {
    pub door: Door,
    key: String,
    phone: Device,
    spare_phone: Device,
    message: String,
}

impl World {
    pub fn new() -> Self {
        let door = Door::new();
        let trust = trusts("arn:aws:iam::111111111111:root");
        let document = allows("s3:GetObject", "*");
        let key = door.tagged_user(MANAGEMENT, "user", &[("team", "red")], &[&document]).id;
        door.tagged_role(MANAGEMENT, "role", &trust, &[("team", "red")], &[&document]);
        door.role("empty", &trust, &[]);
        door.group("group", &[&document], &["user"]);
        door.group("empty", &[], &[]);
        door.managed("spare", &document);
        let policy = door.managed("policy", &document);
        let tags = door::tags(&[("team", "red")]);
        let here = account(MANAGEMENT);
        let name = |text| Name::new(text).unwrap();
        door.change(|draft| {
            let (name_empty, path) = (name("empty"), Path::root());
            let empty = change::users::NewUser { name: name_empty, path, tags: &[], boundary: None };
            change::users::create(draft, here, &empty)?;
            change::profiles::create(draft, here, name("profile"), Path::root(), &tags)?;
            change::profiles::add_role(draft, here, "profile", "role")?;
            change::profiles::create(draft, here, name("empty"), Path::root(), &[])?;
            change::policies::create_version(draft, here, &policy, &document, Standing::Spare)?;
            change::tags::put(draft, here, Tagged::Policy(&policy), &tags)?;
            for holder in [Holder::User("user"), Holder::Group("group"), Holder::Role("role")] {
                change::attachments::attach(draft, here, holder, &policy)?;
            }
            for bounded in [Bounded::User("user"), Bounded::Role("role")] {
                change::boundaries::put(draft, here, bounded, &policy)?;
            }
            change::passwords::put_policy(draft, here, PasswordPolicy::default())?;
            change::accounts::put_alias(draft, here, "alias")
        });
        give_password(&door, "user");
        let denied = door.user("denied", &[]);
        let message = door.call(&denied, "iam:ListUsers", &[]).denial.unwrap();
        let (phone, spare_phone) = (door.device_of("user", "phone"), door.device("spare"));
        Self { door, key, phone, spare_phone, message }
    }

    /// The parameters, with what only this world knows.
    pub fn filled(&self, parameters: Parameters) -> Vec<(&'static str, String)> {
        let fill = |value: &str| match value {
            "{document}" => allows("s3:PutObject", "*"),
            "{trust}" => trusts("arn:aws:iam::111111111111:root"),
            "{key}" => self.key.clone(),
            "{message}" => self.message.clone(),
            "{phone-1}" => self.phone.code(self.door.now(), 1),
            "{phone-2}" => self.phone.code(self.door.now(), 2),
            "{spare-1}" => self.spare_phone.code(self.door.now(), 1),
            "{spare-2}" => self.spare_phone.code(self.door.now(), 2),
            plain => plain.to_owned(),
        };
        parameters.iter().map(|(name, value)| (*name, fill(value))).collect()
    }
}
