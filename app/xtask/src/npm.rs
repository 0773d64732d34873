//! The parts that come from npm, installed once per lock file.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::paths;
use crate::process::{Outcome, step};

/// Installs what `package-lock.json` names, unless it is there already.
pub fn install() -> Outcome {
    let folder = paths::npm();
    let lock = fs::read(folder.join("package-lock.json"))
        .map_err(|error| format!("app/xtask/npm/package-lock.json: {error}"))?;
    let stamp = folder.join("node_modules/.lectern-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut command = Command::new("npm");
    command
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .current_dir(&folder);
    step("npm packages: KaTeX, fonts, wasm-opt, esbuild, test tools", &mut command)
        .map_err(|problem| format!("{problem}; Node.js 20 or newer with npm is needed"))?;
    fs::write(&stamp, lock).map_err(|error| format!("{}: {error}", stamp.display()))
}

/// A file inside an installed package.
pub fn file(path: &str) -> PathBuf {
    paths::npm().join("node_modules").join(path)
}

/// A program that an installed package brings.
pub fn program(name: &str) -> Command {
    let mut command = Command::new(file(&format!(".bin/{name}")));
    command.current_dir(paths::root());
    command
}
