//! The examples of CommonMark's specification, out of the parser's package.

use std::path::PathBuf;
use std::process::Command;

/// An example of the specification.
pub struct Example {
    /// What an author writes.
    pub markdown: String,
    /// What it means.
    pub html: String,
}

/// The examples, in order; the parser's package carries them as its own tests.
///
/// # Panics
/// Where the package cannot be found or has changed its form.
pub fn examples() -> Vec<Example> {
    let file = parser_package().join("tests/suite/spec.rs");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let after = |text: &str, word: &str| text.split_once(word).map(|(_, rest)| rest.to_owned());
    let tests = text.split("fn spec_test_").skip(1);
    let read = |test: &str| {
        let original = after(test, "let original = r##\"")?;
        let (markdown, rest) = original.split_once("\"##;")?;
        let expected = after(rest, "let expected = r##\"")?;
        let (html, _) = expected.split_once("\"##;")?;
        Some(Example { markdown: markdown.to_owned(), html: html.to_owned() })
    };
    tests.map(|test| read(test).expect("the form of the parser's tests has changed")).collect()
}

fn parser_package() -> PathBuf {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .expect("cargo runs");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo prints JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let parser = packages.iter().filter(|package| package["name"] == "pulldown-cmark");
    // The newest is ours; another may come with a test tool.
    let newest = parser.max_by_key(|package| version(package["version"].as_str().unwrap_or_default()));
    let manifest = newest.expect("the parser is a dependency")["manifest_path"].as_str().expect("a path");
    PathBuf::from(manifest).parent().expect("a folder").to_owned()
}

fn version(text: &str) -> Vec<u32> {
    text.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}
