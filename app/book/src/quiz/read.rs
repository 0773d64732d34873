//! Quiz files: mdbook-quiz's TOML and what is added to it, read leniently.
//!
//! ```text
//! [[questions]]
//! id = "…"                        any text that no other question has
//! type = "MultipleChoice"         ShortAnswer Tracing Numeric Ordering TrueFalse FillIn
//! prompt.prompt = "…"             markdown
//! answer.answer = …               what is right, see below
//! context = "…"                   explains the answer          multipart = "key of [multipart]"
//! promptExplanation = true        hints = ["…"]                objective = "lo-…"
//! bloom = "apply"                 difficulty = 1 to 5          source = "words of the section"
//!
//! MultipleChoice  answer.answer = "…" or ["…", …]   prompt.distractors = ["…"]   prompt.answerIndex, sortAnswers
//!                 answer.feedback = "…" or ["…"]    prompt.feedback = ["…"] for the distractors
//! ShortAnswer     answer.answer = "…"   answer.alternatives = ["…"]   prompt.response = "short" "long" "code"
//! Tracing         prompt.program = "…"  answer.doesCompile   answer.stdout   answer.lineNumber
//! Numeric         answer.answer = 17.2  answer.tolerance = 0.1 or "2 %"   answer.unit = "GB/s"
//!                 answer.units = ["GB per s"] or { min = 60 }
//! Ordering        answer.answer = ["first", "second"]
//! TrueFalse       answer.answer = true   answer.feedback = "…"
//! FillIn          prompt.prompt = "One ___ has ___ bits."   answer.answer = ["byte", ["8", "eight"]]
//! all that are written: answer.mistakes = [{ answer = "…", feedback = "…" }]
//! ```

mod kinds;

use toml::de::DeTable;

use super::hash::{START, hash};
use super::node::{Node, Notes, Value, folded};
use super::question::{Kind, Question, Quiz};
use super::text::plain;
use crate::diagnostic::Diagnostic;

/// Most syntax errors reported for a file.
const MOST_ERRORS: usize = 8;

/// A quiz file, read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Read {
    /// The questions that can be asked.
    pub quiz: Quiz,
    /// For each of them its line in the file, from 1.
    pub lines: Vec<u32>,
    /// What is wrong with the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads `text`, which stands in `file` (for diagnostics). A question that cannot be asked is left out and said.
pub fn read(text: &str, file: &str) -> Read {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let notes = Notes::new(file, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(MOST_ERRORS) {
        let line = error.span().map_or(0, |span| notes.line(&span));
        notes.error(
            "quiz-syntax",
            line,
            format!("this is not TOML: {}", error.message().replace('\n', ", ")),
            "correct the line; until then what it says is not used",
        );
    }
    let (mut quiz, mut lines) = (Quiz::default(), Vec::new());
    {
        let root = Node::new(&notes, table.get_ref(), 1);
        let parts = root.find("multipart").and_then(|parts| Node::of(&notes, parts));
        let questions = root.find("questions").map(|list| list.list(&notes)).unwrap_or_default();
        for value in questions {
            let Some(node) = Node::of(&notes, value) else {
                notes.error(
                    "quiz-value",
                    value.line,
                    "a question is no table".into(),
                    "write `[[questions]]`",
                );
                continue;
            };
            let line = node.line;
            if let Some(question) = Reader::new(node).question(parts.as_ref()) {
                quiz.questions.push(question);
                lines.push(line);
            }
        }
        root.finish();
    }
    if quiz.questions.is_empty() && errors.is_empty() && !notes.has_findings() {
        notes.warning(
            "quiz-empty",
            1,
            "the quiz has no question".into(),
            "add one that begins with `[[questions]]`",
        );
    }
    Read { quiz, lines, diagnostics: notes.into_diagnostics() }
}

/// One question being read.
struct Reader<'a> {
    root: Node<'a>,
    prompt: Option<Node<'a>>,
    answer: Option<Node<'a>>,
    /// A prompt or an answer that is not a table, but the thing itself.
    bare_prompt: Option<Value<'a>>,
    bare_answer: Option<Value<'a>>,
}

impl<'a> Reader<'a> {
    fn new(root: Node<'a>) -> Self {
        let part = |key| {
            let value = root.find(key);
            let node = value.and_then(|value| Node::of(root.notes, value));
            let bare = if node.is_some() { None } else { value };
            (node, bare)
        };
        let (prompt, bare_prompt) = part("prompt");
        let (answer, bare_answer) = part("answer");
        Self { root, prompt, answer, bare_prompt, bare_answer }
    }

    fn question(&self, parts: Option<&Node<'a>>) -> Option<Question> {
        let root = &self.root;
        let mut question = Question {
            kind: self.kind()?,
            prompt: self.prompt_text(),
            context: root.text("context").unwrap_or_default(),
            prompt_explanation: root.flag("promptExplanation").unwrap_or_default(),
            hints: root.texts("hints"),
            objective: root.text("objective").unwrap_or_default(),
            source: root.text("source").unwrap_or_default(),
            bloom: self.bloom(),
            difficulty: self.difficulty(),
            multipart: self.multipart(parts),
            ..Question::default()
        };
        let id = root.text("id").unwrap_or_default();
        let whole = match question.kind {
            Kind::MultipleChoice => self.choice(&mut question),
            Kind::ShortAnswer => self.short(&mut question),
            Kind::Tracing => self.trace(&mut question),
            Kind::Numeric => self.numeric(&mut question),
            Kind::Ordering => self.ordering(&mut question),
            Kind::TrueFalse => self.truth(&mut question),
            Kind::FillIn => self.fill_in(&mut question),
        };
        if !question.is_chosen() {
            self.mistakes(&mut question);
        }
        let asks = !question.prompt.is_empty() || question.kind == Kind::Tracing;
        if !asks {
            self.incomplete("has no prompt", "write `prompt.prompt = \"…\"`");
        }
        if !(whole && asks) {
            return None;
        }
        for node in [Some(root), self.prompt.as_ref(), self.answer.as_ref()].into_iter().flatten() {
            node.finish();
        }
        question.id = if id.is_empty() { id_of(&question) } else { id };
        Some(question)
    }

    fn incomplete(&self, what: &str, help: &str) -> bool {
        self.root.notes.error(
            "quiz-incomplete",
            self.root.line,
            format!("a question {what} and is not shown"),
            help,
        );
        false
    }

    fn warn(&self, code: &'static str, line: u32, message: String, help: impl Into<String>) {
        self.root.notes.warning(code, line, message, help);
    }

    fn kind(&self) -> Option<Kind> {
        let Some(value) = self.root.find("type") else {
            let has = |node: &Option<Node>, key| node.as_ref().is_some_and(|node| node.find(key).is_some());
            let kind = if has(&self.prompt, "distractors") {
                Kind::MultipleChoice
            } else if has(&self.prompt, "program") {
                Kind::Tracing
            } else {
                Kind::ShortAnswer
            };
            let message = format!("the question has no `type` and is read as `{kind:?}`");
            self.warn("quiz-type", self.root.line, message, format!("write `type = \"{kind:?}\"`"));
            return Some(kind);
        };
        let name = value.text().unwrap_or_default();
        let (kind, right) = match folded(&name).as_str() {
            "multiplechoice" | "choice" | "mcq" => (Kind::MultipleChoice, "MultipleChoice"),
            "shortanswer" | "short" => (Kind::ShortAnswer, "ShortAnswer"),
            "tracing" | "trace" => (Kind::Tracing, "Tracing"),
            "numeric" | "number" | "numerical" => (Kind::Numeric, "Numeric"),
            "ordering" | "order" => (Kind::Ordering, "Ordering"),
            "truefalse" | "trueorfalse" | "boolean" => (Kind::TrueFalse, "TrueFalse"),
            "fillin" | "fillintheblank" | "fillintheblanks" | "cloze" => (Kind::FillIn, "FillIn"),
            _ => {
                self.root.notes.error(
                    "quiz-type",
                    value.line,
                    format!("there are no questions of type `{name}`, and this one is not shown"),
                    "write MultipleChoice, ShortAnswer, Tracing, Numeric, Ordering, TrueFalse or FillIn",
                );
                return None;
            }
        };
        if name != right {
            let help = format!("write `{right}`, which other programs for quizzes understand too");
            self.warn("quiz-spelling", value.line, format!("`{name}` is read as `{right}`"), help);
        }
        Some(kind)
    }

    fn prompt_text(&self) -> String {
        let text = match (&self.prompt, self.bare_prompt) {
            (Some(node), _) => node.text("prompt"),
            (None, Some(value)) => value.text(),
            _ => None,
        };
        text.unwrap_or_default()
    }

    fn bloom(&self) -> String {
        const LEVELS: [&str; 6] = ["remember", "understand", "apply", "analyze", "evaluate", "create"];
        let Some(value) = self.root.find("bloom") else { return String::new() };
        let name = folded(&value.text().unwrap_or_default()).replace("analyse", "analyze");
        if LEVELS.contains(&name.as_str()) {
            return name;
        }
        let help = format!("write one of {}", LEVELS.join(", "));
        self.warn("quiz-value", value.line, format!("`{name}` is no level of Bloom's taxonomy"), help);
        String::new()
    }

    fn difficulty(&self) -> u32 {
        let Some(value) = self.root.find("difficulty") else { return 0 };
        let level = value.count().or_else(|| match folded(&value.text()?).as_str() {
            "easy" => Some(1),
            "medium" => Some(3),
            "hard" => Some(5),
            _ => None,
        });
        match level {
            Some(level @ 1..=5) => level,
            _ => {
                self.warn(
                    "quiz-value",
                    value.line,
                    "the difficulty is unclear".into(),
                    "write a number from 1 to 5",
                );
                0
            }
        }
    }

    fn multipart(&self, parts: Option<&Node<'a>>) -> String {
        let Some(value) = self.root.find("multipart") else { return String::new() };
        let key = value.text().unwrap_or_default();
        let found = parts.and_then(|parts| parts.entries().into_iter().find(|(name, _)| *name == key));
        match found.and_then(|(_, text)| text.text()) {
            Some(text) => text,
            None => {
                let help = format!("add `{key} = \"…\"` below `[multipart]`, or remove `multipart` here");
                self.root.notes.error(
                    "quiz-multipart",
                    value.line,
                    format!("there is no part `{key}`"),
                    help,
                );
                String::new()
            }
        }
    }
}

/// An id for a question whose author gave none: it changes with what is asked and what is right, and stays when
/// distractors, explanations or line breaks change.
pub fn id_of(question: &Question) -> String {
    let mut state = hash(START, format!("{:?}", question.kind).as_bytes());
    let mut add = |text: &str| {
        state = hash(hash(state, plain(text, true).as_bytes()), &[0]);
    };
    add(&question.prompt);
    add(&question.program);
    let right = question.options.iter().filter(|option| option.correct).map(|option| option.text.as_str());
    let mut right: Vec<&str> = right.chain((0..question.gaps.len()).map(|gap| question.best(gap))).collect();
    if question.kind == Kind::MultipleChoice {
        right.sort_unstable();
    }
    right.into_iter().for_each(&mut add);
    format!("{state:016x}")
}
