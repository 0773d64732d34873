//! Writes a finished site to a folder, with `.br` and `.gz` beside every file that they make smaller.
//!
//! What was written is kept in a [list](list), so that the next build rewrites only what changed, removes what is
//! gone, and never touches a file that somebody else put there. Every file is replaced in one step: a host that
//! serves the folder meanwhile sees the old file or the new one.

mod error;
mod list;
mod place;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

pub use self::error::WriteError;
use self::list::List;
pub use self::list::NAME as LIST;
use crate::compress::{self, Coding};
use crate::output::{File, Output};
use crate::{media, output};

/// How to write a site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Write into a folder that holds something else, over files of the same names; the others stay.
    pub force: bool,
}

/// What writing a site did. Files are the site's own; their compressed variants are not counted, only weighed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WriteReport {
    /// Files that were new or had changed.
    pub written: usize,
    /// Files that were there already.
    pub unchanged: usize,
    /// Files of an earlier build that were removed, variants included.
    pub removed: usize,
    /// Size of all files, in bytes.
    pub bytes: u64,
    /// Size of all `.br` files, in bytes.
    pub brotli: u64,
    /// Size of all `.gz` files, in bytes.
    pub gzip: u64,
}

/// Writes every file of `output` to `dir`, which is made if it is not there.
///
/// # Errors
/// A folder or file that is not this program's (nothing has changed then), or what the file system refused (the
/// next build repairs what was left half done).
pub fn write(output: &Output, dir: &Path, options: &Options) -> Result<WriteReport, WriteError> {
    check_names(output)?;
    let old = open(dir, options)?;
    let new: BTreeSet<String> =
        output.files.iter().flat_map(|(path, file)| names(path, file, output)).collect();
    if !options.force {
        check_foreign(dir, &new, &old)?;
    }

    // An interrupted build must know its files again.
    let both = List { complete: false, paths: old.paths.union(&new).cloned().collect() };
    both.save(dir)?;
    let mut removed = 0;
    for path in old.paths.difference(&new) {
        removed += usize::from(place::remove(dir, path)?);
    }
    place::make_folders(dir, output.files.keys())?;

    let files: Vec<(&String, &File)> = output.files.iter().collect();
    let done: Vec<Done> = files
        .par_iter()
        .map(|(path, file)| write_file(dir, path, file, output, &old))
        .collect::<Result<_, WriteError>>()?;

    let mut report = WriteReport { removed, ..WriteReport::default() };
    let mut paths = BTreeSet::new();
    for ((path, file), done) in files.into_iter().zip(done) {
        report.written += usize::from(done.written);
        report.unchanged += usize::from(!done.written);
        report.removed += done.removed;
        report.bytes += file.bytes.len() as u64;
        for (coding, size) in done.variants {
            match coding {
                Coding::Brotli => report.brotli += size,
                Coding::Gzip => report.gzip += size,
            }
            paths.insert(variant_path(path, coding));
        }
        paths.insert(path.clone());
    }
    List { complete: true, paths }.save(dir)?;
    Ok(report)
}

/// What was done for one file.
struct Done {
    written: bool,
    removed: usize,
    /// Variants in the folder now and their sizes in bytes.
    variants: Vec<(Coding, u64)>,
}

fn write_file(dir: &Path, path: &str, file: &File, output: &Output, old: &List) -> Result<Done, WriteError> {
    if let Some(variants) = unchanged(dir, path, file, old) {
        return Ok(Done { written: false, removed: 0, variants });
    }
    let mut done = Done { written: true, removed: 0, variants: Vec::new() };
    let (brotli, gzip) =
        rayon::join(|| file.variant(path, Coding::Brotli), || file.variant(path, Coding::Gzip));
    for (coding, variant) in [(Coding::Brotli, brotli), (Coding::Gzip, gzip)] {
        let beside = variant_path(path, coding);
        if output.files.contains_key(&beside) {
            continue;
        }
        if let Some(variant) = variant {
            place::put(dir, &beside, &variant)?;
            done.variants.push((coding, variant.len() as u64));
        } else if old.paths.contains(&beside) {
            done.removed += usize::from(place::remove(dir, &beside)?);
        }
    }
    place::put(dir, path, &file.bytes)?;
    Ok(done)
}

/// The variants of the file at `path` if it and they are in the folder already.
fn unchanged(dir: &Path, path: &str, file: &File, old: &List) -> Option<Vec<(Coding, u64)>> {
    if !old.complete || !old.paths.contains(path) {
        return None;
    }
    let place = dir.join(path);
    let same_size = fs::metadata(&place).ok()?.len() == file.bytes.len() as u64;
    if !same_size || fs::read(&place).ok()? != file.bytes {
        return None;
    }
    let mut variants = Vec::new();
    for coding in Coding::ALL {
        let beside = variant_path(path, coding);
        if old.paths.contains(&beside) {
            variants.push((coding, fs::metadata(dir.join(beside)).ok()?.len()));
        }
    }
    Some(variants)
}

/// Every name that the file at `path` may take in the folder; a variant that the site has itself is not ours to make.
fn names(path: &str, file: &File, output: &Output) -> Vec<String> {
    let shrinks = file.bytes.len() >= compress::SMALLEST && media::compresses(path);
    let made = |coding| match coding {
        Coding::Brotli => shrinks || file.brotli.is_some(),
        Coding::Gzip => shrinks || file.gzip.is_some(),
    };
    let beside =
        Coding::ALL.into_iter().filter(|coding| made(*coding)).map(|coding| variant_path(path, coding));
    let beside = beside.filter(|beside| !output.files.contains_key(beside));
    std::iter::once(path.to_owned()).chain(beside).collect()
}

fn variant_path(path: &str, coding: Coding) -> String {
    format!("{path}.{}", coding.extension())
}

fn check_names(output: &Output) -> Result<(), WriteError> {
    match output.files.keys().find(|path| !output::is_plain(path) || place::is_reserved(path)) {
        Some(path) => Err(WriteError::Name { path: path.clone() }),
        None => Ok(()),
    }
}

/// Makes `dir` if need be; gives what an earlier build wrote to it.
fn open(dir: &Path, options: &Options) -> Result<List, WriteError> {
    if dir.exists() && !dir.is_dir() {
        return Err(WriteError::NotAFolder { dir: dir.to_owned() });
    }
    fs::create_dir_all(dir).map_err(|source| WriteError::io("make the folder", dir, source))?;
    if let Some(list) = List::load(dir)? {
        return Ok(list);
    }
    let entries = fs::read_dir(dir).map_err(|source| WriteError::io("read the folder", dir, source))?;
    // A fresh git worktree holds only `.git`, and a Mac leaves `.DS_Store`.
    let occupied = entries.flatten().any(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    if occupied && !options.force {
        return Err(WriteError::NotOurs { dir: dir.to_owned() });
    }
    Ok(List::default())
}

/// A file that would be overwritten and that no build has written is somebody's work.
fn check_foreign(dir: &Path, new: &BTreeSet<String>, old: &List) -> Result<(), WriteError> {
    for path in new.difference(&old.paths) {
        let place = dir.join(path);
        // A folder is not overwritten: either its files are ours and go, or the system refuses.
        if place.symlink_metadata().is_ok_and(|metadata| !metadata.is_dir()) {
            return Err(WriteError::Foreign { path: place });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
