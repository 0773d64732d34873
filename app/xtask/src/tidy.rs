//! The house rules that a compiler does not check.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::paths;
use crate::process::Outcome;

/// Most lines a source file may have before it must be split.
const LONGEST_FILE: usize = 650;

/// Checks every rule; prints each breach as `file: message`.
pub fn run() -> Outcome {
    let mut breaches = Vec::new();
    for file in sources() {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let name = file.strip_prefix(paths::root()).unwrap_or(&file).display().to_string();
        check_source(&name, &text, &mut breaches);
    }
    check_architecture(&mut breaches);
    check_top_level(&mut breaches);
    for breach in &breaches {
        eprintln!("{breach}");
    }
    if breaches.is_empty() { Ok(()) } else { Err(format!("tidy: {} breaches, listed above", breaches.len())) }
}

fn sources() -> Vec<PathBuf> {
    ["app", "tests"]
        .iter()
        .flat_map(|folder| {
            WalkDir::new(paths::root().join(folder)).into_iter().filter_entry(|entry| {
                !["node_modules", "target", "fixtures"].iter().any(|name| entry.file_name() == *name)
            })
        })
        .filter_map(|entry| Some(entry.ok()?.into_path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

fn check_source(name: &str, text: &str, breaches: &mut Vec<String>) {
    if !text.starts_with("//! ") {
        breaches.push(format!("{name}: must open with one `//!` sentence on its role"));
    }
    let lines = text.lines().count();
    if lines > LONGEST_FILE {
        breaches.push(format!("{name}: {lines} lines; split it (at most {LONGEST_FILE})"));
    }
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("unsafe {")
            && !text.lines().take(index).any(|line| line.contains("// SAFETY:"))
        {
            breaches.push(format!("{name}:{}: unsafe without a `// SAFETY:` comment", index + 1));
        }
        if line.ends_with(' ') {
            breaches.push(format!("{name}:{}: trailing space", index + 1));
        }
    }
}

/// ARCHITECTURE.md names each crate, and no crate that is not there.
fn check_architecture(breaches: &mut Vec<String>) {
    let page = fs::read_to_string(paths::root().join("app/ARCHITECTURE.md")).unwrap_or_default();
    if page.is_empty() {
        breaches.push("app/ARCHITECTURE.md: missing".to_owned());
        return;
    }
    let exist: Vec<String> = fs::read_dir(paths::root().join("app"))
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("Cargo.toml").is_file())
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    for name in &exist {
        if !page.contains(&format!("`app/{name}`")) {
            breaches.push(format!("app/ARCHITECTURE.md: does not name `app/{name}`"));
        }
    }
    for named in page.split("`app/").skip(1).filter_map(|rest| rest.split(['`', '/']).next()) {
        if !exist.iter().any(|name| name == named)
            && !Path::new(&paths::root().join("app").join(named)).exists()
        {
            breaches.push(format!("app/ARCHITECTURE.md: names `app/{named}`, which does not exist"));
        }
    }
}

/// Nothing at the top level but what DESIGN names.
fn check_top_level(breaches: &mut Vec<String>) {
    const ALLOWED: [&str; 14] = [
        "app",
        "content",
        "quizzes",
        "style",
        "public",
        "tests",
        "target",
        "dist",
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "LICENSE-CONTENT",
    ];
    for entry in fs::read_dir(paths::root()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();

        if !name.starts_with('.') && !ALLOWED.contains(&name.as_str()) {
            breaches.push(format!("{name}: does not belong at the top level"));
        }
    }
}
