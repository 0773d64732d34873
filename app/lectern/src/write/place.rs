//! Single files in the output folder: replaced in one step, removed with the folders that they leave empty, and
//! never reached through a link.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::error::WriteError;
use super::list;

/// A file that is being written; left over only where a build was cut off, and replaced by the next.
const UNFINISHED: &str = ".lectern-new";

/// Whether the build keeps `path` for itself.
pub fn is_reserved(path: &str) -> bool {
    path == list::NAME || path.ends_with(UNFINISHED)
}

/// Makes the content of `path` in `dir` be `bytes`, in one step. Its folder must exist.
pub fn put(dir: &Path, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
    let place = dir.join(path);
    let unfinished = unfinished(dir, path);
    let result = fs::write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, &place));
    result.map_err(|source| {
        // The first error is the one to tell.
        let _ = fs::remove_file(&unfinished);
        WriteError::io("write the file", &place, source)
    })
}

/// Removes the file at `path` in `dir`, and folders that become empty; gives whether there was such a file.
pub fn remove(dir: &Path, path: &str) -> Result<bool, WriteError> {
    if parents(path).any(|parent| is_link(&dir.join(parent))) {
        return Ok(false);
    }
    let place = dir.join(path);
    // Only a build that was cut off leaves one.
    let _ = fs::remove_file(unfinished(dir, path));
    match fs::remove_file(&place) {
        Ok(()) => {}
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(false);
        }
        Err(source) => return Err(WriteError::io("remove the file", &place, source)),
    }
    // Fails at the first folder that still holds something, which is the wanted end.
    let _ = parents(path).try_for_each(|parent| fs::remove_dir(dir.join(parent)));
    Ok(true)
}

/// Makes the folders that the files at `paths` need.
pub fn make_folders<'a>(dir: &Path, paths: impl Iterator<Item = &'a String>) -> Result<(), WriteError> {
    let folders: BTreeSet<&str> = paths.flat_map(|path| parents(path)).collect();
    // A folder sorts before what it holds.
    for folder in folders {
        let place = dir.join(folder);
        if is_link(&place) {
            return Err(WriteError::Link { path: place });
        }
        match fs::create_dir(&place) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && place.is_dir() => {}
            result => result.map_err(|source| WriteError::io("make the folder", &place, source))?,
        }
    }
    Ok(())
}

/// The folders that `path` is in, the nearest first: `a/b`, `a` for `a/b/c`.
fn parents(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(path.rsplit_once('/'), |(parent, _)| parent.rsplit_once('/'))
        .map(|(parent, _)| parent)
}

fn unfinished(dir: &Path, path: &str) -> PathBuf {
    dir.join(format!("{path}{UNFINISHED}"))
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.file_type().is_symlink())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parents_come_nearest_first() {
        assert_eq!(parents("a/b/c").collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!(parents("a").count(), 0);
    }

    #[test]
    fn a_file_that_cannot_be_put_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("taken")).unwrap();
        fs::write(dir.path().join("taken/x"), "").unwrap();
        let error = put(dir.path(), "taken", b"a page").unwrap_err();
        assert!(error.to_string().contains("taken"), "{error}");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
