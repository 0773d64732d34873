//! The lexer for programming languages; a table of [`Rules`] makes it one language's.

mod names;
mod strings;

use super::Class::{Comment, Function, Keyword, Literal, Meta, Number, Plain, Property, String};
use super::cursor::Cursor;
use super::rules::{
    ASSEMBLY, AT, ATTRIBUTES, BACKSLASH, COLON_KEY, DOLLAR, EQUALS_KEY, LIFETIMES, PREPROCESSOR, Quote,
    REGEX, Rules, SECTIONS, STYLES, YAML,
};
use strings::{lifetime, regex};

/// Attributes and regular expressions that do not end within so many bytes are not taken for such.
const LOOKAHEAD: usize = 2000;

/// Reads code to its end.
pub(super) fn code(cursor: &mut Cursor, rules: &Rules) {
    Lexer { rules, open: Vec::new(), named: false, called: false, value: false, blocks: 0 }.run(cursor);
}

struct Lexer<'r> {
    rules: &'r Rules,
    /// Strings that this code stands in, with the number of brackets still open in each.
    open: Vec<(&'r Quote, u32)>,
    /// The last word was one that a function's name follows.
    named: bool,
    /// The last thing was an opening parenthesis (Lisp).
    called: bool,
    /// The last thing was a value, so that `/` divides.
    value: bool,
    /// How many braces and brackets are open.
    blocks: u32,
}

impl<'r> Lexer<'r> {
    fn has(&self, flag: u32) -> bool {
        self.rules.flags & flag != 0
    }

    fn run(&mut self, cursor: &mut Cursor) {
        while !cursor.is_done() {
            let byte = cursor.byte(0);
            if byte.is_ascii_whitespace() {
                if byte == b'\n' {
                    // A string that may not span lines has ended, whatever is open inside it.
                    self.open.retain(|(quote, _)| quote.lines);
                }
                cursor.skip();
            } else if self.comment(cursor) {
            } else {
                let value = self.token(cursor, byte);
                self.called = byte == b'(';
                self.value = value;
            }
        }
    }

    /// Takes one token and says whether it was a value.
    fn token(&mut self, cursor: &mut Cursor, byte: u8) -> bool {
        if self.has(YAML | ASSEMBLY | SECTIONS) && cursor.starts_line() && self.line_start(cursor) {
            return false;
        }
        let rest = cursor.rest();
        if byte.is_ascii_digit() || (byte == b'.' && cursor.byte(1).is_ascii_digit() && !self.value) {
            cursor.take(Number, self.number(rest));
            return true;
        }
        if let Some(length) = self.mark(cursor, byte) {
            cursor.take(Meta, length);
            return false;
        }
        if let Some(length) = self.sigil(cursor, byte) {
            cursor.take(Literal, length);
            return true;
        }
        if byte == b'\'' && self.has(LIFETIMES) {
            lifetime(cursor);
            return true;
        }
        if let Some(quote) = self.quote(cursor, rest) {
            self.string(cursor, quote, 0);
            return true;
        }
        let length = self.word(rest);
        if length > 0 {
            return self.name(cursor, length);
        }
        if byte == b'/' && self.has(REGEX) && !self.value {
            let length = regex(rest);
            if length > 0 {
                cursor.take(String, length);
                return true;
            }
        }
        self.bracket(cursor, byte);
        matches!(byte, b')' | b']' | b'}')
    }

    fn comment(&self, cursor: &mut Cursor) -> bool {
        let rest = cursor.rest();
        if let Some((open, close)) = self.rules.block.iter().find(|(open, _)| rest.starts_with(open)) {
            let mut depth = 0u32;
            let mut at = 0;
            // Steps over bytes that cannot start a mark; the marks are ASCII, so slices stay on characters.
            while at < rest.len() {
                let here = &rest.as_bytes()[at..];
                if here.starts_with(open.as_bytes()) && (depth == 0 || self.rules.nested) {
                    depth += 1;
                    at += open.len();
                } else if here.starts_with(close.as_bytes()) {
                    depth -= 1;
                    at += close.len();
                    if depth == 0 {
                        break;
                    }
                } else {
                    at += 1;
                }
            }
            cursor.take(Comment, at);
            return true;
        }
        let starts = self.rules.line.iter().any(|mark| {
            // `http://…` in YAML or a `#` within a word is no comment.
            rest.starts_with(mark) && (!self.has(YAML) || cursor.previous().is_ascii_whitespace())
        });
        if starts {
            cursor.take(Comment, cursor.line().len());
        }
        starts
    }

    /// What only the first token of a line can be.
    fn line_start(&self, cursor: &mut Cursor) -> bool {
        let line = cursor.line();
        if self.has(SECTIONS) && line.starts_with('[') && self.blocks == 0 {
            let length = line.find(']').map_or(line.len(), |end| end + 1);
            let length = length + line[length..].bytes().take_while(|&byte| byte == b']').count();
            cursor.take(Meta, length);
            return true;
        }
        if self.has(YAML) {
            if line.starts_with("---") || line.starts_with("...") {
                cursor.take(Meta, 3);
                return true;
            }
            let dashes = line.len() - line.trim_start_matches(['-', ' ']).len();
            cursor.take(Plain, dashes);
            let line = &line[dashes..];
            let end = line.find(": ").or_else(|| line.trim_end().strip_suffix(':').map(str::len));
            let quoted = |key: &str| key.starts_with(['"', '\'']) && !key.ends_with(['"', '\'']);
            let key = end.filter(|&end| {
                let key = &line[..end];
                end > 0 && !key.contains(['{', '[', '#']) && !quoted(key)
            });
            cursor.take(Property, key.unwrap_or(0));
            return dashes > 0 || key.is_some();
        }
        if self.has(ASSEMBLY) {
            let length = line.find([' ', '\t', ':', '(', ';', '{', '/', '#']).unwrap_or(line.len());
            let class = match line.as_bytes()[length..].first() {
                Some(b':') => Function,
                _ if line.starts_with('.') => Meta,
                _ => Keyword,
            };
            cursor.take(class, length);
            return length > 0;
        }
        false
    }

    /// Length of an attribute, annotation or preprocessor word.
    fn mark(&self, cursor: &Cursor, byte: u8) -> Option<usize> {
        let rest = cursor.rest();
        match byte {
            b'#' if self.has(ATTRIBUTES) => {
                let inner = rest[1..].strip_prefix('!').unwrap_or(&rest[1..]);
                inner.starts_with('[').then(|| rest.len() - inner.len() + bracketed(inner))
            }
            b'#' if self.has(PREPROCESSOR) && cursor.starts_line() => {
                let word = rest[1..].trim_start_matches([' ', '\t']);
                let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
                let length = rest.len() - word.len() + letters;
                let path = &word[letters..].trim_start_matches(' ');
                let spaces = word.len() - letters - path.len();
                let path = path.starts_with('<').then(|| path.lines().next()?.find('>')).flatten();
                Some(length + path.map_or(0, |end| spaces + end + 1))
            }
            b'@' if self.has(AT) => Some(1 + self.dotted(&rest[1..])).filter(|&length| length > 1),
            b'!' if self.has(STYLES) => Some(1 + self.word(&rest[1..])),
            b'!' | b'&' | b'*' if self.has(YAML) => {
                Some(1 + rest[1..].find(char::is_whitespace).unwrap_or(rest.len() - 1))
                    .filter(|&length| length > 1)
            }
            _ => None,
        }
    }

    /// Length of a variable or colour that its first character gives away.
    fn sigil(&self, cursor: &Cursor, byte: u8) -> Option<usize> {
        let rest = cursor.rest();
        let length = match byte {
            b'$' if self.has(DOLLAR) => {
                let pairs = [("$(", ')'), ("${", '}')];
                match pairs.iter().find(|(open, _)| rest.starts_with(open)) {
                    Some((_, close)) => {
                        let inside = &rest[..rest.floor_char_boundary(LOOKAHEAD)];
                        inside.find(*close).map_or(1, |end| end + 1)
                    }
                    None => 1 + self.word(&rest[1..]),
                }
            }
            b'\\' if self.has(BACKSLASH) => match self.word(&rest[1..]) {
                0 => 2,
                length => 1 + length,
            },
            b'#' if self.has(STYLES) => 1 + self.word_or_digits(&rest[1..]),
            b'%' if self.has(ASSEMBLY) => 1 + self.word(&rest[1..]),
            _ => return None,
        };
        (length > 1).then_some(length)
    }

    /// Whether what stands before `rest` is a key.
    fn is_key(&self, rest: &str) -> bool {
        let rest = rest.trim_start_matches(' ');
        if self.has(EQUALS_KEY) && rest.starts_with('=') && !rest.starts_with("==") {
            return true;
        }
        if !self.has(COLON_KEY) || !rest.starts_with(':') || rest.starts_with("::") {
            return false;
        }
        if self.has(STYLES) {
            // `a:hover {` is a selector, `color: red;` a declaration.
            let end = rest.bytes().take(LOOKAHEAD).find(|byte| b";{}".contains(byte));
            return self.blocks > 0 && end != Some(b'{');
        }
        // In YAML a colon inside a word, as in a time or an address, is no key.
        !self.has(YAML) || rest[1..].is_empty() || rest[1..].starts_with(char::is_whitespace)
    }

    fn bracket(&mut self, cursor: &mut Cursor, byte: u8) {
        self.named = false;
        match byte {
            b'{' | b'[' => self.blocks += 1,
            b'}' | b']' => self.blocks = self.blocks.saturating_sub(1),
            _ => {}
        }
        if let Some(&mut (quote, ref mut depth)) = self.open.last_mut()
            && let Some((open, close, _)) = quote.code
        {
            if byte == close && *depth == 0 {
                self.open.pop();
                cursor.take(Literal, 1);
                self.inside(cursor, quote, 0, true);
                return;
            }
            if byte == close {
                *depth -= 1;
            } else if open.as_bytes().last() == Some(&byte) {
                *depth += 1;
            }
        }
        cursor.skip();
    }
}

/// Length of the text in brackets at the start of `text`, strings inside it stepped over; 1 if it does not end.
fn bracketed(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut depth, mut at, mut quoted) = (0u32, 0, false);
    while at < bytes.len().min(LOOKAHEAD) {
        match bytes[at] {
            b'\\' if quoted => at += 1,
            b'"' => quoted = !quoted,
            b'[' if !quoted => depth += 1,
            b']' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    1
}
