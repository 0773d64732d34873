//! What each kind of question takes from its table.

use toml::de::DeValue;

use super::super::node::{Node, Value, folded};
use super::super::number;
use super::super::question::{Choice, GAP, Question, Response};
use super::super::units;
use super::Reader;

impl<'a> Reader<'a> {
    /// The value of `answer.answer`, or of a synonym, or `answer` itself.
    pub(super) fn answer(&self, names: &[&'static str]) -> Option<Value<'a>> {
        match &self.answer {
            Some(node) => node.find_any(names),
            None => self.bare_answer,
        }
    }

    pub(super) fn answer_text(&self, key: &'static str) -> Option<String> {
        self.answer.as_ref()?.text(key)
    }

    /// The texts of a list, and feedback for each, beside them or in a list of its own.
    pub(super) fn choices(
        &self,
        value: Option<Value<'a>>,
        correct: bool,
        feedback: &[String],
    ) -> Vec<Choice> {
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

    pub(super) fn choice(&self, question: &mut Question) -> bool {
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

    pub(super) fn short(&self, question: &mut Question) -> bool {
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
    pub(super) fn written(&self, value: Option<Value<'a>>) -> Vec<String> {
        let items = value.map(|value| value.list(self.root.notes)).unwrap_or_default();
        items.into_iter().filter_map(Value::text).filter(|text| !text.is_empty()).collect()
    }

    pub(super) fn trace(&self, question: &mut Question) -> bool {
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

    pub(super) fn numeric(&self, question: &mut Question) -> bool {
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
    pub(super) fn tolerance(&self, question: &Question) -> Option<f64> {
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

    pub(super) fn ordering(&self, question: &mut Question) -> bool {
        question.options = self.choices(self.answer(&["answer", "order", "items"]), true, &[]);
        question.options.len() > 1
            || self
                .incomplete("has nothing to put in order", "write `answer.answer = [\"first\", \"second\"]`")
    }

    pub(super) fn truth(&self, question: &mut Question) -> bool {
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

    pub(super) fn fill_in(&self, question: &mut Question) -> bool {
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

    pub(super) fn mistakes(&self, question: &mut Question) {
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
