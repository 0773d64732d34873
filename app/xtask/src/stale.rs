//! Whether an output is older than what it is made of.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use walkdir::WalkDir;

/// The newest modification below `sources`; build outputs and hidden folders do not count.
pub fn newest(sources: &[PathBuf]) -> Option<SystemTime> {
    sources
        .iter()
        .flat_map(|source| WalkDir::new(source).into_iter().filter_entry(|entry| !is_output(entry.path())))
        .filter_map(|entry| entry.ok()?.metadata().ok()?.modified().ok())
        .max()
}

fn is_output(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == "node_modules" || name == "target" || name == ".git")
}
