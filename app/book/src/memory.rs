//! A book in memory, for tests.

use std::collections::BTreeMap;

use crate::load::{Files, ReadError};
use crate::path;

/// Texts by path from the book's root; what begins with `..` is outside.
pub struct Memory(pub BTreeMap<String, String>);

impl<P: Into<String>, T: Into<String>, const N: usize> From<[(P, T); N]> for Memory {
    fn from(files: [(P, T); N]) -> Self {
        Self(files.into_iter().map(|(path, text)| (path.into(), text.into())).collect())
    }
}

impl Files for Memory {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        let path = path::normalise(path);
        match self.0.get(&path) {
            Some(text) => Ok(text.clone()),
            None if path.starts_with("..") => Err(ReadError::Outside),
            None => Err(ReadError::Missing),
        }
    }

    fn list(&self, path: &str) -> Vec<String> {
        let inside = |file: &&String| path.is_empty() || file.starts_with(&format!("{path}/"));
        self.0.keys().filter(inside).cloned().collect()
    }
}
