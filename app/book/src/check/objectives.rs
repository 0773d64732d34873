//! What readers shall be able to do, and whether it is asked.

use std::collections::HashSet;

use super::quizzes::all;
use crate::diagnostic::Diagnostic;
use crate::load::Book;
use crate::markdown::Rendered;
use crate::nearest::nearest;

/// Ids of objectives begin like this: `<a id="lo-name"></a>`.
const PREFIX: &str = "lo-";

/// Adds objectives that questions name and no page has, and those that a chapter with such questions leaves unasked.
pub fn check(book: &Book, rendered: &[Rendered], diagnostics: &mut Vec<Diagnostic>) {
    let mut asked_for: HashSet<&str> = HashSet::new();
    let mut chapters: HashSet<usize> = HashSet::new();
    for asked in all(book).filter(|asked| !asked.question.objective.is_empty()) {
        let objective = asked.question.objective.trim_start_matches('#');
        chapters.insert(asked.placed.chapter);
        asked_for.insert(objective);
        let ids = || rendered.iter().flat_map(|page| &page.ids).map(|(id, _)| id.as_str());
        if ids().any(|id| id == objective) {
            continue;
        }
        let help = match nearest(objective, ids().filter(|id| id.starts_with(PREFIX))) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("mark the objective in the chapter: `<a id=\"{objective}\"></a>`"),
        };
        let message = format!("there is no objective `{objective}`");
        diagnostics.push(Diagnostic::error("quiz-objective", &asked.placed.path, asked.line, message, help));
    }
    for (index, (chapter, page)) in book.chapters.iter().zip(rendered).enumerate() {
        if !chapters.contains(&index) {
            continue;
        }
        for (id, line) in page.ids.iter().filter(|(id, _)| id.starts_with(PREFIX)) {
            if asked_for.contains(id.as_str()) {
                continue;
            }
            let (file, line) = chapter.origins.at(*line);
            diagnostics.push(Diagnostic::warning(
                "objective-unasked",
                file,
                line,
                format!("no question asks for the objective `{id}`"),
                format!("add a question with `objective = \"{id}\"`"),
            ));
        }
    }
}
