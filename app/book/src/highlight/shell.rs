//! Shell commands, alone or in a session with prompts and output.

use super::Class::{Comment, Function, Keyword, Literal, Meta, Number, Plain, Property, String};
use super::cursor::Cursor;

const KEYWORDS: &str = "if then elif else fi for while until do done case esac in function select time export \
                        local readonly declare return exit set unset shift source alias";

/// Characters that end a word.
const SPECIAL: &str = " \t\r\n|&;()<>\"'`$#=\\";

/// A script, or a session where a line starts with a `$` prompt.
pub(super) fn script(cursor: &mut Cursor) {
    if cursor.rest().lines().any(|line| prompt(line, false) > 0) {
        session(cursor);
    } else {
        commands(cursor, false);
    }
}

/// A session: lines with a prompt are commands, the others are what they printed.
pub(super) fn session(cursor: &mut Cursor) {
    let dollar = cursor.rest().lines().any(|line| prompt(line, false) > 0);
    while !cursor.is_done() {
        let line = cursor.line();
        match prompt(line, !dollar) {
            0 if dollar && line.starts_with('#') => cursor.take(Comment, line.len()),
            0 => cursor.take(Plain, line.len()),
            length => {
                cursor.take(Meta, length);
                commands(cursor, true);
            }
        }
        cursor.skip();
    }
}

/// Length of the prompt at the start of `line`, 0 where there is none; `any` allows `#`, `%` and `>` too.
fn prompt(line: &str, any: bool) -> usize {
    let indent = line.len() - line.trim_start_matches(' ').len();
    let text = &line[indent..];
    let ends = if any { ['$', '#', '%', '>'].as_slice() } else { &['$'] };
    if text.starts_with(ends) && (text.len() == 1 || text[1..].starts_with(' ')) {
        return indent + 1;
    }
    // `name@host:~/folder$ `, also inside brackets.
    let Some(at) = text.find("$ ").or_else(|| text.find("# ").filter(|_| any)) else { return 0 };
    let head = &text[..at];
    if head.contains('@') && !head.contains(' ') { indent + at + 1 } else { 0 }
}

/// Commands up to the end, or only to the end of the line.
fn commands(cursor: &mut Cursor, one_line: bool) {
    // The next word is the name of a command.
    let mut first = true;
    while !cursor.is_done() {
        let byte = cursor.byte(0);
        match byte {
            b'\n' if one_line => return,
            b'\n' => {
                first = true;
                cursor.skip();
            }
            b'\\' => {
                // Also a line break, which goes on with the same command.
                cursor.take(Plain, 1);
                cursor.skip();
            }
            b'#' if b" \t\n;".contains(&cursor.previous()) => cursor.take(Comment, cursor.line().len()),
            b'\'' | b'"' | b'`' => {
                let length = quoted(cursor.rest(), byte);
                cursor.take(String, length);
                first = false;
            }
            b'$' => variable(cursor, &mut first),
            b'|' | b'&' | b';' | b'(' => {
                first = true;
                cursor.skip();
            }
            b'<' | b'>' | b'=' | b')' => {
                first = byte == b')';
                cursor.skip();
            }
            _ if SPECIAL.as_bytes().contains(&byte) => cursor.skip(),
            _ => word(cursor, &mut first),
        }
    }
}

fn word(cursor: &mut Cursor, first: &mut bool) {
    let rest = cursor.rest();
    let length = rest.find(|letter| SPECIAL.contains(letter)).unwrap_or(rest.len());
    let word = &rest[..length];
    let named = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if *first && named && rest[length..].starts_with('=') {
        cursor.take(Property, length);
        // A value, then still a command: `KEY=1 cargo run`.
        cursor.take(Plain, 1);
        let rest = cursor.rest();
        if !rest.starts_with(['"', '\'', '$', '`']) {
            cursor.take(Plain, rest.find(|letter| SPECIAL.contains(letter)).unwrap_or(rest.len()));
        }
        *first = true;
        return;
    }
    let class = if *first && KEYWORDS.split(' ').any(|keyword| keyword == word) {
        Keyword
    } else if *first && word != "[" && word != "{" {
        Function
    } else if word.starts_with('-') && word.len() > 1 {
        Literal
    } else if word.bytes().all(|byte| byte.is_ascii_digit()) {
        Number
    } else {
        Plain
    };
    *first = (class == Keyword && !matches!(word, "for" | "in" | "case" | "function" | "export"))
        || matches!(word, "sudo" | "{" | "env" | "do" | "then" | "else");
    cursor.take(class, length);
}

fn variable(cursor: &mut Cursor, first: &mut bool) {
    let rest = cursor.rest();
    if rest.starts_with("$(") {
        cursor.take(Plain, 2);
        *first = true;
        return;
    }
    let name = &rest[1..];
    let length = if name.starts_with('{') {
        name.bytes().take(200).position(|byte| byte == b'}').map_or(1, |end| end + 1)
    } else {
        let letters = name.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        if letters == 0 && name.starts_with(['@', '?', '#', '*', '!', '$', '-']) { 1 } else { letters }
    };
    cursor.take(if length == 0 { Plain } else { Literal }, 1 + length);
    *first = false;
}

/// Length of the quoted text at the start of `text`.
fn quoted(text: &str, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        if bytes[at] == b'\\' && quote != b'\'' {
            at += 1;
        } else if bytes[at] == quote {
            return at + 1;
        }
        at += 1;
    }
    // Never closed: a lone apostrophe, most likely in a session's output.
    1
}
