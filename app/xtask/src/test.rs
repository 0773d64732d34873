//! Every test there is, with what they need installed by itself.

use std::path::Path;
use std::process::Command;

use crate::process::{Outcome, cargo, step};
use crate::{lectern, npm, paths, tidy};

/// House rules, lints, unit and conformance tests, then the browser tests (all, or those whose file name
/// contains `browser`).
pub fn run(browser: Option<&str>) -> Outcome {
    let program = lectern::build()?;
    if browser.is_none() {
        tidy::run()?;
        step("rustfmt", cargo().args(["fmt", "--all", "--check"]))?;
        step(
            "clippy",
            cargo().args(["clippy", "--quiet", "--workspace", "--all-targets", "--", "--deny", "warnings"]),
        )?;
        step("unit and conformance tests", cargo().args(["test", "--quiet", "--workspace"]))?;
        worked_examples()?;
    }
    run_browser_tests(&program, browser.unwrap_or(""))
}

/// The arithmetic of the book's worked examples, recomputed by the scripts under `tests/content`.
fn worked_examples() -> Outcome {
    for script in files(&paths::root().join("tests/content"), ".py") {
        step(
            &format!("worked examples: {}", script.display()),
            Command::new("python3").arg(&script).stdout(std::process::Stdio::null()),
        )?;
    }
    Ok(())
}

fn run_browser_tests(program: &Path, filter: &str) -> Outcome {
    let chromium = chromium()?;
    let tests = files(&paths::root().join("tests/browser"), ".test.mjs")
        .into_iter()
        .filter(|path| path.to_string_lossy().contains(filter));
    step(
        "browser tests",
        Command::new("node")
            .args(["--test", "--test-concurrency=1", "--test-timeout=180000"])
            .args(tests)
            .env("LECTERN", program)
            .env("CHROMIUM", chromium)
            .env("NODE_PARTS", npm::file(""))
            .current_dir(paths::root()),
    )
}

fn files(folder: &Path, ending: &str) -> Vec<std::path::PathBuf> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}

/// Chromium's path; installs it on Debian as root, else says what to install.
pub fn chromium() -> Outcome<String> {
    let known = ["chromium", "chromium-browser", "google-chrome"];
    let find = || {
        known.iter().find_map(|name| {
            let path = std::env::var_os("PATH")?;
            std::env::split_paths(&path)
                .map(|folder| folder.join(name))
                .find(|file| file.is_file())
                .map(|file| file.to_string_lossy().into_owned())
        })
    };
    if let Some(path) = find() {
        return Ok(path);
    }
    let is_root =
        std::fs::metadata("/proc/self").is_ok_and(|file| std::os::unix::fs::MetadataExt::uid(&file) == 0);
    if Path::new("/etc/debian_version").exists() && is_root {
        step("apt-get update", Command::new("apt-get").args(["update", "-qq"]))?;
        // An image may come with packages half installed, which makes apt refuse every other one.
        let apt = |arguments: &[&str]| {
            let mut command = Command::new("apt-get");
            command.args(arguments).args(["-y", "-qq"]).env("DEBIAN_FRONTEND", "noninteractive");
            command
        };
        let install = || step("installing Chromium", &mut apt(&["install", "chromium"]));
        if install().is_err() {
            step("mending half-installed packages", &mut apt(&["--fix-broken", "install"]))?;
            install()?;
        }
    }
    find().ok_or_else(|| {
        "the browser tests need Chromium: install it (Debian: apt-get install chromium) and run again"
            .to_owned()
    })
}
