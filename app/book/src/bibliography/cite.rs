//! Finding citations in markdown.
//!
//! ```text
//! group  = "[" item { ";" item } "]"
//! item   = [ "see " ] [ "-" ] "@" key [ ( "," | " " ) "p. 5" ]
//! ```

use std::ops::Range;

use crate::expand::Regions;

/// One work in a citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item<'a> {
    /// What stands before it, e.g. `see`.
    pub before: &'a str,
    /// Whether the names are left out.
    pub year_only: bool,
    /// The work's key in the bibliography file.
    pub key: &'a str,
    /// What stands behind it, e.g. `p. 5`.
    pub after: &'a str,
}

/// A citation and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation<'a> {
    /// Its bytes, brackets included.
    pub range: Range<usize>,
    /// The works.
    pub items: Vec<Item<'a>>,
}

/// All citations in the running text of `markdown`. With a word before a key, brackets are a citation only if
/// `is_known` knows the key: they may be anything else.
pub fn find<'a>(markdown: &'a str, regions: &Regions, is_known: impl Fn(&str) -> bool) -> Vec<Citation<'a>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = markdown[from..].find('[').map(|at| from + at) {
        from = at + 1;
        if !regions.is_text(at) || is_escaped(&markdown[..at]) {
            continue;
        }
        let Some(inside) = inside(&markdown[at + 1..]) else { continue };
        let end = at + 1 + inside.len() + 1;
        // A link, or what a link leads to.
        if markdown[end..].starts_with(['(', '[', ':']) {
            continue;
        }
        let Some(items) = inside.split(';').map(item).collect::<Option<Vec<_>>>() else { continue };
        if items.iter().all(|item| item.before.is_empty() || is_known(item.key)) {
            found.push(Citation { range: at..end, items });
            from = end;
        }
    }
    found
}

/// Whether the next character is escaped by what stands before it.
fn is_escaped(before: &str) -> bool {
    before.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// The text up to the closing bracket, if there is one in the same paragraph and a key before it.
fn inside(text: &str) -> Option<&str> {
    let inside = &text[..text.find([']', '['])?];
    let closes = text[inside.len()..].starts_with(']');
    (closes && inside.contains('@') && !inside.contains("\n\n")).then_some(inside)
}

fn item(text: &str) -> Option<Item<'_>> {
    let text = text.trim();
    let at = text.find('@')?;
    let year_only = text[..at].ends_with('-');
    let before = text[..at - usize::from(year_only)].trim_end();
    // `name@example.org` is not a citation.
    if !before.is_empty() && before.len() == at - usize::from(year_only) {
        return None;
    }
    let rest = &text[at + 1..];
    let end = rest.find(|c: char| !(c.is_alphanumeric() || "_-:./+#".contains(c))).unwrap_or(rest.len());
    let key = rest[..end].trim_end_matches(['.', ':', '/', '-']);
    let after = rest[key.len()..].trim_start_matches(',').trim();
    (!key.is_empty()).then_some(Item { before, year_only, key, after })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::wire::RenderOptions;

    fn find_all(markdown: &str) -> Vec<Citation<'_>> {
        find(markdown, &Regions::of(markdown, &RenderOptions::default()), |key| key == "known")
    }

    fn keys(markdown: &str) -> Vec<&str> {
        find_all(markdown).into_iter().flat_map(|citation| citation.items).map(|item| item.key).collect()
    }

    #[test]
    fn citations_are_taken_apart() {
        let text = "a [see @known, p. 5; -@b:c/d.] b";
        let found = find_all(text);
        assert_eq!(&text[found[0].range.clone()], "[see @known, p. 5; -@b:c/d.]");
        assert_eq!(
            found[0].items,
            [
                Item { before: "see", year_only: false, key: "known", after: "p. 5" },
                Item { before: "", year_only: true, key: "b:c/d", after: "." },
            ]
        );
        assert_eq!(keys("[@a][@b] [@c\nch. 2] *[@d]* | [@e]"), ["b", "c", "d", "e"]);
    }

    #[test]
    fn other_brackets_are_left_alone() {
        for text in [
            "`[@a]`",
            "```\n[@a]\n```",
            "\\[@a]",
            "[@a](b)",
            "[@a]: b",
            "[a@b.c]",
            "[ask @a]",
            "[@]",
            "[@a; b]",
            "[x [@a",
            "[@a\n\nb]",
            "<!-- [@a] -->",
            "<b title=\"[@a]\">",
            "[^@a]",
            "[text [@a] more](link)",
        ] {
            assert_eq!(keys(text), [] as [&str; 0], "{text}");
        }
    }

    proptest! {
        #[test]
        fn ranges_are_in_order_and_on_characters(text in "[\\[\\]@a;, \n`\\\\é-]{0,60}") {
            let mut done = 0;
            for citation in find_all(&text) {
                prop_assert!(citation.range.start >= done);
                prop_assert!(text.get(citation.range.clone()).is_some());
                done = citation.range.end;
            }
        }
    }
}
