//! Of what kind a marked word is, so that a question offers others of the same kind.

use super::sentence::{Mark, words};

/// A kind of word. Two of one kind could stand in each other's place without anyone hearing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    /// `Vec`, `Send`.
    Type,
    /// `u8`, `bool`.
    Primitive,
    /// `unsafe`, `mut`.
    Keyword,
    /// `read_line`.
    Name,
    /// `println!`.
    Macro,
    /// `len()`.
    Call,
    /// `core::array`.
    Path,
    /// `Vec<T>`.
    Generic,
    /// `&mut T`.
    Reference,
    /// `#[derive]`.
    Attribute,
    /// `--release`.
    Flag,
    /// `scarb build`.
    Command,
    /// `src/lib.rs`.
    File,
    /// A noun in the singular, as prose has it.
    Noun,
    /// A noun in the plural.
    Nouns,
    /// Anything else.
    Other,
}

const KEYWORDS: [&str; 42] = [
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "enum", "extern", "fn", "for", "if",
    "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "type", "unsafe", "use", "where", "while", "nopanic", "of", "def", "class",
    "import", "lambda", "yield", "crate",
];

const PRIMITIVES: [&str; 21] = [
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "u256",
    "usize",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "isize",
    "f32",
    "f64",
    "bool",
    "char",
    "str",
    "felt252",
    "bytes31",
    "ByteArray",
];

impl Shape {
    /// The kind of `text`.
    pub fn of(text: &str, mark: Mark) -> Self {
        if mark == Mark::Code { Self::of_code(text.trim()) } else { Self::of_prose(text) }
    }

    fn of_code(text: &str) -> Self {
        let is_name = |text: &str| text.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        let first = text.chars().next().unwrap_or(' ');
        if KEYWORDS.contains(&text) {
            Self::Keyword
        } else if PRIMITIVES.contains(&text) {
            Self::Primitive
        } else if text.starts_with("#[") {
            Self::Attribute
        } else if text.starts_with("--") {
            Self::Flag
        } else if text.strip_suffix('!').is_some_and(is_name) {
            Self::Macro
        } else if text.strip_suffix("()").is_some_and(is_name) {
            Self::Call
        } else if text.starts_with(['&', '*', '@']) && text.len() > 1 {
            Self::Reference
        } else if text.contains("::") && !text.contains([' ', '(', '<']) {
            Self::Path
        } else if text.ends_with('>') && first.is_ascii_uppercase() && !text.contains(' ') {
            Self::Generic
        } else if text.contains(' ') && text.chars().all(|c| c.is_ascii_lowercase() || matches!(c, ' ' | '-'))
        {
            Self::Command
        } else if text.contains('/')
            || [".rs", ".toml", ".cairo", ".md", ".py"].iter().any(|end| text.ends_with(end))
        {
            Self::File
        } else if is_name(text) && first.is_ascii_uppercase() && text.chars().any(|c| c.is_ascii_lowercase())
        {
            Self::Type
        } else if is_name(text) && first.is_ascii_lowercase() {
            Self::Name
        } else {
            Self::Other
        }
    }

    fn of_prose(text: &str) -> Self {
        if text.contains(['_', '/', '.']) {
            return Self::Other;
        }
        let words = words(text);
        let Some(last) = words.last() else { return Self::Other };
        let is_noun = words.len() <= 5 && words.iter().all(|word| word.chars().any(char::is_alphabetic));
        if !is_noun || NOT_NOUNS.contains(&last.as_str()) || NOT_NOUNS.contains(&words[0].as_str()) {
            return Self::Other;
        }
        // `mean time between failures` is one time.
        let linked = words
            .iter()
            .position(|word| ["of", "between", "to", "per", "in", "for"].contains(&word.as_str()));
        let head = linked.and_then(|at| words.get(at.checked_sub(1)?)).unwrap_or(last);
        if is_plural(head) { Self::Nouns } else { Self::Noun }
    }
}

/// Words that are stressed for their own sake, and do not name a thing.
const NOT_NOUNS: [&str; 72] = [
    "not",
    "is",
    "are",
    "and",
    "or",
    "but",
    "only",
    "all",
    "any",
    "every",
    "each",
    "must",
    "never",
    "always",
    "very",
    "can",
    "cannot",
    "may",
    "will",
    "should",
    "would",
    "might",
    "do",
    "does",
    "did",
    "has",
    "have",
    "be",
    "been",
    "if",
    "when",
    "why",
    "how",
    "what",
    "which",
    "who",
    "this",
    "that",
    "these",
    "those",
    "your",
    "you",
    "we",
    "our",
    "it",
    "no",
    "yes",
    "same",
    "different",
    "before",
    "after",
    "at",
    "in",
    "on",
    "of",
    "to",
    "from",
    "with",
    "without",
    "for",
    "more",
    "less",
    "most",
    "least",
    "one",
    "two",
    "three",
    "both",
    "other",
    "also",
    "just",
    "actually",
];

/// Whether an English noun looks like a plural.
pub fn is_plural(word: &str) -> bool {
    let word = word.to_lowercase();
    word.ends_with('s') && !["ss", "us", "is", "ics", "sis", "as"].iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_has_kinds() {
        for (text, shape) in [
            ("Vec", Shape::Type),
            ("Vec<T>", Shape::Generic),
            ("u8", Shape::Primitive),
            ("unsafe", Shape::Keyword),
            ("read_line", Shape::Name),
            ("println!", Shape::Macro),
            ("len()", Shape::Call),
            ("core::array", Shape::Path),
            ("&mut T", Shape::Reference),
            ("#[derive(Drop)]", Shape::Attribute),
            ("scarb build", Shape::Command),
            ("src/lib.rs", Shape::File),
            ("x + 1", Shape::Other),
            ("T", Shape::Other),
        ] {
            assert_eq!(Shape::of(text, Mark::Code), shape, "{text}");
        }
    }

    #[test]
    fn prose_has_nouns() {
        for (text, shape) in [
            ("ridge point", Shape::Noun),
            ("Amdahl's law", Shape::Noun),
            ("raw pointers", Shape::Nouns),
            ("analysis", Shape::Noun),
            ("mean time between failures", Shape::Noun),
            ("not", Shape::Other),
            ("every single one of them", Shape::Other),
        ] {
            assert_eq!(Shape::of(text, Mark::Stressed), shape, "{text}");
        }
    }
}
