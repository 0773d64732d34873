//! Where things are in the repository.

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> &'static Path {
    // This crate is `app/xtask`: the root is two folders up.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap_or(Path::new("."))
}

/// Build outputs.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The assembled reader that `lectern` embeds.
pub fn reader() -> PathBuf {
    target().join("reader-assets")
}

/// Where npm's parts are installed.
pub fn npm() -> PathBuf {
    root().join("app/xtask/npm")
}
