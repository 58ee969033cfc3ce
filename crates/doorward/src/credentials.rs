//! The credentials file: AWS's shared credentials format, so that every AWS client reads it.
//!
//! Source: <https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html>

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use doorward_sigv4::SecretAccessKey;
use zeroize::Zeroizing;

use crate::files;

/// The name of the file in a data directory.
const FILE: &str = "credentials";

/// The profile of the management account's root user.
pub const ROOT_PROFILE: &str = "doorward-root";

/// The profile of another account's root user.
pub fn root_profile(account: &str) -> String {
    format!("{ROOT_PROFILE}-{account}")
}

/// A profile's access key.
#[derive(Debug)]
pub struct Keys {
    /// The id.
    pub access_key_id: String,
    /// The secret.
    pub secret_access_key: SecretAccessKey,
}

/// The credentials file of a data directory.
pub struct Credentials {
    path: PathBuf,
}

impl Credentials {
    /// The file in `directory`, there or not.
    pub fn of(directory: &Path) -> Self {
        Self { path: directory.join(FILE) }
    }

    /// The file at this path, there or not.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The access key of a profile; `None` if the file, the profile or one of its two lines is missing.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn profile(&self, name: &str) -> io::Result<Option<Keys>> {
        Ok(find(&self.text()?, name))
    }

    /// Writes a profile, in place of the one of that name if there is one. Everything else in the file stays as it is.
    ///
    /// # Errors
    /// The file cannot be read or replaced; then it is as it was.
    pub fn put(&self, name: &str, keys: &Keys) -> io::Result<()> {
        // Two commands at once must not each put back what the other has not seen.
        let turn = File::open(files::folder(&self.path))?;
        turn.lock()?;
        let text = Zeroizing::new(with(&self.text()?, name, keys));
        files::replace(&self.path, &text)
    }

    /// Takes a profile away, if it is there.
    ///
    /// # Errors
    /// The file cannot be read or replaced; then it is as it was.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        let turn = File::open(files::folder(&self.path))?;
        turn.lock()?;
        files::replace(&self.path, &Zeroizing::new(without(&self.text()?, name)))
    }

    fn text(&self) -> io::Result<Zeroizing<String>> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(Zeroizing::new(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Zeroizing::default()),
            Err(error) => Err(error),
        }
    }
}

/// The name of the profile that a line begins.
fn header(line: &str) -> Option<&str> {
    Some(line.trim().strip_prefix('[')?.split_once(']')?.0.trim())
}

fn find(text: &str, name: &str) -> Option<Keys> {
    let lines = text.lines().skip_while(|line| header(line) != Some(name)).skip(1);
    let mut id = None;
    let mut secret = None;
    for (key, value) in
        lines.take_while(|line| header(line).is_none()).filter_map(|line| line.split_once('='))
    {
        match key.trim() {
            "aws_access_key_id" => id = Some(value.trim().to_owned()),
            "aws_secret_access_key" => secret = Some(SecretAccessKey::new(value.trim())),
            _ => {}
        }
    }
    Some(Keys { access_key_id: id?, secret_access_key: secret? })
}

/// The text without every profile of that name.
fn without(text: &str, name: &str) -> String {
    let mut out = String::new();
    let mut in_old = false;
    for line in text.split_inclusive('\n') {
        if let Some(found) = header(line) {
            in_old = found == name;
        }
        if !in_old {
            out.push_str(line);
        }
    }
    out
}

/// The text with the profile in place of every one of that name, or at the end.
fn with(text: &str, name: &str, keys: &Keys) -> String {
    let mut out = without(text, name);
    if !out.is_empty() {
        out.push_str(if out.ends_with('\n') { "" } else { "\n" });
        out.push_str(if out.ends_with("\n\n") { "" } else { "\n" });
    }
    out.push_str(&format!(
        "[{name}]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        keys.access_key_id,
        keys.secret_access_key.expose()
    ));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(id: &str) -> Keys {
        Keys { access_key_id: id.to_owned(), secret_access_key: SecretAccessKey::new(format!("{id}-secret")) }
    }

    fn block(name: &str, id: &str) -> String {
        format!("[{name}]\naws_access_key_id = {id}\naws_secret_access_key = {id}-secret\n")
    }

    #[test]
    fn profiles_are_put_and_others_kept() {
        let (a, b, own) = (block("a", "A"), block("b", "B"), "# mine\n[me]\nregion = x\n");
        for (before, expected) in [
            (String::new(), b.clone()),
            (a.clone(), format!("{a}\n{b}")),
            (format!("{a}\n"), format!("{a}\n{b}")),
            (a.trim_end().to_owned(), format!("{a}\n{b}")),
            (format!("{own}[ b ]\nold = 1\n{a}"), format!("{own}{a}\n{b}")),
            (block("b", "OLD"), b.clone()),
        ] {
            assert_eq!(with(&before, "b", &keys("B")), expected, "{before}");
            assert_eq!(find(&without(&expected, "b"), "b").map(|keys| keys.access_key_id), None);
        }
    }

    #[test]
    fn profiles_are_found() {
        let text = format!("[x]\naws_access_key_id=1\n{}\n{}", block("a", "A"), block("b", "B"));
        for (name, expected) in [("a", Some("A")), ("b", Some("B")), ("x", None), ("c", None), ("", None)] {
            let found = find(&text, name);
            assert_eq!(found.as_ref().map(|keys| &*keys.access_key_id), expected, "{name}");
            assert_eq!(
                found.map(|keys| keys.secret_access_key.expose().to_owned()),
                expected.map(|id| format!("{id}-secret"))
            );
        }
    }

    #[test]
    #[cfg(unix)]
    fn the_file_is_for_its_owner_and_two_writers_do_not_lose_a_profile() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "[me]\nregion = x\n").unwrap();
        fs::set_permissions(folder.path().join(FILE), fs::Permissions::from_mode(0o644)).unwrap();
        std::thread::scope(|scope| {
            for number in 0..8 {
                let file = Credentials::of(folder.path());
                scope.spawn(move || file.put(&format!("p{number}"), &keys("K")).unwrap());
            }
        });
        let file = Credentials::of(folder.path());
        assert_eq!(fs::metadata(file.path()).unwrap().permissions().mode() & 0o777, 0o600);
        for number in 0..8 {
            assert!(file.profile(&format!("p{number}")).unwrap().is_some());
        }
        assert!(fs::read_to_string(file.path()).unwrap().starts_with("[me]\nregion = x\n"));
    }
}
