//! Watches folders for changes, so that a book is built again while its author writes.
//!
//! The system tells of changes where it can (inotify and its like); where it cannot, the folders are looked through
//! twice a second. Editors save in several steps: changes are gathered until they pause.

mod filter;
mod look;

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::{Display, Formatter};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{EventKind, MetadataKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

use self::filter::Filter;
use self::look::Look;

/// A pause this long ends a change.
const PAUSE: Duration = Duration::from_millis(150);

/// A change that goes on and on is told after this long all the same.
const PATIENCE: Duration = Duration::from_secs(2);

/// How often folders are looked through where the system does not tell.
const INTERVAL: Duration = Duration::from_millis(500);

/// There is nothing to watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WatchError {
    dirs: Vec<PathBuf>,
}

impl Display for WatchError {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        write!(out, "none of the folders to watch exists: ")?;
        for (index, dir) in self.dirs.iter().enumerate() {
            write!(out, "{}{}", if index == 0 { "" } else { ", " }, dir.display())?;
        }
        Ok(())
    }
}

impl Error for WatchError {}

/// Calls `on_change` after every change under `dirs` with the files and folders that changed. Blocks for good.
///
/// Hidden files, editors' backups, `target`, `node_modules` and sites that this program has written do not count.
/// What changes while `on_change` runs is told after it.
///
/// # Errors
/// None of `dirs` exists; those that do not are passed over.
pub fn watch(dirs: Vec<PathBuf>, on_change: impl FnMut(Vec<PathBuf>)) -> Result<(), WatchError> {
    watch_except(dirs, Vec::new(), on_change)
}

/// Like [`watch`], and what is under `skip` does not count either: where another program builds to.
///
/// # Errors
/// As [`watch`].
pub fn watch_except(
    dirs: Vec<PathBuf>,
    skip: Vec<PathBuf>,
    mut on_change: impl FnMut(Vec<PathBuf>),
) -> Result<(), WatchError> {
    let filter = Filter::new(&dirs, &skip);
    if filter.dirs().is_empty() {
        return Err(WatchError { dirs });
    }
    if let Ok((watcher, events)) = subscribe(&filter) {
        listen(&events, &filter, &mut on_change);
        drop(watcher);
        // Something may have changed while nobody listened.
        on_change(filter.dirs().to_vec());
    }
    poll(&filter, INTERVAL, &mut on_change);
    Ok(())
}

type Events = Receiver<notify::Result<Event>>;

/// Asks the system to tell of changes.
fn subscribe(filter: &Filter) -> notify::Result<(RecommendedWatcher, Events)> {
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender)?;
    for dir in filter.dirs() {
        watcher.watch(dir, RecursiveMode::Recursive)?;
    }
    Ok((watcher, events))
}

/// Tells of changes until the system says that it can no more.
fn listen(events: &Events, filter: &Filter, on_change: &mut impl FnMut(Vec<PathBuf>)) {
    while let Ok(first) = events.recv() {
        let mut changed = BTreeSet::new();
        if !gather(first, filter, &mut changed) {
            return;
        }
        if changed.is_empty() {
            continue;
        }
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            match events.recv_timeout(PAUSE) {
                Ok(event) => {
                    if !gather(event, filter, &mut changed) {
                        return;
                    }
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        on_change(changed.into_iter().collect());
    }
}

/// Adds what `event` says has changed; `false` if the system cannot watch any more.
fn gather(event: notify::Result<Event>, filter: &Filter, changed: &mut BTreeSet<PathBuf>) -> bool {
    let Ok(event) = event else { return false };
    if event.need_rescan() {
        // Too much happened at once for the system to say what.
        changed.extend(filter.dirs().iter().cloned());
    } else if is_change(event.kind) {
        changed.extend(event.paths.into_iter().filter(|path| filter.counts(path)));
    }
    true
}

/// Reading a book must not look like changing it.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)))
}

/// Looks for changes itself, every `interval`, for good.
fn poll(filter: &Filter, interval: Duration, on_change: &mut impl FnMut(Vec<PathBuf>)) {
    let mut told = Look::at(filter);
    loop {
        std::thread::sleep(interval);
        let mut seen = Look::at(filter);
        if seen == told {
            continue;
        }
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            std::thread::sleep(PAUSE);
            let again = Look::at(filter);
            if again == seen {
                break;
            }
            seen = again;
        }
        let changed = seen.changes_since(&told);
        told = seen;
        if !changed.is_empty() {
            on_change(changed);
        }
    }
}

/// `path` without links and detours, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute
        .ancestors()
        .find_map(|ancestor| {
            let rest = absolute.strip_prefix(ancestor).ok()?;
            // Joining nothing would add a slash.
            let real = ancestor.canonicalize().ok()?;
            Some(if rest.as_os_str().is_empty() { real } else { real.join(rest) })
        })
        .unwrap_or(absolute)
}

#[cfg(test)]
mod tests;
