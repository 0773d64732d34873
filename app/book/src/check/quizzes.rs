//! Every question held against its own options and the text that it tests.

use std::collections::HashMap;

use crate::diagnostic::Diagnostic;
use crate::load::Book;
use crate::markdown::{Rendered, Section};
use crate::quiz::{Flaw, Placed, Question, flaws, stands_in};

/// A question and where it was written.
pub struct Asked<'a> {
    /// Where its quiz stands.
    pub placed: &'a Placed,
    /// The question.
    pub question: &'a Question,
    /// Its line in the file of the quiz.
    pub line: u32,
}

/// Every question of the book as often as it is asked.
pub fn all(book: &Book) -> impl Iterator<Item = Asked<'_>> {
    book.quizzes.iter().flat_map(|placed| {
        let questions = placed.quiz.questions.iter().zip(&placed.lines);
        questions.map(move |(question, line)| Asked { placed, question, line: *line })
    })
}

/// Adds what is wrong with single questions.
pub fn check(book: &Book, rendered: &[Rendered], diagnostics: &mut Vec<Diagnostic>) {
    let mut ids: HashMap<&str, (&str, u32)> = HashMap::new();
    for asked in all(book) {
        let Asked { placed, question, line } = &asked;
        let Some(page) = rendered.get(placed.chapter) else { continue };
        let sections = tested(placed, page);
        for flaw in flaws(question, &text_of(sections)) {
            diagnostics.push(diagnostic(&asked, flaw, page));
        }
        let here = (placed.path.as_str(), *line);
        let first = *ids.entry(&question.id).or_insert(here);
        if first != here {
            diagnostics.push(Diagnostic::error(
                "quiz-duplicate-id",
                &placed.path,
                *line,
                format!(
                    "the id `{}` belongs to the question at {}:{} already",
                    question.id, first.0, first.1
                ),
                "give this question another id, or remove it if it is the same question",
            ));
        }
    }
}

/// The sections that a quiz tests: its own with all below it, or for a quiz in the text the whole chapter.
fn tested<'a>(placed: &Placed, page: &'a Rendered) -> &'a [Section] {
    let all = page.sections.as_slice();
    if !placed.is_bank {
        return all;
    }
    let Some(first) = all.iter().position(|section| section.id == placed.quiz.anchor) else { return all };
    let depth = all[first].path.len();
    let below = all[first + 1..].iter().take_while(|section| section.path.len() > depth).count();
    &all[first..=first + below]
}

fn text_of(sections: &[Section]) -> String {
    let parts = sections.iter().flat_map(|section| [&*section.title, &*section.text, &*section.code]);
    parts.collect::<Vec<_>>().join("\n")
}

fn diagnostic(asked: &Asked, flaw: Flaw, page: &Rendered) -> Diagnostic {
    let Asked { placed, question, line } = asked;
    let option = |index: usize| question.options.get(index).map_or("", |option| option.text.trim());
    let (code, message, help) = match flaw {
        Flaw::NoAnswer => (
            "quiz-no-answer",
            "the question has no right answer".to_owned(),
            "say in `answer.answer` what is right".to_owned(),
        ),
        Flaw::SeveralAnswers => (
            "quiz-several-answers",
            "several options are right and only one may be chosen".to_owned(),
            "make `answer.answer` a list, `[\"…\", \"…\"]`, or leave one right answer".to_owned(),
        ),
        Flaw::SameOption(left, right) => {
            let both = question.options[left].correct != question.options[right].correct;
            let end = if both { ", once right and once wrong" } else { "" };
            (
                "quiz-same-option",
                format!("the option `{}` stands there twice{end}", option(left)),
                "replace one of the two".to_owned(),
            )
        }
        Flaw::SourceGone => {
            let elsewhere = page.sections.iter().find(|section| stands_in(&question.source, &section.text));
            let help = match elsewhere {
                Some(section) => format!("it stands in section `{}`: move the question there", section.id),
                None => "read the section again, and correct question and `source`".to_owned(),
            };
            let place = if placed.is_bank { "section" } else { "chapter" };
            let start: String = question.source.chars().take(60).collect();
            ("quiz-source", format!("the {place} no longer says `{start}…`"), help)
        }
    };
    Diagnostic::error(code, &placed.path, *line, message, help)
}
