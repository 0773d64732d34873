//! Whole books in memory.

use super::*;
use crate::memory::Memory;

fn load<const N: usize>(files: [(&'static str, &'static str); N]) -> Book {
    Book::load(&Memory::from(files))
}

fn codes(book: &Book) -> Vec<(&str, &str, u32)> {
    book.diagnostics.iter().map(|d| (d.code.as_ref(), d.file.as_str(), d.line)).collect()
}

const TITLED: (&str, &str) = ("book.toml", "[book]\ntitle = \"T\"\n");

#[test]
fn a_book_is_read_in_order_with_parents_and_addresses() {
    let book = load([
        TITLED,
        ("src/SUMMARY.md", "[Intro](README.md)\n\n- [A](a/README.md)\n  - [B]()\n    - [C](./c%20d.md)\n"),
        ("src/README.md", "\u{feff}# Intro\n"),
        ("src/a/README.md", "{{#title Other}}\n{{#include ../x.txt}}\n"),
        ("src/c d.md", "{{#title C}}"),
        ("src/x.txt", "X\n"),
    ]);
    assert_eq!(codes(&book), []);
    let chapters: Vec<_> =
        book.chapters.iter().map(|c| (c.address.as_str(), c.number.as_str(), c.markdown.as_str())).collect();
    assert_eq!(
        chapters,
        [("index.html", "", "# Intro\n"), ("a/index.html", "1.", "\nX\n"), ("c d.html", "1.1.1.", "")]
    );
    assert_eq!(book.chapters[2].parents, ["A", "B"]);
    assert_eq!(book.chapters[1].page_title.as_deref(), Some("Other"));
    assert_eq!(book.chapters[2].page_title, None);
    assert_eq!(book.chapters[1].origins.at(2), ("src/x.txt", 1));
    assert_eq!(book.chapter("a/index.html").map(|c| c.source.as_str()), Some("a/README.md"));
    assert_eq!(book.summary.items.len(), 4);
    assert_eq!(book.chapters[2].item, 3);
}

#[test]
fn a_missing_chapter_has_a_page_that_says_so() {
    let summary = ("src/SUMMARY.md", "- [A](a.md)\n");
    let book = load([TITLED, summary]);
    assert_eq!(
        book.chapters[0].markdown,
        "# A\n\nThis chapter has no text yet: there is no file “src/a.md”.\n"
    );
    assert_eq!(codes(&book), [("missing-chapter", "src/SUMMARY.md", 1)]);
    assert_eq!(book.diagnostics[0].severity, crate::Severity::Warning);
    let strict = load([("book.toml", "[build]\ncreate-missing = false"), summary]);
    assert_eq!(strict.diagnostics[0].severity, crate::Severity::Error);
}

#[test]
fn a_book_without_configuration_or_summary() {
    assert_eq!(codes(&load([])), [("no-config", "book.toml", 0), ("no-summary", "src/SUMMARY.md", 0)]);
    let flat = load([("SUMMARY.md", "- [A](a.md)\n"), ("a.md", "A")]);
    assert_eq!((flat.chapters.len(), codes(&flat).len()), (1, 1));
}

#[test]
fn two_chapters_cannot_share_a_page() {
    let book = load([
        TITLED,
        ("src/SUMMARY.md", "- [A](README.md)\n- [B](index.md)\n"),
        ("src/README.md", "A"),
        ("src/index.md", "B"),
    ]);
    assert_eq!(codes(&book), [("duplicate-address", "src/SUMMARY.md", 2)]);
    assert_eq!(book.chapters.len(), 1);
}

#[test]
fn preprocessors_can_be_off() {
    let book = load([
        ("book.toml", "[build]\nuse-default-preprocessors = false\n"),
        ("src/SUMMARY.md", "- [A](README.md)\n"),
        ("src/README.md", "{{#title X}}"),
    ]);
    assert_eq!(codes(&book), []);
    assert_eq!(
        (book.chapters[0].address.as_str(), book.chapters[0].markdown.as_str()),
        ("README.html", "{{#title X}}")
    );
}

#[test]
fn chapters_outside_the_sources_are_read_and_reported() {
    let book = load([
        TITLED,
        ("src/SUMMARY.md", "- [A](../README.md)\n- [B](../../b.md)\n"),
        ("README.md", "# Root\n"),
    ]);
    assert_eq!(
        (book.chapters[0].address.as_str(), book.chapters[0].markdown.as_str()),
        ("index.html", "# Root\n")
    );
    let found: Vec<_> = codes(&book).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(found, ["outside-chapter", "outside-chapter", "unreadable-chapter"]);
}

#[test]
fn macros_for_formulas_are_read() {
    let book = load([
        ("book.toml", "[preprocessor.katex]\nmacros = \"macros.txt\"\n"),
        ("src/SUMMARY.md", "- [A](a.md)\n"),
        ("src/a.md", ""),
        ("macros.txt", "// vectors\n\\R:{\\mathbb{R}^{#1}}\nnothing\n\\x: y:z\n"),
    ]);
    let macros: Vec<_> = book.macros.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(macros, [("\\R", "{\\mathbb{R}^{#1}}"), ("\\x", "y:z")]);
}

#[test]
fn the_same_finding_is_reported_once() {
    let book = load([
        TITLED,
        ("src/SUMMARY.md", "- [A](a.md)\n- [B](b.md)\n"),
        ("src/a.md", "{{#include x.md}}"),
        ("src/b.md", "{{#include x.md}}"),
        ("src/x.md", "{{#include no}}"),
    ]);
    assert_eq!(codes(&book), [("missing-include", "src/x.md", 1)]);
}
