//! A question's texts as HTML, by the renderer of chapters.

use super::question::{GAP, Kind, Question};
use crate::markdown::{Maker, Page, render};
use crate::phrases::{Language, Phrase, fill, say};
use crate::wire::RenderOptions;

/// Stands for a gap while its prompt is rendered: markdown reads underscores as emphasis, and tags not in code.
const STAND_IN: char = '\u{E000}';

/// The line that a folded quiz of `count` questions shows.
pub fn title(count: usize, language: Language) -> String {
    match count {
        1 => say(language, Phrase::QuizOne).to_owned(),
        _ => fill(say(language, Phrase::QuizCount), &count.to_string()),
    }
}

/// How the texts of a page's questions are rendered.
pub struct Showing<'a> {
    /// The page they stand on.
    pub page: &'a Page<'a>,
    /// How its markdown is read.
    pub options: &'a RenderOptions,
    /// What makes its formulas.
    pub maker: &'a dyn Maker,
}

impl Showing<'_> {
    /// Markdown of a question (an option, a hint, an explanation) as HTML blocks.
    pub fn text(&self, markdown: &str) -> String {
        render(markdown, self.page, self.options, self.maker).html
    }

    /// What the option numbered `index` says: HTML blocks, or plain text for true and false.
    pub fn option(&self, question: &Question, index: usize) -> String {
        match (question.kind, index) {
            (Kind::TrueFalse, 0) => say(self.page.language, Phrase::QuizTrue).to_owned(),
            (Kind::TrueFalse, _) => say(self.page.language, Phrase::QuizFalse).to_owned(),
            _ => self.text(&question.options[index].text),
        }
    }

    /// What is asked as HTML blocks: prompt and program. Gaps are `<span class="gap">`, one after the other.
    pub fn prompt(&self, question: &Question) -> String {
        let mut html = if question.kind == Kind::FillIn {
            let marked = question.prompt.replace(GAP, &STAND_IN.to_string());
            self.text(&marked).replace(STAND_IN, "<span class=\"gap\">____</span>")
        } else {
            self.text(&question.prompt)
        };
        if !question.program.is_empty() {
            html.push_str(&self.text(&program(question)));
        }
        html
    }
}

/// The program as a code block that no program in it can end.
fn program(question: &Question) -> String {
    let longest = question.program.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    // A program to think about has no button that runs it.
    format!("{fence}{},noplayground\n{}\n{fence}\n", question.language, question.program)
}
