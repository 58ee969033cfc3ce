//! What nobody should send: documents of any size and depth, keys that collide, numbers, dates and addresses at the ends
//! of what there is, characters that do not belong. There is an answer to each: a document, or a fault with its place.
//!
//! That the effort stays in proportion to the text is counted in `src/effort.rs`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::cmp::Ordering;

use doorward_policy::value::{Instant, Network, Number, address, boolean};
use doorward_policy::{ActionClause, Document, Kind, Malformed, Part, Template, Version};

const MANY: usize = 100_000;

const KINDS: [Kind; 8] = [
    Kind::Managed,
    Kind::Inline,
    Kind::Trust,
    Kind::Session,
    Kind::Resource,
    Kind::ServiceControl,
    Kind::ResourceControl,
    Kind::Endpoint,
];

fn statement(rest: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow",{rest}}}]}}"#)
}

fn conditional(condition: &str) -> String {
    statement(&format!(r#""Action":"s3:*","Resource":"*","Condition":{condition}"#))
}

fn list(item: &str) -> String {
    let items: Vec<String> = (0..MANY).map(|n| item.replace('#', &n.to_string())).collect();
    items.join(",")
}

/// A document with no more than the position of its fault, which must lie in the text and be told in one short line.
fn refused(text: &str, kind: Kind) -> Option<Malformed> {
    let malformed = Document::parse(text, kind).err()?;
    assert!(malformed.span.start <= malformed.span.end && malformed.span.end as usize <= text.len());
    assert!(!malformed.message.is_empty());
    assert!(malformed.detail.chars().count() <= 400 && !malformed.detail.contains(char::is_control));
    Some(malformed)
}

/// What is refused everywhere, with our own words for it and the line and column.
fn check_refused(text: &str, detail: &str, position: &str) {
    for kind in KINDS {
        let start: String = text.chars().take(80).collect();
        let malformed = refused(text, kind).unwrap();
        assert!(malformed.detail.contains(detail), "{kind:?} {start}: {}", malformed.detail);
        assert_eq!(malformed.position(text).to_string(), position, "{kind:?} {start}: {}", malformed.detail);
    }
}

#[test]
fn depth_is_refused_where_it_begins_to_matter() {
    let deep = "nested deeper than 32 levels";
    for count in [33, MANY] {
        check_refused(&"[".repeat(count), deep, "1:33");
        check_refused(&format!("{}{}", "[".repeat(count), "]".repeat(count)), deep, "1:33");
        check_refused(&"[\n".repeat(count), deep, "33:1");
        check_refused(&"{\"a\":".repeat(count), deep, "1:161");
        check_refused(&statement(&format!("\"Action\":{}", "[".repeat(count))), deep, "1:94");
        check_refused(&format!("{}1", "[{\"a\":".repeat(count)), deep, "1:97");
    }
}

#[test]
fn great_numbers_of_things_are_read() {
    let documents = [
        (Kind::Managed, statement(&format!(r#""Action":[{}],"Resource":"*""#, list(r#""s3:Get#""#)))),
        (Kind::Managed, statement(&format!(r#""Action":"*","Resource":[{}]"#, list(r#""arn:aws:s3:::#""#)))),
        (Kind::Managed, conditional(&format!(r#"{{"StringLike":{{"k":[{}]}}}}"#, list(r#""${k}#""#)))),
        (Kind::Managed, conditional(&format!(r#"{{"StringLike":{{{}}}}}"#, list(r#""k#":#"#)))),
        (
            Kind::Trust,
            statement(&format!(
                r#""Action":"sts:AssumeRole","Principal":{{"AWS":[{}]}}"#,
                list(r#""arn:aws:iam::123456789012:role/#""#)
            )),
        ),
    ];
    for (kind, text) in documents {
        let document = Document::parse(&text, kind).unwrap();
        assert_eq!(Document::parse(&document.canonical(), kind).unwrap().canonical(), document.canonical());
    }
    let item = r#"{"Sid":"s#","Effect":"Allow","Action":"a:b","Resource":"*"}"#;
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, list(item));
    let document = Document::parse(&text, Kind::Managed).unwrap();
    assert_eq!(document.statements.len(), MANY);
    let last = text.replace("\"s99999\"", "\"s0\"");
    let malformed = refused(&last, Kind::Managed).unwrap();
    assert_eq!(malformed.message, "Statement IDs (SID) in a single policy must be unique.");
    assert_eq!(malformed.span.start as usize, last.rfind("\"s0\"").unwrap());
}

#[test]
fn operators_under_keys_that_only_differ_in_case_all_count() {
    let text = conditional(r#"{"StringEquals":{"aws:username":"a","AWS:UserName":"b"}}"#);
    let document = Document::parse(&text, Kind::Managed).unwrap();
    let [first, second] = &document.statements[0].conditions[..] else { panic!("two tests") };
    assert_eq!(first.key, second.key);
    // The same name again is refused; so is an element whose name is not exact.
    check_refused(
        &conditional(r#"{"StringEquals":{"k":"a","\u006b":"b"}}"#).replace(r#""Action""#, r#""action""#),
        "`action` is not an element",
        "1:56",
    );
    let again = conditional(r#"{"StringEquals":{"k":"a","\u006b":"b"}}"#);
    assert!(refused(&again, Kind::Managed).unwrap().detail.contains("`k` is given more than once"));
    let names = list(r#""k#":"v""#);
    let again = conditional(&format!(r#"{{"StringEquals":{{{names},"k77":"v"}}}}"#));
    assert!(refused(&again, Kind::Managed).unwrap().detail.contains("`k77` is given more than once"));
    check_refused(
        r#"{"Version":"2012-10-17","Version":"2012-10-17"}"#,
        "`Version` is given more than once",
        "1:25",
    );
}

#[test]
fn white_space_and_long_strings_are_only_long() {
    const TEN_MEGABYTES: usize = 10_000_000;
    let space = " \t\r\n".repeat(TEN_MEGABYTES / 4);
    let text = statement(&format!(r#"{space}"Action":{space}"s3:*","Resource":"*""#));
    assert!(Document::parse(&text, Kind::Managed).is_ok());
    let long = "x".repeat(TEN_MEGABYTES);
    for rest in [
        format!(r#""Action":"s3:{long}","Resource":"*""#),
        format!(r#""Action":"s3:*","Resource":"arn:aws:s3:::{long}""#),
        format!(r#""Sid":"{long}","Action":"s3:*","Resource":"*""#),
        format!(r#""Action":"s3:*","Resource":"*","Condition":{{"StringEquals":{{"{long}":"{long}"}}}}"#),
    ] {
        assert!(Document::parse(&statement(&rest), Kind::Managed).is_ok());
    }
    for text in [
        format!("{space}{{}}"),
        space.clone(),
        statement(&format!(r#""Action":"{long}","Resource":"*""#)),
        statement(&format!(r#""Action":"s3:*","Resource":"*","{long}":1"#)),
        format!("\"{long}"),
        long,
    ] {
        for kind in KINDS {
            assert!(refused(&text, kind).is_some());
        }
    }
}

#[test]
fn what_is_not_json_is_refused_at_its_place() {
    let lines = |value: &str| format!("{{\n  \"Version\": \"2012-10-17\",\n  \"Id\": {value}\n}}");
    for (value, detail, position) in [
        ("NaN", "expected a value", "3:9"),
        ("Infinity", "expected a value", "3:9"),
        ("-Infinity", "malformed number", "3:10"),
        ("0x1", "expected a comma", "3:10"),
        ("01", "malformed number", "3:9"),
        ("+1", "expected a value", "3:9"),
        ("1.", "malformed number", "3:11"),
        ("1e", "malformed number", "3:11"),
        ("'a'", "expected a value", "3:9"),
        ("\"\\ud800\"", "lone surrogate", "3:10"),
        ("\"a\\udc00\"", "lone surrogate", "3:11"),
        ("\"\\ud800\\ud800\"", "lone surrogate", "3:10"),
        ("\"\\x41\"", "unknown escape", "3:10"),
        ("\"\0\"", "control character", "3:10"),
        ("\"é\u{1}\"", "control character", "3:11"),
        ("\"a\nb\"", "control character", "3:11"),
        ("\u{feff}\"a\"", "expected a value", "3:9"),
        ("\u{a0}\"a\"", "expected a value", "3:9"),
        ("\"a\" // why", "expected a comma", "3:13"),
        ("\"a\",", "expected a name", "4:1"),
    ] {
        check_refused(&lines(value), detail, position);
    }
    check_refused("", "unexpected end", "1:1");
    check_refused("\u{feff}{}", "expected a value", "1:1");
    check_refused("\0", "expected a value", "1:1");
    check_refused(&format!("{}\0", lines("\"a\"")), "text after the value", "4:2");
}

#[test]
fn foreign_characters_are_text() {
    for (written, text) in [
        (r"\ud83d\ude00", "\u{1f600}"),
        (r"\u0000", "\0"),
        (r"\ufeff", "\u{feff}"),
        ("\u{130}\u{1e9e}", "\u{130}\u{1e9e}"),
        ("e\u{301}", "e\u{301}"),
        ("\u{202e}x", "\u{202e}x"),
    ] {
        let whole =
            statement(&format!(r#""Action":"s3:{written}","Resource":"arn:aws:s3:::{written}/{written}""#));
        let document = Document::parse(&whole, Kind::Managed).unwrap();
        let statement = &document.statements[0];
        let ActionClause::Action(actions) = &statement.action else { panic!("actions") };
        assert_eq!(actions[0].text, format!("s3:{text}").as_str());
        assert_eq!(actions[0].folded(), format!("s3:{text}").to_lowercase());
        assert_eq!(
            statement.resource.as_ref().unwrap().patterns()[0].text,
            format!("arn:aws:s3:::{text}/{text}").as_str()
        );
    }
    let broken = statement(r#""Action":"\u0007\n","Resource":"*""#);
    assert!(refused(&broken, Kind::Managed).unwrap().detail.contains(r"`\u{7}\n`"));
}

#[test]
fn variables_that_never_end_are_refused() {
    for text in ["${", "${a", "${a, '", "${a, 'b'", "${a, 'b' }"] {
        let (many, first) = (text.repeat(MANY), &text[..2]);
        let malformed = Template::parse(&many, Version::V2012).unwrap_err();
        assert!(malformed.0.starts_with(first) && malformed.0.len() <= many.len());
        assert_eq!(Template::parse(&many, Version::V2008), Ok(Template::plain(&many)));
    }
    let many = Template::parse(&"\u{130}${a}".repeat(MANY), Version::V2012).unwrap();
    assert_eq!(many.parts().len(), 2 * MANY);
    assert!(many.parts().iter().step_by(2).all(|part| *part == Part::Text("\u{130}".into())));
}

#[test]
fn numbers_at_the_ends() {
    let compare = |left: &str, right: &str| Some(Number::parse(left)?.cmp(&Number::parse(right)?));
    let (nines, zeros) = ("9".repeat(MANY), "0".repeat(MANY));
    for (left, right, expected) in [
        ("1e999999999", "1e999999998", Some(Ordering::Greater)),
        ("1e-999999999", "0", Some(Ordering::Greater)),
        ("-1e999999999", "-1e-999999999", Some(Ordering::Less)),
        ("1e2147483647", "9e2147483647", Some(Ordering::Less)),
        ("1e2147483648", "1", None),
        ("1e99999999999999999999", "1", None),
        ("-0", "0", Some(Ordering::Equal)),
        ("-0e5", "0.0", Some(Ordering::Equal)),
        ("0e999999999", "0", Some(Ordering::Equal)),
        ("18446744073709551616", "18446744073709551615", Some(Ordering::Greater)),
        (&nines, &format!("{nines}.0"), Some(Ordering::Equal)),
        (&nines, &format!("1{zeros}"), Some(Ordering::Less)),
        (&format!("{zeros}1"), "1", Some(Ordering::Equal)),
        (&format!("0.{zeros}1"), &format!("1e-{}", MANY + 1), Some(Ordering::Equal)),
        ("NaN", "1", None),
        ("Infinity", "1", None),
        ("inf", "1", None),
        ("0x1", "1", None),
        ("1_000", "1", None),
        ("\u{ff11}", "1", None),
        (" 1", "1", None),
    ] {
        let start: String = left.chars().take(40).collect();
        assert_eq!(compare(left, right), expected, "{start}");
        assert_eq!(compare(right, left), expected.map(Ordering::reverse), "{start}");
    }
    // In a document a number stays as it was written, whatever its size.
    let text = conditional(r#"{"NumericEquals":{"k":[1e999999999,-0,1.50]}}"#);
    let document = Document::parse(&text, Kind::Managed).unwrap();
    let values: Vec<&str> =
        document.statements[0].conditions[0].values.iter().map(|value| &*value.text).collect();
    assert_eq!(values, ["1e999999999", "-0", "1.50"]);
}

#[test]
fn dates_at_the_ends() {
    let seconds = |text: &str| Instant::parse(text).map(Instant::seconds);
    for (text, expected) in [
        ("0000-01-01T00:00:00Z", Some(-62_167_219_200)),
        ("-0001-12-31T23:59:59Z", Some(-62_167_219_201)),
        ("9999-12-31T23:59:59Z", Some(253_402_300_799)),
        ("10000-01-01T00:00:00Z", Some(253_402_300_800)),
        ("292278993-12-31T23:59:59Z", Some(9_223_372_017_129_599)),
        ("292278994-01-01T00:00:00Z", None),
        ("2016-12-31T23:59:60Z", None),
        ("2015-06-30T23:59:60Z", None),
        ("2023-02-29T00:00:00Z", None),
        ("2024-02-29T00:00:00Z", Some(1_709_164_800)),
        ("1900-02-29T00:00:00Z", None),
        ("2026-00-10T00:00:00Z", None),
        ("2026-13-10T00:00:00Z", None),
        ("2026-11-22T24:00:00Z", None),
        ("2026-11-22T10:00:00+23:59", Some(1_795_255_260)),
        ("9223372036854775807", Some(i64::MAX)),
        ("9223372036854775808", None),
        ("999999999999999999999999", None),
        ("1e9", None),
        ("NaN", None),
    ] {
        assert_eq!(seconds(text), expected, "{text}");
    }
    assert_eq!(seconds(&"9".repeat(MANY)), None);
    assert_eq!(seconds(&"-".repeat(MANY)), None);
    assert_eq!(seconds(&format!("2026-11-22T10:00:00.{}Z", "0".repeat(MANY))), None);
}

#[test]
fn addresses_of_every_sort() {
    let holds = |range: &str, text: &str| Some(Network::parse(range)?.contains(address(text)?));
    for (range, text, expected) in [
        // An address of version 4 that is written as one of version 6 is of version 6.
        ("10.0.0.0/8", "::ffff:10.0.0.1", Some(false)),
        ("::ffff:10.0.0.0/104", "::ffff:10.0.0.1", Some(true)),
        ("::ffff:10.0.0.0/104", "10.0.0.1", Some(false)),
        ("::ffff:0:0/96", "::ffff:a00:1", Some(true)),
        ("fe80::/10", "fe80::1%eth0", None),
        ("fe80::1%eth0", "fe80::1", None),
        ("[::1]", "::1", None),
        ("0.0.0.0/0", "255.255.255.255", Some(true)),
        ("0.0.0.0/0", "256.0.0.0", None),
        ("0.0.0.0/0", "1.2.3", None),
        ("0.0.0.0/0", "0x7f.0.0.1", None),
        ("0.0.0.0/0", "2130706433", None),
        ("0.0.0.0/0", "010.0.0.1", None),
        ("0.0.0.0/00", "1.2.3.4", None),
        ("0.0.0.0/-1", "1.2.3.4", None),
        ("0.0.0.0/4294967296", "1.2.3.4", None),
        ("::/0", "::", Some(true)),
        ("::/128", "::1", Some(false)),
    ] {
        assert_eq!(holds(range, text), expected, "{text} in {range}");
    }
    for text in
        [".".repeat(MANY), ":".repeat(MANY), "1".repeat(MANY), format!("1.2.3.4/{}", "1".repeat(MANY))]
    {
        assert_eq!((Network::parse(&text), address(&text)), (None, None));
        assert_eq!(boolean(&text), None);
    }
}
