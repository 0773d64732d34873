//! What a question is: one flat shape for every kind, so that a browser needs little code to read it.

use serde::{Deserialize, Serialize};

/// What stands in the prompt of a [`Kind::FillIn`] where a word is missing.
pub const GAP: &str = "___";

/// Some questions that belong together.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Quiz {
    /// The questions, in the author's order.
    pub questions: Vec<Question>,
    /// Id of the heading that it stands under in its chapter; empty before the first one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub anchor: String,
}

impl Quiz {
    /// The questions, each with the text to show above it where it is the first to share one.
    pub fn asked(&self) -> impl Iterator<Item = (Option<&str>, &Question)> {
        let mut part = "";
        self.questions.iter().map(move |question| {
            let is_new = question.multipart != part && !question.multipart.is_empty();
            part = &question.multipart;
            (is_new.then_some(part), question)
        })
    }
}

/// How a question is asked and answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Kind {
    /// Choose among [`Question::options`]: one, or with [`Question::several`] all that are right.
    #[default]
    MultipleChoice,
    /// Write a text that equals one of the first of [`Question::gaps`].
    ShortAnswer,
    /// Say whether [`Question::program`] compiles, and what it prints or which line is at fault.
    Tracing,
    /// Write a number near [`Question::value`].
    Numeric,
    /// Put [`Question::options`], which are in the right order, in order.
    Ordering,
    /// Choose between the two options `true` and `false`.
    TrueFalse,
    /// Fill each [`GAP`] of the prompt with one of its [`Question::gaps`].
    FillIn,
}

/// What a short answer is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Response {
    /// A line.
    #[default]
    Short,
    /// A paragraph, which only the reader can compare with the answer: see [`Question::is_marked_by_reader`].
    Long,
    /// Code: letters count as they are.
    Code,
}

/// A question. All texts are markdown unless something else is said; fields that a kind has no use for are empty.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Question {
    /// Names the question for as long as it lives; a hash of its content where its author gave none.
    pub id: String,
    /// How it is asked.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// What it asks. A fill-in has [`GAP`] where words are missing, as often as it has gaps.
    pub prompt: String,
    /// Text that several questions share, to be shown above.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub multipart: String,
    /// Plain text of the program to trace.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub program: String,
    /// What the program is written in.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// Options to choose or to put in order. For other kinds: wrong answers that deserve their own feedback.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Choice>,
    /// Options are shown in the order they stand in.
    #[serde(skip_serializing_if = "is_false")]
    pub fixed: bool,
    /// All right options must be chosen, not just one.
    #[serde(skip_serializing_if = "is_false")]
    pub several: bool,
    /// What a short answer is written in.
    #[serde(skip_serializing_if = "is_short")]
    pub response: Response,
    /// Plain texts that are right, the best first, for each gap; short answers and traces have one gap (a trace:
    /// what the program prints), a number has its value as its author spelled it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gaps: Vec<Vec<String>>,
    /// The traced program compiles.
    #[serde(skip_serializing_if = "is_false")]
    pub compiles: bool,
    /// Line of the program, from 1, that does not compile; 0 where it is not asked for.
    #[serde(skip_serializing_if = "is_zero")]
    pub line: u32,
    /// The right number, in `unit`.
    #[serde(skip_serializing_if = "is_nought")]
    pub value: f64,
    /// How far a number may be off, in `unit`; never negative.
    #[serde(skip_serializing_if = "is_nought")]
    pub tolerance: f64,
    /// Unit of the number; empty for a bare one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Other units that may be used, and how many of the question's unit one of them is. SI prefixes need no entry.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<(String, f64)>,
    /// What explains the answer, once it is given.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub context: String,
    /// Readers are asked why they think so.
    #[serde(skip_serializing_if = "is_false")]
    pub prompt_explanation: bool,
    /// Help on request, the mildest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
    /// Id of the learning objective that it tests.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub objective: String,
    /// Level of Bloom's taxonomy: `remember`, `understand`, `apply`, `analyze`, `evaluate` or `create`; or empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub bloom: String,
    /// From 1, easy, to 5, hard; 0 where nobody said.
    #[serde(skip_serializing_if = "is_zero")]
    pub difficulty: u32,
    /// Plain text that stands word for word in the section that it tests.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// What it says.
    pub text: String,
    /// Choosing it is right.
    #[serde(skip_serializing_if = "is_false")]
    pub correct: bool,
    /// What is said to who chose it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub feedback: String,
}

impl Question {
    /// Whether it has options to show.
    pub fn is_chosen(&self) -> bool {
        matches!(self.kind, Kind::MultipleChoice | Kind::TrueFalse | Kind::Ordering)
    }

    /// Whether no program can tell if an answer is right: the reader compares it with the given one.
    pub fn is_marked_by_reader(&self) -> bool {
        self.kind == Kind::ShortAnswer && self.response == Response::Long
    }

    /// Indexes of the right options.
    pub fn right_options(&self) -> impl Iterator<Item = usize> {
        self.options.iter().enumerate().filter(|(_, option)| option.correct).map(|(index, _)| index)
    }

    /// The best text for a gap, or nothing.
    pub fn best(&self, gap: usize) -> &str {
        self.gaps.get(gap).and_then(|texts| texts.first()).map_or("", String::as_str)
    }

    /// Every text of it that is markdown, in the order it is read.
    pub fn markdown(&self) -> impl Iterator<Item = &str> {
        let options = self.options.iter().flat_map(|option| [option.text.as_str(), option.feedback.as_str()]);
        [self.multipart.as_str(), self.prompt.as_str()]
            .into_iter()
            .chain(options)
            .chain(self.hints.iter().map(String::as_str))
            .chain([self.context.as_str()])
            .filter(|text| !text.is_empty())
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_short(response: &Response) -> bool {
    *response == Response::Short
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_nought(number: &f64) -> bool {
    *number == 0.0
}
