//! A book's folder on disk, as the library reads it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use book::{Files, ReadError};

/// The folder that holds `book.toml`.
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at `root`.
    pub fn new(root: &Path) -> Self {
        Self(root.to_owned())
    }
}

impl Files for Folder {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        std::fs::read_to_string(self.0.join(path)).map_err(|error| match error.kind() {
            ErrorKind::NotFound | ErrorKind::IsADirectory | ErrorKind::NotADirectory => ReadError::Missing,
            ErrorKind::InvalidData => ReadError::NotText,
            _ => ReadError::Other(error.to_string()),
        })
    }
}
