//! The finished site in memory: what `build` writes to a folder and `serve` answers from.

use std::collections::BTreeMap;

use bytes::Bytes;

/// A file of the finished site.
///
/// The compressed variants are those that exist already (embedded assets come with theirs); `None` means that
/// nobody has made one yet, and whoever needs it does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    /// The content as it is.
    pub bytes: Bytes,
    /// The content in brotli.
    pub brotli: Option<Bytes>,
    /// The content in gzip.
    pub gzip: Option<Bytes>,
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
