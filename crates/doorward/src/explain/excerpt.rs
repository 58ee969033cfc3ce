//! Policies with carets under what counts.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use doorward_policy::Malformed;

/// A place in a policy's text, and what to say of it.
pub struct Mark {
    /// Its bytes.
    pub span: Range<usize>,
    /// What to say.
    pub label: String,
}

/// What an excerpt is there to show.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// What stands in the way.
    Against,
    /// What lets through.
    For,
}

/// The lines of a policy that are marked: the first mark says what the statement does, the others why.
pub fn excerpt(place: &str, text: &str, tone: Tone, statement: &Mark, parts: &[Mark]) -> String {
    let level = match tone {
        Tone::Against => Level::ERROR,
        Tone::For => Level::NOTE,
    };
    let first = if parts.is_empty() { AnnotationKind::Primary } else { AnnotationKind::Context };
    let whole = first.span(first_line(text, &statement.span)).label(statement.label.as_str());
    let parts =
        parts.iter().map(|mark| AnnotationKind::Primary.span(mark.span.clone()).label(mark.label.as_str()));
    let snippet = Snippet::source(text).path(place).annotation(whole).annotations(parts);
    render(Group::with_level(level).element(snippet))
}

/// The report on a policy that breaks the grammar.
pub fn malformed(place: &str, text: &str, malformed: &Malformed) -> String {
    let clamp = |offset: u32| usize::try_from(offset).unwrap_or(usize::MAX).min(text.len());
    let span = first_line(text, &(clamp(malformed.span.start)..clamp(malformed.span.end)));
    let mark = AnnotationKind::Primary.span(span).label(malformed.detail.as_str());
    let title = Level::ERROR.primary_title(format!("the policy in `{place}` is malformed"));
    let aws = Level::NOTE.message(format!("AWS refuses it with `{}`", malformed.message));
    render(title.element(Snippet::source(text).path(place).annotation(mark)).element(aws))
}

fn render(group: Group<'_>) -> String {
    Renderer::styled().decor_style(DecorStyle::Ascii).render(&[group])
}

/// What of the span stands on its first line: a statement of many lines is marked where it begins.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let end = text.get(span.clone()).and_then(|part| part.find('\n')).map(|length| span.start + length);
    span.start..end.unwrap_or(span.end)
}
