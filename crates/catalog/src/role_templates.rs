//! Role templates of AWS's. What they hold is shown by AWS's API only; the table has the one that is described on a page.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_role-template.html>

/// A template from which roles are made, in its first version.
#[derive(Debug)]
#[non_exhaustive]
pub struct RoleTemplate {
    /// Its ARN, with the major version at its end.
    pub arn: &'static str,
    /// What it is for. The words are ours.
    pub description: &'static str,
    /// The parameters, all of which a role needs, each one text.
    pub parameters: &'static [Parameter],
    /// The name of the role; `@{name}` stands for a parameter, here and in the rest.
    pub role_name: &'static str,
    /// The path of the role.
    pub role_path: &'static str,
    /// The trust policy of the role.
    pub trust: &'static str,
    /// The ARNs of the managed policies that the role has.
    pub managed: &'static [&'static str],
}

/// A parameter of a template.
#[derive(Debug)]
#[non_exhaustive]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What it is for. The words are ours.
    pub description: &'static str,
}

/// Every known template.
pub static ALL: &[RoleTemplate] = &[RoleTemplate {
    arn: "arn:aws:iam::aws:role-template/iam.amazonaws.com/PowerUserRoleTemplate:1",
    description: "A role that a service assumes, with the permissions of a power user.",
    parameters: &[
        Parameter {
            name: "AWSServiceName",
            description: "The principal of the service that assumes the role.",
        },
        Parameter { name: "RoleName", description: "The name of the role." },
    ],
    role_name: "@{RoleName}",
    role_path: "/",
    trust: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"@{AWSServiceName}"},"Action":"sts:AssumeRole"}]}"#,
    managed: &["arn:aws:iam::aws:policy/PowerUserAccess"],
}];
