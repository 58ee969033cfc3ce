//! Typed condition values: numbers, instants, address ranges, booleans.
//!
//! Values are text in policies and in requests alike; an operator says what they are read as. Each reader answers
//! `None` for a text that is not of its type: such a value takes part in no comparison, and what that means for the
//! test is the judge's affair.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

mod instant;
mod network;
mod number;

pub use instant::Instant;
pub use network::{Network, address};
pub use number::{Number, NumberBuf};

/// Reads `true` or `false`, in any case.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean>
#[must_use]
pub fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_answered(text in any::<String>(), close in "[-+.:/0-9a-fA-FTtZzeE]{0,32}") {
            for text in [text, close] {
                let _answers = (boolean(&text), Instant::parse(&text), Network::parse(&text), Number::parse(&text));
                prop_assert!(Instant::parse(&text).is_some() || !Instant::is_writable(&text));
            }
        }
    }

    #[test]
    fn booleans_in_any_case() {
        for (text, expected) in [
            ("true", Some(true)),
            ("False", Some(false)),
            ("TRUE", Some(true)),
            ("1", None),
            ("", None),
            ("true ", None),
        ] {
            assert_eq!(boolean(text), expected, "{text}");
        }
    }
}
