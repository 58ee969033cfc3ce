//! Session policies that come with tokens: parsed once, not with each request of the session.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use doorward_engine::CompiledDocument;
use doorward_policy::{Document, Kind, Malformed};

/// Session policies by their text.
///
/// Two generations: what is asked for moves to the young one; when its texts come to [`TEXT_BYTES_MAX`], it becomes the old
/// one, and what was left in the old one goes.
#[derive(Debug, Default)]
pub(crate) struct SessionDocuments {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    young: HashMap<Box<str>, Arc<CompiledDocument>>,
    young_bytes: usize,
    old: HashMap<Box<str>, Arc<CompiledDocument>>,
}

/// How much text a generation holds. A parsed policy takes about ten times its text.
const TEXT_BYTES_MAX: usize = 1 << 20;

impl SessionDocuments {
    /// The session policy with this text.
    ///
    /// # Errors
    /// [`Malformed`], if it does not parse.
    pub(crate) fn compiled(&self, text: &str) -> Result<Arc<CompiledDocument>, Malformed> {
        if let Some(known) = self.kept().find(text) {
            return Ok(known);
        }
        let document = Document::parse(text, Kind::Session)?;
        let compiled = Arc::new(CompiledDocument::new(Arc::new(document)));
        self.kept().put(text.into(), Arc::clone(&compiled));
        Ok(compiled)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn find(&mut self, text: &str) -> Option<Arc<CompiledDocument>> {
        if let Some(known) = self.young.get(text) {
            return Some(Arc::clone(known));
        }
        let (text, known) = self.old.remove_entry(text)?;
        self.put(text, Arc::clone(&known));
        Some(known)
    }

    fn put(&mut self, text: Box<str>, compiled: Arc<CompiledDocument>) {
        self.young_bytes += text.len();
        self.young.insert(text, compiled);
        if self.young_bytes > TEXT_BYTES_MAX {
            self.old = std::mem::take(&mut self.young);
            self.young_bytes = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(padding: usize) -> String {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": {{"Sid": "S{padding}", "Effect": "Allow", "Action": "s3:*", "Resource": "*"}}{}}}"#,
            " ".repeat(1_000)
        )
    }

    #[test]
    fn one_document_for_one_text_for_as_long_as_it_is_in_use() {
        let documents = SessionDocuments::default();
        let first = documents.compiled(&text(0)).unwrap();
        for other in 1..5_000 {
            documents.compiled(&text(other)).unwrap();
            assert!(Arc::ptr_eq(&first, &documents.compiled(&text(0)).unwrap()));
        }
        let kept = documents.kept();
        assert!(kept.young.len() + kept.old.len() < 2_500);
    }

    #[test]
    fn what_does_not_parse_is_an_error_each_time() {
        let documents = SessionDocuments::default();
        assert!(documents.compiled("{").is_err());
        assert!(documents.compiled("{").is_err());
    }
}
