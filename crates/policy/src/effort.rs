//! How much work is done, counted in tests: elementary steps, such as a byte looked at or an entry visited.
//!
//! The tests here hold parsing to a linear effort, whatever the text. Clocks would not do: they measure the machine.

#[cfg(test)]
thread_local! {
    static STEPS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Counts steps, in tests. Nothing elsewhere.
#[inline]
pub(crate) fn took(steps: usize) {
    #[cfg(test)]
    STEPS.set(STEPS.get() + steps as u64);
    #[cfg(not(test))]
    let _ = steps;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Kind};

    const KINDS: [Kind; 5] =
        [Kind::Managed, Kind::Trust, Kind::Resource, Kind::ServiceControl, Kind::ResourceControl];

    fn steps(text: &str, kind: Kind) -> u64 {
        STEPS.set(0);
        let _answer = Document::parse(text, kind);
        STEPS.get()
    }

    fn numbered(count: usize, item: &str) -> String {
        (0..count).map(|n| item.replace('#', &n.to_string())).collect::<Vec<_>>().join(",")
    }

    /// A document with the given elements of its one statement, and more.
    fn statement(rest: &str) -> String {
        format!(r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny",{rest}}}]}}"#)
    }

    fn identity(action: &str, resource: &str, condition: &str) -> String {
        statement(&format!(r#""Action":{action},"Resource":{resource},"Condition":{{{condition}}}"#))
    }

    /// Texts that have something `count` times.
    fn shapes(count: usize) -> Vec<String> {
        let many = |text: &str| text.repeat(count);
        let list = |item: &str| format!("[{}]", numbered(count, item));
        let trust = |more: &str| statement(&format!(r#""Action":"sts:AssumeRole","Principal":{{{more}}}"#));
        let statements = |item: &str| format!(r#"{{"Version":"2012-10-17","Statement":{}}}"#, list(item));
        let closed = |open: &str, close: &str| format!("{}{}", many(open), many(close));
        vec![
            statements(r#"{"Sid":"s#","Effect":"Allow","Action":"a:b","Resource":"*"}"#),
            statements(r#"{"Sid":"same","Effect":"Allow","Action":"a:b","Resource":"*"}"#),
            statements(r#"{"Effect":"Allow","Action":"sts:b","Principal":{"AWS":"*"}}"#),
            identity(&list(r#""s3:Get#""#), r#""*""#, ""),
            identity(r#""s3:*""#, &list(r#""arn:aws:s3:::b#""#), ""),
            identity(r#""s3:*""#, &list(r#""arn:aws:iam:x:::b#""#), ""),
            identity(r#""s3:*""#, &list(r#""arn:::#""#), ""),
            identity(r#""s3:*""#, &list(r#""\u00e9#""#), ""),
            identity(r#""s3:*""#, r#""*""#, &numbered(count, r#""Bool":{"k#":"v"}"#)),
            identity(r#""s3:*""#, r#""*""#, &format!(r#""Bool":{{{}}}"#, numbered(count, r#""k#":"v""#))),
            identity(
                r#""s3:*""#,
                r#""*""#,
                &format!(r#""Bool":{{{},"k0":1}}"#, numbered(count, r#""k#":"v""#)),
            ),
            identity(r#""s3:*""#, r#""*""#, &format!(r#""DateLessThan":{{"k":{}}}"#, list(r#""200#""#))),
            identity(r#""s3:*""#, r#""*""#, &format!(r#""StringLike":{{"k":"{}"}}"#, many("${k}"))),
            identity(
                r#""s3:*""#,
                r#""*""#,
                &format!(r#""StringLike":{{"k":"{}"}}"#, many("${k, 'd'}\u{e9}")),
            ),
            identity(r#""s3:*""#, r#""*""#, &format!(r#""StringLike":{{"k":"{}"}}"#, many("$"))),
            identity(r#""s3:*""#, r#""*""#, &format!(r#""StringLike":{{"k":"{}"}}"#, many("${k, '"))),
            identity(r#""s3:*""#, &format!(r#""arn:aws:s3:::{}""#, many("*a")), ""),
            identity(r#""s3:*""#, &format!(r#""arn{}""#, many(":")), ""),
            identity(&format!(r#""s3{}""#, many(":")), r#""*""#, ""),
            identity(&format!(r#""{}""#, many("\\u0061")), r#""*""#, ""),
            identity(&format!(r#""{}""#, many("\\ud83d\\ude00")), r#""*""#, ""),
            identity(&format!("{}1", many(" ")), r#""*""#, ""),
            statement(&numbered(count, r#""k#":1"#)),
            statement(&numbered(count, r#""k":#"#)),
            trust(&numbered(count, r#""AWS":"12345678901#""#)),
            trust(&format!(r#""AWS":{}"#, list(r#""arn:aws:iam::123456789012:role/r#""#))),
            trust(&format!(r#""Service":{}"#, list(r#""s#.amazonaws.com""#))),
            trust(&format!(r#""Service":"{}""#, many("a."))),
            closed("[", "]"),
            closed("{\"a\":", "}"),
            many("\""),
            many("\\"),
            many("1"),
            many(" "),
            format!("{}{{}}", many("\n")),
        ]
    }

    #[test]
    fn twice_the_text_is_twice_the_work() {
        let (small, large) = (shapes(2_000), shapes(4_000));
        for (small, large) in small.iter().zip(&large) {
            for kind in KINDS {
                let (before, after) = (steps(small, kind), steps(large, kind));
                let start: String = large.chars().take(120).collect();
                // Numbers grow by a digit, and duplicates are looked for in two ways.
                assert!(after <= before * 5 / 2 + 1_000, "{kind:?}: {before} steps, then {after}: {start}");
                assert!(after <= 40 * large.len() as u64, "{kind:?}: {after} steps: {start}");
            }
        }
    }

    #[test]
    fn steps_are_counted() {
        let text = identity(r#"["s3:Get"]"#, r#""arn:aws:s3:::b""#, "");
        assert!(steps(&text, Kind::Managed) > text.len() as u64 / 2);
    }
}
