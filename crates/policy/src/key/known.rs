//! The keys that most requests have, by number.

use super::hash;

/// Well-known keys, as AWS writes them.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html>
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html>
pub(crate) const KNOWN: [&str; 65] = [
    "aws:AssumedRoot",
    "aws:CalledVia",
    "aws:CalledViaFirst",
    "aws:CalledViaLast",
    "aws:ChatbotSourceArn",
    "aws:CurrentTime",
    "aws:Ec2InstanceSourcePrivateIPv4",
    "aws:Ec2InstanceSourceVpc",
    "aws:EpochTime",
    "aws:FederatedProvider",
    "aws:MultiFactorAuthAge",
    "aws:MultiFactorAuthPresent",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "aws:PrincipalType",
    "aws:RequestedRegion",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
    "aws:SecureTransport",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:SourceIdentity",
    "aws:SourceIp",
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceVpc",
    "aws:SourceVpcArn",
    "aws:SourceVpce",
    "aws:TagKeys",
    "aws:TokenIssueTime",
    "aws:UserAgent",
    "aws:ViaAWSService",
    "aws:VpcSourceIp",
    "aws:VpceAccount",
    "aws:VpceOrgID",
    "aws:VpceOrgPaths",
    "aws:referer",
    "aws:userid",
    "aws:username",
    "iam:AWSServiceName",
    "iam:AssociatedResourceArn",
    "iam:PassedToService",
    "iam:PermissionsBoundary",
    "iam:PolicyARN",
    "s3:ResourceAccount",
    "s3:TlsVersion",
    "s3:VersionId",
    "s3:authType",
    "s3:delimiter",
    "s3:max-keys",
    "s3:prefix",
    "s3:signatureversion",
    "s3:x-amz-acl",
    "s3:x-amz-content-sha256",
    "s3:x-amz-server-side-encryption",
    "sts:ExternalId",
    "sts:RoleSessionName",
    "sts:SourceIdentity",
    "sts:TransitiveTagKeys",
];

/// A power of two, a few times as many places as there are names, so that few share one.
const PLACES: usize = 256;

/// By hash, from there on the next free one: the number of a name, counted from 1; 0 where there is none.
const TABLE: [u8; PLACES] = table();

#[expect(clippy::indexing_slicing, reason = "done when this is compiled, where it would fail")]
const fn table() -> [u8; PLACES] {
    let mut table = [0; PLACES];
    let mut number = 0;
    while number < KNOWN.len() {
        let mut place = hash(KNOWN[number].as_bytes()) as usize % PLACES;
        while table[place] != 0 {
            place = (place + 1) % PLACES;
        }
        number += 1;
        table[place] = number as u8;
    }
    table
}

/// The number of a well-known key with this hash and this name, in whatever case it is written.
#[inline]
pub(crate) fn known(hash: u64, name: &str) -> Option<u8> {
    let mut place = hash as usize % PLACES;
    loop {
        let number = TABLE.get(place)?.checked_sub(1)?;
        if KNOWN.get(usize::from(number)).is_some_and(|known| known.eq_ignore_ascii_case(name)) {
            return Some(number);
        }
        place = (place + 1) % PLACES;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::number;

    #[test]
    fn each_has_a_number_of_its_own_in_any_case() {
        for (place, name) in (0..).zip(KNOWN) {
            for name in [name, &name.to_lowercase(), &name.to_uppercase()] {
                assert_eq!(number(name), place, "{name}");
            }
            for other in [format!("{name}x"), format!("x{name}"), name.replace(':', "_")] {
                assert!(number(&other) > u64::from(u32::MAX), "{other}");
            }
        }
    }
}
