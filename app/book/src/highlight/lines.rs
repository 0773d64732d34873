//! Languages in which the start of a line says what the line is: diffs and Markdown.

use super::Class::{Added, Comment, Keyword, Literal, Meta, Plain, Removed, String};
use super::cursor::Cursor;

/// Longer lines of Markdown are not looked into: reading marks that never close takes quadratic time.
const LONGEST_LINE: usize = 10_000;

/// Unified diffs, as `diff -u` and `git diff` write them.
pub(super) fn diff(cursor: &mut Cursor) {
    while !cursor.is_done() {
        let line = cursor.line();
        let heads = ["+++", "---", "@@", "diff ", "index ", "***"];
        let class = if heads.iter().any(|head| line.starts_with(head)) {
            Meta
        } else {
            match line.bytes().next() {
                Some(b'+' | b'>') => Added,
                Some(b'-' | b'<') => Removed,
                _ => Plain,
            }
        };
        cursor.take(class, line.len());
        cursor.skip();
    }
}

/// Markdown: headings, quotes, lists, fences, code, links and mdBook's directives.
pub(super) fn markdown(cursor: &mut Cursor) {
    let mut fence = None;
    while !cursor.is_done() {
        let line = cursor.line();
        let indent = line.len() - line.trim_start().len();
        let text = &line[indent..];
        let marks = text.bytes().take_while(|&byte| byte == b'`').count();
        let tildes = text.bytes().take_while(|&byte| byte == b'~').count();
        let run = if marks >= tildes { (b'`', marks) } else { (b'~', tildes) };
        match fence {
            Some((mark, length)) => {
                let closes = run.0 == mark && run.1 >= length && text[run.1..].trim().is_empty();
                cursor.take(if closes { Meta } else { String }, line.len());
                if closes {
                    fence = None;
                }
            }
            None if run.1 >= 3 => {
                fence = Some(run);
                cursor.take(Meta, line.len());
            }
            None if text.starts_with('#') => cursor.take(Keyword, line.len()),
            None if text.starts_with('>') => cursor.take(Comment, line.len()),
            None => {
                cursor.take(Plain, indent);
                cursor.take(Literal, bullet(text));
                if text.len() < LONGEST_LINE {
                    inline(cursor);
                } else {
                    cursor.take(Plain, text.len());
                }
            }
        }
        cursor.skip();
    }
}

/// Length of a list marker at the start of `text`, 0 where there is none.
fn bullet(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marker = if digits > 0 { [".", ")"].as_slice() } else { &["-", "*", "+"] };
    let rest = &text[digits..];
    if marker.iter().any(|marker| rest.strip_prefix(marker).is_some_and(|rest| rest.starts_with(' '))) {
        digits + 1
    } else {
        0
    }
}

/// The rest of a line of running text.
fn inline(cursor: &mut Cursor) {
    loop {
        let line = cursor.line();
        let Some(at) = line.find(['`', '{', '[', '!', '*']) else {
            return cursor.take(Plain, line.len());
        };
        cursor.take(Plain, at);
        let line = &line[at..];
        let marks = line.bytes().take_while(|&byte| byte == b'`').count();
        if marks > 0 {
            let end = line[marks..].find(&line[..marks]).map_or(marks, |end| end + 2 * marks);
            cursor.take(if end > marks { String } else { Plain }, end);
        } else if line.starts_with("{{") {
            let end = line.find("}}").map_or(2, |end| end + 2);
            cursor.take(Meta, end);
        } else if let Some((label, target)) = link(line) {
            cursor.take(Literal, label);
            cursor.take(String, target);
        } else if let Some(end) = line.strip_prefix("**").and_then(|rest| rest.find("**")) {
            cursor.take(Keyword, end + 4);
        } else {
            cursor.skip();
        }
    }
}

/// Lengths of the label and the target of a link or image at the start of `line`.
fn link(line: &str) -> Option<(usize, usize)> {
    // Bounded, so that a line of brackets stays linear.
    const LONGEST: usize = 500;
    let line = &line[..line.floor_char_boundary(LONGEST)];
    if !line.starts_with('[') && !line.starts_with("![") {
        return None;
    }
    let label = line.find(']')? + 1;
    let target = line[label..].starts_with('(').then(|| line[label..].find(')'))??;
    Some((label, target + 1))
}
