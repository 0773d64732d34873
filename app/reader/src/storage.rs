//! Values kept in the browser: versioned, validated, and never a reason to stop reading.

use book::phrases::Phrase;
use gloo_storage::{LocalStorage, Storage};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::{dom, json};

/// Version of everything stored here.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Stored<T> {
    version: u32,
    value: T,
}

/// Why a value could not be read or kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Problem {
    /// The browser allows no storage here.
    Blocked,
    /// There is no room left.
    Full,
    /// What is stored is not what was written; it was set aside under another key.
    Damaged,
    /// A newer version of the app wrote it; it is left alone.
    Newer,
}

impl Problem {
    /// What to tell the reader.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Blocked => Phrase::StorageBlocked,
            Self::Full => Phrase::StorageFull,
            Self::Damaged => Phrase::StorageDamaged,
            Self::Newer => Phrase::StorageNewer,
        }
    }
}

/// Whether the browser lets us store anything. Asked before each use, since `gloo-storage` panics where the
/// browser refuses.
fn is_allowed() -> bool {
    matches!(dom::window().local_storage(), Ok(Some(_)))
}

/// What was stored under `key`; `Ok(None)` if nothing was.
///
/// # Errors
/// See [`Problem`]; a damaged value is moved to `key` + `:damaged`, so that nothing is lost.
pub fn load<T: DeserializeOwned>(key: &str) -> Result<Option<T>, Problem> {
    if !is_allowed() {
        return Err(Problem::Blocked);
    }
    let Ok(Some(text)) = LocalStorage::raw().get_item(key) else { return Ok(None) };
    match decode(&text) {
        Err(Problem::Damaged) => {
            let raw = LocalStorage::raw();
            let _ = raw.set_item(&format!("{key}:damaged"), &text);
            let _ = raw.remove_item(key);
            Err(Problem::Damaged)
        }
        other => other.map(Some),
    }
}

fn decode<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    if version(text)? > VERSION {
        return Err(Problem::Newer);
    }
    json::parse::<Stored<T>>(text).map(|stored| stored.value).map_err(|_| Problem::Damaged)
}

fn version(text: &str) -> Result<u32, Problem> {
    #[derive(Deserialize)]
    struct Head {
        version: u32,
    }
    json::parse(text).map(|head: Head| head.version).map_err(|_| Problem::Damaged)
}

/// Stores `value` under `key`, unless a newer version's value is there.
///
/// # Errors
/// See [`Problem`].
pub fn save<T: Serialize>(key: &str, value: &T) -> Result<(), Problem> {
    if !is_allowed() {
        return Err(Problem::Blocked);
    }
    if let Ok(Some(text)) = LocalStorage::raw().get_item(key)
        && version(&text).is_ok_and(|version| version > VERSION)
    {
        return Err(Problem::Newer);
    }
    let text = json::stringify(&Stored { version: VERSION, value }).ok_or(Problem::Full)?;
    LocalStorage::raw().set_item(key, &text).map_err(|_| Problem::Full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read() {
        let text = json::stringify(&Stored { version: VERSION, value: 7 }).unwrap();
        assert_eq!(decode::<i32>(&text), Ok(7));
    }

    #[test]
    fn half_written_foreign_and_newer_values_are_told_apart() {
        assert_eq!(decode::<i32>("{\"version\":1,\"val"), Err(Problem::Damaged));
        assert_eq!(decode::<i32>("7"), Err(Problem::Damaged));
        assert_eq!(decode::<i32>("{\"version\":1,\"value\":\"x\"}"), Err(Problem::Damaged));
        assert_eq!(decode::<i32>("{\"version\":99,\"anything\":[]}"), Err(Problem::Newer));
    }
}
