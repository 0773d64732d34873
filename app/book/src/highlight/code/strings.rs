//! Strings, characters and regular expressions, with the code that some strings hold.

use super::super::Class::{Literal, Meta, Plain, Property, String};
use super::super::cursor::Cursor;
use super::super::rules::{ATTRIBUTES, DELIMITED, LIFETIMES, Quote, YAML, listed};
use super::{LOOKAHEAD, Lexer};

/// Strings in code in strings are not followed any deeper.
const DEEPEST: usize = 32;

impl<'r> Lexer<'r> {
    pub(super) fn quote(&self, cursor: &Cursor, rest: &str) -> Option<&'r Quote> {
        if self.has(YAML) && !b" \t\n[{,:(".contains(&cursor.previous()) {
            return None;
        }
        self.rules.quotes.iter().find(|quote| rest.starts_with(quote.open))
    }

    /// Takes a string whose prefix has `prefix` bytes.
    pub(super) fn string(&mut self, cursor: &mut Cursor, quote: &'r Quote, prefix: usize) {
        let letters = &cursor.rest().as_bytes()[..prefix];
        let has_letter = |letter: u8| letters.iter().any(|byte| byte.eq_ignore_ascii_case(&letter));
        let code = quote.code.is_some_and(|(_, _, letter)| letter == 0 || has_letter(letter));
        self.inside(cursor, quote, prefix + quote.open.len(), code);
    }

    /// Takes the inside of a string from `start` on, up to its end or, where there may be `code`, to that.
    pub(super) fn inside(&mut self, cursor: &mut Cursor, quote: &'r Quote, start: usize, code: bool) {
        let rest = cursor.rest();
        let bytes = rest.as_bytes();
        let mut at = start.min(bytes.len());
        while at < bytes.len() {
            let here = &bytes[at..];
            if here.starts_with(quote.close.as_bytes()) {
                let length = at + quote.close.len();
                let key = self.is_key(&rest[length..]);
                cursor.take(if key { Property } else { String }, length);
                return;
            }
            if let Some((open, _, _)) = quote.code
                && code
                && here.starts_with(open.as_bytes())
                && self.open.len() < DEEPEST
            {
                // `{{` in Python is a brace.
                if open == "{" && here.get(1) == Some(&b'{') {
                    at += 2;
                    continue;
                }
                cursor.take(String, at);
                cursor.take(Literal, open.len());
                self.open.push((quote, 0));
                return;
            }
            match here[0] {
                b'\\' if quote.escapes => at += 2,
                b'\n' if !quote.lines => break,
                _ => at += 1,
            }
        }
        cursor.take(String, at);
    }

    pub(super) fn prefixed(&mut self, cursor: &mut Cursor, word: &str, after: &str) -> bool {
        if !listed(self.rules.prefixes, word, false) {
            return false;
        }
        let raw = word.ends_with(['r', 'R']);
        if self.has(ATTRIBUTES) && raw {
            let hashes = after.bytes().take_while(|&byte| byte == b'#').count();
            if after[hashes..].starts_with('"') {
                let open = word.len() + hashes + 1;
                let body = &after[hashes + 1..];
                let mut from = 0;
                let length = loop {
                    let Some(at) = body[from..].find('"') else { break body.len() };
                    let end = from + at + 1;
                    if body.as_bytes()[end..].iter().take_while(|&&byte| byte == b'#').count() >= hashes {
                        break end + hashes;
                    }
                    from = end;
                };
                cursor.take(String, open + length);
                return true;
            }
            if hashes == 1 && self.word(&after[1..]) > 0 {
                cursor.take(Plain, word.len() + 1 + self.word(&after[1..]));
                return true;
            }
        }
        if self.has(LIFETIMES) && word == "b" && after.starts_with('\'') {
            cursor.take(String, 1);
            lifetime(cursor);
            return true;
        }
        if self.has(DELIMITED) && raw && after.starts_with('"') {
            // A delimiter has at most 16 characters.
            let close = after.bytes().take(18).position(|byte| byte == b'(').map(|at| {
                let close = format!("){}\"", &after[1..at]);
                after.find(&close).map_or(after.len(), |end| end + close.len())
            });
            if let Some(length) = close {
                cursor.take(String, word.len() + length);
                return true;
            }
        }
        let Some(quote) = self.rules.quotes.iter().find(|quote| after.starts_with(quote.open)) else {
            return false;
        };
        self.string(cursor, quote, word.len());
        true
    }
}

/// Takes a character or a lifetime.
pub(super) fn lifetime(cursor: &mut Cursor) {
    let rest = &cursor.rest()[1..];
    let mut letters = rest.chars();
    let first = letters.next();
    if first == Some('\\') {
        // `'\''`, `'\u{1F600}'`: the closing quote is near or missing.
        let end = rest.bytes().enumerate().skip(2).take(12).find(|&(_, byte)| byte == b'\'');
        cursor.take(String, end.map_or(2, |(at, _)| at + 2));
    } else if letters.next() == Some('\'') && first != Some('\'') {
        cursor.take(String, 2 + first.map_or(0, char::len_utf8));
    } else {
        let length =
            rest.find(|letter: char| letter != '_' && !letter.is_alphanumeric()).unwrap_or(rest.len());
        cursor.take(if length > 0 { Meta } else { Plain }, 1 + length);
    }
}

/// Length of the regular expression at the start of `text`, 0 where there is none.
pub(super) fn regex(text: &str) -> usize {
    let mut set = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1).take(LOOKAHEAD) {
        match byte {
            b'\n' => return 0,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => set = true,
            b']' => set = false,
            b'/' if !set => {
                let flags = text.bytes().skip(at + 1).take_while(u8::is_ascii_lowercase).count();
                return if at == 1 { 0 } else { at + 1 + flags };
            }
            _ => {}
        }
    }
    0
}
