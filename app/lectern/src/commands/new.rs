//! `lectern new`: a small book that shows every feature, to be overwritten by its author.

use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

/// The book: paths and contents. `{title}` in `book.toml` stands for the book's title.
const STARTER: [(&str, &str); 15] = [
    (".gitignore", include_str!("../../starter/gitignore")),
    ("book.toml", include_str!("../../starter/book.toml")),
    ("bibliography.bib", include_str!("../../starter/bibliography.bib")),
    ("src/SUMMARY.md", include_str!("../../starter/src/SUMMARY.md")),
    ("src/README.md", include_str!("../../starter/src/README.md")),
    ("src/first-chapter.md", include_str!("../../starter/src/first-chapter.md")),
    ("src/notes-tables-lists.md", include_str!("../../starter/src/notes-tables-lists.md")),
    ("src/code.md", include_str!("../../starter/src/code.md")),
    ("src/formulas-figures-diagrams.md", include_str!("../../starter/src/formulas-figures-diagrams.md")),
    ("src/publishing.md", include_str!("../../starter/src/publishing.md")),
    ("src/glossary.md", include_str!("../../starter/src/glossary.md")),
    ("src/bibliography.md", include_str!("../../starter/src/bibliography.md")),
    ("src/listings/mean.py", include_str!("../../starter/src/listings/mean.py")),
    ("src/figures/bars.svg", include_str!("../../starter/src/figures/bars.svg")),
    ("README.md", include_str!("../../starter/README.md")),
];

/// Writes the book into `folder`, which must be new or empty.
pub fn run(folder: &Path) -> ExitCode {
    match create(folder) {
        Ok(()) => {
            println!("a new book is in {0}; `lectern serve {0}` opens it", folder.display());
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Why there is no new book.
#[derive(Debug)]
pub enum NewError {
    /// There are files in the folder, one of which is named.
    NotEmpty(String),
    /// The system said no.
    Io(String, io::Error),
}

impl std::fmt::Display for NewError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotEmpty(name) => {
                write!(
                    out,
                    "the folder holds `{name}` already; nothing was written. Name a new or empty folder"
                )
            }
            Self::Io(path, error) => write!(out, "{path}: {error}"),
        }
    }
}

impl std::error::Error for NewError {}

/// Writes the book into `folder`, which must be new or hold nothing but a `.git`.
///
/// # Errors
/// If there is something in the folder, or it cannot be written; files written until then stay.
pub fn create(folder: &Path) -> Result<(), NewError> {
    let failed = |path: &Path, error| NewError::Io(path.display().to_string(), error);
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    for entry in fs::read_dir(folder).map_err(|error| failed(folder, error))? {
        let name = entry.map_err(|error| failed(folder, error))?.file_name();
        if name != ".git" {
            return Err(NewError::NotEmpty(name.to_string_lossy().into_owned()));
        }
    }
    let title = title(folder);
    for (path, content) in STARTER {
        let path = folder.join(path);
        let content = content.replace("{title}", &title);
        let write =
            || fs::create_dir_all(path.parent().unwrap_or(folder)).and_then(|()| fs::write(&path, content));
        write().map_err(|error| failed(&path, error))?;
    }
    Ok(())
}

/// The folder's name as a title: `my-first-book` → `My first book`; fit for the inside of a TOML string.
fn title(folder: &Path) -> String {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = absolute.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let words = name.replace(['-', '_'], " ");
    let plain: String = words.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).collect();
    let mut letters = plain.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "A new book".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::check;

    #[test]
    fn a_new_book_has_nothing_wrong_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("deep/my-first_\"book");
        create(&book).unwrap();
        let report = check::examine(&book, false);
        assert_eq!(report.diagnostics, []);
        assert_eq!(report.chapters, 8);
        let config = fs::read_to_string(book.join("book.toml")).unwrap();
        assert!(config.contains("title = \"My first book\""), "{config}");
    }

    #[test]
    fn every_file_of_the_starter_is_written() {
        let starter = Path::new(env!("CARGO_MANIFEST_DIR")).join("starter");
        let files =
            walkdir::WalkDir::new(starter).into_iter().flatten().filter(|file| file.file_type().is_file());
        assert_eq!(files.count(), STARTER.len());
    }

    #[test]
    fn a_folder_with_files_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        fs::write(folder.path().join("notes.txt"), "mine").unwrap();
        let refused = create(folder.path()).unwrap_err();
        assert!(refused.to_string().contains("notes.txt"), "{refused}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        fs::remove_file(folder.path().join("notes.txt")).unwrap();
        create(folder.path()).unwrap();
        assert!(folder.path().join(".gitignore").is_file());
    }

    #[test]
    fn a_file_is_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        assert!(matches!(create(&file), Err(NewError::Io(..))));
    }
}
