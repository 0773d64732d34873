//! Files that travel with a book as they are: pictures and downloads.

use std::path::Path;

use book::config::Config;
use walkdir::{DirEntry, WalkDir};

use crate::output::{File, Output};

/// Adds every file of the source folder that is not markdown.
pub fn add(folder: &Path, config: &Config, output: &mut Output) {
    let source = folder.join(&config.book.src);
    let skip = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        let is_output = entry.path() == folder.join(&config.build.build_dir);
        entry.depth() > 0 && (name.starts_with('.') || is_output)
    };
    // Links are not followed: a book from a stranger must not publish files from outside its folder.
    for entry in WalkDir::new(&source).into_iter().filter_entry(|entry| !skip(entry)).flatten() {
        let path = entry.path();
        let is_source =
            path.extension().is_some_and(|extension| extension == "md") || path == folder.join("book.toml");
        if !entry.file_type().is_file() || is_source {
            continue;
        }
        if let (Ok(relative), Ok(bytes)) = (path.strip_prefix(&source), std::fs::read(path)) {
            output.add(&relative.to_string_lossy().replace('\\', "/"), File::from(bytes));
        }
    }
}
