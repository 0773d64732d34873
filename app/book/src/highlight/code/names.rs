//! Names and numbers: how far they reach, and what a name is.

use super::super::Class::{self, Function, Keyword, Literal, Plain, Property, Type};
use super::super::cursor::Cursor;
use super::super::rules::{
    ASSEMBLY, ATTRIBUTES, CAPITAL_CALLS, CAPITALS, EQUALS_KEY, FOLD, LISP, QUOTED_DIGITS, SECTIONS, STYLES,
    YAML, listed,
};
use super::Lexer;

impl Lexer<'_> {
    pub(super) fn number(&self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let hex = bytes.len() > 1 && bytes[0] == b'0' && bytes[1].eq_ignore_ascii_case(&b'x');
        let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
        let mut at = 0;
        loop {
            let here = byte(at);
            let next = byte(at + 1);
            let exponent = |byte: u8| byte.eq_ignore_ascii_case(if hex { &b'p' } else { &b'e' });
            let inside = match here {
                b'_' => true,
                b'.' => {
                    next.is_ascii_digit() || !(next == b'.' || next == b'_' || next.is_ascii_alphabetic())
                }
                b'\'' => self.has(QUOTED_DIGITS) && next.is_ascii_hexdigit(),
                b'+' | b'-' => at > 0 && exponent(byte(at - 1)) && next.is_ascii_digit(),
                b'%' => self.has(STYLES),
                _ => here.is_ascii_alphanumeric(),
            };
            // Dates and times of TOML.
            let date = self.has(SECTIONS) && matches!(here, b'-' | b':') && next.is_ascii_digit();
            if !inside && !date {
                return at;
            }
            at += 1;
        }
    }

    fn is_part(&self, letter: char) -> bool {
        letter == '_' || letter.is_alphanumeric() || self.rules.name.contains(letter)
    }

    /// Length of the name at the start of `text`.
    pub(super) fn word(&self, text: &str) -> usize {
        let mut letters = text.chars();
        let starts = letters.next().is_some_and(|first| self.is_part(first) && !first.is_ascii_digit());
        // `-1` and `.5` are numbers even where names may begin like this.
        let number = text.starts_with(['-', '.']) && letters.next().is_some_and(|next| next.is_ascii_digit());
        if starts && !number { self.word_or_digits(text) } else { 0 }
    }

    pub(super) fn word_or_digits(&self, text: &str) -> usize {
        text.find(|letter| !self.is_part(letter)).unwrap_or(text.len())
    }

    /// Length of `a.b.c`.
    pub(super) fn dotted(&self, text: &str) -> usize {
        let mut length = self.word(text);
        while length > 0 && text[length..].starts_with('.') {
            match self.word(&text[length + 1..]) {
                0 => break,
                more => length += 1 + more,
            }
        }
        length
    }

    /// Takes a name of `length` bytes, or the string it is the prefix of.
    pub(super) fn name(&mut self, cursor: &mut Cursor, length: usize) -> bool {
        let rest = cursor.rest();
        let (word, after) = rest.split_at(length);
        if self.prefixed(cursor, word, after) {
            return true;
        }
        let class = self.classify(cursor, word, after);
        let named = std::mem::replace(
            &mut self.named,
            class == Keyword && matches!(word, "fn" | "def" | "func" | "function" | "fun"),
        );
        if named && matches!(class, Plain | Type | Literal) {
            cursor.take(Function, length);
        } else if class == Function && self.has(ATTRIBUTES) && after.starts_with('!') {
            cursor.take(Function, length + 1);
        } else {
            cursor.take(class, length);
        }
        class != Keyword || matches!(word, "this" | "self" | "super")
    }

    fn classify(&self, cursor: &Cursor, word: &str, after: &str) -> Class {
        let rules = self.rules;
        let fold = self.has(FOLD);
        if self.is_key(after) {
            return Property;
        }
        // A member may have a keyword's name; `.await` is Rust's exception.
        let member = cursor.previous() == b'.' && word != "await" && !self.has(LISP | ASSEMBLY);
        if !member {
            if listed(rules.keywords, word, fold) {
                return Keyword;
            }
            if listed(rules.literals, word, fold) {
                return Literal;
            }
            if listed(rules.types, word, fold) {
                return Type;
            }
        }
        let called = after.starts_with('(') || after.starts_with("::<");
        if self.called && self.has(LISP) || called && self.has(CAPITAL_CALLS) {
            return Function;
        }
        let macro_call = self.has(ATTRIBUTES) && after.starts_with('!') && !after.starts_with("!=");
        if macro_call {
            return Function;
        }
        if self.has(CAPITALS) && word.starts_with(|first: char| first.is_uppercase()) {
            let shouted = word.len() > 1 && !word.contains(|letter: char| letter.is_lowercase());
            return if shouted { Literal } else { Type };
        }
        if called && !self.has(YAML | EQUALS_KEY) { Function } else { Plain }
    }
}
