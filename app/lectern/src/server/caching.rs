//! For how long a browser may use a file without asking again.

/// Asks each time; with an entity tag the answer is mostly "not modified".
pub const ASK: &str = "no-cache";

/// A year, without ever asking: another content has another name.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// Digits of the hash in a name.
const HASH: usize = 12;

/// The `Cache-Control` of the file at `path`.
pub fn cache_control(path: &str) -> &'static str {
    if path.starts_with("lectern/") && has_hash(path) { FOREVER } else { ASK }
}

/// Whether the name at the end of `path` is of the form `reader-1f00ab12cd34.js`.
fn has_hash(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, _)) = name.split_once('.') else { return false };
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == HASH && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashed_names_of_our_own_hold_forever() {
        for path in [
            "lectern/reader-1f00ab12cd34.js",
            "lectern/fonts/a-b-0123456789ab.woff2",
            "lectern/contents-0123456789ab.json",
        ] {
            assert_eq!(cache_control(path), FOREVER, "{path}");
        }
    }

    #[test]
    fn everything_else_is_asked_for() {
        for path in [
            "index.html",
            "sw.js",
            "reader-1f00ab12cd34.js",
            "lectern/reader.js",
            "lectern/reader-1f00ab12cd34",
            "lectern/reader-1f00ab12cd3.js",
            "lectern/reader-1f00ab12cd345.js",
            "lectern/reader-1F00AB12CD34.js",
            "lectern/1f00ab12cd34.js",
            "lectern/x-1f00ab12cd34.js/y.html",
        ] {
            assert_eq!(cache_control(path), ASK, "{path}");
        }
    }
}
