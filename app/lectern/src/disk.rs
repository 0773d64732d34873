//! A book's folder on disk, seen through [`Files`]: nothing outside it is read unless its author is trusted.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use book::{Files, ReadError};
use walkdir::WalkDir;

/// Most files listed for suggestions.
const MOST_LISTED: usize = 20_000;

/// A folder with a book in it. Every read goes to the disk.
#[derive(Debug, Clone)]
pub struct DiskFiles {
    root: PathBuf,
    /// The root without links, which the paths of files are held against.
    real_root: PathBuf,
    trusted: bool,
}

impl DiskFiles {
    /// Reads only what is inside `root`, also after links are followed.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        let real_root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        Self { root: root.to_owned(), real_root, trusted: false }
    }

    /// Reads whatever the book names.
    #[must_use]
    pub fn trusted(root: &Path) -> Self {
        Self { trusted: true, ..Self::new(root) }
    }

    /// A quiz file or a folder with some: in the book, or in a folder right beside it, as `content` and `quizzes` are.
    fn locate_quiz(&self, path: &str) -> Result<PathBuf, ReadError> {
        let path = book::path::normalise(path);
        let beside = path.strip_prefix("../").is_some_and(|rest| !rest.is_empty() && !rest.starts_with(".."));
        if self.trusted || !beside {
            return self.locate(&path);
        }
        let real = self.root.join(&path).canonicalize().map_err(|error| read_error(&error))?;
        let around = self.real_root.parent();
        let inside = around.is_some_and(|around| real != around && real.starts_with(around));
        if inside { Ok(real) } else { Err(ReadError::Outside) }
    }

    /// The file behind `path`, links followed.
    fn locate(&self, path: &str) -> Result<PathBuf, ReadError> {
        let path = book::path::normalise(path);
        if self.trusted {
            return Ok(self.root.join(path));
        }
        // Said before the disk is asked: whether something outside exists is nobody's business either.
        if path == ".." || path.starts_with("../") {
            return Err(ReadError::Outside);
        }
        let real = self.root.join(path).canonicalize().map_err(|error| read_error(&error))?;
        if real.starts_with(&self.real_root) { Ok(real) } else { Err(ReadError::Outside) }
    }
}

impl DiskFiles {
    /// The file at `path` as it is.
    ///
    /// # Errors
    /// Says why it cannot be read.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, ReadError> {
        read_bytes(&self.locate(path)?)
    }
}

impl Files for DiskFiles {
    fn read(&self, path: &str) -> Result<String, ReadError> {
        read_text(&self.locate(path)?)
    }

    fn quiz(&self, path: &str) -> Result<String, ReadError> {
        if !path.ends_with(".toml") {
            return Err(ReadError::Other("it is no TOML file".to_owned()));
        }
        read_text(&self.locate_quiz(path)?)
    }

    fn quizzes(&self, path: &str) -> Vec<String> {
        let mut listed = self.locate_quiz(path).map(|folder| list(&folder, path)).unwrap_or_default();
        listed.retain(|file| file.ends_with(".toml"));
        listed
    }

    fn exists(&self, path: &str) -> bool {
        self.locate(path).is_ok_and(|file| file.is_file())
    }

    fn list(&self, path: &str) -> Vec<String> {
        self.locate(path).map(|folder| list(&folder, path)).unwrap_or_default()
    }
}

fn read_text(file: &Path) -> Result<String, ReadError> {
    String::from_utf8(read_bytes(file)?).map_err(|_| ReadError::NotText)
}

fn read_bytes(file: &Path) -> Result<Vec<u8>, ReadError> {
    if file.is_dir() {
        return Err(ReadError::Other("it is a folder".to_owned()));
    }
    fs::read(file).map_err(|error| read_error(&error))
}

/// Files below `folder`, which the book knows as `path`.
fn list(folder: &Path, path: &str) -> Vec<String> {
    WalkDir::new(folder)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.'))
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let inside = entry.path().strip_prefix(folder).ok()?.to_str()?;
            Some(book::path::join(path, inside))
        })
        .take(MOST_LISTED)
        .collect()
}

fn read_error(error: &std::io::Error) -> ReadError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReadError::Missing,
        _ => ReadError::Other(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with a book and a secret beside it.
    fn folders() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, bytes: &[u8]| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        };
        write("secret.txt", b"secret");
        write("book/src/a.md", b"a");
        write("book/src/picture.png", &[0x89, 0xff]);
        write("book/.git/config", b"");
        folder
    }

    #[test]
    fn files_inside_are_read_and_told_apart() {
        let folder = folders();
        let files = DiskFiles::new(&folder.path().join("book"));
        assert_eq!(files.read("src/../src/./a.md").as_deref(), Ok("a"));
        assert_eq!(files.read("src/b.md"), Err(ReadError::Missing));
        assert_eq!(files.read("src/a.md/b"), Err(ReadError::Missing));
        assert_eq!(files.read("src/picture.png"), Err(ReadError::NotText));
        assert!(matches!(files.read("src"), Err(ReadError::Other(_))));
        assert!(files.exists("src/picture.png") && !files.exists("src") && !files.exists("x"));
        let mut listed = files.list("");
        listed.sort();
        assert_eq!(listed, ["src/a.md", "src/picture.png"]);
        assert_eq!(files.list("src").len(), 2);
    }

    #[test]
    fn files_outside_are_for_trusted_books_only() {
        let folder = folders();
        let root = folder.path().join("book");
        assert_eq!(DiskFiles::new(&root).read("src/../../secret.txt"), Err(ReadError::Outside));
        assert_eq!(DiskFiles::new(&root).read("../no.txt"), Err(ReadError::Outside));
        assert!(!DiskFiles::new(&root).exists("../secret.txt"));
        assert_eq!(DiskFiles::trusted(&root).read("../secret.txt").as_deref(), Ok("secret"));
    }

    #[test]
    fn questions_may_stand_beside_the_book() {
        let folder = folders();
        let root = folder.path().join("book");
        let write = |path: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "q").unwrap();
        };
        write("quizzes/a/b.toml");
        write("quizzes/a/c.md");
        write("a.toml");
        let files = DiskFiles::new(&root);
        assert_eq!(files.quizzes("../quizzes"), ["../quizzes/a/b.toml"]);
        assert_eq!(files.quiz("../quizzes/a/b.toml").as_deref(), Ok("q"));
        assert_eq!(files.read("../quizzes/a/b.toml"), Err(ReadError::Outside));
        assert!(files.quiz("../secret.txt").is_err());
        assert_eq!(files.quiz("../../a.toml"), Err(ReadError::Outside));
        assert_eq!(files.quizzes(".."), Vec::<String>::new());
        assert_eq!(files.quizzes("../.."), Vec::<String>::new());
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out() {
        let folder = folders();
        let root = folder.path().join("book");
        std::os::unix::fs::symlink("../../secret.txt", root.join("src/link.md")).unwrap();
        std::os::unix::fs::symlink("..", root.join("up")).unwrap();
        std::os::unix::fs::symlink("a.md", root.join("src/inside.md")).unwrap();
        std::os::unix::fs::symlink(&root, folder.path().join("alias")).unwrap();
        let files = DiskFiles::new(&root);
        assert_eq!(files.read("src/link.md"), Err(ReadError::Outside));
        assert_eq!(files.read("up/../secret.txt"), Err(ReadError::Missing));
        assert_eq!(files.read("up/secret.txt"), Err(ReadError::Outside));
        assert_eq!(files.read("src/inside.md").as_deref(), Ok("a"));
        assert_eq!(DiskFiles::trusted(&root).read("src/link.md").as_deref(), Ok("secret"));
        assert_eq!(DiskFiles::new(&folder.path().join("alias")).read("src/a.md").as_deref(), Ok("a"));
    }
}
