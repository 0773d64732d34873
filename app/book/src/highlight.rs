//! Colours for code: splits a listing into classed tokens, for about forty languages.
//!
//! One small lexer ([`code`]) reads tables of words and quotes ([`languages`]); shells, markup, diffs and
//! Markdown have their own. There is no grammar behind it: a token is coloured by what it looks like, so
//! unfinished or wrong code is coloured as far as it goes, and the text itself is never changed.

mod code;
mod cursor;
mod languages;
mod lines;
mod markup;
mod rules;
mod shell;
#[cfg(test)]
mod tests;

use cursor::Cursor;

/// What a piece of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Operators, names, white space: drawn in the text's colour.
    Plain,
    /// A word of the language.
    Keyword,
    /// A string or character.
    String,
    /// A number.
    Number,
    /// A comment.
    Comment,
    /// The name of a type.
    Type,
    /// A function, macro or command being defined or called.
    Function,
    /// Attributes, annotations, preprocessor lines, prompts.
    Meta,
    /// A constant or variable that stands for a value: `true`, `MAX`, `$HOME`.
    Literal,
    /// A key or the name of an element.
    Property,
    /// A line that a diff adds.
    Added,
    /// A line that a diff removes.
    Removed,
}

impl Class {
    /// The class attribute of the span that shows it, `None` for plain text.
    #[must_use]
    pub fn css(self) -> Option<&'static str> {
        Some(match self {
            Self::Plain => return None,
            Self::Keyword => "h-k",
            Self::String => "h-s",
            Self::Number => "h-n",
            Self::Comment => "h-c",
            Self::Type => "h-t",
            Self::Function => "h-f",
            Self::Meta => "h-m",
            Self::Literal => "h-l",
            Self::Property => "h-p",
            Self::Added => "h-a",
            Self::Removed => "h-d",
        })
    }
}

/// Splits `code` into pieces that follow each other without a gap, or `None` where the language is unknown.
///
/// `language` is a name or alias as written after a fence (`rust`, `py`, `c++`), in any case; what follows a
/// comma or a space is ignored. A piece may span lines.
#[must_use]
pub fn tokens<'a>(language: &str, code: &'a str) -> Option<Vec<(Class, &'a str)>> {
    let lexer = languages::find(language)?;
    let mut cursor = Cursor::new(code);
    lexer.run(&mut cursor);
    Some(cursor.finish())
}

/// Writes `code` as HTML with a span around every coloured piece; writes nothing and returns `false` where
/// the language is unknown.
pub fn highlight(language: &str, code: &str, out: &mut String) -> bool {
    let Some(tokens) = tokens(language, code) else { return false };
    out.reserve(code.len() * 2);
    for (class, text) in tokens {
        write_token(class, text, out);
    }
    true
}

/// Writes one piece, escaped and in its span.
pub fn write_token(class: Class, text: &str, out: &mut String) {
    match class.css() {
        None => escape(text, out),
        Some(css) => {
            out.push_str("<span class=\"");
            out.push_str(css);
            out.push_str("\">");
            escape(text, out);
            out.push_str("</span>");
        }
    }
}

fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
