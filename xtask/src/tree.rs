//! The text files of the checkout.

use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// One text file.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// Path from the root of the checkout, with `/`.
    pub path: String,
    /// Its whole text.
    pub text: String,
}

/// Folders that hold what tools made, at any depth.
const NOT_OURS: &[&str] = &["target", "node_modules", "dist", "__pycache__"];

/// Hidden folders and files that are ours.
const HIDDEN_OURS: &[&str] = &[".ci", ".github", ".cargo", ".config", ".gitignore"];

/// Endings of files written by hand. Anything else (JSON, XML, lists) is data and not looked at.
const WRITTEN: &[&str] =
    &["rs", "md", "toml", "py", "sh", "js", "mjs", "ts", "tsx", "css", "html", "yml", "yaml"];

/// Files written by hand whose names have no ending.
const WRITTEN_NAMES: &[&str] = &["Makefile", "NOTICE", ".gitignore", "run"];

/// Reads every text file written by hand below `root`, in order of path.
///
/// The folder is walked rather than asked of git, so that an unpacked archive is checked like a clone.
///
/// # Errors
/// When a folder or file cannot be read, or a file that should be text is not UTF-8.
pub fn read(root: &Path) -> Result<Vec<TextFile>> {
    let mut files = Vec::new();
    walk(root, "", &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn walk(folder: &Path, prefix: &str, files: &mut Vec<TextFile>) -> Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("reading {}", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{prefix}{name}");
        let kind = entry.file_type().with_context(|| format!("reading {path}"))?;
        if name.starts_with('.') && !HIDDEN_OURS.contains(&name.as_str()) {
            continue;
        }
        if kind.is_dir() && !NOT_OURS.contains(&name.as_str()) {
            walk(&entry.path(), &format!("{path}/"), files)?;
        } else if kind.is_file() && is_written(&name) {
            let text = fs::read_to_string(entry.path()).with_context(|| format!("reading {path}"))?;
            files.push(TextFile { path, text });
        }
    }
    Ok(())
}

fn is_written(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    WRITTEN_NAMES.contains(&name) || ending.is_some_and(|ending| WRITTEN.contains(&ending))
}

impl TextFile {
    /// Whether the file's name ends in `.ending`.
    pub fn has_ending(&self, ending: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, found)| found == ending)
    }

    /// Whether the file is Rust.
    pub fn is_rust(&self) -> bool {
        self.has_ending("rs")
    }

    /// Whether the file is made by `cargo xtask generate`: such files lie in a folder named `shapes`.
    pub fn is_generated(&self) -> bool {
        self.path.split('/').any(|part| part == "shapes")
    }

    /// The file's name without folder and ending.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit_once('/').map_or(self.path.as_str(), |(_, name)| name);
        name.split_once('.').map_or(name, |(stem, _)| stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> TextFile {
        TextFile { path: path.to_owned(), text: String::new() }
    }

    #[test]
    fn written_by_hand_or_not() {
        let rows = [
            ("lib.rs", true),
            ("README.md", true),
            ("Makefile", true),
            ("run", true),
            ("Cargo.lock", false),
            ("cases.json", false),
            ("LICENSE", false),
        ];
        for (name, expected) in rows {
            assert_eq!(is_written(name), expected, "{name}");
        }
    }

    #[test]
    fn parts_of_a_path() {
        assert_eq!(file("crates/wire/src/shapes/iam.rs").stem(), "iam");
        assert_eq!(file("Makefile").stem(), "Makefile");
        assert!(file("crates/wire/src/shapes/iam.rs").is_generated());
        assert!(!file("crates/wire/src/shapes.rs").is_generated());
        assert!(file("a/b.rs").is_rust() && !file("a/rs").is_rust());
    }
}
