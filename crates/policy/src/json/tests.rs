//! The JSON reader, held against `serde_json`: it must accept and refuse the same texts, and read the same values.

use super::{DEPTH_MAX, FEW, Fault, Node, Value, parse};
use proptest::prelude::*;

/// What `serde_json` makes of a tree: the last of the members that share a name counts.
fn plain(node: Node<'_>) -> serde_json::Value {
    match node.value() {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => serde_json::Value::Bool(value),
        Value::Number(text) => serde_json::from_str(text).unwrap(),
        Value::String(text) => serde_json::Value::String(text.to_owned()),
        Value::Array(items) => serde_json::Value::Array(items.map(plain).collect()),
        Value::Object(members) => serde_json::Value::Object(
            members.map(|member| (member.name.text.to_owned(), plain(member.value))).collect(),
        ),
    }
}

/// Every span holds what was read from it.
fn check_spans(text: &str, node: Node<'_>) {
    let slice = &text[node.span().start as usize..node.span().end as usize];
    match node.value() {
        Value::Null => assert_eq!(slice, "null"),
        Value::Bool(value) => assert_eq!(slice, value.to_string()),
        Value::Number(number) => assert_eq!(slice, number),
        Value::String(string) => assert_eq!(serde_json::from_str::<String>(slice).unwrap(), string),
        Value::Array(mut items) => {
            assert!(slice.starts_with('[') && slice.ends_with(']'));
            items.by_ref().for_each(|item| check_spans(text, item));
        }
        Value::Object(members) => {
            assert!(slice.starts_with('{') && slice.ends_with('}'));
            for member in members {
                let name = &text[member.name.span.start as usize..member.name.span.end as usize];
                assert_eq!(serde_json::from_str::<String>(name).unwrap(), member.name.text);
                check_spans(text, member.value);
            }
        }
    }
}

fn check(text: &str) {
    match (parse(text), serde_json::from_str::<serde_json::Value>(text)) {
        (Ok(tree), Ok(value)) => {
            assert_eq!(plain(tree.root()), value, "{text}");
            check_spans(text, tree.root());
        }
        (Ok(_), Err(error)) => assert!(error.to_string().contains("out of range"), "{text}: {error}"),
        (Err(error), Ok(_)) => assert_eq!(error.fault, Fault::Depth, "{text}: {error:?}"),
        (Err(error), Err(_)) => assert!(error.offset as usize <= text.len(), "{text}: {error:?}"),
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
    let tree = parse(r#"{"a":1.50,"b":2,"a":3,"b":4}"#).unwrap();
    let Value::Object(members) = tree.root().value() else { panic!("not an object") };
    assert_eq!(members.clone().count(), 4);
    assert!(matches!(members.clone().next().unwrap().value.value(), Value::Number("1.50")));
    let second = members.duplicate().unwrap();
    assert_eq!((second.name.text, second.name.span.start), ("a", 16));
}

#[test]
fn duplicates_are_found_among_few_and_many() {
    for count in [0, 1, 2, FEW - 1, FEW, FEW + 1, 100] {
        let names: Vec<String> = (0..count).map(|n| format!("\"k{n}\":0")).collect();
        for again in [None, Some(0), Some(count / 2)].into_iter().filter(|again| *again < Some(count)) {
            let more = again.map(|n: usize| format!("\"\\u006b{n}\":1"));
            let all: Vec<String> = names.iter().cloned().chain(more).collect();
            let text = format!("{{{}}}", all.join(","));
            let tree = parse(&text).unwrap();
            let Value::Object(members) = tree.root().value() else { panic!("not an object") };
            let found = members.duplicate().map(|member| member.name.text.to_owned());
            assert_eq!(found, again.map(|n| format!("k{n}")), "{text}");
        }
    }
}

/// Each byte at each place of a string, so that none hides among its neighbours.
#[test]
fn strings_end_where_they_end() {
    for byte in 0u8..=127 {
        for place in 0..24 {
            let mut content = vec![b'x'; 24];
            content[place] = byte;
            check(&format!("\"{}\"", String::from_utf8(content).unwrap()));
        }
    }
    for character in ['\u{80}', '\u{a2}', '\u{122}', '\u{7ff}', '\u{2222}', '\u{ffff}', '\u{1f600}'] {
        for place in 0..24 {
            check(&format!("\"{}{character}{}\"", "x".repeat(place), "y".repeat(24 - place)));
        }
    }
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
