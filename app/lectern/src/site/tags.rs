//! Changing attributes in finished HTML, everything else left as it is to the byte.

/// What becomes of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It stays.
    Keep,
    /// It is left out.
    Drop,
    /// It gets this value, which is escaped already.
    Value(String),
}

/// Elements whose text is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// `html` with every attribute as `change(element, name, value)` wants it. Names are lower case; values are as they stand
/// between their quotes, with their escapes.
pub fn rewrite(html: &str, mut change: impl FnMut(&str, &str, &str) -> Change) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").map_or(rest.len(), |end| end + 7);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if rest[1..].starts_with(|first: char| first.is_ascii_alphabetic()) {
            let (element, length) = tag(rest, &mut out, &mut change);
            rest = &rest[length..];
            if RAW.contains(&element.as_str()) {
                let end = closing(rest, &element);
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
        } else {
            out.push('<');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

/// Where the text of a raw element ends.
fn closing(text: &str, element: &str) -> usize {
    let ends = |at: &usize| {
        let name = text.as_bytes().get(at + 2..at + 2 + element.len());
        name.is_some_and(|name| name.eq_ignore_ascii_case(element.as_bytes()))
    };
    text.match_indices("</").map(|(at, _)| at).find(ends).unwrap_or(text.len())
}

/// Copies the tag at the start of `text`; gives the element's name and the length of the tag.
fn tag(text: &str, out: &mut String, change: &mut impl FnMut(&str, &str, &str) -> Change) -> (String, usize) {
    let ends_name = |c: char| c.is_ascii_whitespace() || c == '>' || c == '/';
    let mut at = text[1..].find(ends_name).map_or(text.len(), |end| end + 1);
    let element = text[1..at].to_ascii_lowercase();
    out.push_str(&text[..at]);
    while let Some(next) = text[at..].chars().next() {
        if next == '>' {
            out.push('>');
            return (element, at + 1);
        }
        if next.is_ascii_whitespace() || next == '/' {
            out.push(next);
            at += 1;
            continue;
        }
        let attribute = Attribute::read(&text[at..]);
        let written = &text[at..at + attribute.length];
        match attribute.value.map(|value| change(&element, &attribute.name, value)) {
            Some(Change::Drop) => {
                out.truncate(out.trim_end().len());
            }
            Some(Change::Value(value)) => {
                out.push_str(&attribute.name);
                out.push_str("=\"");
                out.push_str(&value.replace('"', "&quot;"));
                out.push('"');
            }
            Some(Change::Keep) | None => out.push_str(written),
        }
        at += attribute.length;
    }
    (element, text.len())
}

struct Attribute<'a> {
    name: String,
    value: Option<&'a str>,
    length: usize,
}

impl<'a> Attribute<'a> {
    fn read(text: &'a str) -> Self {
        let ends_name = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/');
        // The first character belongs to the name whatever it is, as in a browser; so reading always goes on.
        let first = text.chars().next().map_or(1, char::len_utf8);
        let name_end = text[first..].find(ends_name).map_or(text.len(), |end| end + first);
        let name = text[..name_end].to_ascii_lowercase();
        let after = text[name_end..].trim_start();
        let Some(after) = after.strip_prefix('=') else {
            return Self { name, value: None, length: name_end };
        };
        let after = after.trim_start();
        let start = text.len() - after.len();
        let (value, length) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = &after[1..];
                let end = inside.find(quote).unwrap_or(inside.len());
                (&inside[..end], start + (end + 2).min(after.len()))
            }
            _ => {
                let end = after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len());
                (&after[..end], start + end)
            }
        };
        Self { name, value: Some(value), length }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn double_href(html: &str) -> String {
        rewrite(html, |element, name, value| match (element, name) {
            ("a", "href") => Change::Value(format!("{value}{value}")),
            (_, "loading") => Change::Drop,
            _ => Change::Keep,
        })
    }

    #[test]
    fn attributes_change_and_nothing_else_does() {
        for (before, after) in [
            ("a <b c", "a <b c"),
            ("<a href=x>y</a>", "<a href=\"xx\">y</a>"),
            ("<A class='q' HREF = 'x'\n id=i>", "<A class='q' href=\"xx\"\n id=i>"),
            ("<a\nhref=\"x\"/>", "<a\nhref=\"xx\"/>"),
            ("<a href='\"'>", "<a href=\"&quot;&quot;\">"),
            ("<img loading=\"lazy\" src=a>", "<img src=a>"),
            ("<img src=a loading=lazy>", "<img src=a>"),
            ("<!-- <a href=x> --><a href=x>", "<!-- <a href=x> --><a href=\"xx\">"),
            ("<script>'<a href=x>'</script><a href=x>", "<script>'<a href=x>'</script><a href=\"xx\">"),
            ("1 < 2 <3 </p><a href", "1 < 2 <3 </p><a href"),
            ("<a =href='x' href='", "<a =href='x' href=\"\""),
        ] {
            assert_eq!(double_href(before), after, "{before}");
        }
    }

    proptest! {
        #[test]
        fn keeping_everything_keeps_every_byte(html in "[<>/a-c='\" !\\-é]{0,60}") {
            prop_assert_eq!(rewrite(&html, |_, _, _| Change::Keep), html);
        }

        #[test]
        fn nothing_panics(html in "(<a href=|\"|'|<|>|é| |<!--|<style>|x){0,30}") {
            let _ = double_href(&html);
        }
    }
}
