//! The list of files that builds have written to a folder, kept in that folder as [`NAME`].
//!
//! Grammar: a first line `lectern files RECIPE STATE`, then one path a line, relative and separated by `/`. The
//! state is `complete`, or `interrupted` while a build is at work. The file may come from anywhere: a line that
//! is no plain path is passed over, so that a list never makes a build touch anything outside its folder.

use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

use super::error::WriteError;
use super::place;
use crate::output::is_plain;

/// What the list is called.
pub const NAME: &str = ".lectern-files";

/// Raised when the same content gives other variants than before, so that all are made anew.
const RECIPE: &str = "1";

/// What builds have written to a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// The last build finished, with this program's recipe: every variant belongs to the file beside it.
    pub complete: bool,
    /// Every file, variants included.
    pub paths: BTreeSet<String>,
}

impl List {
    /// The list in `dir`, if it has one.
    pub fn load(dir: &Path) -> Result<Option<Self>, WriteError> {
        let path = dir.join(NAME);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(Self::parse(&String::from_utf8_lossy(&bytes)))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(WriteError::io("read the list of files", &path, source)),
        }
    }

    /// Puts the list into `dir`.
    pub fn save(&self, dir: &Path) -> Result<(), WriteError> {
        place::put(dir, NAME, self.text().as_bytes())
    }

    fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        let complete = lines.next() == Some(&header("complete"));
        let paths =
            lines.filter(|path| is_plain(path) && !place::is_reserved(path)).map(str::to_owned).collect();
        Self { complete, paths }
    }

    fn text(&self) -> String {
        let mut text = header(if self.complete { "complete" } else { "interrupted" });
        text.push('\n');
        for path in &self.paths {
            text.push_str(path);
            text.push('\n');
        }
        text
    }
}

fn header(state: &str) -> String {
    format!("lectern files {RECIPE} {state}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_list_that_was_tampered_with_names_nothing_outside() {
        let list = List::parse(
            "lectern files 1 complete\na.html\n../secret\n/etc/passwd\na/../../b\n\n.lectern-files\n",
        );
        assert!(list.complete);
        assert_eq!(list.paths, BTreeSet::from(["a.html".to_owned()]));
    }

    #[test]
    fn another_recipe_is_not_complete() {
        assert!(!List::parse("lectern files 0 complete\na.html\n").complete);
        assert!(!List::parse("lectern files 1 interrupted\na.html\n").complete);
        assert!(!List::parse("").complete);
    }

    proptest! {
        #[test]
        fn what_is_saved_is_loaded(complete: bool, paths in proptest::collection::btree_set("[a-zé .]{1,9}(/[a-z]{1,3})?", 0..9)) {
            let paths: BTreeSet<String> = paths.into_iter().filter(|path| is_plain(path)).collect();
            let list = List { complete, paths };
            prop_assert_eq!(List::parse(&list.text()), list);
        }

        #[test]
        fn any_text_gives_only_plain_paths(text: String) {
            prop_assert!(List::parse(&text).paths.iter().all(|path| is_plain(path)));
        }
    }
}
