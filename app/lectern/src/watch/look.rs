//! A look at every watched file, to compare with the next.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::SystemTime;

use walkdir::WalkDir;

use super::filter::Filter;

/// Size in bytes and time of change of every file that counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    files: BTreeMap<PathBuf, (u64, Option<SystemTime>)>,
}

impl Look {
    /// What is there now. What cannot be read is not there.
    pub fn at(filter: &Filter) -> Self {
        let entries = filter.dirs().iter().flat_map(|dir| {
            WalkDir::new(dir).into_iter().filter_entry(|entry| filter.counts(entry.path())).flatten()
        });
        let files = entries
            .filter(|entry| !entry.file_type().is_dir())
            .filter_map(|entry| {
                let metadata = entry.metadata().ok()?;
                Some((entry.into_path(), (metadata.len(), metadata.modified().ok())))
            })
            .collect();
        Self { files }
    }

    /// Files that are new, changed or gone since `earlier`.
    pub fn changes_since(&self, earlier: &Self) -> Vec<PathBuf> {
        let all = self.files.keys().chain(earlier.files.keys());
        let mut changed: Vec<PathBuf> =
            all.filter(|path| self.files.get(*path) != earlier.files.get(*path)).cloned().collect();
        changed.sort();
        changed.dedup();
        changed
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::real;
    use super::*;

    #[test]
    fn new_changed_and_lost_files_are_seen() {
        let dir = tempfile::tempdir().unwrap();
        let root = real(dir.path());
        let filter = Filter::new(std::slice::from_ref(&root), &[root.join("dist")]);
        for name in ["same.md", "changed.md", "lost.md"] {
            fs::write(root.join(name), name).unwrap();
        }
        let before = Look::at(&filter);
        assert!(Look::at(&filter).changes_since(&before).is_empty());

        fs::write(root.join("changed.md"), "longer than before").unwrap();
        fs::remove_file(root.join("lost.md")).unwrap();
        fs::create_dir_all(root.join("deep/dist")).unwrap();
        fs::create_dir_all(root.join("dist")).unwrap();
        fs::write(root.join("deep/dist/new.md"), "").unwrap();
        fs::write(root.join("dist/out.html"), "").unwrap();
        let changed = Look::at(&filter).changes_since(&before);
        assert_eq!(changed, ["changed.md", "deep/dist/new.md", "lost.md"].map(|name| root.join(name)));
    }
}
