//! Every formula and diagram of a book, made once before its chapters are rendered.

use std::collections::BTreeSet;

use book::markdown::{self, Collect};
use book::quiz::Question;
use book::wire::{Made, MathSyntax, RenderOptions};
use book::{Book, Chapter, Diagnostic};
use rayon::prelude::*;

use crate::typeset::{Kind, Problem, Typesetter};

/// The formulas and diagrams of a chapter, each once.
#[derive(Debug, Default)]
pub struct Wanted {
    /// TeX, and whether it stands on its own line.
    pub formulas: Vec<(String, bool)>,
    /// Mermaid sources.
    pub diagrams: Vec<String>,
}

impl Wanted {
    /// Those of some markdown.
    fn of(text: &str, options: &RenderOptions) -> Self {
        // Rendering twice is dear: most chapters of most books have neither.
        if options.math == MathSyntax::None && !text.contains("mermaid") {
            return Self::default();
        }
        let collect = Collect::default();
        let _ = markdown::render(text, &markdown::Page::default(), options, &collect);
        let (formulas, diagrams) = collect.into_parts();
        Self { formulas, diagrams }
    }

    /// Those of a chapter and of the questions it asks.
    fn of_chapter(book: &Book, index: usize, options: &RenderOptions) -> Self {
        let mut wanted = Self::of(&book.chapters[index].markdown, options);
        let quizzes = book.quizzes.iter().filter(|placed| placed.chapter == index);
        for text in quizzes.flat_map(|placed| &placed.quiz.questions).flat_map(Question::markdown) {
            let more = Self::of(text, options);
            wanted.formulas.extend(more.formulas);
            wanted.diagrams.extend(more.diagrams);
        }
        wanted
    }
}

/// What each chapter of `book` wants, in the chapters' order.
pub fn wanted(book: &Book) -> Vec<Wanted> {
    let options = book.config.render_options();
    (0..book.chapters.len()).into_par_iter().map(|index| Wanted::of_chapter(book, index, &options)).collect()
}

/// Makes all that the chapters want; says what could not be made, at its place.
pub fn make(book: &Book, wanted: &[Wanted], typesetter: &Typesetter<'_>) -> (Made, Vec<Diagnostic>) {
    let formulas: BTreeSet<_> = wanted.iter().flat_map(|wanted| &wanted.formulas).cloned().collect();
    let diagrams: BTreeSet<_> = wanted.iter().flat_map(|wanted| &wanted.diagrams).cloned().collect();
    if formulas.is_empty() && diagrams.is_empty() {
        return (Made::default(), Vec::new());
    }
    let formulas: Vec<_> = formulas.into_iter().collect();
    let diagrams: Vec<_> = diagrams.into_iter().collect();
    let typeset = typesetter.make(&formulas, &diagrams);
    let diagnostics =
        typeset.problems.iter().filter_map(|problem| diagnostic(book, wanted, problem)).collect();
    (typeset.made, diagnostics)
}

/// The problem at the first place where the book has its source.
fn diagnostic(book: &Book, wanted: &[Wanted], problem: &Problem) -> Option<Diagnostic> {
    let is_there = |wanted: &Wanted| match problem.kind {
        Kind::Diagram => wanted.diagrams.contains(&problem.source),
        kind => wanted.formulas.contains(&(problem.source.clone(), kind == Kind::Display)),
    };
    let (chapter, _) = book.chapters.iter().zip(wanted).find(|(_, wanted)| is_there(wanted))?;
    let code = if problem.kind == Kind::Diagram { "broken-diagram" } else { "broken-formula" };
    let (file, line) = place(book, chapter, problem);
    Some(Diagnostic::warning(code, &file, line, problem.message.clone(), problem.help.clone()))
}

fn place(book: &Book, chapter: &Chapter, problem: &Problem) -> (String, u32) {
    let first = problem.source.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    let line = chapter.markdown.lines().position(|line| line.contains(first)).unwrap_or_default();
    let line = u32::try_from(line).unwrap_or_default() + problem.line + 1;
    if chapter.origins.is_empty() {
        return (book.config.in_src(&chapter.source), 0);
    }
    let (file, line) = chapter.origins.at(line.min(chapter.origins.len()));
    (file.to_owned(), line)
}
