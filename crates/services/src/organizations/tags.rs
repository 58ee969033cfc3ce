//! Tags.

use doorward_directory::change::organization::tags::{self, Tagged};
use doorward_directory::organization::PolicyId;
use doorward_directory::refusal::{InvalidInput, OrganizationFault};
use doorward_gate::{Permit, Question};
use doorward_wire::organizations as wire;
use doorward_wire::{ApiError, Nothing};

use super::ask::{self, About, Audience};
use super::{page, render};
use crate::call::Call;
use crate::operation::{Access, Operation};

fn about(call: &Call<'_>, action: &'static str, id: &str, audience: Audience) -> Result<Question, ApiError> {
    let question = ask::question(call, action, About::taggable(call, id)?, audience)?;
    Ok(match id.parse::<PolicyId>() {
        Ok(policy) => ask::with_type_of(call, question, &policy),
        Err(_) => question,
    })
}

/// What an id names. AWS refuses those of its own policies by their pattern.
fn found(call: &Call<'_>, id: &str) -> Result<Tagged, ApiError> {
    if id.parse::<PolicyId>().is_ok_and(|policy| policy.is_managed()) {
        return Err(ask::refused(call, InvalidInput::Pattern));
    }
    Tagged::named(call.snapshot(), id).ok_or_else(|| ask::refused(call, OrganizationFault::NoSuchTarget))
}

impl Operation for wire::TagResource {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::TagResourceRequest) -> Result<Vec<Question>, ApiError> {
        let question = about(call, "organizations:TagResource", &input.resource_id, Audience::Delegates)?;
        Ok(vec![ask::with_request_tags(question, Some(&input.tags))])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::TagResourceRequest,
    ) -> Result<Nothing, ApiError> {
        ask::own(call)?;
        let tagged = found(call, &input.resource_id)?;
        let tags = ask::tags(Some(input.tags));
        call.change(|draft| tags::put(draft, call.account, &tagged, &tags))?;
        Ok(Nothing {})
    }
}

impl Operation for wire::UntagResource {
    const ACCESS: Access = Access::Write;

    fn questions(call: &Call<'_>, input: &wire::UntagResourceRequest) -> Result<Vec<Question>, ApiError> {
        let question = about(call, "organizations:UntagResource", &input.resource_id, Audience::Delegates)?;
        Ok(vec![question.with_tag_keys(input.tag_keys.clone())])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::UntagResourceRequest,
    ) -> Result<Nothing, ApiError> {
        ask::own(call)?;
        let tagged = found(call, &input.resource_id)?;
        let keys: Vec<&str> = input.tag_keys.iter().map(String::as_str).collect();
        call.change(|draft| tags::remove(draft, call.account, &tagged, &keys))?;
        Ok(Nothing {})
    }
}

/// All of them at once: there are never more than a page holds that AWS would fill.
impl Operation for wire::ListTagsForResource {
    const ACCESS: Access = Access::Read;

    fn questions(
        call: &Call<'_>,
        input: &wire::ListTagsForResourceRequest,
    ) -> Result<Vec<Question>, ApiError> {
        Ok(vec![about(call, "organizations:ListTagsForResource", &input.resource_id, Audience::Readers)?])
    }

    fn run(
        call: &Call<'_>,
        _: &Permit<'_, Self>,
        input: wire::ListTagsForResourceRequest,
    ) -> Result<wire::ListTagsForResourceResponse, ApiError> {
        ask::own(call)?;
        let tagged = found(call, &input.resource_id)?;
        let mut tags = tagged.tags(call.snapshot()).map(render::tags).unwrap_or_default();
        tags.sort_by(|one, other| one.key.cmp(&other.key));
        let all = i64::try_from(tags.len()).ok();
        let (tags, next_token) =
            page::of(call, tags, |tag| tag.key.clone(), input.next_token.as_deref(), all)?;
        Ok(wire::ListTagsForResourceResponse { tags: Some(tags), next_token })
    }
}
