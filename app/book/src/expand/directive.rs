//! Finding directives in a text, exactly where mdBook finds them.
//!
//! ```text
//! {{#include file}}  {{#include file:3}}  {{#include file:3:7}}  {{#include file::7}}  {{#include file:anchor}}
//! {{#rustdoc_include file:…}}             the rest of the file is there too, hidden
//! {{#playground file attribute…}}         a whole Rust file in a code block; also {{#playpen …}}
//! {{#title text}}                         title of the page
//! {{#bibliography}}                       list of the works cited
//! \{{#include file}}                      as it is, without the backslash
//! ```

use std::ops::Range;

/// Names of the directives that mdBook and this crate expand.
pub const EXPANDED: [&str; 6] =
    ["include", "rustdoc_include", "playground", "playpen", "title", "bibliography"];

/// Names of directives that stay in the text for the renderer.
pub const RENDERED: [&str; 1] = ["quiz"];

/// Which part of a file is included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// Lines from the first number on, counted from 0, up to the second, which is not in it any more.
    Lines(usize, Option<usize>),
    /// The lines between `ANCHOR: name` and `ANCHOR_END: name`.
    Anchor(&'a str),
}

/// What a directive asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'a> {
    /// The text without the backslash.
    Escaped,
    /// Part of a file.
    Include(&'a str, Part<'a>),
    /// A file with all but a part hidden.
    RustdocInclude(&'a str, Part<'a>),
    /// A file as a code block with attributes.
    Playground(&'a str, Vec<&'a str>),
    /// The title of the page.
    Title(&'a str),
    /// The works cited.
    Bibliography,
    /// Something that the renderer knows, with its argument; it stays as it is.
    Rendered(&'a str),
    /// Something else, or nothing where something is needed; it stays as it is.
    Other,
}

/// A directive and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive<'a> {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its name, as written; empty for an escaped one.
    pub name: &'a str,
    /// What it asks for.
    pub kind: Kind<'a>,
}

/// The first directive at or after `from`.
pub fn next(text: &str, from: usize) -> Option<Directive<'_>> {
    let mut at = from;
    while let Some(found) = text[at..].find("{{") {
        let open = at + found;
        if open > from
            && text[..open].ends_with('\\')
            && let Some(directive) = escaped(text, open)
        {
            return Some(directive);
        }
        if let Some(directive) = directive(text, open) {
            return Some(directive);
        }
        at = open + 1;
    }
    None
}

/// A backslash before braces covers everything up to the last closing braces of the line.
fn escaped(text: &str, open: usize) -> Option<Directive<'_>> {
    let rest = text[open..].strip_prefix("{{#")?;
    let line = rest.split('\n').next().unwrap_or(rest);
    let close = line.rfind("}}")?;
    Some(Directive { range: open - 1..open + 3 + close + 2, name: "", kind: Kind::Escaped })
}

fn directive(text: &str, open: usize) -> Option<Directive<'_>> {
    let inside = text[open + 2..].trim_start().strip_prefix('#')?;
    let start = text.len() - inside.len();
    let name = prefix(inside, |c| c.is_ascii_alphanumeric() || c == '_');
    let after = &inside[name.len()..];
    let argument = after.split('}').next().unwrap_or(after);
    let close = start + name.len() + argument.len();
    let is_whole = !name.is_empty()
        && text[close..].starts_with("}}")
        && argument.starts_with(char::is_whitespace)
        && argument.chars().nth(1).is_some();
    if is_whole {
        let kind = kind(name, argument);
        return Some(Directive { range: open..close + 2, name, kind });
    }
    // What mdBook does not see as a directive at all, but whoever wrote it probably does.
    let name = prefix(inside, |c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    let line = inside.split('\n').next().unwrap_or(inside);
    let close = line.find("}}")?;
    if name.is_empty() || close < name.len() {
        return None;
    }
    let is_bibliography = name == "bibliography" && line[name.len()..close].trim().is_empty();
    let (kind, end) = match is_bibliography {
        true => (Kind::Bibliography, start + close + 2),
        // Only the braces are passed over: a directive inside it counts.
        false => (Kind::Other, start),
    };
    Some(Directive { range: open..end, name, kind })
}

fn prefix(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    &text[..text.find(|c| !belongs(c)).unwrap_or(text.len())]
}

fn kind<'a>(name: &str, argument: &'a str) -> Kind<'a> {
    if name == "title" {
        return Kind::Title(argument.trim());
    }
    let mut words = argument.split_whitespace();
    let Some(file) = words.next() else { return Kind::Other };
    let part = || {
        let (file, part) = file.split_once(':').map_or((file, None), |(file, part)| (file, Some(part)));
        (file, part.map_or(Part::Lines(0, None), parse_part))
    };
    match name {
        "include" => Kind::Include(part().0, part().1),
        "rustdoc_include" => Kind::RustdocInclude(part().0, part().1),
        "playground" | "playpen" => Kind::Playground(file, words.collect()),
        name if RENDERED.contains(&name) => Kind::Rendered(argument.trim()),
        _ => Kind::Other,
    }
}

/// What stands behind a path's colon. An end that is not a number counts as no end.
fn parse_part(text: &str) -> Part<'_> {
    let mut numbers = text.splitn(3, ':');
    let start = numbers.next().unwrap_or("");
    let end = numbers.next().map(|end| end.parse::<usize>().ok());
    match (start.parse::<usize>(), end) {
        (Ok(start), None) => {
            let start = start.saturating_sub(1);
            Part::Lines(start, Some(start.saturating_add(1)))
        }
        (Ok(start), Some(end)) => Part::Lines(start.saturating_sub(1), end),
        (Err(_), end) if start.is_empty() => Part::Lines(0, end.flatten()),
        (Err(_), _) => Part::Anchor(start),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every directive in `text`: its own text and what it asks for.
    fn all(text: &str) -> Vec<(&str, Kind<'_>)> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(directive) = next(text, at) {
            at = directive.range.end;
            found.push((&text[directive.range], directive.kind));
        }
        found
    }

    #[test]
    fn parts_of_files() {
        for (text, part) in [
            ("a.rs", Part::Lines(0, None)),
            ("a.rs:", Part::Lines(0, None)),
            ("a.rs:10", Part::Lines(9, Some(10))),
            ("a.rs:0", Part::Lines(0, Some(1))),
            ("a.rs:10:20", Part::Lines(9, Some(20))),
            ("a.rs:10:", Part::Lines(9, None)),
            ("a.rs:10:x", Part::Lines(9, None)),
            ("a.rs::20", Part::Lines(0, Some(20))),
            ("a.rs::", Part::Lines(0, None)),
            ("a.rs:5:6:7", Part::Lines(4, Some(6))),
            ("a.rs:name", Part::Anchor("name")),
            ("a.rs:name:9", Part::Anchor("name")),
            ("a.rs:-2", Part::Anchor("-2")),
        ] {
            assert_eq!(all(&format!("{{{{#include {text}}}}}"))[0].1, Kind::Include("a.rs", part), "{text}");
        }
    }

    #[test]
    fn directives_are_found_where_mdbook_finds_them() {
        let whole = Part::Lines(0, None);
        assert_eq!(all("x {{ #include a b c}} y")[0], ("{{ #include a b c}}", Kind::Include("a", whole)));
        assert_eq!(all("{{{#include\n a}}}")[0], ("{{#include\n a}}", Kind::Include("a", whole)));
        assert_eq!(
            all("{{#playground a.rs editable x}}")[0].1,
            Kind::Playground("a.rs", vec!["editable", "x"])
        );
        assert_eq!(all("{{#title My page }}")[0].1, Kind::Title("My page"));
        assert_eq!(all("{{#rustdoc_include a:b}}")[0].1, Kind::RustdocInclude("a", Part::Anchor("b")));
        assert_eq!(all("{{#include a} b}}"), [("{{#", Kind::Other)]);
        assert_eq!(all("{{#include}} {{#include  }}").iter().filter(|(_, k)| *k == Kind::Other).count(), 2);
        assert_eq!(all("{{ include a}} {#include a} {{#}}"), []);
        assert_eq!(all("{{#foo {{#include a}}"), [("{{#foo {{#include a}}", Kind::Other)]);
        assert_eq!(all("{{#bibliography}}")[0], ("{{#bibliography}}", Kind::Bibliography));
    }

    #[test]
    fn a_backslash_covers_the_rest_of_the_line() {
        let text = "\\{{#include a}} and {{#include b}}\n{{#include c}}";
        let found = all(text);
        assert_eq!(found[0], ("\\{{#include a}} and {{#include b}}", Kind::Escaped));
        assert_eq!(found[1].0, "{{#include c}}");
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_on_characters(text in "[\\\\{}#a: \né-]{0,60}|\\PC{0,40}") {
            let mut at = 0;
            while let Some(directive) = next(&text, at) {
                prop_assert!(directive.range.start >= at && directive.range.end > directive.range.start);
                prop_assert!(text.get(directive.range.clone()).is_some());
                at = directive.range.end;
            }
        }
    }
}
