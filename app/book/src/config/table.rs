//! A TOML table that notes which keys were asked for, so that the rest can be reported.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{FILE, Located};
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;

/// What is being read, and what was found wrong with it.
pub struct Notes<'a> {
    text: &'a str,
    diagnostics: RefCell<Vec<Diagnostic>>,
}

impl<'a> Notes<'a> {
    /// Nothing wrong so far.
    pub fn new(text: &'a str) -> Self {
        Self { text, diagnostics: RefCell::default() }
    }

    /// All that was found.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics.into_inner()
    }

    /// The line, from 1, that `span` starts on.
    pub fn line(&self, span: &Range<usize>) -> u32 {
        let before = self.text.as_bytes().get(..span.start).unwrap_or(self.text.as_bytes());
        let breaks = before.iter().filter(|byte| **byte == b'\n').count();
        u32::try_from(breaks + 1).unwrap_or(u32::MAX)
    }

    /// Adds an error.
    pub fn error(&self, code: &'static str, line: u32, message: String, help: String) {
        self.diagnostics.borrow_mut().push(Diagnostic::error(code, FILE, line, message, help));
    }

    /// Adds a warning.
    pub fn warning(&self, code: &'static str, line: u32, message: String, help: String) {
        self.diagnostics.borrow_mut().push(Diagnostic::warning(code, FILE, line, message, help));
    }
}

/// A table at `path`, e.g. `output.html`.
pub struct Table<'a> {
    notes: &'a Notes<'a>,
    table: &'a DeTable<'a>,
    path: String,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Table<'a> {
    /// The whole file.
    pub fn root(notes: &'a Notes<'a>, table: &'a DeTable<'a>) -> Self {
        Self { notes, table, path: String::new(), asked: RefCell::default() }
    }

    /// Name of `key` with the tables it is in.
    pub fn full(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn find(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    /// Line of `key`, or 0 where it is not there.
    pub fn line(&self, key: &str) -> u32 {
        self.table.get_key_value(key).map_or(0, |(key, _)| self.notes.line(&key.span()))
    }

    /// Whether there is such a key, which counts as asking for it.
    pub fn has(&self, key: &'static str) -> bool {
        self.find(key).is_some()
    }

    /// Keys in the order of the file, each with its line.
    pub fn keys(&self) -> Vec<(&'a str, u32)> {
        let mut keys: Vec<_> =
            self.table.keys().map(|key| (key.get_ref().as_ref(), self.notes.line(&key.span()))).collect();
        keys.sort_by_key(|(_, line)| *line);
        keys
    }

    fn wrong(&self, key: &str, value: &Spanned<DeValue>, wanted: &str) {
        self.notes.error(
            "config-type",
            self.notes.line(&value.span()),
            format!("`{}` is {} and should be {wanted}", self.full(key), article(value.get_ref().type_str())),
            format!("write {wanted}; until then the default holds"),
        );
    }

    /// Adds an error at the line of `key`.
    pub fn error(&self, code: &'static str, key: &str, message: String, help: String) {
        self.notes.error(code, self.line(key), message, help);
    }

    /// Adds a warning.
    pub fn warning(&self, code: &'static str, line: u32, message: String, help: String) {
        self.notes.warning(code, line, message, help);
    }

    /// A string.
    pub fn text(&self, key: &'static str) -> Option<String> {
        self.located_text(key).map(|located| located.value)
    }

    /// A string and its line.
    pub fn located_text(&self, key: &'static str) -> Option<Located<String>> {
        let value = self.find(key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(Located { value: text.to_owned(), line: self.notes.line(&value.span()) }),
            None => {
                self.wrong(key, value, "a string in quotes");
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.find(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(key, value, "`true` or `false`");
        }
        flag
    }

    /// A whole number that fits.
    pub fn number<T: TryFrom<u64>>(&self, key: &'static str) -> Option<T> {
        let value = self.find(key)?;
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|number| u64::from_str_radix(number.as_str(), number.radix()).ok())
            .and_then(|number| T::try_from(number).ok());
        if number.is_none() {
            self.wrong(key, value, "a small whole number");
        }
        number
    }

    /// Strings in brackets; one string alone will do.
    pub fn texts(&self, key: &'static str) -> Option<Vec<Located<String>>> {
        let value = self.find(key)?;
        let line = |value: &Spanned<DeValue>| self.notes.line(&value.span());
        if let Some(text) = value.get_ref().as_str() {
            self.wrong(key, value, "a list of strings in brackets");
            return Some(vec![Located { value: text.to_owned(), line: line(value) }]);
        }
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(key, value, "a list of strings in brackets");
            return None;
        };
        let mut texts = Vec::new();
        for value in array.iter() {
            match value.get_ref().as_str() {
                Some(text) => texts.push(Located { value: text.to_owned(), line: line(value) }),
                None => self.wrong(key, value, "a list of strings in brackets"),
            }
        }
        Some(texts)
    }

    /// A table inside this one.
    pub fn table(&self, key: &'static str) -> Option<Table<'a>> {
        self.find(key)?;
        self.table_named(key)
    }

    /// A table inside this one whose name is not known beforehand.
    pub fn table_named(&self, key: &str) -> Option<Table<'a>> {
        let value = self.table.get(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(key, value, "a table");
            return None;
        };
        Some(Table { notes: self.notes, table, path: self.full(key), asked: RefCell::default() })
    }

    /// Every entry of a table whose keys are free and whose values are strings, in the order of the file.
    pub fn entries(&self, key: &'static str) -> Vec<(String, Located<String>)> {
        let Some(inner) = self.table(key) else { return Vec::new() };
        let mut entries = Vec::new();
        for (name, line) in inner.keys() {
            let Some(value) = inner.table.get(name) else { continue };
            match value.get_ref().as_str() {
                Some(text) => entries.push((name.to_owned(), Located { value: text.to_owned(), line })),
                None => inner.wrong(name, value, "a string in quotes"),
            }
        }
        entries
    }

    /// Reports `old`, if it is there, as a spelling that still works.
    pub fn renamed(&self, old: &'static str, new: &str) {
        if self.has(old) {
            self.notes.warning(
                "config-renamed",
                self.line(old),
                format!("`{}` is an old spelling", self.full(old)),
                format!("write `{new}`"),
            );
        }
    }

    /// Reports `old`, if it is there, as something that no longer does anything.
    pub fn removed(&self, old: &'static str, help: &str) {
        if self.has(old) {
            self.notes.warning(
                "config-removed",
                self.line(old),
                format!("`{}` no longer does anything", self.full(old)),
                help.to_owned(),
            );
        }
    }

    /// Reports every key that was not asked for and is not among `others`, which are known and have no effect
    /// on readers.
    pub fn finish(self, others: &[&'static str]) {
        let asked = self.asked.borrow();
        let known = || asked.iter().chain(others).copied();
        for (key, line) in self.keys() {
            if known().any(|known| known == key) {
                continue;
            }
            let help = match nearest(key, known()) {
                Some(name) => format!("did you mean `{}`?", self.full(name)),
                None => "remove it, or check where it belongs in mdBook's list of settings".to_owned(),
            };
            let message = format!("`{}` is not a setting of a book", self.full(key));
            self.notes.warning("unknown-setting", line, message, help);
        }
    }
}

fn article(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}
