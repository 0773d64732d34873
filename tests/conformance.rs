//! Every chapter, rendered by us and by mdBook 0.5 itself, must say the same.

#[path = "conformance/differences.rs"]
mod differences;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use book::Book;
use book::markdown::{Page, render};
use book::phrases::{Language, Phrase, fill, say};
use book::wire::{MathSyntax, RenderOptions};
use differences::MARKUP;
use tests::compare::{Difference, Hunk, hunks, marked_includes, masked_formulas, without_quizzes};
use tests::examples::examples;
use tests::folder::Folder;
use tests::oracle;
use tests::page::{Side, facts};

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What the listed differences did in a book.
#[derive(Default)]
struct Outcome {
    /// Differences that are not listed, and rows of the list that are no longer so.
    report: String,
    /// Rules of [`MARKUP`] that found something.
    markup: BTreeSet<usize>,
    /// Places that [`differences::INCLUDES`] explains.
    includes: usize,
    /// Headings that [`differences::NO_ID`] explains.
    empty_ids: usize,
}

/// Compares every page of the book at `root`.
fn compare(root: &Path, listed: &[Difference]) -> Outcome {
    let theirs = oracle::build(root).unwrap_or_else(|error| panic!("mdBook on {}: {error}", root.display()));
    let book = Book::load(&Folder::new(root));
    // mdBook leaves formulas to a script in the browser, so pages are compared as they are before it runs.
    let mut options = book.config.render_options();
    options.math = MathSyntax::None;

    let mut outcome = Outcome::default();
    let mut used = BTreeSet::new();
    let addresses: BTreeSet<&str> = book.chapters.iter().map(|chapter| chapter.address.as_str()).collect();
    let expected: BTreeSet<&str> = theirs.keys().map(String::as_str).collect();
    if addresses != expected {
        outcome.report.push_str(&format!("pages differ: mdBook {expected:?}, ours {addresses:?}\n"));
    }
    for chapter in &book.chapters {
        let Some(mdbook) = theirs.get(&chapter.address) else { continue };
        let page = Page { address: &chapter.address, language: Language::English };
        let ours = render(&chapter.markdown, &page, &options, &());
        let mdbook = facts(&without_quizzes(mdbook), Side::Mdbook, MARKUP, &mut outcome.markup);
        let ours = facts(&ours.html, Side::Ours, MARKUP, &mut outcome.markup);
        for hunk in hunks(&mdbook, &ours) {
            if only_includes(&hunk) {
                outcome.includes += 1;
                continue;
            }
            if only_empty_ids(&hunk) {
                outcome.empty_ids += 1;
                continue;
            }
            match listed.iter().position(|row| row.covers(&chapter.address, &hunk)) {
                Some(row) => {
                    used.insert(row);
                }
                None => outcome.report.push_str(&format!("{}\n{hunk}", chapter.address)),
            }
        }
    }
    for (_, row) in listed.iter().enumerate().filter(|(index, _)| !used.contains(index)) {
        outcome.report.push_str(&format!("listed, but no longer so: {row:?}\n"));
    }
    outcome
}

/// Whether [`differences::INCLUDES`] is all that differs.
fn only_includes(hunk: &Hunk) -> bool {
    let mark = |file: &str| fill(say(Language::English, Phrase::MissingInclude), file);
    let marked: Vec<String> = hunk.mdbook.iter().map(|text| marked_includes(text, mark)).collect();
    marked == hunk.ours
}

/// Whether [`differences::NO_ID`] is all that differs.
fn only_empty_ids(hunk: &Hunk) -> bool {
    let given = |text: &String| text.replacen("# → # ", "#section → #section ", 1);
    hunk.kind == "headings" && hunk.mdbook.iter().map(given).eq(hunk.ours.iter().cloned())
}

#[test]
fn the_fixture_book_reads_as_in_mdbook() {
    let outcome = compare(&repository().join("tests/fixtures/every-feature"), differences::EVERY_FEATURE);
    assert!(outcome.report.is_empty(), "{}", outcome.report);
    let unused = MARKUP.iter().enumerate().filter(|(index, _)| !outcome.markup.contains(index));
    let unused: Vec<_> = unused.map(|(_, rule)| rule).collect();
    assert!(unused.is_empty(), "markup that is listed, but occurs nowhere: {unused:#?}");
    assert!(outcome.includes > 0, "listed, but no longer so: {}", differences::INCLUDES);
    assert!(outcome.empty_ids > 0, "listed, but no longer so: {}", differences::NO_ID);
}

fn shared_book(name: &str, listed: &[Difference]) {
    let root = repository().join("../shared/books").join(name);
    if !root.join("book.toml").is_file() {
        println!("skipped: {} is not here", root.display());
        return;
    }
    let outcome = compare(&root, listed);
    assert!(outcome.report.is_empty(), "{}", outcome.report);
}

/// Compares where formulas stand with where MathJax would find them in mdBook's page.
fn formulas(name: &str, at_least: usize) {
    let root = repository().join("../shared/books").join(name);
    if !root.join("book.toml").is_file() {
        println!("skipped: {} is not here", root.display());
        return;
    }
    let theirs = oracle::build(&root).unwrap_or_else(|error| panic!("mdBook on {name}: {error}"));
    let book = Book::load(&Folder::new(&root));
    let options = book.config.render_options();
    assert_eq!(options.math, MathSyntax::Mathjax);
    let (mut found, mut used) = (0, BTreeSet::new());
    for chapter in &book.chapters {
        let page = Page { address: &chapter.address, language: Language::English };
        let ours = render(&chapter.markdown, &page, &options, &()).html;
        let ours = facts(&ours, Side::Ours, differences::FORMULAS, &mut used);
        let mdbook = without_quizzes(&theirs[&chapter.address]);
        let mdbook = facts(&mdbook, Side::Mdbook, differences::FORMULAS, &mut used);
        let (ours, mdbook) = (ours["text"].join(" "), masked_formulas(&mdbook["text"].join(" ")));
        found += ours.matches("(formula)").count();
        let mark = |file: &str| fill(say(Language::English, Phrase::MissingInclude), file);
        assert_eq!(ours, marked_includes(&mdbook, mark), "{}", chapter.address);
    }
    assert!(found >= at_least, "only {found} formulas");
}

#[test]
fn formulas_stand_where_mathjax_finds_them() {
    formulas("cairo-book", 60);
    formulas("mdbook-guide", 2);
}

#[test]
fn the_rustonomicon_reads_as_in_mdbook() {
    shared_book("nomicon", differences::NOMICON);
}

#[test]
fn the_cairo_book_reads_as_in_mdbook() {
    shared_book("cairo-book", differences::CAIRO_BOOK);
}

#[test]
fn mdbooks_own_guide_reads_as_in_mdbook() {
    shared_book("mdbook-guide", differences::MDBOOK_GUIDE);
}

#[test]
fn the_examples_of_commonmark_read_as_in_mdbook() {
    let examples = examples();
    let chapters: Vec<_> = examples.iter().map(|example| example.markdown.as_str()).collect();
    let folder = book_of(&chapters).expect("a temporary folder");
    let outcome = compare(folder.path(), differences::EXAMPLES);
    assert!(outcome.report.is_empty(), "{}", outcome.report);
}

#[test]
fn chapters_made_by_chance_read_as_in_mdbook() {
    let chapters = tests::chance::chapters(1000);
    let chapters: Vec<_> = chapters.iter().map(String::as_str).collect();
    let folder = book_of(&chapters).expect("a temporary folder");
    let outcome = compare(folder.path(), differences::CHANCE);
    assert!(outcome.report.is_empty(), "{}", outcome.report);
}

#[test]
fn broken_html_hides_nothing_that_follows_it() {
    for chapter in tests::chance::broken_chapters(3000) {
        let html = render(&chapter, &Page::default(), &RenderOptions::default(), &()).html;
        let facts = facts(&html, Side::Ours, &[], &mut BTreeSet::new());
        let headings = facts.get("headings").map(Vec::as_slice).unwrap_or_default();
        let last = headings.last().map(String::as_str).unwrap_or_default();
        assert!(last.starts_with("h2 #the-end"), "the last heading is lost: {chapter}\n---\n{html}");
    }
}

/// A book with a chapter for each text: `1.html`, `2.html`, …
fn book_of(chapters: &[&str]) -> std::io::Result<tempfile::TempDir> {
    let folder = tempfile::tempdir()?;
    let src = folder.path().join("src");
    std::fs::create_dir(&src)?;
    std::fs::write(folder.path().join("book.toml"), "[book]\ntitle = \"Examples\"\n")?;
    let mut summary = String::new();
    for (index, chapter) in chapters.iter().enumerate() {
        let number = index + 1;
        std::fs::write(src.join(format!("{number}.md")), chapter)?;
        summary.push_str(&format!("- [{number}]({number}.md)\n"));
    }
    std::fs::write(src.join("SUMMARY.md"), summary)?;
    Ok(folder)
}
