//! The lexer for programming languages; a table of [`Rules`] makes it one language's.

use super::Class::{self, Comment, Function, Keyword, Literal, Meta, Number, Plain, Property, String, Type};
use super::cursor::Cursor;

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

/// Attributes and regular expressions that do not end within so many bytes are not taken for such.
const LOOKAHEAD: usize = 2000;

/// Strings in code in strings are not followed any deeper.
const DEEPEST: usize = 32;

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

    fn quote(&self, cursor: &Cursor, rest: &str) -> Option<&'r Quote> {
        if self.has(YAML) && !b" \t\n[{,:(".contains(&cursor.previous()) {
            return None;
        }
        self.rules.quotes.iter().find(|quote| rest.starts_with(quote.open))
    }

    /// Takes a string whose prefix has `prefix` bytes.
    fn string(&mut self, cursor: &mut Cursor, quote: &'r Quote, prefix: usize) {
        let letters = &cursor.rest().as_bytes()[..prefix];
        let has_letter = |letter: u8| letters.iter().any(|byte| byte.eq_ignore_ascii_case(&letter));
        let code = quote.code.is_some_and(|(_, _, letter)| letter == 0 || has_letter(letter));
        self.inside(cursor, quote, prefix + quote.open.len(), code);
    }

    /// Takes the inside of a string from `start` on, up to its end or, where there may be `code`, to that.
    fn inside(&mut self, cursor: &mut Cursor, quote: &'r Quote, start: usize, code: bool) {
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

    fn number(&self, text: &str) -> usize {
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
    fn word(&self, text: &str) -> usize {
        let mut letters = text.chars();
        let starts = letters.next().is_some_and(|first| self.is_part(first) && !first.is_ascii_digit());
        // `-1` and `.5` are numbers even where names may begin like this.
        let number = text.starts_with(['-', '.']) && letters.next().is_some_and(|next| next.is_ascii_digit());
        if starts && !number { self.word_or_digits(text) } else { 0 }
    }

    fn word_or_digits(&self, text: &str) -> usize {
        text.find(|letter| !self.is_part(letter)).unwrap_or(text.len())
    }

    /// Length of `a.b.c`.
    fn dotted(&self, text: &str) -> usize {
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
    fn name(&mut self, cursor: &mut Cursor, length: usize) -> bool {
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

    fn prefixed(&mut self, cursor: &mut Cursor, word: &str, after: &str) -> bool {
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

/// Whether `word` is in a list of words separated by spaces.
fn listed(list: &str, word: &str, fold: bool) -> bool {
    list.split(' ').any(|entry| if fold { entry.eq_ignore_ascii_case(word) } else { entry == word })
        && !word.is_empty()
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

/// Takes a character or a lifetime.
fn lifetime(cursor: &mut Cursor) {
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
fn regex(text: &str) -> usize {
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
