//! The JSON reader, held against `serde_json`: it must accept and refuse the same texts, and read the same values.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use doorward_policy::json::{DEPTH_MAX, Fault, Node, Value, duplicate, parse};
use proptest::prelude::*;

/// What `serde_json` makes of a tree: the last of the members that share a name counts.
fn plain(node: &Node<'_>) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => serde_json::Value::Bool(*value),
        Value::Number(text) => serde_json::from_str(text).unwrap(),
        Value::String(text) => serde_json::Value::String(text.to_string()),
        Value::Array(items) => serde_json::Value::Array(items.iter().map(plain).collect()),
        Value::Object(members) => serde_json::Value::Object(
            members.iter().map(|member| (member.name.to_string(), plain(&member.value))).collect(),
        ),
    }
}

/// Every span holds what was read from it.
fn check_spans(text: &str, node: &Node<'_>) {
    let slice = &text[node.span.start as usize..node.span.end as usize];
    match &node.value {
        Value::Null => assert_eq!(slice, "null"),
        Value::Bool(value) => assert_eq!(slice, value.to_string()),
        Value::Number(number) => assert_eq!(slice, *number),
        Value::String(string) => assert_eq!(serde_json::from_str::<String>(slice).unwrap(), *string),
        Value::Array(items) => {
            assert!(slice.starts_with('[') && slice.ends_with(']'));
            items.iter().for_each(|item| check_spans(text, item));
        }
        Value::Object(members) => {
            assert!(slice.starts_with('{') && slice.ends_with('}'));
            for member in members {
                let name = &text[member.name_span.start as usize..member.name_span.end as usize];
                assert_eq!(serde_json::from_str::<String>(name).unwrap(), member.name);
                check_spans(text, &member.value);
            }
        }
    }
}

fn check(text: &str) {
    match (parse(text), serde_json::from_str::<serde_json::Value>(text)) {
        (Ok(node), Ok(value)) => {
            assert_eq!(plain(&node), value, "{text}");
            check_spans(text, &node);
        }
        (Ok(_), Err(error)) => assert!(error.to_string().contains("out of range"), "{text}: {error}"),
        (Err(error), Ok(_)) => assert_eq!(error.fault, Fault::Depth, "{text}: {error}"),
        (Err(error), Err(_)) => assert!(error.offset as usize <= text.len(), "{text}: {error}"),
    }
}

#[test]
fn agrees_on_the_corners() {
    for text in [
        "",
        " ",
        "null",
        " null ",
        "nul",
        "nulls",
        "true",
        "false",
        "[]",
        "[ ]",
        "{}",
        "{ }",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{1:2}",
        "[1 2]",
        "[1",
        "{\"a\":1",
        "\"",
        "\"\\",
        "\"\\u",
        "\"\\u12\"",
        "0",
        "-0",
        "00",
        "01",
        "-",
        "-a",
        "1.",
        ".5",
        "1.5",
        "1e5",
        "1E+5",
        "1e-5",
        "1e",
        "1e+",
        "+1",
        "0x1",
        "1_0",
        "NaN",
        "Infinity",
        "'a'",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"\u{7f}\"",
        "\"\u{80}\"",
        "\"\\a\"",
        "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"",
        "\"\\u0000\"",
        "\"\\uD83D\\uDE00\"",
        "\"\\uD83D\"",
        "\"\\uDE00\"",
        "\"\\uD83D\\u0041\"",
        "\"\\uD83Dx\"",
        "\"\\ud83d\\ude00\"",
        "\u{feff}{}",
        "{}{}",
        "{} x",
        "// c\n1",
        "\u{a0}1",
        "\u{c}1",
        "{\"a\":1,\"a\":2}",
        "[[[]]]",
        "123456789012345678901234567890",
        "1e999",
        "-1e999",
        "0.1e1",
        "0e0",
        "\"é\"",
    ] {
        check(text);
    }
}

#[test]
fn keeps_what_a_policy_must_not_lose() {
    let node = parse(r#"{"a":1.50,"b":2,"a":3,"b":4}"#).unwrap();
    let Value::Object(members) = &node.value else { panic!("not an object") };
    assert_eq!(members.len(), 4);
    assert_eq!(members[0].value.value, Value::Number("1.50"));
    let second = duplicate(members).unwrap();
    assert_eq!((&*second.name, second.name_span.start), ("a", 16));
    assert_eq!(duplicate(&members[..2]), None);
}

#[test]
fn depth_is_bounded() {
    for (depth, fault) in
        [(DEPTH_MAX, None), (DEPTH_MAX + 1, Some(Fault::Depth)), (100_000, Some(Fault::Depth))]
    {
        let arrays = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(parse(&arrays).err().map(|error| error.fault), fault, "{depth} arrays");
        let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        assert_eq!(parse(&objects).err().map(|error| error.fault), fault, "{depth} objects");
    }
}

/// JSON texts with all kinds of values, white space and escapes.
fn json() -> impl Strategy<Value = String> {
    let string = prop::collection::vec(
        prop_oneof![
            "[ -!#-\\[\\]-~]{1,4}",
            Just("é".to_owned()),
            Just("\\n".to_owned()),
            Just("\\\"".to_owned()),
            Just("\\u00e9".to_owned()),
            Just("\\ud83d\\ude00".to_owned()),
            Just("😀".to_owned()),
        ],
        0..4,
    )
    .prop_map(|parts| format!("\"{}\"", parts.concat()));
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?",
        string.clone(),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        let space = "[ \t\r\n]{0,2}";
        let member = (string.clone(), space, inner.clone())
            .prop_map(|(name, space, value)| format!("{name}{space}:{space}{value}"));
        prop_oneof![
            (prop::collection::vec(inner, 0..5), space)
                .prop_map(|(items, space)| format!("[{space}{}{space}]", items.join(","))),
            (prop::collection::vec(member, 0..5), space)
                .prop_map(|(items, space)| format!("{{{space}{}{space}}}", items.join(" ,"))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_on_json(text in json()) {
        prop_assert!(parse(&text).is_ok(), "{}", text);
        check(&text);
    }

    #[test]
    fn agrees_on_damaged_json(text in json(), at in any::<prop::sample::Index>(), with in "[\\[\\]{},:\"\\\\0-9eE.+untrfalse \u{1}-]{0,3}", cut in 0usize..3) {
        let characters: Vec<char> = text.chars().collect();
        let at = at.index(characters.len());
        let damaged: String = characters[..at].iter().copied().chain(with.chars()).chain(characters.iter().copied().skip(at + cut)).collect();
        check(&damaged);
    }

    #[test]
    fn agrees_on_anything(text in "[\\[\\]{},:\"\\\\0-9eE.+untrfalse \n-]{0,24}") {
        check(&text);
    }

    #[test]
    fn agrees_on_any_characters(text in any::<String>()) {
        check(&text);
    }
}
