//! The path below which a host serves the site: `/` or `/book/`.

use std::error::Error;
use std::fmt::{Display, Formatter};
use std::str::FromStr;

/// A path prefix that begins and ends with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

/// A text is no base path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseError(String);

impl Base {
    /// The prefix: `/` or `/book/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of `path`, which is relative to the site's root.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

impl Default for Base {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl FromStr for Base {
    type Err = BaseError;

    /// Slashes at the ends may be left out: `book`, `/book` and `/book/` are the same; so are `/` and nothing.
    fn from_str(text: &str) -> Result<Self, BaseError> {
        let segments = text.strip_prefix('/').unwrap_or(text);
        let segments = segments.strip_suffix('/').unwrap_or(segments);
        if segments.is_empty() {
            return Ok(Self::default());
        }
        // Narrow on purpose: these need no escaping in a link, a header, a route or a cookie.
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '~');
        let is_plain = |segment: &str| {
            !segment.is_empty() && segment != "." && segment != ".." && segment.chars().all(plain)
        };
        if !segments.split('/').all(is_plain) {
            return Err(BaseError(text.to_owned()));
        }
        Ok(Self(format!("/{segments}/")))
    }
}

impl Display for Base {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl Display for BaseError {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "{:?} is no base path; give the path below which the host serves the book, made of letters, digits \
             and - _ . ~, such as /book/",
            self.0
        )
    }
}

impl Error for BaseError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_at_the_ends_may_be_left_out() {
        for text in ["book", "/book", "book/", "/book/"] {
            assert_eq!(text.parse::<Base>().unwrap().as_str(), "/book/");
        }
        for text in ["", "/"] {
            assert_eq!(text.parse::<Base>().unwrap(), Base::default());
        }
        assert_eq!("/a/b-1.0_~".parse::<Base>().unwrap().join("x.html"), "/a/b-1.0_~/x.html");
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in ["///", "/a//b/", "../a", "/a/./b", "https://host/", "/{x}/", "/a b/", "/é/", "/a?b"] {
            assert!(text.parse::<Base>().unwrap_err().to_string().contains("/book/"), "{text}");
        }
    }
}
