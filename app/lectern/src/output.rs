//! The finished site in memory: what `build` writes to a folder and `serve` answers from.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::compress::{self, Coding};

/// A file of the finished site.
///
/// The compressed variants are those that exist already (embedded assets come with theirs); `None` means that
/// nobody has made one yet, and whoever needs it does, with [`File::variant`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// The content as it is.
    pub bytes: Bytes,
    /// The content in brotli.
    pub brotli: Option<Bytes>,
    /// The content in gzip.
    pub gzip: Option<Bytes>,
}

impl File {
    /// The content in `coding`, made now if it does not exist already; `path` tells what kind of file it is.
    ///
    /// `None` if the file is of a kind that does not shrink, or too small for it to matter.
    pub fn variant(&self, path: &str, coding: Coding) -> Option<Bytes> {
        let existing = match coding {
            Coding::Brotli => &self.brotli,
            Coding::Gzip => &self.gzip,
        };
        existing.clone().or_else(|| compress::variant(path, &self.bytes, coding))
    }
}

impl<B: Into<Bytes>> From<B> for File {
    fn from(bytes: B) -> Self {
        Self { bytes: bytes.into(), brotli: None, gzip: None }
    }
}

/// Every file of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// By path relative to the site's root, separated by `/`: `ch01.html`, `lectern/reader-1f00ab12cd34.js`.
    pub files: BTreeMap<String, File>,
}

impl Output {
    /// Adds `file` at `path`, in place of any file that was there; `./a//b.css` is `a/b.css`.
    ///
    /// A path that leads out of the site (see [`is_plain`]) is not added; gives whether it was.
    pub fn add(&mut self, path: &str, file: File) -> bool {
        let segments: Vec<&str> =
            path.split('/').filter(|segment| !segment.is_empty() && *segment != ".").collect();
        let path_in_site = segments.join("/");
        let added = !path.starts_with('/') && is_plain(&path_in_site);
        if added {
            self.files.insert(path_in_site, file);
        }
        added
    }
}

/// Whether `path` names a file inside a folder and nothing else: relative, separated by single `/`, without `.`,
/// `..`, backslashes and control characters.
pub fn is_plain(path: &str) -> bool {
    !path.contains(|c: char| c == '\\' || c.is_control())
        && path.split('/').all(|segment| !matches!(segment, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_paths_stay_inside() {
        for path in ["a", "a.html", "a/b.css", "...", "a..b/c", ".nojekyll", "é/ü.png", "a b"] {
            assert!(is_plain(path), "{path}");
        }
        for path in ["", "/a", "a/", "a//b", ".", "..", "../a", "a/../b", "a\\b", "a\0", "a\nb", "./a"] {
            assert!(!is_plain(path), "{path}");
        }
    }

    #[test]
    fn add_tidies_paths_and_refuses_those_that_lead_out() {
        let mut output = Output::default();
        assert!(output.add("./theme//x.css", File::from("first")));
        assert!(output.add("theme/x.css", File::from("second")));
        assert!(!output.add("../x.css", File::from("")));
        assert!(!output.add("/etc/x.css", File::from("")));
        assert!(!output.add("", File::from("")));
        assert_eq!(output.files.len(), 1);
        assert_eq!(output.files["theme/x.css"], File::from("second"));
    }

    #[test]
    fn a_variant_that_exists_is_not_made_again() {
        let mut file = File::from("a page ".repeat(100));
        file.brotli = Some(Bytes::from_static(b"made before"));
        assert_eq!(file.variant("a.html", Coding::Brotli).as_deref(), Some(&b"made before"[..]));
        let gzip = file.variant("a.html", Coding::Gzip).unwrap();
        assert_eq!(gzip[..2], [0x1f, 0x8b]);
    }
}
