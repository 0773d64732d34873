//! Which changes count.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::real;
use crate::write;

/// The folders that are watched, and what in them is passed over.
#[derive(Debug, Clone)]
pub struct Filter {
    dirs: Vec<PathBuf>,
    skip: Vec<PathBuf>,
}

impl Filter {
    /// Watches those of `dirs` that exist, without links, each once; passes over what is under `skip`.
    pub fn new(dirs: &[PathBuf], skip: &[PathBuf]) -> Self {
        let mut dirs: Vec<PathBuf> = dirs.iter().map(|dir| real(dir)).filter(|dir| dir.exists()).collect();
        dirs.sort();
        // A folder sorts before what it holds.
        dirs.dedup_by(|later, earlier| later.starts_with(&*earlier));
        Self { dirs, skip: skip.iter().map(|path| real(path)).collect() }
    }

    /// The folders to watch, with everything in them.
    pub fn dirs(&self) -> &[PathBuf] {
        &self.dirs
    }

    /// Whether a change of `path` counts: it is in a watched folder, and no name on the way down is passed over.
    pub fn counts(&self, path: &Path) -> bool {
        let Some(dir) = self.dirs.iter().find(|dir| path.starts_with(dir)) else { return false };
        let below = path.strip_prefix(dir).unwrap_or(path);
        let way_down = path.ancestors().take_while(|ancestor| *ancestor != dir);
        !self.skip.iter().any(|skip| path.starts_with(skip))
            && !below.iter().any(is_passed_over)
            && !way_down.into_iter().any(|folder| folder.join(write::LIST).exists())
    }
}

/// Hidden files, other programs' output, and what editors leave beside a file.
fn is_passed_over(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.')
        || name == "target"
        || name == "node_modules"
        || name.ends_with('~')
        // Vim asks with this file whether it may write.
        || name == "4913"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{File, Output};

    #[test]
    fn only_an_authors_files_count() {
        let dir = tempfile::tempdir().unwrap();
        // A book may itself lie in a hidden folder.
        let book = real(dir.path()).join(".cache/target/book");
        std::fs::create_dir_all(&book).unwrap();
        let filter = Filter::new(std::slice::from_ref(&book), &[book.join("dist")]);
        for path in ["", "a.md", "img/a.png", "dist.md", "targets/x"] {
            assert!(filter.counts(&book.join(path)), "{path}");
        }
        for path in [
            ".git/index",
            "a/.b.md.swp",
            "target/debug/x",
            "a/node_modules/b.js",
            "a.md~",
            "4913",
            "dist",
            "dist/a.html",
        ] {
            assert!(!filter.counts(&book.join(path)), "{path}");
        }
        assert!(!filter.counts(dir.path()));
    }

    #[test]
    fn what_this_program_wrote_does_not_count() {
        let dir = tempfile::tempdir().unwrap();
        let book = real(dir.path());
        let filter = Filter::new(std::slice::from_ref(&book), &[]);
        assert!(filter.counts(&book.join("public/a/b.html")));
        let mut output = Output::default();
        output.add("a/b.html", File::from("x"));
        write::write(&output, &book.join("public"), &write::Options::default()).unwrap();
        for path in ["public", "public/a/b.html", "public/gone.html"] {
            assert!(!filter.counts(&book.join(path)), "{path}");
        }
        assert!(filter.counts(&book.join("a.md")));
    }

    #[test]
    fn each_folder_is_watched_once() {
        let dir = tempfile::tempdir().unwrap();
        let root = real(dir.path());
        for name in ["book/src", "bookshelf"] {
            std::fs::create_dir_all(root.join(name)).unwrap();
        }
        let dirs = ["book/src", "book", "bookshelf", "book/../book", "gone"].map(|name| root.join(name));
        assert_eq!(Filter::new(&dirs, &[]).dirs(), [root.join("book"), root.join("bookshelf")]);
    }
}
