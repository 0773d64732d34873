//! `lectern check`: everything that is wrong with a book, for people and for programs.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use book::markdown::{Page, Rendered, render};
use book::phrases::Language;
use book::wire::Made;
use book::{Book, Diagnostic, Severity};
use rayon::prelude::*;
use serde::Serialize;

use crate::assets::Reader;
use crate::commands;
use crate::disk::DiskFiles;
use crate::site::formulas;
use crate::typeset::Typesetter;

/// What was found in a book, as `--json` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Chapters with a page.
    pub chapters: usize,
    /// Questions in the quizzes that chapters show.
    pub questions: usize,
    /// Diagnostics that are errors.
    pub errors: usize,
    /// Diagnostics that are warnings.
    pub warnings: usize,
    /// All of them, by file and line.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks the book in `folder` and prints what is wrong; fails on errors, with `strict` on warnings too.
pub fn run(folder: &Path, strict: bool, json: bool, trust: bool) -> ExitCode {
    if !commands::is_book(folder) {
        return ExitCode::FAILURE;
    }
    let report = examine(folder, trust);
    if json {
        // Plain data: serialization cannot fail.
        println!("{}", serde_json::to_string_pretty(&report).unwrap_or_default());
    } else {
        print(&report);
    }
    if report.errors > 0 || (strict && report.warnings > 0) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn print(report: &Report) {
    for diagnostic in &report.diagnostics {
        println!("{diagnostic}");
    }
    println!(
        "{}, {}: {}, {}",
        count(report.chapters, "chapter"),
        count(report.questions, "question"),
        count(report.errors, "error"),
        count(report.warnings, "warning"),
    );
}

fn count(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Reads and renders the book in `folder` and says what is wrong with it.
#[must_use]
pub fn examine(folder: &Path, trust: bool) -> Report {
    let files = if trust { DiskFiles::trusted(folder) } else { DiskFiles::new(folder) };
    let mut book = Book::load(&files);
    let options = book.config.render_options();
    let language = Language::of_tag(&book.config.book.language);
    let (made, typeset_findings) = typeset(&book);
    let rendered: Vec<Rendered> = book
        .chapters
        .par_iter()
        .map(|chapter| {
            render(&chapter.markdown, &Page { address: &chapter.address, language }, &options, &made)
        })
        .collect();
    let mut diagnostics = std::mem::take(&mut book.diagnostics);
    diagnostics.extend(book::check::run(&book, &rendered, &files));
    diagnostics.extend(typeset_findings);
    diagnostics.sort_by(|a, b| (&a.file, a.line, &a.message).cmp(&(&b.file, b.line, &b.message)));
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    Report {
        chapters: book.chapters.len(),
        questions: questions(&book),
        errors,
        warnings: diagnostics.len() - errors,
        diagnostics,
    }
}

/// Typesets what the book wants, for what is wrong with it; a program without the reader has no typesetter.
fn typeset(book: &Book) -> (Made, Vec<Diagnostic>) {
    let Ok(reader) = Reader::embedded() else { return (Made::default(), Vec::new()) };
    let cache = commands::cache_folder();
    let typesetter = Typesetter::new(reader.bytes("katex.js"), cache.as_deref()).with_macros(&book.macros);
    formulas::make(book, &formulas::wanted(book), &typesetter)
}

/// Questions that chapters ask, each file counted once.
fn questions(book: &Book) -> usize {
    let counts = book.quizzes.iter().map(|placed| (placed.path.as_str(), placed.quiz.questions.len()));
    counts.collect::<BTreeMap<_, _>>().values().sum()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A book with one error and one warning, and a quiz of two questions that is shown twice.
    fn broken() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("book.toml", "[book]\ntitle = \"T\"\ncolour = \"red\"\n");
        write("src/SUMMARY.md", "- [A](a.md)\n- [B](d/b.md)\n");
        write("src/a.md", "# A\n\n{{#quiz ../quizzes/q.toml}}\n\n[x](c.md)\n");
        write("src/d/b.md", "# B\n\n{{#quiz ../../quizzes/q.toml}}\n");
        write(
            "quizzes/q.toml",
            "[[questions]]\ntype = \"TrueFalse\"\nprompt.prompt = \"P\"\nanswer.answer = true\n\n\
             [[questions]]\ntype = \"ShortAnswer\"\nprompt.prompt = \"P\"\nanswer.answer = \"y\"\n",
        );
        folder
    }

    #[test]
    fn a_report_counts_and_sorts() {
        let report = examine(broken().path(), false);
        let found: Vec<_> =
            report.diagnostics.iter().map(|d| (d.file.as_str(), d.line, d.code.as_ref())).collect();
        assert_eq!(found, [("book.toml", 3, "unknown-setting"), ("src/a.md", 5, "broken-link")]);
        assert_eq!((report.chapters, report.questions, report.errors, report.warnings), (2, 2, 1, 1));
    }

    #[test]
    fn json_has_counts_and_diagnostics() {
        let json = serde_json::to_value(examine(broken().path(), false)).unwrap();
        assert_eq!(json["errors"], 1);
        let first = &json["diagnostics"][0];
        assert_eq!((first["severity"].as_str(), first["line"].as_u64()), (Some("warning"), Some(3)));
        assert_eq!(
            (first["file"].as_str(), first["code"].as_str()),
            (Some("book.toml"), Some("unknown-setting"))
        );
    }

    #[test]
    fn exit_codes_follow_what_was_found() {
        let folder = broken();
        assert_eq!(run(folder.path(), false, true, false), ExitCode::FAILURE);
        fs::write(folder.path().join("src/c.md"), "").unwrap();
        fs::write(folder.path().join("src/SUMMARY.md"), "- [A](a.md)\n- [B](d/b.md)\n- [C](c.md)\n").unwrap();
        assert_eq!(run(folder.path(), false, false, false), ExitCode::SUCCESS);
        assert_eq!(run(folder.path(), true, false, false), ExitCode::FAILURE);
        assert_eq!(run(&folder.path().join("src"), false, false, false), ExitCode::FAILURE);
    }
}
