//! Embeds the compiled reader: every file of the folder that `LECTERN_READER` names, or `target/reader-assets`.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-env-changed=LECTERN_READER");
    let folder = env::var_os("LECTERN_READER").map_or_else(default_folder, PathBuf::from);
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut code =
        String::from("/// Every embedded file: name and bytes.\npub static FILES: &[(&str, &[u8])] = &[\n");
    let mut names: Vec<_> = fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    for name in names {
        let path = folder.join(&name);
        // `{:?}` quotes as Rust does; the path is absolute, so that the compiler finds it from OUT_DIR.
        let _ = writeln!(code, "    ({name:?}, include_bytes!({:?})),", path.display().to_string());
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("embedded.rs");
    if let Err(error) = fs::write(&out, code) {
        println!("cargo::error=cannot write {}: {error}", out.display());
    }
}

/// `target/reader-assets` of this workspace, where `cargo xtask build` puts it.
fn default_folder() -> PathBuf {
    let root = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    let target = env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let root = root.ancestors().nth(2).unwrap_or(Path::new(".")).to_owned();
    target.unwrap_or_else(|| root.join("target")).join("reader-assets")
}
