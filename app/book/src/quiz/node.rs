//! A table of a quiz file, read with patience: keys in any case, single values for lists, and a note of every key
//! that nobody asked for.

use std::cell::RefCell;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::diagnostic::Diagnostic;
use crate::line_index::LineIndex;
use crate::nearest::nearest;

/// What was found wrong with a file.
pub struct Notes<'a> {
    file: &'a str,
    lines: LineIndex,
    diagnostics: RefCell<Vec<Diagnostic>>,
}

impl<'a> Notes<'a> {
    /// Nothing wrong so far with `file`, which holds `text`.
    pub fn new(file: &'a str, text: &str) -> Self {
        Self { file, lines: LineIndex::new(text), diagnostics: RefCell::default() }
    }

    /// All that was found.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }

    /// Whether anything was found.
    pub fn has_findings(&self) -> bool {
        !self.diagnostics.borrow().is_empty()
    }

    /// The line, from 1, on which `span` starts.
    pub fn line(&self, span: &Range<usize>) -> u32 {
        self.lines.line(span.start)
    }

    /// Adds an error.
    pub fn error(&self, code: &'static str, line: u32, message: String, help: impl Into<String>) {
        self.diagnostics.borrow_mut().push(Diagnostic::error(code, self.file, line, message, help));
    }

    /// Adds a warning.
    pub fn warning(&self, code: &'static str, line: u32, message: String, help: impl Into<String>) {
        self.diagnostics.borrow_mut().push(Diagnostic::warning(code, self.file, line, message, help));
    }
}

/// A value and its line.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    /// The value.
    pub toml: &'a DeValue<'a>,
    /// Line of the file, from 1.
    pub line: u32,
}

impl<'a> Value<'a> {
    /// A string, or another single value as it is written.
    pub fn text(self) -> Option<String> {
        match self.toml {
            DeValue::String(text) => Some(text.trim_end_matches(['\n', '\r', ' ']).to_owned()),
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
            DeValue::Float(number) => Some(number.as_str().to_owned()),
            DeValue::Boolean(flag) => Some(flag.to_string()),
            _ => None,
        }
    }

    /// A flag, also as a word.
    pub fn flag(self) -> Option<bool> {
        match self.toml {
            DeValue::Boolean(flag) => Some(*flag),
            DeValue::String(text) => match text.trim().to_ascii_lowercase().as_str() {
                "true" | "yes" => Some(true),
                "false" | "no" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// A whole number that is not negative, also as a word.
    pub fn count(self) -> Option<u32> {
        match self.toml {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            DeValue::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// The values of a list; a single value is a list of one.
    pub fn list(self, notes: &Notes) -> Vec<Value<'a>> {
        match self.toml {
            DeValue::Array(items) => items
                .iter()
                .map(|item| Value { toml: item.get_ref(), line: notes.line(&item.span()) })
                .collect(),
            _ => vec![self],
        }
    }
}

/// A table in a quiz file.
pub struct Node<'a> {
    /// Where to say what is wrong.
    pub notes: &'a Notes<'a>,
    table: &'a DeTable<'a>,
    /// Line on which it begins.
    pub line: u32,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Node<'a> {
    /// The table, which begins on `line`.
    pub fn new(notes: &'a Notes<'a>, table: &'a DeTable<'a>, line: u32) -> Self {
        Self { notes, table, line, asked: RefCell::default() }
    }

    /// The table that `value` is.
    pub fn of(notes: &'a Notes<'a>, value: Value<'a>) -> Option<Self> {
        Some(Self::new(notes, value.toml.as_table()?, value.line))
    }

    /// The value of `key`, in whatever case it is written; another spelling than the right one is a warning.
    pub fn find(&self, key: &'static str) -> Option<Value<'a>> {
        self.asked.borrow_mut().push(key);
        let (name, value) = match self.table.get_key_value(key) {
            Some(found) => found,
            None => self.table.iter().find(|(name, _)| folded(name.get_ref()) == folded(key))?,
        };
        let line = self.notes.line(&name.span());
        if name.get_ref() != key {
            self.notes.warning(
                "quiz-spelling",
                line,
                format!("`{}` is read as `{key}`", name.get_ref()),
                format!("write `{key}`, which other programs for quizzes understand too"),
            );
        }
        Some(Value { toml: value.get_ref(), line })
    }

    /// The value of the first of `keys` that is there; the others are synonyms, which need no remark.
    pub fn find_any(&self, keys: &[&'static str]) -> Option<Value<'a>> {
        let there =
            keys.iter().find(|key| self.table.iter().any(|(name, _)| folded(name.get_ref()) == folded(key)));
        self.asked.borrow_mut().extend(keys);
        self.find(there?)
    }

    /// A value of `key` made by `make`; one that it makes nothing of is an error that says what is `wanted`.
    pub fn get<T>(
        &self,
        key: &'static str,
        wanted: &str,
        make: impl Fn(Value<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = self.find(key)?;
        let made = make(value);
        if made.is_none() {
            self.wrong(key, value, wanted);
        }
        made
    }

    /// Says that the value of `key` is not what is `wanted`.
    pub fn wrong(&self, key: &str, value: Value, wanted: &str) {
        self.notes.error(
            "quiz-value",
            value.line,
            format!("`{key}` is no {wanted}: it is of type {}", value.toml.type_str()),
            format!("write {wanted}"),
        );
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<String> {
        self.get(key, "a text in quotes", Value::text)
    }

    /// A flag.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        self.get(key, "`true` or `false`", Value::flag)
    }

    /// A small whole number.
    pub fn count(&self, key: &'static str) -> Option<u32> {
        self.get(key, "a whole number from 0 on", Value::count)
    }

    /// Texts; one alone will do.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        let Some(value) = self.find(key) else { return Vec::new() };
        let mut texts = Vec::new();
        for item in value.list(self.notes) {
            match item.text() {
                Some(text) => texts.push(text),
                None => self.wrong(key, item, "a text in quotes"),
            }
        }
        texts
    }

    /// Every key with its value, in the order of the file.
    pub fn entries(&self) -> Vec<(&'a str, Value<'a>)> {
        let mut entries: Vec<_> = self.table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        entries
            .into_iter()
            .map(|(name, value)| {
                let line = self.notes.line(&name.span());
                (name.get_ref().as_ref(), Value { toml: value.get_ref(), line })
            })
            .collect()
    }

    /// Says which keys nobody asked for.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for (name, value) in self.entries() {
            if asked.iter().any(|key| folded(key) == folded(name)) {
                continue;
            }
            let help = match nearest(name, asked.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "remove it, or check where it belongs".to_owned(),
            };
            let message = format!("`{name}` means nothing here and is left out");
            self.notes.warning("quiz-key", value.line, message, help);
        }
    }
}

/// A name without what authors vary: case, hyphens, underscores and spaces.
pub fn folded(name: &str) -> String {
    name.chars().filter(|letter| !matches!(letter, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}
