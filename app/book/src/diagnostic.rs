//! What is wrong with a book, where, and what its author can do about it.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The page renders as the author meant it, but something is worth a look.
    Warning,
    /// Readers see something broken: a dead link, a missing include.
    Error,
}

/// One finding, at one place of the book's sources.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable kebab-case name for the kind of finding, e.g. `missing-include`.
    pub code: Cow<'static, str>,
    /// Source file relative to the book's root, with `/` between folders.
    pub file: String,
    /// Line in that file, from 1; 0 where no line can be named.
    pub line: u32,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// What to do about it, as one sentence without a full stop.
    pub help: String,
}

impl Diagnostic {
    /// An error at `file:line`.
    pub fn error(
        code: &'static str,
        file: &str,
        line: u32,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Error, code, file, line, message.into(), help.into())
    }

    /// A warning at `file:line`.
    pub fn warning(
        code: &'static str,
        file: &str,
        line: u32,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::new(Severity::Warning, code, file, line, message.into(), help.into())
    }

    fn new(
        severity: Severity,
        code: &'static str,
        file: &str,
        line: u32,
        message: String,
        help: String,
    ) -> Self {
        Self { severity, code: Cow::Borrowed(code), file: file.to_owned(), line, message, help }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        match self.line {
            0 => write!(out, "{}: ", self.file)?,
            line => write!(out, "{}:{line}: ", self.file)?,
        }
        write!(out, "{severity}[{}]: {}", self.code, self.message)?;
        if self.help.is_empty() { Ok(()) } else { write!(out, "\n    help: {}", self.help) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_is_a_place_and_what_to_do() {
        let shown = Diagnostic::error("broken-link", "src/a.md", 3, "a", "b").to_string();
        assert_eq!(shown, "src/a.md:3: error[broken-link]: a\n    help: b");
        assert_eq!(
            Diagnostic::warning("no-config", "book.toml", 0, "a", "").to_string(),
            "book.toml: warning[no-config]: a"
        );
    }
}
