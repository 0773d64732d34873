//! From the path of a request to a path within the site.
//!
//! Percent-encoding is undone once. A path that tries to be anything but a plain way down (`..`, a backslash, a
//! NUL, an encoded slash, an empty segment) names nothing.

use super::base::Base;
use crate::output::is_plain;

/// What the path of a request names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file or folder of the site; folders end in `/`, the root is empty.
    Path(String),
    /// The base path without its last slash.
    BaseWithoutSlash,
    /// Nothing.
    Nowhere,
}

/// What `path`, as it stands in a request, names under `base`.
pub fn locate(base: &Base, path: &str) -> Location {
    if let Some(rest) = path.strip_prefix(base.as_str()) {
        return inside(rest).map_or(Location::Nowhere, Location::Path);
    }
    if base.as_str().strip_suffix('/') == Some(path) { Location::BaseWithoutSlash } else { Location::Nowhere }
}

fn inside(encoded: &str) -> Option<String> {
    let path = decode(encoded)?;
    let without_slash = path.strip_suffix('/').unwrap_or(&path);
    (path.is_empty() || is_plain(without_slash)).then_some(path)
}

/// Undoes percent-encoding; `None` for a broken escape, an escaped slash, and what is no UTF-8.
fn decode(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first != b'%' {
            bytes.push(*first);
            rest = tail;
            continue;
        }
        let [high, low, tail @ ..] = tail else { return None };
        let byte = digit(*high)? * 16 + digit(*low)?;
        if byte == b'/' {
            return None;
        }
        bytes.push(byte);
        rest = tail;
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    // A hexadecimal digit is less than 16.
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn path(text: &str) -> Location {
        Location::Path(text.to_owned())
    }

    #[test]
    fn paths_are_decoded_once() {
        let root = Base::default();
        assert_eq!(locate(&root, "/"), path(""));
        assert_eq!(locate(&root, "/ch01.html"), path("ch01.html"));
        assert_eq!(locate(&root, "/guide/"), path("guide/"));
        assert_eq!(locate(&root, "/a%20b/%C3%A9.html"), path("a b/é.html"));
        assert_eq!(locate(&root, "/a%2520b"), path("a%20b"));
        assert_eq!(locate(&root, "/%252e%252e/x"), path("%2e%2e/x"));
    }

    #[test]
    fn nothing_leads_out() {
        let root = Base::default();
        for text in [
            "/..",
            "/../x",
            "/a/../b",
            "/%2e%2e/x",
            "/.%2E/x",
            "/.",
            "/a/./b",
            "/a\\b",
            "/a%5Cb",
            "/a%00",
            "/a%0Ab",
            "/a%2Fb",
            "/a%2f..%2fb",
            "//a",
            "/a//b",
            "/a//",
            "//",
            "/%",
            "/%4",
            "/%zz",
            "/%ff",
            "*",
            "a",
            "/%+1",
        ] {
            assert_eq!(locate(&root, text), Location::Nowhere, "{text}");
        }
    }

    #[test]
    fn only_what_is_below_the_base_is_found() {
        let base: Base = "/book/".parse().unwrap();
        assert_eq!(locate(&base, "/book/"), path(""));
        assert_eq!(locate(&base, "/book/ch01.html"), path("ch01.html"));
        assert_eq!(locate(&base, "/book"), Location::BaseWithoutSlash);
        for text in ["/", "/ch01.html", "/bookish/", "/books", "/book/book/../../x", "book"] {
            assert_eq!(locate(&base, text), Location::Nowhere, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_found_is_plain(text in "[/.%a2fFeE5cC0\\\\é]{0,12}") {
            if let Location::Path(path) = locate(&Base::default(), &text) {
                prop_assert!(path.is_empty() || is_plain(path.strip_suffix('/').unwrap_or(&path)));
            }
        }

        #[test]
        fn an_encoded_name_comes_back(name in "[^/\\\\\\p{Cc}]{1,9}") {
            prop_assume!(is_plain(&name));
            let encoded: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
            prop_assert_eq!(locate(&Base::default(), &format!("/{encoded}")), path(&name));
        }
    }
}
