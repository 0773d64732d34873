//! Where a link leads once chapters are pages: `.md` becomes `.html`.

use std::borrow::Cow;

/// The address for a link that an author wrote as `target`.
///
/// Links within the page and links with a scheme stay. In any other the last `.md` becomes `.html` and what
/// follows it is dropped unless it is an anchor, as in mdBook; a `README.md` is the `index.html` of its
/// folder, where mdBook leaves a dead link.
pub fn page_address(target: &str) -> Cow<'_, str> {
    if target.starts_with('#') || has_scheme(target) {
        return Cow::Borrowed(target);
    }
    let Some(at) = target.rfind(".md") else {
        return Cow::Borrowed(target);
    };
    let (path, rest) = (&target[..at], &target[at + 3..]);
    let anchor = if rest.starts_with('#') { rest } else { "" };
    let (folder, name) =
        path.rsplit_once('/').map_or(("", path), |(_, name)| (&path[..path.len() - name.len()], name));
    let name = if name.eq_ignore_ascii_case("readme") { "index" } else { name };
    Cow::Owned([folder, name, ".html", anchor].concat())
}

/// Whether `target` begins with a scheme such as `https:`.
pub fn has_scheme(target: &str) -> bool {
    let Some((scheme, _)) = target.split_once(':') else {
        return false;
    };
    let mut letters = scheme.bytes();
    letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_become_pages() {
        for (written, address) in [
            ("a.md", "a.html"),
            ("../b/a.md#part", "../b/a.html#part"),
            ("a.md?x=1", "a.html"),
            ("README.md", "index.html"),
            ("part/readme.md#top", "part/index.html#top"),
            ("/abs/a.md", "/abs/a.html"),
            ("NOTREADME.md", "NOTREADME.html"),
            ("picture.png", "picture.png"),
            ("#a.md", "#a.md"),
            ("https://example.org/a.md", "https://example.org/a.md"),
            ("mailto:a.md", "mailto:a.md"),
            ("HTTPS://example.org/a.md", "HTTPS://example.org/a.md"),
            ("", ""),
        ] {
            assert_eq!(page_address(written), address, "{written}");
        }
    }
}
