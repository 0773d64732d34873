//! One file for each command of the program.

pub mod build;
pub mod check;
pub mod new;
pub mod quiz;
pub mod search;
pub mod serve;

use std::path::{Path, PathBuf};

use book::{Diagnostic, Severity};

/// Says on the terminal that there is no book in `folder`, if there is none.
pub fn is_book(folder: &Path) -> bool {
    let found = folder.join("book.toml").is_file() || folder.join("src/SUMMARY.md").is_file();
    if !found {
        eprintln!(
            "error: {} is not a book: it has neither book.toml nor src/SUMMARY.md; `lectern new DIR` starts one",
            folder.display()
        );
    }
    found
}

/// Where work that can be done once is kept between runs; `None` where the system names no such place.
pub fn cache_folder() -> Option<PathBuf> {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")))?;
    Some(base.join("lectern"))
}

/// Prints diagnostics to standard error, at most `most`, and a line with their number.
pub fn report(diagnostics: &[Diagnostic], most: usize) {
    for diagnostic in diagnostics.iter().take(most) {
        eprintln!("{diagnostic}");
    }
    if diagnostics.len() > most {
        eprintln!("… and {} more: `lectern check` lists all", diagnostics.len() - most);
    }
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    if !diagnostics.is_empty() {
        eprintln!("{errors} errors, {} warnings", diagnostics.len() - errors);
    }
}
