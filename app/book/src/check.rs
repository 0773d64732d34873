//! What is wrong with a whole book: links, anchors, redirects and settings held against what is there.
//!
//! What a single file or chapter tells is found earlier ([`crate::load`], [`crate::markdown`]); here it is
//! about how they fit together. In order: `site` knows every page and id, `links` follows each link,
//! `redirects` each redirect; `quizzes` holds questions against the text, `balance` against each other,
//! `objectives` and `terms` against what the book promises and introduces; `settings` looks for the files that
//! `book.toml` names.

mod balance;
mod links;
mod objectives;
#[cfg(test)]
mod question_tests;
mod quizzes;
mod redirects;
mod settings;
mod site;
mod terms;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::load::{Book, Chapter, Files};
use crate::markdown::{Finding, Rendered};

/// Everything that is wrong with `book` and not yet in its own diagnostics. `rendered` holds its chapters,
/// rendered, in the same order.
pub fn run(book: &Book, rendered: &[Rendered], files: &dyn Files) -> Vec<Diagnostic> {
    let site = site::Site::new(book, rendered, files);
    let mut diagnostics: Vec<Diagnostic> = book
        .chapters
        .iter()
        .zip(rendered)
        .flat_map(|(chapter, rendered)| {
            rendered.diagnostics.iter().map(|finding| at_origin(chapter, finding))
        })
        .collect();
    links::check(&site, &mut diagnostics);
    redirects::check(&site, &mut diagnostics);
    quizzes::check(book, rendered, &mut diagnostics);
    balance::check(book, &mut diagnostics);
    objectives::check(book, rendered, &mut diagnostics);
    terms::check(book, rendered, &mut diagnostics);
    settings::check(book, files, &mut diagnostics);
    let mut seen = std::collections::HashSet::new();
    // Text that several chapters include is reported once.
    diagnostics.retain(|diagnostic| seen.insert(diagnostic.clone()));
    diagnostics
}

/// The finding where its author will look for it: in the file that the line came from.
fn at_origin(chapter: &Chapter, finding: &Finding) -> Diagnostic {
    let (file, line) = chapter.origins.at(finding.line);
    Diagnostic { line, ..finding.in_file(file) }
}
