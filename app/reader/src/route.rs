//! Which page of the book an address of the browser means.
//!
//! All routes of the app: the pages of the book, at mdBook's own addresses below the book's root.

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
        let address = decode(path.strip_prefix(root)?);
        let address = match address.as_str() {
            "" => "index.html".to_owned(),
            folder if folder.ends_with('/') => format!("{folder}index.html"),
            page if page.ends_with(".html") => page.to_owned(),
            _ => return None,
        };
        Some(Self { address, fragment: decode(hash.strip_prefix('#').unwrap_or(hash)) })
    }
}

/// Percent-decoded text; what is not valid stays as it is.
pub fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = |byte: u8| char::from(byte).to_digit(16);
        if let (b'%', [high, low, after @ ..]) = (first, tail)
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            bytes.push((high * 16 + low) as u8);
            rest = after;
            continue;
        }
        bytes.push(first);
        rest = tail;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
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
        assert_eq!(decode("100%25"), "100%");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%FF"), "%zz%FF");
    }
}
