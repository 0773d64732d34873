//! Finished formulas on disk, a file each, so that a build typesets only what is new.
//!
//! A file is a line with the hash of the rest, then the HTML: whatever damaged it shows, and it is made
//! again. A file appears by being renamed into place, so builds that run at once never see half of one.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use sha2::{Digest, Sha256};

/// A folder of finished formulas.
pub(super) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// The cache in `folder`, which is made when the first formula is kept.
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.join("formulas") }
    }

    /// What is kept under `key`, if it is there and whole.
    pub(super) fn get(&self, key: &str) -> Option<String> {
        let text = fs::read_to_string(self.path(key)).ok()?;
        let (sum, html) = text.split_once('\n')?;
        (sum == hash(&[html.as_bytes()])).then(|| html.to_owned())
    }

    /// Keeps `html` under `key`. That it cannot be written is no error: it will be made again.
    pub(super) fn put(&self, key: &str, html: &str) {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let path = self.path(key);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let part = path.with_extension(format!("{}-{number}.part", std::process::id()));
        let written = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&part, format!("{}\n{html}", hash(&[html.as_bytes()]))))
            .and_then(|()| fs::rename(&part, &path));
        if written.is_err() {
            // What is half written must not fill the disk; that it may be absent is fine.
            let _ = fs::remove_file(&part);
        }
    }

    fn path(&self, key: &str) -> PathBuf {
        // Folders of a few hundred files, as some file systems like it.
        let (folder, name) = key.split_at(2.min(key.len()));
        self.folder.join(folder).join(name)
    }
}

/// First half of the SHA-256 of all parts in order, hexadecimal. Each part's length goes in too, so that
/// no two lists of parts are the same.
pub(super) fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_found_until_it_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path());
        assert_eq!(cache.get("abcd"), None);
        cache.put("abcd", "<b>\nx</b>");
        assert_eq!(cache.get("abcd").as_deref(), Some("<b>\nx</b>"));
        for damage in ["", "\n", "no line", "0123\n<b>\nx</b>", "\u{0}"] {
            fs::write(cache.path("abcd"), damage).unwrap();
            assert_eq!(cache.get("abcd"), None, "{damage:?}");
        }
        fs::write(cache.path("abcd"), [0xff, 0xfe]).unwrap();
        assert_eq!(cache.get("abcd"), None);
        cache.put("abcd", "new");
        assert_eq!(cache.get("abcd").as_deref(), Some("new"));
    }

    #[test]
    fn a_place_that_cannot_be_written_is_no_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let cache = Cache::new(&file);
        cache.put("abcd", "x");
        assert_eq!(cache.get("abcd"), None);
    }

    #[test]
    fn nothing_half_written_stays() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path());
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..50).for_each(|_| cache.put("abcd", &"x".repeat(10_000))));
            }
        });
        assert_eq!(cache.get("abcd").map(|html| html.len()), Some(10_000));
        assert_eq!(fs::read_dir(cache.path("abcd").parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn parts_are_told_apart() {
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
        assert_eq!(hash(&[b"ab"]).len(), 32);
    }
}
