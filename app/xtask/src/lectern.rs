//! Building the program that authors install.

use std::path::PathBuf;

use crate::process::{Outcome, cargo, step};
use crate::{paths, reader};

/// Builds the reader and the `lectern` program around it; gives the program's path.
pub fn build() -> Outcome<PathBuf> {
    let assets = reader::build()?;
    step(
        "lectern: compiling",
        cargo().args(["build", "--quiet", "--release", "--package", "lectern"]).env("LECTERN_READER", assets),
    )?;
    Ok(paths::target().join("release/lectern"))
}
