//! What `book.toml` says, and what is said about it.

use proptest::prelude::*;

use super::*;
use crate::diagnostic::Severity;

fn parse_well(text: &str) -> Config {
    let (config, diagnostics) = Config::parse(text);
    assert_eq!(diagnostics, []);
    config
}

/// Severity-less digest: `line code message help`.
fn complaints(text: &str) -> Vec<(u32, String, String, String)> {
    Config::parse(text).1.into_iter().map(|d| (d.line, d.code.into_owned(), d.message, d.help)).collect()
}

#[test]
fn an_empty_file_gives_the_defaults_of_mdbook() {
    let config = parse_well("");
    assert_eq!(config, Config::default());
    assert_eq!(config.book.src, "src");
    assert!(config.build.create_missing && config.html.smart_punctuation && config.html.print);
    assert_eq!(config.render_options(), RenderOptions::default());
}

#[test]
fn every_key_that_readers_notice_is_read() {
    let config = parse_well(
        r##"
[book]
title = "T"
authors = ["A", "B"]
description = "D"
language = "ar-EG"
src = "./text/"
[build]
build-dir = "out"
create-missing = false
extra-watch-dirs = ["listings"]
[rust]
edition = "2021"
[output.html]
smart-punctuation = false
definition-lists = false
admonitions = false
mathjax-support = true
default-theme = "rust"
preferred-dark-theme = "ayu"
additional-css = ["a.css"]
no-section-label = true
git-repository-url = "https://example.org/r"
edit-url-template = "https://example.org/e/{path}"
site-url = "/book/"
cname = "example.org"
input-404 = "lost.md"
hash-files = true
print.enable = false
[output.html.fold]
enable = true
level = 2
[output.html.code.hidelines]
python = "~"
[output.html.playground]
editable = true
runnable = false
[output.html.redirect]
"/old.html" = "new.html"
[output.html.search]
limit-results = 5
heading-split-level = 2
[output.html.search.chapter]
"appendix/" = { enable = false }
[output.epub]
anything = 1
"##,
    );
    assert_eq!(config.book.title, "T");
    assert_eq!(config.book.authors, ["A", "B"]);
    assert_eq!(config.book.direction, Direction::RightToLeft);
    assert_eq!(config.book.src, "text");
    assert_eq!((config.build.build_dir.as_str(), config.build.create_missing), ("out", false));
    let html = &config.html;
    assert_eq!(html.fold, Some(2));
    assert_eq!(html.hidden_lines["python"], "~");
    assert!(html.playground.editable && !html.playground.runnable && html.playground.copyable);
    assert_eq!(html.redirects, [Redirect { from: "/old.html".into(), to: "new.html".into(), line: 39 }]);
    assert_eq!((html.search.limit_results, html.search.heading_split_level), (5, 2));
    assert_eq!(html.search.chapters.get("appendix"), Some(&false));
    assert!(!html.print && html.no_section_label);
    assert_eq!(html.input_404.as_deref(), Some("lost.md"));
    let options = config.render_options();
    assert_eq!((options.math, options.rust_edition.as_deref()), (MathSyntax::Mathjax, Some("2021")));
    assert!(!options.smart_punctuation && !options.definition_lists && !options.admonitions);
}

#[test]
fn a_slip_in_a_key_names_the_line_and_the_right_key() {
    let found =
        complaints("[book]\ntitel = \"T\"\n[output.html]\n\n[output.html.playground]\neditabel = true\n");
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].0, found[0].3.as_str()), (2, "did you mean `book.title`?"));
    assert_eq!((found[1].0, found[1].3.as_str()), (6, "did you mean `output.html.playground.editable`?"));
}

#[test]
fn an_unknown_table_is_a_warning() {
    let found = complaints("[extra]\nx = 1\n[build]\nfoo = 2\n");
    let codes: Vec<_> = found.iter().map(|(line, code, ..)| (*line, code.as_str())).collect();
    assert_eq!(codes, [(4, "unknown-setting"), (1, "unknown-setting")]);
}

#[test]
fn old_spellings_work_and_are_reported() {
    let (config, found) = Config::parse(
        "[book]\nmultilingual = false\n[output.html]\ncurly-quotes = false\n[output.html.playpen]\neditable = true\n",
    );
    assert!(!config.html.smart_punctuation && config.html.playground.editable);
    let codes: Vec<_> = found.iter().map(|d| (d.line, d.code.as_ref(), d.severity)).collect();
    assert_eq!(
        codes,
        [
            (2, "config-removed", Severity::Warning),
            (4, "config-renamed", Severity::Warning),
            (5, "config-renamed", Severity::Warning),
        ]
    );
}

#[test]
fn a_wrong_type_keeps_the_default_and_says_what_is_wanted() {
    let (config, found) = Config::parse(
        "[book]\ntitle = 3\nauthors = \"Me\"\n[output.html.fold]\nenable = true\nlevel = 900\n",
    );
    assert_eq!((config.book.title.as_str(), config.html.fold), ("", Some(0)));
    assert_eq!(config.book.authors, ["Me"]);
    let lines: Vec<_> = found.iter().map(|d| (d.line, d.severity)).collect();
    assert_eq!(lines, [(2, Severity::Error), (3, Severity::Error), (6, Severity::Error)]);
    assert_eq!(found[0].message, "`book.title` is an integer and should be a string in quotes");
}

#[test]
fn a_syntax_error_names_its_line_and_spares_the_rest() {
    let (config, found) = Config::parse("[book]\ntitle = \"T\"\nlanguage = = \"de\"\nsrc = \".\"\n");
    assert_eq!((config.book.title.as_str(), config.book.src.as_str()), ("T", ""));
    assert_eq!((found[0].line, found[0].code.as_ref()), (3, "config-syntax"));
}

#[test]
fn preprocessors_say_how_formulas_are_written() {
    let math = |text| parse_well(text).math();
    assert_eq!(math("[preprocessor.katex]\nafter = [\"links\"]\n"), MathSyntax::Dollar);
    assert_eq!(math("[output.html]\nmathjax-support = true\n[preprocessor.katex]\n"), MathSyntax::Dollar);
    assert_eq!(
        math("[preprocessor.katex]\ninline-delimiter = { left = '\\(', right = '\\)' }\n"),
        MathSyntax::Mathjax
    );
    assert_eq!(math("[preprocessor.katex]\nrenderers = [\"epub\"]\n"), MathSyntax::None);
}

#[test]
fn preprocessors_that_nobody_knows_are_named_once_each() {
    let found = complaints("[preprocessor.mermaid]\n[preprocessor.toc]\nx = 1\n[preprocessor.quiz]\n");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].0, found[0].2.as_str()), (2, "the preprocessor `toc` does not run here"));
}

#[test]
fn default_preprocessors_can_be_switched_off_and_named_one_by_one() {
    let config = parse_well(
        "[build]\nuse-default-preprocessors = false\n[preprocessor.index]\n[preprocessor.lectern]\nbibliography = \"b.bib\"\n",
    );
    assert!(!config.preprocessors.links && config.preprocessors.index);
    assert_eq!(config.preprocessors.bibliography, Some(Located { value: "b.bib".into(), line: 5 }));
}

#[test]
fn direction_follows_the_language_unless_given() {
    assert_eq!(parse_well("[book]\nlanguage = \"he\"").book.direction, Direction::RightToLeft);
    let given = parse_well("[book]\nlanguage = \"he\"\ntext-direction = \"ltr\"");
    assert_eq!(given.book.direction, Direction::LeftToRight);
    assert_eq!(complaints("[book]\ntext-direction = \"up\"").len(), 1);
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        Config::parse(&text);
    }

    #[test]
    fn no_toml_panics(lines in prop::collection::vec(
        prop::sample::select(vec![
            "[book]", "[output.html]", "[output]", "html = 1", "[preprocessor.katex]", "[[book]]", "x.y = 3",
            "title = \"é\"", "authors = [1, \"a\"]", "redirect = {}", "fold = [", "level = -1", "= 1", "\"",
            "search.chapter.a = 2", "[preprocessor]\nlinks = 1", "language = '''", "\u{feff}", "code.hidelines.x = 1",
        ]), 0..12)) {
        Config::parse(&lines.join("\n"));
    }
}
