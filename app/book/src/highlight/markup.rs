//! HTML, XML and templates in them.

use super::Class::{Comment, Literal, Meta, Plain, Property, String};
use super::code;
use super::cursor::Cursor;
use super::languages;

/// Reads markup to its end.
pub(super) fn markup(cursor: &mut Cursor) {
    while !cursor.is_done() {
        let rest = cursor.rest();
        let Some(at) = rest.find(['<', '&', '{']) else { return };
        cursor.take(Plain, at);
        let rest = &rest[at..];
        if rest.starts_with("<!--") {
            cursor.take(Comment, until(rest, "-->"));
        } else if rest.starts_with("<![CDATA[") {
            cursor.take(String, until(rest, "]]>"));
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            cursor.take(Meta, until(rest, ">"));
        } else if rest.starts_with("{{") {
            template(cursor);
        } else if rest.starts_with('<')
            && rest[1..].starts_with(|next: char| next.is_alphabetic() || next == '/')
        {
            tag(cursor);
        } else if rest.starts_with('&') {
            entity(cursor);
        } else {
            cursor.skip();
        }
    }
}

fn until(text: &str, end: &str) -> usize {
    text.find(end).map_or(text.len(), |at| at + end.len())
}

fn entity(cursor: &mut Cursor) {
    // The longest entity name has 31 letters.
    let length = cursor
        .rest()
        .bytes()
        .skip(1)
        .take(40)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
    let length = 1 + length.count();
    let whole = length > 1 && cursor.byte(length) == b';';
    cursor.take(if whole { Literal } else { Plain }, if whole { length + 1 } else { 1 });
}

/// `{{…}}` of Handlebars and its kin.
fn template(cursor: &mut Cursor) {
    let comment = cursor.rest().starts_with("{{!");
    let end = if cursor.rest().starts_with("{{!--") { "--}}" } else { "}}" };
    let length = until(cursor.rest(), end);
    cursor.take(if comment { Comment } else { Meta }, length);
}

fn tag(cursor: &mut Cursor) {
    let closing = cursor.byte(1) == b'/';
    cursor.take(Plain, if closing { 2 } else { 1 });
    let rest = cursor.rest();
    let length = name(rest);
    let element = &rest[..length];
    cursor.take(Property, length);
    loop {
        let rest = cursor.rest();
        if rest.is_empty() {
            return;
        }
        match cursor.byte(0) {
            b'>' => {
                cursor.skip();
                break;
            }
            b'<' => return,
            quote @ (b'"' | b'\'') => {
                let length = rest[1..].find(quote as char).map_or(rest.len(), |end| end + 2);
                cursor.take(String, length);
            }
            b'=' => {
                cursor.skip();
                let rest = cursor.rest();
                if !rest.starts_with(['"', '\'', ' ', '{']) {
                    let end = |letter: char| letter.is_whitespace() || letter == '>';
                    cursor.take(String, rest.find(end).unwrap_or(rest.len()));
                }
            }
            b'{' if rest.starts_with("{{") => template(cursor),
            _ => match name(rest) {
                0 => cursor.skip(),
                length => cursor.take(Meta, length),
            },
        }
    }
    if !closing {
        embedded(cursor, element);
    }
}

/// The inside of a `script` or `style` element, in its own language.
fn embedded(cursor: &mut Cursor, element: &str) {
    let (rules, close) = match element {
        "script" => (&languages::JAVASCRIPT, "</script"),
        "style" => (&languages::CSS, "</style"),
        _ => return,
    };
    let rest = cursor.rest();
    cursor.embed(rest.find(close).unwrap_or(rest.len()), |inner| code::code(inner, rules));
}

fn name(text: &str) -> usize {
    let part = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | ':' | '.' | '@');
    text.find(|letter| !part(letter)).unwrap_or(text.len())
}
