//! One request for every operation, and the world in which it succeeds for whoever may make it.

use doorward_directory::change::boundaries::Bounded;
use doorward_directory::change::policies::Standing;
use doorward_directory::change::tags::Tagged;
use doorward_directory::change::{self, Holder};
use doorward_directory::{Name, Path};

use crate::door::{self, Door, MANAGEMENT, OTHER, account, allows, trusts};
use crate::organization::{self, Names};

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

const CONTROL: (&str, &str) = ("PolicyId", "{control}");
const CONTROL_TYPE: (&str, &str) = ("Type", "SERVICE_CONTROL_POLICY");
const TARGET: (&str, &str) = ("TargetId", "{unit}");
const MEMBER: (&str, &str) = ("AccountId", OTHER);
const ADMINISTRATOR: (&str, &str) = ("AccountId", "{administrator}");
const TRUSTED: (&str, &str) = ("ServicePrincipal", "config.amazonaws.com");
const HANDSHAKE: (&str, &str) = ("HandshakeId", "{handshake}");

/// Every operation, in the order of services and names.
pub const REQUESTS: &[(&str, Parameters)] = &[
    ("iam:AddRoleToInstanceProfile", &[("InstanceProfileName", "empty"), ROLE]),
    ("iam:AddUserToGroup", &[("GroupName", "empty"), USER]),
    ("iam:AttachGroupPolicy", &[GROUP, SPARE]),
    ("iam:AttachRolePolicy", &[ROLE, SPARE]),
    ("iam:AttachUserPolicy", &[USER, SPARE]),
    ("iam:CreateAccessKey", &[USER]),
    ("iam:CreateAccountAlias", &[("AccountAlias", "new-alias")]),
    ("iam:CreateGroup", &[("GroupName", "new")]),
    ("iam:CreateInstanceProfile", &[("InstanceProfileName", "new")]),
    ("iam:CreatePolicy", &[("PolicyName", "new"), DOCUMENT]),
    ("iam:CreatePolicyVersion", &[POLICY, DOCUMENT]),
    ("iam:CreateRole", &[("RoleName", "new"), ("AssumeRolePolicyDocument", "{trust}")]),
    ("iam:CreateUser", &[("UserName", "new")]),
    ("iam:DeleteAccessKey", &[USER, KEY]),
    ("iam:DeleteAccountAlias", &[("AccountAlias", "alias")]),
    ("iam:DeleteGroup", &[("GroupName", "empty")]),
    ("iam:DeleteGroupPolicy", &[GROUP, INLINE]),
    ("iam:DeleteInstanceProfile", &[("InstanceProfileName", "empty")]),
    ("iam:DeletePolicy", &[SPARE]),
    ("iam:DeletePolicyVersion", &[POLICY, SPARE_VERSION]),
    ("iam:DeleteRole", &[("RoleName", "empty")]),
    ("iam:DeleteRolePermissionsBoundary", &[ROLE]),
    ("iam:DeleteRolePolicy", &[ROLE, INLINE]),
    ("iam:DeleteUser", &[("UserName", "empty")]),
    ("iam:DeleteUserPermissionsBoundary", &[USER]),
    ("iam:DeleteUserPolicy", &[USER, INLINE]),
    ("iam:DetachGroupPolicy", &[GROUP, POLICY]),
    ("iam:DetachRolePolicy", &[ROLE, POLICY]),
    ("iam:DetachUserPolicy", &[USER, POLICY]),
    ("iam:GetAccountAuthorizationDetails", &[]),
    ("iam:GetAccountSummary", &[]),
    ("iam:GetGroup", &[GROUP]),
    ("iam:GetGroupPolicy", &[GROUP, INLINE]),
    ("iam:GetInstanceProfile", &[PROFILE]),
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
    ("iam:ListPolicies", &[]),
    ("iam:ListPolicyTags", &[POLICY]),
    ("iam:ListPolicyVersions", &[POLICY]),
    ("iam:ListRolePolicies", &[ROLE]),
    ("iam:ListRoleTags", &[ROLE]),
    ("iam:ListRoles", &[]),
    ("iam:ListUserPolicies", &[USER]),
    ("iam:ListUserTags", &[USER]),
    ("iam:ListUsers", &[]),
    ("iam:PutGroupPolicy", &[GROUP, INLINE, DOCUMENT]),
    ("iam:PutRolePermissionsBoundary", &[ROLE, BOUNDARY]),
    ("iam:PutRolePolicy", &[ROLE, INLINE, DOCUMENT]),
    ("iam:PutUserPermissionsBoundary", &[USER, BOUNDARY]),
    ("iam:PutUserPolicy", &[USER, INLINE, DOCUMENT]),
    ("iam:RemoveRoleFromInstanceProfile", &[PROFILE, ROLE]),
    ("iam:RemoveUserFromGroup", &[GROUP, USER]),
    ("iam:SetDefaultPolicyVersion", &[POLICY, SPARE_VERSION]),
    ("iam:TagInstanceProfile", &[PROFILE, TAG_KEY, TAG_VALUE]),
    ("iam:TagPolicy", &[POLICY, TAG_KEY, TAG_VALUE]),
    ("iam:TagRole", &[ROLE, TAG_KEY, TAG_VALUE]),
    ("iam:TagUser", &[USER, TAG_KEY, TAG_VALUE]),
    ("iam:UntagInstanceProfile", &[PROFILE, OLD_TAG]),
    ("iam:UntagPolicy", &[POLICY, OLD_TAG]),
    ("iam:UntagRole", &[ROLE, OLD_TAG]),
    ("iam:UntagUser", &[USER, OLD_TAG]),
    ("iam:UpdateAccessKey", &[USER, KEY, ("Status", "Inactive")]),
    ("iam:UpdateAssumeRolePolicy", &[ROLE, ("PolicyDocument", "{trust}")]),
    ("iam:UpdateGroup", &[GROUP, ("NewGroupName", "new")]),
    ("iam:UpdateRole", &[ROLE, ("Description", "new")]),
    ("iam:UpdateRoleDescription", &[ROLE, ("Description", "new")]),
    ("iam:UpdateUser", &[USER, ("NewUserName", "new")]),
    ("organizations:AcceptHandshake", &[HANDSHAKE]),
    ("organizations:AttachPolicy", &[CONTROL, TARGET]),
    ("organizations:CancelHandshake", &[HANDSHAKE]),
    ("organizations:CloseAccount", &[MEMBER]),
    ("organizations:CreateAccount", &[("Email", "new@example.com"), ("AccountName", "new")]),
    ("organizations:CreateOrganization", &[]),
    ("organizations:CreateOrganizationalUnit", &[("ParentId", "{root}"), ("Name", "new")]),
    (
        "organizations:CreatePolicy",
        &[CONTROL_TYPE, ("Name", "new"), ("Description", ""), ("Content", "{document}")],
    ),
    ("organizations:DeclineHandshake", &[HANDSHAKE]),
    ("organizations:DeleteOrganization", &[]),
    ("organizations:DeleteOrganizationalUnit", &[("OrganizationalUnitId", "{empty}")]),
    ("organizations:DeletePolicy", &[CONTROL]),
    ("organizations:DeleteResourcePolicy", &[]),
    ("organizations:DeregisterDelegatedAdministrator", &[ADMINISTRATOR, TRUSTED]),
    ("organizations:DescribeAccount", &[MEMBER]),
    ("organizations:DescribeCreateAccountStatus", &[("CreateAccountRequestId", "{creation}")]),
    ("organizations:DescribeEffectivePolicy", &[("PolicyType", "TAG_POLICY"), ("TargetId", OTHER)]),
    ("organizations:DescribeHandshake", &[HANDSHAKE]),
    ("organizations:DescribeOrganization", &[]),
    ("organizations:DescribeOrganizationalUnit", &[("OrganizationalUnitId", "{unit}")]),
    ("organizations:DescribePolicy", &[CONTROL]),
    ("organizations:DescribeResourcePolicy", &[]),
    ("organizations:DetachPolicy", &[("PolicyId", "{attached}"), TARGET]),
    ("organizations:DisableAWSServiceAccess", &[("ServicePrincipal", "sso.amazonaws.com")]),
    ("organizations:DisablePolicyType", &[("RootId", "{root}"), ("PolicyType", "SERVICE_CONTROL_POLICY")]),
    ("organizations:EnableAWSServiceAccess", &[TRUSTED]),
    ("organizations:EnableAllFeatures", &[]),
    ("organizations:EnablePolicyType", &[("RootId", "{root}"), ("PolicyType", "RESOURCE_CONTROL_POLICY")]),
    (
        "organizations:InviteAccountToOrganization",
        &[("Target", r#"json:{"Type":"ACCOUNT","Id":"444444444444"}"#)],
    ),
    ("organizations:LeaveOrganization", &[]),
    ("organizations:ListAWSServiceAccessForOrganization", &[]),
    ("organizations:ListAccounts", &[]),
    ("organizations:ListAccountsForParent", &[("ParentId", "{unit}")]),
    ("organizations:ListChildren", &[("ParentId", "{unit}"), ("ChildType", "ACCOUNT")]),
    ("organizations:ListCreateAccountStatus", &[]),
    ("organizations:ListDelegatedAdministrators", &[]),
    ("organizations:ListDelegatedServicesForAccount", &[ADMINISTRATOR]),
    ("organizations:ListHandshakesForAccount", &[]),
    ("organizations:ListHandshakesForOrganization", &[]),
    ("organizations:ListOrganizationalUnitsForParent", &[("ParentId", "{root}")]),
    ("organizations:ListParents", &[("ChildId", "{unit}")]),
    ("organizations:ListPolicies", &[("Filter", "SERVICE_CONTROL_POLICY")]),
    ("organizations:ListPoliciesForTarget", &[TARGET, ("Filter", "SERVICE_CONTROL_POLICY")]),
    ("organizations:ListRoots", &[]),
    ("organizations:ListTagsForResource", &[("ResourceId", "{unit}")]),
    ("organizations:ListTargetsForPolicy", &[CONTROL]),
    ("organizations:MoveAccount", &[MEMBER, ("SourceParentId", "{root}"), ("DestinationParentId", "{unit}")]),
    ("organizations:PutResourcePolicy", &[("Content", "{delegation}")]),
    ("organizations:RegisterDelegatedAdministrator", &[MEMBER, TRUSTED]),
    ("organizations:RemoveAccountFromOrganization", &[MEMBER]),
    (
        "organizations:TagResource",
        &[("ResourceId", "{unit}"), ("Tags", r#"json:[{"Key":"team","Value":"blue"}]"#)],
    ),
    ("organizations:UntagResource", &[("ResourceId", "{unit}"), ("TagKeys", r#"json:["team"]"#)]),
    ("organizations:UpdateOrganizationalUnit", &[("OrganizationalUnitId", "{unit}"), ("Name", "new")]),
    ("organizations:UpdatePolicy", &[CONTROL, ("Name", "new")]),
    ("sts:AssumeRole", &[("RoleArn", "arn:aws:iam::111111111111:role/role"), ("RoleSessionName", "session")]),
    ("sts:DecodeAuthorizationMessage", &[("EncodedMessage", "{message}")]),
    ("sts:GetAccessKeyInfo", &[KEY]),
    ("sts:GetCallerIdentity", &[]),
    ("sts:GetFederationToken", &[("Name", "name")]),
    ("sts:GetSessionToken", &[]),
];

/// An account with one of everything, and one of everything that nothing depends on.
pub struct World {
    pub door: Door,
    key: String,
    message: String,
    organization: Names,
}

impl World {
    /// The world for an operation.
    pub fn of(operation: &str) -> Self {
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
            change::accounts::put_alias(draft, here, "alias")
        });
        let denied = door.user("denied", &[]);
        let message = door.call(&denied, "iam:ListUsers", &[]).denial.unwrap();
        let organization = organization::make(&door, operation);
        Self { door, key, message, organization }
    }

    /// The parameters, with what only this world knows.
    pub fn filled(&self, parameters: Parameters) -> Vec<(&'static str, String)> {
        let fill = |value: &str| match value {
            "{document}" => allows("s3:PutObject", "*"),
            "{trust}" => trusts("arn:aws:iam::111111111111:root"),
            "{key}" => self.key.clone(),
            "{message}" => self.message.clone(),
            other => match other.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) => self.organization.get(name).cloned().unwrap_or_default(),
                None => other.to_owned(),
            },
        };
        parameters.iter().map(|(name, value)| (*name, fill(value))).collect()
    }
}
