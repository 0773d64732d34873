//! Paths inside a book and addresses of its pages: always `/` between folders, never a leading one.

use std::borrow::Cow;

/// `path` without `.` and, as far as it has folders to leave, without `..`; what leads out of the root
/// keeps its leading `..`. Backslashes and leading slashes count as plain separators.
pub fn normalise(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// The folder that `path` is in, without a slash at its end; empty for the root.
pub fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..slash])
}

/// `path` as seen from the folder `from`, normalised; a leading slash means the root.
pub fn join(from: &str, path: &str) -> String {
    if path.starts_with('/') { normalise(path) } else { normalise(&format!("{from}/{path}")) }
}

/// The link that leads from the page at `from` to the file at `to`; both are addresses from the root.
pub fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = folder(from).split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.split('/').collect();
    let folders = &to[..to.len() - 1];
    let shared = from.iter().zip(folders).take_while(|(left, right)| left == right).count();
    let mut link = "../".repeat(from.len() - shared);
    link.push_str(&to[shared..].join("/"));
    link
}

/// `../` for each folder that the page at `address` is in: what leads from it to the book's root.
pub fn root_of(address: &str) -> String {
    "../".repeat(address.matches('/').count())
}

/// The address of the page made from the chapter at `source`: `a/b.md` → `a/b.html`, and a README is the
/// index of its folder.
pub fn address_of(source: &str) -> String {
    let (folder, name) = split(source);
    let (stem, _) = split_extension(name);
    let stem = if stem.eq_ignore_ascii_case("readme") { "index" } else { stem };
    format!("{folder}{stem}.html")
}

/// Like [`address_of`] for a book that switched mdBook's `index` preprocessor off: a README stays one.
pub fn address_without_index(source: &str) -> String {
    let (folder, name) = split(source);
    format!("{folder}{}.html", split_extension(name).0)
}

/// A path's folder with the slash at its end, and its file name.
fn split(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |slash| slash + 1))
}

/// A file name's stem and extension; a name like `.md` is all stem.
fn split_extension(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(dot) if dot > 0 => (&name[..dot], &name[dot + 1..]),
        _ => (name, ""),
    }
}

/// The extension of the file at `path` in its own spelling, or nothing.
pub fn extension(path: &str) -> &str {
    split_extension(split(path).1).1
}

/// Whether `link` names another site or scheme (`https:`, `mailto:`, `//host`) rather than a file of the book.
pub fn is_external(link: &str) -> bool {
    if link.starts_with("//") {
        return true;
    }
    let Some((scheme, _)) = link.split_once(':') else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
}

/// A link's path and, after `#`, its fragment; a query belongs to neither.
pub fn split_link(link: &str) -> (&str, Option<&str>) {
    let (path, fragment) = match link.split_once('#') {
        Some((path, fragment)) => (path, Some(fragment)),
        None => (link, None),
    };
    (path.split('?').next().unwrap_or(path), fragment)
}

/// `text` with `%41` and the like replaced by what they stand for. What is not valid stays as it is, and so
/// does all of it where the result would not be UTF-8.
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut decoded = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let pair = (bytes.get(at + 1).copied().and_then(hex), bytes.get(at + 2).copied().and_then(hex));
        match (byte, pair) {
            (b'%', (Some(high), Some(low))) => {
                decoded.push(high << 4 | low);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn normalising_leaves_no_detours() {
        for (path, plain) in [
            ("a/../b", "b"),
            ("./a//b/./c.md", "a/b/c.md"),
            ("../../x", "../../x"),
            ("a/../../x", "../x"),
            ("a\\b", "a/b"),
            ("", ""),
            ("..", ".."),
        ] {
            assert_eq!(normalise(path), plain, "{path}");
        }
    }

    #[test]
    fn links_lead_from_page_to_page() {
        for (from, to, link) in [
            ("a/b.html", "c.html", "../c.html"),
            ("a/b.html", "a/c.html", "c.html"),
            ("a/b.html", "a/x/c.html", "x/c.html"),
            ("a/x/b.html", "a/y/c.html", "../y/c.html"),
            ("b.html", "b.html", "b.html"),
            ("a/b.html", "a.html", "../a.html"),
        ] {
            assert_eq!(relative(from, to), link, "{from} → {to}");
        }
        assert_eq!((root_of("a.html"), root_of("a/b/c.html")), (String::new(), "../../".to_owned()));
    }

    #[test]
    fn addresses_are_those_of_mdbook() {
        for (source, address) in [
            ("a/README.md", "a/index.html"),
            ("readme.md", "index.html"),
            ("ReadMe.markdown", "index.html"),
            ("README-first.md", "README-first.html"),
            ("ch04-01-x.y.md", "ch04-01-x.y.html"),
            ("a.b/LICENSE", "a.b/LICENSE.html"),
        ] {
            assert_eq!(address_of(source), address);
        }
        assert_eq!(address_without_index("a/README.md"), "a/README.html");
    }

    #[test]
    fn links_are_taken_apart() {
        assert_eq!(split_link("a.md?x=1#b#c"), ("a.md", Some("b#c")));
        assert_eq!(split_link("#x"), ("", Some("x")));
        assert!(is_external("https://x") && is_external("mailto:x") && is_external("//x"));
        assert!(!is_external("a/b:c.md") && !is_external("a.md") && !is_external(":x"));
        assert_eq!(extension("a.b/c.PNG"), "PNG");
        assert_eq!(extension("a.b/.md"), "");
    }

    #[test]
    fn percent_signs_are_decoded_where_they_can_be() {
        assert_eq!(percent_decode("a%20b%C3%A9"), "a bé");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz%4"), "%zz%4");
        assert_eq!(percent_decode("%FF"), "%FF");
    }

    proptest! {
        #[test]
        fn a_relative_link_arrives(from in "([ab]/){0,3}[ab]\\.html", to in "([ab]/){0,3}[ab]\\.html") {
            prop_assert_eq!(join(folder(&from), &relative(&from, &to)), to);
        }

        #[test]
        fn normalising_twice_changes_nothing(path in "[./a\\\\]{0,12}") {
            let once = normalise(&path);
            prop_assert_eq!(normalise(&once), once);
        }

        #[test]
        fn any_text_can_be_decoded(text in "\\PC{0,20}") {
            percent_decode(&text);
        }
    }
}
