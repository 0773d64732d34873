//! Which page of the book an address of the browser means.
//!
//! All routes of the app: the pages of the book, at mdBook's own addresses below the book's root.

use book::path::percent_decode;

/// A page of the book and a place on it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Route {
    /// Page address from the book's root, e.g. `a/b.html`; never empty.
    pub address: String,
    /// Fragment without `#`, decoded; empty for the top of the page.
    pub fragment: String,
}

impl Route {
    /// The route that `path` (percent-encoded, from the origin's root) and `hash` mean in the book whose root
    /// is `root`; `None` for what is not a page of the book.
    pub fn parse(root: &str, path: &str, hash: &str) -> Option<Self> {
        let address = percent_decode(path.strip_prefix(root)?).into_owned();
        let address = match address.as_str() {
            "" => "index.html".to_owned(),
            folder if folder.ends_with('/') => format!("{folder}index.html"),
            page if page.ends_with(".html") => page.to_owned(),
            _ => return None,
        };
        Some(Self { address, fragment: percent_decode(hash.strip_prefix('#').unwrap_or(hash)).into_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(path: &str, hash: &str) -> Option<(String, String)> {
        Route::parse("/book/", path, hash).map(|route| (route.address, route.fragment))
    }

    #[test]
    fn pages_below_the_root_are_routes() {
        assert_eq!(route("/book/a/b.html", "#x"), Some(("a/b.html".into(), "x".into())));
        assert_eq!(route("/book/", ""), Some(("index.html".into(), String::new())));
        assert_eq!(route("/book/cli/", ""), Some(("cli/index.html".into(), String::new())));
    }

    #[test]
    fn everything_else_is_left_to_the_browser() {
        assert_eq!(route("/other/a.html", ""), None);
        assert_eq!(route("/book/figure.svg", ""), None);
    }

    #[test]
    fn names_are_decoded_once() {
        assert_eq!(route("/book/%C3%BC.html", "#%E4%B8%AD"), Some(("ü.html".into(), "中".into())));
        assert_eq!(percent_decode("100%25"), "100%");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz%FF"), "%zz%FF");
    }
}
