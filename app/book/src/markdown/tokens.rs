//! Splits raw HTML into tags and text, as HTML's tokenizer does, without building a document.

use std::borrow::Cow;

/// A piece of raw HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Text as written, entities and all; `<` in it is a plain character.
    Text(&'a str),
    /// The inside of a script or style sheet, which must not be touched.
    Verbatim(&'a str),
    /// `<name …>`
    Start(StartTag<'a>),
    /// `</name>`
    End(Cow<'a, str>),
    /// A tag that never ends: `<name class="…` up to the end of the piece.
    Unfinished(&'a str),
    /// A comment, doctype or processing instruction: nothing a reader sees.
    Nothing,
}

/// An opening tag.
#[derive(Debug, PartialEq)]
pub(super) struct StartTag<'a> {
    /// Lower-case name.
    pub name: Cow<'a, str>,
    /// Attributes in order; a repeated name is dropped, as browsers do.
    pub attributes: Vec<Attribute<'a>>,
    /// It ends with `/>`.
    pub self_closing: bool,
}

/// One attribute, its value as written between the quotes.
#[derive(Debug, PartialEq)]
pub(super) struct Attribute<'a> {
    pub name: &'a str,
    pub value: Option<&'a str>,
    /// `"` or `'`.
    pub quote: char,
}

impl<'a> StartTag<'a> {
    /// Value of an attribute, as written.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(name))?;
        Some(found.value.unwrap_or_default())
    }
}

/// The pieces of `html`, each with its offset.
pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// The element whose content is not HTML.
    verbatim: Option<Cow<'a, str>>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { html, at: 0, verbatim: None }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, Token<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let at = self.at;
        let rest = &self.html[at..];
        if rest.is_empty() {
            return None;
        }
        let (length, token) = match self.verbatim.take() {
            Some(name) => match find_end_tag(rest, &name) {
                0 => markup(rest),
                end => (end, Token::Verbatim(&rest[..end])),
            },
            None if starts_markup(rest) => markup(rest),
            None => {
                let end = rest.match_indices('<').map(|(at, _)| at).find(|at| starts_markup(&rest[*at..]));
                let end = end.unwrap_or(rest.len());
                (end, Token::Text(&rest[..end]))
            }
        };
        if let Token::Start(tag) = &token
            && matches!(&*tag.name, "script" | "style")
            && !tag.self_closing
        {
            self.verbatim = Some(tag.name.clone());
        }
        self.at += length;
        Some((at, token))
    }
}

/// Whether `<` here begins a tag or comment; else it is a character.
fn starts_markup(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    bytes.next() == Some(b'<')
        && match bytes.next() {
            Some(b'/') => bytes.next().is_some(),
            Some(b'!' | b'?') => true,
            Some(byte) => byte.is_ascii_alphabetic(),
            None => false,
        }
}

/// Where the end tag of a verbatim element begins, or the end of the text.
fn find_end_tag(rest: &str, name: &str) -> usize {
    let ends = |at: &usize| {
        let tag = rest.as_bytes()[*at..].get(2..2 + name.len());
        tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
            && rest[at + 2 + name.len()..].starts_with([' ', '\t', '\n', '\r', '\x0C', '/', '>'])
    };
    rest.match_indices("</").map(|(at, _)| at).find(ends).unwrap_or(rest.len())
}

/// The tag or comment that `rest` begins with, and its length.
fn markup(rest: &str) -> (usize, Token<'_>) {
    let bytes = rest.as_bytes();
    match bytes.get(1) {
        Some(b'!') if rest.starts_with("<!--") => (comment(rest), Token::Nothing),
        Some(b'!' | b'?') => (through(rest, ">"), Token::Nothing),
        Some(b'/') if bytes.get(2).is_some_and(u8::is_ascii_alphabetic) => tag(rest, 2),
        Some(b'/') => (through(rest, ">"), Token::Nothing),
        _ => tag(rest, 1),
    }
}

/// Length of the comment that `rest` begins with.
fn comment(rest: &str) -> usize {
    if rest.starts_with("<!-->") {
        return 5;
    }
    if rest.starts_with("<!--->") {
        return 6;
    }
    let ends = ["-->", "--!>"].map(|end| rest[4..].find(end).map(|at| 4 + at + end.len()));
    ends.into_iter().flatten().min().unwrap_or(rest.len())
}

/// Length of `rest` up to and with the first `end`, or all of it.
fn through(rest: &str, end: &str) -> usize {
    rest.find(end).map_or(rest.len(), |at| at + end.len())
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}

/// The tag whose name begins at `name_start`.
fn tag(rest: &str, name_start: usize) -> (usize, Token<'_>) {
    let bytes = rest.as_bytes();
    let skip = |mut at: usize, keep: &dyn Fn(u8) -> bool| {
        while bytes.get(at).is_some_and(|byte| keep(*byte)) {
            at += 1;
        }
        at
    };
    let mut at = skip(name_start, &|byte| !is_space(byte) && byte != b'/' && byte != b'>');
    let name = &rest[name_start..at];
    let name = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    };
    let mut attributes: Vec<Attribute<'_>> = Vec::new();
    let unfinished = (rest.len(), Token::Unfinished(rest));
    loop {
        at = skip(at, &|byte| is_space(byte) || byte == b'/');
        match bytes.get(at) {
            None => return unfinished,
            Some(b'>') => break,
            Some(_) => {}
        }
        let start = at;
        // A name may begin with `=`, whatever that means.
        at = skip(at + 1, &|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let name = &rest[start..at];
        let equals = skip(at, &is_space);
        let (mut value, mut quote) = (None, '"');
        if bytes.get(equals) == Some(&b'=') {
            at = skip(equals + 1, &is_space);
            let Some(first) = bytes.get(at) else {
                return unfinished;
            };
            if matches!(first, b'"' | b'\'') {
                quote = char::from(*first);
                let Some(length) = rest[at + 1..].find(quote) else {
                    return unfinished;
                };
                value = Some(&rest[at + 1..at + 1 + length]);
                at += length + 2;
            } else {
                let start = at;
                at = skip(at, &|byte| !is_space(byte) && byte != b'>');
                value = Some(&rest[start..at]);
            }
        }
        if !attributes.iter().any(|known| known.name.eq_ignore_ascii_case(name)) {
            attributes.push(Attribute { name, value, quote });
        }
    }
    let token = if name_start == 2 {
        Token::End(name)
    } else {
        Token::Start(StartTag { name, attributes, self_closing: bytes[at - 1] == b'/' })
    };
    (at + 1, token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kinds(html: &str) -> Vec<String> {
        let name = |(_, token): (usize, Token<'_>)| match token {
            Token::Text(text) => format!("text {text}"),
            Token::Verbatim(text) => format!("verbatim {text}"),
            Token::Start(tag) => {
                let attributes = tag.attributes.iter();
                let attributes = attributes.map(|it| format!(" {}={}", it.name, it.value.unwrap_or("-")));
                let close = if tag.self_closing { "/" } else { "" };
                format!("<{}{}{close}>", tag.name, attributes.collect::<String>())
            }
            Token::End(name) => format!("</{name}>"),
            Token::Unfinished(text) => format!("unfinished {text}"),
            Token::Nothing => "nothing".to_owned(),
        };
        Tokens::new(html).map(name).collect()
    }

    #[test]
    fn tags_and_text_alternate() {
        assert_eq!(
            kinds("a < b <I class=x id='y z' hidden>c</I ><br/>"),
            ["text a < b ", "<i class=x id=y z hidden=->", "text c", "</i>", "<br/>"]
        );
    }

    #[test]
    fn an_angle_in_quotes_ends_no_tag() {
        assert_eq!(kinds("<a title=\"x > y\" title=z>"), ["<a title=x > y>"]);
    }

    #[test]
    fn what_readers_do_not_see_is_nothing() {
        assert_eq!(kinds("<!-- a > b --><!DOCTYPE html><?php x ?></ x>"), ["nothing"; 4]);
        assert_eq!(kinds("<!-->a<!--->b<!-- open"), ["nothing", "text a", "nothing", "text b", "nothing"]);
    }

    #[test]
    fn scripts_are_left_alone() {
        assert_eq!(
            kinds("<script>if (a </b) x</SCRIPT >c"),
            ["<script>", "verbatim if (a </b) x", "</script>", "text c"]
        );
        assert_eq!(kinds("<style></style>"), ["<style>", "</style>"]);
        assert_eq!(kinds("<style>a"), ["<style>", "verbatim a"]);
    }

    #[test]
    fn a_tag_without_end_is_told_apart() {
        assert_eq!(kinds("a<div class=\"x>b"), ["text a", "unfinished <div class=\"x>b"]);
        assert_eq!(kinds("<div"), ["unfinished <div"]);
        assert_eq!(kinds("<a b="), ["unfinished <a b="]);
    }

    proptest! {
        #[test]
        fn tokens_follow_each_other(html in "[<>/!\\-a-c \"'=é\\n]{0,40}|(?s).{0,40}") {
            let tokens: Vec<_> = Tokens::new(&html).collect();
            let ends = tokens.iter().skip(1).map(|(at, _)| *at).chain([html.len()]);
            for ((start, token), end) in tokens.iter().zip(ends) {
                prop_assert!(*start < end);
                if let Token::Text(text) | Token::Verbatim(text) | Token::Unfinished(text) = token {
                    prop_assert_eq!(*text, &html[*start..end]);
                }
            }
        }
    }
}
