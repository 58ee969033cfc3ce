//! What is known of how a request came, kept until somebody asks for the condition keys that follow from it.

use std::borrow::Cow;
use std::net::IpAddr;

use doorward_policy::request::{Context, Requester};
use jiff::Timestamp;

use crate::arrival::{Arrival, Transport};

/// The region in which global services are asked.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion>
const GLOBAL_REGION: &str = "us-east-1";

/// The headers that say for whom a service principal acts, with their keys. AWS's own SDKs send them for it; from anybody
/// else they mean nothing.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>
const SOURCES: [(&str, &str); 2] =
    [("x-amz-source-arn", "aws:SourceArn"), ("x-amz-source-account", "aws:SourceAccount")];

/// The part of a request that condition keys show.
pub(crate) struct Arrived {
    from: From,
    transport: Transport,
    region: Cow<'static, str>,
    user_agent: Option<Box<str>>,
    referer: Option<Box<str>>,
}

/// Where a request comes from.
enum From {
    /// An address.
    Address(IpAddr),
    /// A service, which says for whom: the values of [`SOURCES`]. AWS takes the network's keys away from what services ask.
    Service([Option<Box<str>>; 2]),
}

impl Arrived {
    /// What a request brought that was signed for a region by this requester.
    pub(crate) fn of(arrival: &Arrival<'_>, region: &str, requester: &Requester) -> Self {
        let own = |header| arrival.header(header).map(Box::from);
        let global = matches!(arrival.service, "iam" | "organizations");
        let from = match requester {
            Requester::Service { .. } => From::Service(SOURCES.map(|(header, _)| own(header))),
            Requester::Anonymous
            | Requester::Root { .. }
            | Requester::User { .. }
            | Requester::RoleSession { .. }
            | Requester::FederatedUser { .. }
            | Requester::Federated { .. } => From::Address(arrival.source_ip),
        };
        Self {
            from,
            transport: arrival.transport,
            region: if global { GLOBAL_REGION.into() } else { region.to_owned().into() },
            user_agent: own("user-agent"),
            referer: own("referer"),
        }
    }

    /// The keys that every request brings.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>
    pub(crate) fn context(&self, now: Timestamp) -> Context {
        let mut context = Context::default();
        let whole_second = Timestamp::from_second(now.as_second()).unwrap_or(now);
        context.put("aws:CurrentTime", &whole_second.to_string());
        context.put("aws:EpochTime", &now.as_second().to_string());
        context.put("aws:SecureTransport", if self.transport == Transport::Tls { "true" } else { "false" });
        context.put("aws:ViaAWSService", "false");
        context.put("aws:RequestedRegion", &self.region);
        let texts = [("aws:UserAgent", &self.user_agent), ("aws:referer", &self.referer)];
        for (key, text) in texts {
            if let Some(text) = text {
                context.put(key, text);
            }
        }
        match &self.from {
            From::Address(address) => context.put("aws:SourceIp", &address.to_canonical().to_string()),
            From::Service(sources) => {
                for ((_, key), value) in SOURCES.iter().zip(sources) {
                    if let Some(value) = value {
                        context.put(key, value);
                    }
                }
            }
        }
        context
    }
}
