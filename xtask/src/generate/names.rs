//! Names of the models as Rust names.

/// `SAMLProviderArn` as `saml_provider_arn`; a keyword becomes a raw identifier.
pub fn field(name: &str) -> String {
    let snake = snake(name);
    if matches!(snake.as_str(), "type" | "match" | "ref" | "self" | "use" | "where" | "in" | "as" | "static")
    {
        format!("r#{snake}")
    } else {
        snake
    }
}

/// `accessKeyIdType` as `ACCESS_KEY_ID_TYPE`.
pub fn constant(name: &str) -> String {
    snake(name).to_uppercase()
}

/// The name of a structure's type: the model's, with a capital.
pub fn structure(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// A word begins at a capital after a small letter or digit, and at the last of several capitals before a small letter.
fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let begins = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                !before.is_ascii_uppercase() && *before != '_'
                    || before.is_ascii_uppercase() && after.is_some_and(char::is_ascii_lowercase)
            });
        if begins {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_rust_names() {
        let rows = [
            ("RoleName", "role_name"),
            ("isTruncated", "is_truncated"),
            ("SAMLProviderUUID", "saml_provider_uuid"),
            ("OpenIDConnectProviderArn", "open_id_connect_provider_arn"),
            ("QRCodePNG", "qr_code_png"),
            ("Base32StringSeed", "base32_string_seed"),
            ("AuthenticationCode1", "authentication_code1"),
            ("MFADevices", "mfa_devices"),
            ("Type", "r#type"),
            ("arn", "arn"),
        ];
        for (name, expected) in rows {
            assert_eq!(field(name), expected);
        }
        assert_eq!(constant("accessKeyIdType"), "ACCESS_KEY_ID_TYPE");
        assert_eq!(structure("tagType"), "TagType");
    }
}
