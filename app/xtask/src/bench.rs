//! Races against peers, printed as ratios.

use crate::process::{Outcome, cargo, step};
use crate::{lectern, npm, paths, test};

/// Runs the benchmark called `name`.
pub fn run(name: &str, json: bool) -> Outcome {
    let script = paths::root().join(format!("tests/bench/{name}.mjs"));
    if !script.is_file() {
        return Err(format!("there is no benchmark '{name}'; tests/bench has one file for each"));
    }
    let program = lectern::build()?;
    step(
        "mdBook, the peer: compiling",
        cargo().args(["build", "--quiet", "--release", "--package", "tests", "--bins"]),
    )?;
    let mut command = std::process::Command::new("node");
    command
        .arg(script)
        .env("LECTERN", program)
        .env("PEER", paths::target().join("release/peer-mdbook"))
        .env("CHROMIUM", test::chromium()?)
        .env("NODE_PARTS", npm::file(""))
        .current_dir(paths::root());
    if json {
        command.arg("--json");
    }
    step(&format!("bench {name}"), &mut command)
}
