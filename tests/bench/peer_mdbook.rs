//! mdBook as a program of its own for races: `peer-mdbook BOOK OUT` builds a book as `mdbook build` would.
//!
//! Everything that mdBook does by itself stays on, search index and print page included. What is left out of
//! `book.toml` could not run or be found here: preprocessors and renderers that are other programs, and styles and
//! scripts whose files are missing. Prints the seconds that loading and building took.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Instant;

use mdbook_core::config::Config;
use mdbook_driver::MDBook;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(book), Some(out), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        eprintln!("usage: peer-mdbook BOOK OUT");
        return ExitCode::from(2);
    };
    match build(&book, &out) {
        Ok(seconds) => {
            println!("{seconds:.4}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Seconds taken to build `book` into `out`.
fn build(book: &Path, out: &Path) -> Result<f64, String> {
    let start = Instant::now();
    let file = book.join("book.toml");
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    // mdBook takes a relative folder from the book's, not from where the program runs.
    let out = std::path::absolute(out).map_err(|error| format!("{}: {error}", out.display()))?;
    let config =
        Config::from_str(&adjusted(&text, book, &out)?).map_err(|error| format!("book.toml: {error:#}"))?;
    MDBook::load_with_config(book, config)
        .and_then(|mdbook| mdbook.build())
        .map_err(|error| format!("{}: {error:#}", book.display()))?;
    Ok(start.elapsed().as_secs_f64())
}

/// `book.toml` with `out` as its build folder, less what needs a program or a file that is not here.
fn adjusted(text: &str, book: &Path, out: &Path) -> Result<String, String> {
    let mut table: toml::Table = text.parse().map_err(|error| format!("book.toml: {error}"))?;
    table.remove("preprocessor");
    let html = table.get("output").and_then(|output| output.get("html")).and_then(toml::Value::as_table);
    let mut html = html.cloned().unwrap_or_default();
    for key in ["additional-css", "additional-js"] {
        if let Some(files) = html.get_mut(key).and_then(toml::Value::as_array_mut) {
            files.retain(|file| file.as_str().is_some_and(|file| book.join(file).is_file()));
        }
    }
    table.insert("output".to_owned(), toml::Table::from_iter([("html".to_owned(), html.into())]).into());
    let build = [
        ("build-dir".to_owned(), out.to_string_lossy().into_owned().into()),
        ("create-missing".to_owned(), false.into()),
    ];
    table.insert("build".to_owned(), toml::Table::from_iter(build).into());
    toml::to_string(&table).map_err(|error| error.to_string())
}
