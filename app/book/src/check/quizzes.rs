//! The quiz files that chapters name in `{{#quiz path.toml}}`.

use crate::diagnostic::Diagnostic;
use crate::expand::{Regions, quiz_directives};
use crate::line_index::LineIndex;
use crate::load::{Book, Files};
use crate::nearest::nearest;
use crate::path;

/// A quiz in a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quiz {
    /// Its file, relative to the book's root.
    pub path: String,
    /// Index of the chapter that shows it.
    pub chapter: usize,
    /// File and line of the directive.
    pub origin: (String, u32),
}

/// Every quiz that a chapter shows, in order. A path is relative to its chapter; a directive in code is not one.
pub fn quizzes(book: &Book) -> Vec<Quiz> {
    let mut found = Vec::new();
    for (index, chapter) in book.chapters.iter().enumerate() {
        let text = chapter.markdown.as_str();
        let mut directives = quiz_directives(text).peekable();
        if directives.peek().is_none() {
            continue;
        }
        let regions = Regions::of(text, &book.config.render_options());
        let lines = LineIndex::new(text);
        let folder = book.config.in_src(path::folder(&chapter.source));
        for (at, target) in directives.filter(|(at, _)| !regions.is_code(*at) && !regions.is_comment(*at)) {
            let (file, line) = chapter.origins.at(lines.line(at));
            let origin = (file.to_owned(), line);
            found.push(Quiz { path: path::join(&folder, target), chapter: index, origin });
        }
    }
    found
}

/// Adds a diagnostic for each quiz whose file is not there.
pub fn check(book: &Book, files: &dyn Files, diagnostics: &mut Vec<Diagnostic>) {
    for Quiz { path, origin: (file, line), .. } in quizzes(book) {
        if files.exists(&path) {
            continue;
        }
        let folder = path::folder(&path);
        let listed = files.list(folder);
        let help = match nearest(&path, listed.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "correct the path, which is relative to the chapter, or add the file".to_owned(),
        };
        diagnostics.push(Diagnostic::error(
            "missing-quiz",
            &file,
            line,
            format!("there is no quiz `{path}`"),
            help,
        ));
    }
}
