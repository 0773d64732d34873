//! Expansion of whole chapters over a book in memory.

use proptest::prelude::*;

use super::*;
use crate::memory::Memory;

fn book() -> Memory {
    Memory::from([
        ("src/part.md", "one\n{{#include sub/deep.md}}\nthree\n"),
        ("src/sub/deep.md", "\u{feff}deep {{#include ../leaf.txt}}\n"),
        ("src/leaf.txt", "leaf"),
        ("src/code.rs", "use x;\n// ANCHOR: main\nfn main() {\n}\n// ANCHOR_END: main\n"),
        ("src/loop.md", "a {{#include loop.md}} b"),
        ("src/self.md", "{{#include self.md:2}}\nx\n"),
        (
            "src/wide.md",
            "{{#include wide.md:1}}{{#include wide.md:1:}}{{#include wide.md::1}}{{#include wide.md::2}}",
        ),
        ("listings/a.rs", "fn a() {}\n"),
    ])
}

fn expand_with(files: &dyn Files, text: &str) -> Expanded {
    Expander::new(files, Language::English, RenderOptions::default()).expand(text.to_owned(), "src/x.md")
}

fn expand(text: &str) -> Expanded {
    expand_with(&book(), text)
}

fn text_of(text: &str) -> String {
    let expanded = expand(text);
    assert_eq!(expanded.diagnostics, []);
    expanded.text.text
}

/// Codes of what is wrong with `text`, with file, line and help.
fn complaints(text: &str) -> Vec<(String, String, u32, String)> {
    let found = expand(text).diagnostics;
    found.into_iter().map(|d| (d.code.into_owned(), d.file, d.line, d.help)).collect()
}

#[test]
fn files_are_included_without_their_last_break() {
    assert_eq!(text_of("A\n{{#include leaf.txt}}\nB"), "A\nleaf\nB");
    assert_eq!(text_of("{{#include ../listings/a.rs}}|"), "fn a() {}|");
    assert_eq!(text_of("{{#include code.rs:main}}"), "fn main() {\n}");
    assert_eq!(
        text_of("{{#rustdoc_include code.rs:3:4}}"),
        "# use x;\n# // ANCHOR: main\nfn main() {\n}\n# // ANCHOR_END: main"
    );
}

#[test]
fn includes_nest_relative_to_their_file() {
    let expanded = expand("0\n{{#include part.md}}\n4\n");
    assert_eq!(expanded.text.text, "0\none\ndeep leaf\nthree\n4\n");
    let origins: Vec<_> = (1..=5).map(|line| expanded.text.origins.at(line)).collect();
    assert_eq!(
        origins,
        [("src/x.md", 1), ("src/part.md", 1), ("src/sub/deep.md", 1), ("src/part.md", 3), ("src/x.md", 3)]
    );
}

#[test]
fn a_playground_is_a_code_block() {
    assert_eq!(text_of("{{#playground leaf.txt}}"), "```rust\nleaf\n```\n");
    assert_eq!(
        text_of("{{#playground code.rs editable should_panic}}"),
        "```rust,editable,should_panic\nuse x;\n// ANCHOR: main\nfn main() {\n}\n// ANCHOR_END: main\n```\n"
    );
    let expanded = expand("{{#playground code.rs}}");
    assert_eq!(expanded.text.origins.at(3), ("src/code.rs", 2));
    assert_eq!(expanded.text.origins.at(7), ("src/x.md", 1));
    assert_eq!(complaints("{{#playpen leaf.txt}}")[0].0, "renamed-directive");
}

#[test]
fn titles_and_escapes() {
    let expanded = expand("{{#title My *page*}}\n# X \\{{#include a}}\n");
    assert_eq!(expanded.title.as_deref(), Some("My *page*"));
    assert_eq!(expanded.text.text, "\n# X {{#include a}}\n");
    assert_eq!(expanded.diagnostics, []);
}

#[test]
fn a_missing_include_is_marked_and_reported() {
    let expanded = expand("a\n```\n{{#include no.txt}}\n```\n");
    assert_eq!(expanded.text.text, "a\n```\n⚠ Missing include: no.txt\n```\n");
    let found = &expanded.diagnostics[0];
    assert_eq!((found.code.as_ref(), found.file.as_str(), found.line), ("missing-include", "src/x.md", 3));
    assert_eq!(found.message, "there is no file `src/no.txt` to include");
    let outside = complaints("{{#include ../../secret}}");
    assert_eq!(outside[0].0, "outside-include");
    assert!(outside[0].3.contains("--trust"));
}

#[test]
fn parts_that_are_not_there_are_reported() {
    assert_eq!(
        complaints("\n{{#include code.rs:man}}"),
        [("missing-lines".into(), "src/x.md".into(), 2, "did you mean `main`?".into())]
    );
    assert_eq!(complaints("{{#include leaf.txt:5}}")[0].0, "missing-lines");
}

#[test]
fn circles_end() {
    let expanded = expand("{{#include loop.md}}");
    assert_eq!(expanded.text.text, "a ⚠ Missing include: loop.md b");
    assert_eq!(
        (expanded.diagnostics[0].code.as_ref(), expanded.diagnostics[0].file.as_str()),
        ("include-cycle", "src/loop.md")
    );
    assert_eq!(text_of("{{#include self.md}}"), "x\nx");
    assert!(!expand("{{#include wide.md}}").diagnostics.is_empty());
}

#[test]
fn depth_is_limited() {
    let names: Vec<(String, String)> =
        (0..20).map(|n| (format!("src/{n}"), format!("{{{{#include {}}}}}", n + 1))).collect();
    let files = Memory(names.into_iter().collect());
    let expanded = expand_with(&files, "{{#include 0}}");
    assert_eq!(
        (expanded.diagnostics[0].code.as_ref(), expanded.diagnostics[0].file.as_str()),
        ("include-depth", "src/9")
    );
}

#[test]
fn unknown_directives_stay_and_are_reported_once() {
    let text = "{{#ref a}} {{#ref b}}\n\n{{#toc}}\n";
    let expanded = expand(text);
    assert_eq!(expanded.text.text, text);
    let found: Vec<_> = expanded.diagnostics.iter().map(|d| (d.line, d.message.as_str())).collect();
    assert_eq!(
        found,
        [
            (1, "`{{#ref …}}` is not a directive known here, and stays in the text (2 times in this file)"),
            (3, "`{{#toc …}}` is not a directive known here, and stays in the text"),
        ]
    );
}

#[test]
fn code_may_show_any_directive_but_a_slip() {
    assert_eq!(complaints("```\n{{#if x}}\n```\n`{{#each y}}` `{{#include}}`d <!-- {{#foo x}} -->"), []);
    let slip = complaints("```\n{{#inlcude x}}\n```\n");
    assert_eq!(
        (slip[0].0.as_str(), slip[0].3.as_str()),
        ("unknown-directive", "did you mean `{{#include …}}`?")
    );
    assert_eq!(complaints("{{#include}}")[0].0, "incomplete-directive");
}

#[test]
fn quizzes_are_looked_for() {
    let text = "`{{#quiz no.toml}}`\n\n{{#quiz leaf.tx}}\n\n\\{{#quiz x}}\n\n{{#quiz leaf.txt}}\n";
    let expanded = expand(text);
    assert_eq!(
        expanded.text.text,
        "`{{#quiz no.toml}}`\n\n⚠ Missing quiz: leaf.tx\n\n{{#quiz x}}\n\n\n\
         <lectern-quiz data-quiz=\"src/leaf.txt\">\n</lectern-quiz>\n\n\n"
    );
    assert_eq!(expanded.quizzes, [("src/leaf.txt".to_owned(), ("src/x.md".to_owned(), 7))]);
    let found: Vec<_> =
        expanded.diagnostics.iter().map(|d| (d.line, d.code.as_ref(), d.help.as_str())).collect();
    assert_eq!(found, [(3, "missing-quiz", "did you mean `src/leaf.txt`?")]);
    assert_eq!(expanded.text.origins.at(9), ("src/x.md", 7));
}

#[test]
fn a_bibliography_behind_a_quiz_is_found() {
    let expanded = expand("{{#quiz no}} {{#quiz leaf.txt}}\n\n{{#bibliography}}\n");
    let range = expanded.bibliographies[0].clone();
    assert_eq!(&expanded.text.text[range], "{{#bibliography}}");
}

#[test]
fn a_bibliography_in_the_text_is_found() {
    let expanded = expand("`{{#bibliography}}`\n\n{{#bibliography}}\n");
    assert_eq!(expanded.bibliographies.first(), Some(&(21..38)));
    assert_eq!(expanded.bibliographies.len(), 1);
}

proptest! {
    #[test]
    fn text_without_directives_stays_as_it_is(text in "[a-z{}#\\\\ \n`é-]{0,80}") {
        prop_assume!(directive::next(&text, 0).is_none());
        let expanded = expand(&text);
        prop_assert_eq!(expanded.text.text, text);
        prop_assert_eq!(expanded.diagnostics, []);
    }

    #[test]
    fn every_line_has_an_origin(pieces in prop::collection::vec(prop::sample::select(vec![
        "a\n", "b", "\n", "\r\n", "{{#include part.md}}", "{{#include code.rs:main}}", "{{#include no}}", "é ",
        "{{#rustdoc_include code.rs:2}}", "{{#playground leaf.txt}}", "{{#title x}}", "\\{{#include x}}", "{{#loop}}",
        "```\n", "{{#include loop.md}}", "{{#include leaf.txt:9}}", "{{", "}}",
    ]), 0..24)) {
        let text: String = pieces.concat();
        let lines = u32::try_from(text.lines().count()).unwrap();
        let expanded = expand(&text);
        let count = u32::try_from(expanded.text.text.lines().count()).unwrap();
        prop_assert_eq!(expanded.text.origins.len(), count);
        for line in 1..=count {
            let (file, number) = expanded.text.origins.at(line);
            let length = if file == "src/x.md" { lines } else {
                u32::try_from(book().0[file].lines().count()).unwrap()
            };
            prop_assert!(number >= 1 && number <= length, "{}:{}", file, number);
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,120}") {
        expand(&text);
    }
}
