//! What tells one programming language from another: a table that the lexer reads.

/// Keywords and types are the same in any case.
pub(super) const FOLD: u32 = 1;
/// A capitalized name is a type, a name all in capitals a constant.
pub(super) const CAPITALS: u32 = 1 << 1;
/// `'a` is a lifetime, `'a'` a character.
pub(super) const LIFETIMES: u32 = 1 << 2;
/// `#[…]` and `#![…]` are attributes, `name!` is a macro.
pub(super) const ATTRIBUTES: u32 = 1 << 3;
/// `@name` is an annotation.
pub(super) const AT: u32 = 1 << 4;
/// A line that starts with `#` is for the preprocessor.
pub(super) const PREPROCESSOR: u32 = 1 << 5;
/// `$name` is a variable.
pub(super) const DOLLAR: u32 = 1 << 6;
/// A name or string before `:` is a key.
pub(super) const COLON_KEY: u32 = 1 << 7;
/// A name or string before `=` is a key.
pub(super) const EQUALS_KEY: u32 = 1 << 8;
/// A line in brackets is the head of a section.
pub(super) const SECTIONS: u32 = 1 << 9;
/// `/…/` is a regular expression where a value may stand.
pub(super) const REGEX: u32 = 1 << 10;
/// YAML: keys may have spaces, and a quote opens a string only where a value begins.
pub(super) const YAML: u32 = 1 << 11;
/// Style sheets: `#id`, `.class`, and keys only inside a block.
pub(super) const STYLES: u32 = 1 << 12;
/// The name after `(` is called.
pub(super) const LISP: u32 = 1 << 13;
/// The first word of a line is an instruction, `name:` a label.
pub(super) const ASSEMBLY: u32 = 1 << 14;
/// `1'000` is a number.
pub(super) const QUOTED_DIGITS: u32 = 1 << 15;
/// The name before `(` is a function even when it is capitalized.
pub(super) const CAPITAL_CALLS: u32 = 1 << 16;
/// `\name` is a command.
pub(super) const BACKSLASH: u32 = 1 << 17;
/// `R"x(…)x"` is a raw string.
pub(super) const DELIMITED: u32 = 1 << 18;

/// What tells one language from another. Lists of words are separated by single spaces.
pub(super) struct Rules {
    /// What starts a comment up to the end of the line.
    pub(super) line: &'static [&'static str],
    /// What starts and ends a comment.
    pub(super) block: &'static [(&'static str, &'static str)],
    /// Whether such comments nest.
    pub(super) nested: bool,
    /// Longer opening marks first.
    pub(super) quotes: &'static [Quote],
    /// Names that may stand right before a quote and belong to the string.
    pub(super) prefixes: &'static str,
    pub(super) keywords: &'static str,
    pub(super) types: &'static str,
    pub(super) literals: &'static str,
    /// Characters that names have beside letters, digits and `_`.
    pub(super) name: &'static str,
    /// The constants above.
    pub(super) flags: u32,
}

/// A kind of string.
pub(super) struct Quote {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// Whether a backslash takes away the next character's meaning.
    pub(super) escapes: bool,
    /// Whether it may span lines.
    pub(super) lines: bool,
    /// What opens and closes code inside it, and the prefix letter that this needs (0: none).
    pub(super) code: Option<(&'static str, u8, u8)>,
}

/// Whether `word` is in a list of words separated by spaces.
pub(super) fn listed(list: &str, word: &str, fold: bool) -> bool {
    list.split(' ').any(|entry| if fold { entry.eq_ignore_ascii_case(word) } else { entry == word })
        && !word.is_empty()
}
