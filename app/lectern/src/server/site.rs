//! A site as the server keeps it: every file with the variants and entity tags made so far.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use super::conditional::entity_tag;
use crate::compress::Coding;
use crate::output::{File, Output};

/// Every file of one edition, by path.
#[derive(Debug, Default)]
pub struct Site {
    entries: HashMap<String, Arc<Entry>>,
}

impl Site {
    /// The site of `output`. Files that are the same in `previous` keep the variants that were made for them.
    pub fn new(output: Output, previous: &Self) -> Self {
        let entry = |path: &str, file: File| match previous.entries.get(path) {
            Some(entry) if entry.file == file => Arc::clone(entry),
            _ => Arc::new(Entry::new(path, file)),
        };
        let entries =
            output.files.into_iter().map(|(path, file)| (path.clone(), entry(&path, file))).collect();
        Self { entries }
    }

    /// The file at `path`.
    pub fn get(&self, path: &str) -> Option<&Arc<Entry>> {
        self.entries.get(path)
    }
}

/// A file, and what was made of it so far.
#[derive(Debug)]
pub struct Entry {
    path: String,
    file: File,
    plain: OnceLock<Variant>,
    /// `None`: this coding gains nothing.
    brotli: OnceLock<Option<Variant>>,
    gzip: OnceLock<Option<Variant>>,
}

/// The bytes of a file in one coding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// What is sent.
    pub bytes: Bytes,
    /// Its strong entity tag, with quotes.
    pub tag: String,
    /// How it is coded; `None`: as it is.
    pub coding: Option<Coding>,
}

impl Entry {
    fn new(path: &str, file: File) -> Self {
        Self {
            path: path.to_owned(),
            file,
            plain: OnceLock::new(),
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    /// Where the file is in the site.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The file as it is.
    pub fn plain(&self) -> &Variant {
        self.plain.get_or_init(|| Variant::new(self.file.bytes.clone(), None))
    }

    /// The first of `codings` that the file is to be had in, else the file as it is. What has not been made yet is
    /// made on a thread for long work and kept.
    pub async fn variant(self: &Arc<Self>, codings: &[Coding]) -> Variant {
        for coding in codings {
            let made = match self.slot(*coding).get() {
                Some(made) => made.clone(),
                None => self.make(*coding).await,
            };
            if let Some(variant) = made {
                return variant;
            }
        }
        self.plain().clone()
    }

    async fn make(self: &Arc<Self>, coding: Coding) -> Option<Variant> {
        let entry = Arc::clone(self);
        let make = move || {
            let make = || Some(Variant::new(entry.file.variant(&entry.path, coding)?, Some(coding)));
            entry.slot(coding).get_or_init(make).clone()
        };
        // It fails only while the program ends: the plain file will do.
        tokio::task::spawn_blocking(make).await.unwrap_or_default()
    }

    fn slot(&self, coding: Coding) -> &OnceLock<Option<Variant>> {
        match coding {
            Coding::Brotli => &self.brotli,
            Coding::Gzip => &self.gzip,
        }
    }
}

impl Variant {
    fn new(bytes: Bytes, coding: Option<Coding>) -> Self {
        Self { tag: entity_tag(&bytes), bytes, coding }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compress::tests::undo;

    fn site(files: &[(&str, String)], previous: &Site) -> Site {
        let mut output = Output::default();
        for (path, content) in files {
            output.add(path, File::from(content.clone()));
        }
        Site::new(output, previous)
    }

    #[tokio::test]
    async fn a_variant_is_made_once_and_has_its_own_tag() {
        let page = "a page ".repeat(100);
        let site = site(&[("a.html", page.clone())], &Site::default());
        let entry = site.get("a.html").unwrap();
        let first = entry.variant(&[Coding::Brotli]).await;
        assert_eq!(undo(&first.bytes, Coding::Brotli), page.as_bytes());
        let again = entry.variant(&[Coding::Brotli, Coding::Gzip]).await;
        assert_eq!(first.bytes.as_ptr(), again.bytes.as_ptr());
        let gzip = entry.variant(&[Coding::Gzip]).await;
        assert_eq!(undo(&gzip.bytes, Coding::Gzip), page.as_bytes());
        let tags = [&first.tag, &gzip.tag, &entry.plain().tag];
        assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
    }

    #[tokio::test]
    async fn a_file_that_does_not_shrink_is_sent_as_it_is() {
        let site = site(&[("a.png", "a page ".repeat(100))], &Site::default());
        let entry = site.get("a.png").unwrap();
        assert_eq!(entry.variant(&Coding::ALL).await, *entry.plain());
    }

    #[test]
    fn the_next_edition_keeps_what_did_not_change() {
        let first = site(&[("same.html", "same".into()), ("new.html", "before".into())], &Site::default());
        let second = site(&[("same.html", "same".into()), ("new.html", "after".into())], &first);
        assert!(Arc::ptr_eq(first.get("same.html").unwrap(), second.get("same.html").unwrap()));
        assert_eq!(second.get("new.html").unwrap().plain().bytes, "after");
        assert!(second.get("gone.html").is_none());
    }
}
