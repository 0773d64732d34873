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

use toml::de::{DeTable, DeValue};

use super::hash::{START, hash};
use super::node::{Node, Notes, Value, folded};
use super::number;
use super::question::{Choice, GAP, Kind, Question, Quiz, Response};
use super::text::plain;
use super::units;
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

    /// The value of `answer.answer`, or of a synonym, or `answer` itself.
    fn answer(&self, names: &[&'static str]) -> Option<Value<'a>> {
        match &self.answer {
            Some(node) => node.find_any(names),
            None => self.bare_answer,
        }
    }

    fn answer_text(&self, key: &'static str) -> Option<String> {
        self.answer.as_ref()?.text(key)
    }

    /// The texts of a list, and feedback for each, beside them or in a list of its own.
    fn choices(&self, value: Option<Value<'a>>, correct: bool, feedback: &[String]) -> Vec<Choice> {
        let items = value.map(|value| value.list(self.root.notes)).unwrap_or_default();
        let mut choices = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            let mut choice = Choice {
                correct,
                feedback: feedback.get(index).cloned().unwrap_or_default(),
                ..Choice::default()
            };
            if let Some(node) = Node::of(self.root.notes, item) {
                choice.text = node.find_any(&["text", "answer"]).and_then(Value::text).unwrap_or_default();
                choice.feedback = node.text("feedback").unwrap_or(choice.feedback);
                node.finish();
            } else {
                choice.text = item.text().unwrap_or_default();
            }
            if choice.text.is_empty() {
                self.warn(
                    "quiz-value",
                    item.line,
                    "an option says nothing".into(),
                    "remove it, or write a text",
                );
            } else {
                choices.push(choice);
            }
        }
        choices
    }

    fn choice(&self, question: &mut Question) -> bool {
        let feedback =
            |node: &Option<Node>| node.as_ref().map(|node| node.texts("feedback")).unwrap_or_default();
        let answer = self.answer(&["answer", "answers"]);
        question.several = answer.is_some_and(|answer| matches!(answer.toml, DeValue::Array(_)));
        let right = self.choices(answer, true, &feedback(&self.answer));
        let listed = self.prompt.as_ref().and_then(|node| node.find("distractors"));
        let distractors =
            self.choices(listed.or_else(|| self.root.find("distractors")), false, &feedback(&self.prompt));
        if right.is_empty() {
            return self.incomplete("has no right answer", "write `answer.answer = \"…\"`");
        }
        if distractors.is_empty() {
            return self
                .incomplete("has no wrong answers to choose from", "write `prompt.distractors = [\"…\"]`");
        }
        let index = self.prompt.as_ref().and_then(|node| node.count("answerIndex"));
        let sorted = self.prompt.as_ref().and_then(|node| node.flag("sortAnswers")).unwrap_or_default();
        question.options = distractors;
        let at = index.map_or(0, |index| index as usize);
        if at > question.options.len() {
            let message =
                format!("`answerIndex` is {at} and there are {} distractors", question.options.len());
            self.warn("quiz-value", self.root.line, message, "count from 0");
        }
        let at = at.min(question.options.len());
        question.options.splice(at..at, right);
        if sorted && index.is_none() {
            question.options.sort_by(|a, b| by_content(&a.text, &b.text));
        }
        question.fixed = sorted || index.is_some();
        true
    }

    fn short(&self, question: &mut Question) -> bool {
        if let Some(value) = self.prompt.as_ref().and_then(|node| node.find("response")) {
            question.response = match folded(&value.text().unwrap_or_default()).as_str() {
                "short" => Response::Short,
                "long" => Response::Long,
                "code" => Response::Code,
                other => {
                    let message = format!("`{other}` is no form of response");
                    self.warn("quiz-value", value.line, message, "write `short`, `long` or `code`");
                    Response::Short
                }
            };
        }
        let mut accepted = self.written(self.answer(&["answer"]));
        if let Some(node) = &self.answer {
            accepted.extend(node.texts("alternatives"));
        }
        question.gaps = vec![accepted];
        !question.best(0).is_empty() || self.incomplete("has no answer", "write `answer.answer = \"…\"`")
    }

    /// Texts of a list or of a single value.
    fn written(&self, value: Option<Value<'a>>) -> Vec<String> {
        let items = value.map(|value| value.list(self.root.notes)).unwrap_or_default();
        items.into_iter().filter_map(Value::text).filter(|text| !text.is_empty()).collect()
    }

    fn trace(&self, question: &mut Question) -> bool {
        let program = self.prompt.as_ref().and_then(|node| node.text("program"));
        question.program = program.unwrap_or_default();
        question.language = self.prompt.as_ref().and_then(|node| node.text("language")).unwrap_or_default();
        if question.program.trim().is_empty() && !question.prompt.is_empty() {
            let message = "the program stands in `prompt.prompt` and is read as `prompt.program`".to_owned();
            self.warn("quiz-spelling", self.root.line, message, "write `prompt.program`");
            question.program = unfenced(&std::mem::take(&mut question.prompt)).to_owned();
        }
        if question.program.trim().is_empty() {
            return self.incomplete("has no program", "write `prompt.program = \"\"\"…\"\"\"`");
        }
        let output = self.answer_text("stdout");
        question.line = self.answer.as_ref().and_then(|node| node.count("lineNumber")).unwrap_or_default();
        let said = self.answer.as_ref().and_then(|node| node.flag("doesCompile"));
        question.compiles = said.unwrap_or_else(|| output.is_some());
        if said.is_none() && output.is_none() && question.line == 0 {
            return self.incomplete(
                "does not say whether its program compiles",
                "write `answer.doesCompile = true`",
            );
        }
        if question.compiles {
            question.line = 0;
            question.gaps = vec![vec![output.unwrap_or_default()]];
            return true;
        }
        let lines = question.program.trim_end().lines().count();
        if question.line as usize > lines {
            let message = format!("`lineNumber` is {} and the program has {lines} lines", question.line);
            self.warn("quiz-value", self.root.line, message, "count from 1; until then no line is asked for");
            question.line = 0;
        }
        true
    }

    fn numeric(&self, question: &mut Question) -> bool {
        let value = self.answer(&["answer", "value"]);
        let spelled = value.and_then(Value::text).unwrap_or_default();
        let Some((number, unit)) = number::parse(&spelled) else {
            return self.incomplete("has no number for an answer", "write `answer.answer = 17.2`");
        };
        question.value = number;
        question.unit = self.answer_text("unit").unwrap_or_else(|| unit.to_owned());
        // A unit in the answer's text belongs to the field of its own.
        question.gaps = vec![vec![spelled.strip_suffix(unit).unwrap_or(&spelled).trim().to_owned()]];
        question.tolerance = self.tolerance(question).unwrap_or_else(|| last_digit(question.best(0)) / 2.0);
        let Some(value) = self.answer.as_ref().and_then(|node| node.find_any(&["units", "alternatives"]))
        else {
            return true;
        };
        if let Some(node) = Node::of(self.root.notes, value) {
            for (unit, worth) in node.entries() {
                match worth
                    .text()
                    .and_then(|text| Some(number::parse(&text)?.0))
                    .filter(|worth| *worth != 0.0)
                {
                    Some(worth) => question.units.push((unit.to_owned(), worth)),
                    None => node.wrong(unit, worth, "a number that says how many of the unit it is"),
                }
            }
        } else {
            for unit in self.written(Some(value)) {
                // A unit that is not the same with another prefix is another name for it.
                let worth = units::factor(&unit, &question.unit, &[]).unwrap_or(1.0);
                question.units.push((unit, worth));
            }
        }
        true
    }

    /// How far off an answer may be, in the question's unit.
    fn tolerance(&self, question: &Question) -> Option<f64> {
        let node = self.answer.as_ref()?;
        let share = |value: Value<'a>| Some(number::parse(&value.text()?)?.0);
        if let Some(relative) = node.find_any(&["relativeTolerance", "relative"]) {
            return share(relative).map(|share| (share * question.value).abs());
        }
        let value = node.find("tolerance")?;
        let text = value.text()?;
        let parsed = number::parse(&text);
        let tolerance = match parsed {
            Some((number, "%")) => Some(number / 100.0 * question.value),
            Some((number, unit)) => units::factor(unit, &question.unit, &[]).map(|factor| number * factor),
            None => None,
        };
        if tolerance.is_none() {
            node.wrong("tolerance", value, "a number in the answer's unit, or a share such as \"2 %\"");
        }
        tolerance.map(f64::abs)
    }

    fn ordering(&self, question: &mut Question) -> bool {
        question.options = self.choices(self.answer(&["answer", "order", "items"]), true, &[]);
        question.options.len() > 1
            || self
                .incomplete("has nothing to put in order", "write `answer.answer = [\"first\", \"second\"]`")
    }

    fn truth(&self, question: &mut Question) -> bool {
        let Some(truth) = self.answer(&["answer", "value"]).and_then(Value::flag) else {
            return self
                .incomplete("does not say whether it is true", "write `answer.answer = true` or `false`");
        };
        let feedback = self.answer_text("feedback").unwrap_or_default();
        question.fixed = true;
        question.options = [true, false]
            .map(|option| Choice {
                text: option.to_string(),
                correct: option == truth,
                feedback: if option == truth { String::new() } else { feedback.clone() },
            })
            .to_vec();
        true
    }

    fn fill_in(&self, question: &mut Question) -> bool {
        question.prompt = with_gaps(&question.prompt);
        let gaps = question.prompt.matches(GAP).count();
        let answer = self.answer(&["answer", "blanks", "gaps"]);
        question.gaps = match answer.map(|answer| answer.list(self.root.notes)) {
            // One gap takes a list as texts that all fill it.
            Some(_) if gaps == 1 && answer.is_some_and(is_flat) => vec![self.written(answer)],
            Some(items) => items.into_iter().map(|item| self.written(Some(item))).collect(),
            None => Vec::new(),
        };
        if gaps == 0 {
            return self.incomplete("has no gap", "write `___` in the prompt where words are missing");
        }
        if question.gaps.len() != gaps || question.gaps.iter().any(Vec::is_empty) {
            let what = format!("has {gaps} gaps and {} answers", question.gaps.len());
            return self.incomplete(&what, "give `answer.answer` a text, or a list of texts, for each gap");
        }
        true
    }

    fn mistakes(&self, question: &mut Question) {
        let value = self.answer.as_ref().and_then(|node| node.find("mistakes"));
        question.options = self.choices(value, false, &[]);
    }
}

/// The inside of a text that is nothing but a code block.
fn unfenced(text: &str) -> &str {
    let inner = text.trim().strip_prefix("```").and_then(|rest| rest.strip_suffix("```"));
    inner.and_then(|rest| rest.split_once('\n')).map_or(text, |(_, code)| code.trim_end())
}

fn is_flat(value: Value) -> bool {
    match value.toml {
        DeValue::Array(items) => items.iter().all(|item| !item.get_ref().is_array()),
        _ => true,
    }
}

/// Numbers by their value, all else by its letters.
fn by_content(left: &str, right: &str) -> std::cmp::Ordering {
    let number = |text: &str| number::parse(text.trim_matches('`')).map(|(value, _)| value);
    match (number(left), number(right)) {
        (Some(a), Some(b)) => a.total_cmp(&b).then_with(|| left.cmp(right)),
        _ => left.to_lowercase().cmp(&right.to_lowercase()),
    }
}

/// What the last digit of a number with a fraction is worth; 0 for one without.
fn last_digit(spelled: &str) -> f64 {
    let digits = spelled.split(['e', 'E', '×']).next().unwrap_or(spelled);
    let Some((_, fraction)) = digits.split_once('.') else { return 0.0 };
    let places = fraction.bytes().take_while(u8::is_ascii_digit).count();
    // The power of ten is the number's own.
    let power = number::parse(&format!("1{}", &spelled[digits.len()..])).map_or(1.0, |(power, _)| power);
    number::scale(power, -i32::try_from(places).unwrap_or(0))
}

/// `prompt` with each run of three underscores or more as one [`GAP`].
fn with_gaps(prompt: &str) -> String {
    let mut out = String::with_capacity(prompt.len());
    let mut rest = prompt;
    while let Some(at) = rest.find(GAP) {
        out.push_str(&rest[..at]);
        out.push_str(GAP);
        rest = rest[at..].trim_start_matches('_');
    }
    out + rest
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
