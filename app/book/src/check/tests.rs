//! Checks of whole books in memory.

use super::run;
use crate::diagnostic::{Diagnostic, Severity};
use crate::load::Book;
use crate::markdown::{Collect, Page, render};
use crate::memory::Memory;

/// What is wrong with a book of two chapters, `src/a.md` and `src/d/b.md`, a glossary and some files.
fn check_with(config: &str, a: &str) -> Vec<Diagnostic> {
    let files = Memory::from([
        ("book.toml", config),
        (
            "src/SUMMARY.md",
            "- [A](a.md)\n- [D](d/README.md)\n  - [B](d/b.md)\n- [Later]()\n- [G](glossary.md)\n",
        ),
        ("src/a.md", a),
        ("src/d/README.md", "# D\n\n## One place\n"),
        ("src/d/b.md", "# B\n\n## Some é place\n\n<a id=\"raw\"></a>\n"),
        ("src/glossary.md", "# Glossary\n\n## Recall\n"),
        ("src/unlisted.md", ""),
        ("src/part.md", "x\n\n[p](no.md)\n"),
        ("src/img/fig.svg", "<svg/>"),
        ("src/data/my file.csv", ""),
        ("theme/x.css", ""),
    ]);
    check_files(&files)
}

/// What is wrong with a book that loads without a finding.
pub(super) fn check_files(files: &Memory) -> Vec<Diagnostic> {
    let book = Book::load(files);
    assert_eq!(book.diagnostics, []);
    let options = book.config.render_options();
    let rendered: Vec<_> = book
        .chapters
        .iter()
        .map(|chapter| {
            let page = Page { address: &chapter.address, ..Page::default() };
            render(&chapter.markdown, &page, &options, &Collect::default())
        })
        .collect();
    run(&book, &rendered, files)
}

fn check(a: &str) -> Vec<Diagnostic> {
    check_with("", a)
}

/// The one finding in a chapter: line, code and help.
fn finding(a: &str) -> (u32, String, String) {
    let found = check(a);
    assert_eq!(found.len(), 1, "{found:?}");
    (found[0].line, found[0].code.clone().into_owned(), found[0].help.clone())
}

fn finds(a: &str, line: u32, code: &str, help: &str) {
    assert_eq!(finding(a), (line, code.to_owned(), help.to_owned()), "{a}");
}

#[test]
fn links_that_lead_somewhere() {
    for link in [
        "a.md",
        "a.html",
        "./a.md",
        "index.html",
        "d/b.md",
        "d/b.html#raw",
        "d/b.md#some-é-place",
        "d/b.md#some-%C3%A9-place",
        "d/README.md",
        "d/index.html#one-place",
        "d/",
        "d",
        "#here",
        "#",
        "#top",
        "data/my%20file.csv",
        "img/fig.svg",
        "https://example.org/x.md#y",
        "mailto:a@b",
        "//example.org/x",
        "a.md?x#here",
        "glossary.md#recall",
    ] {
        assert_eq!(check(&format!("# Here\n\n[x](<{link}>)\n")), [], "{link}");
    }
    assert_eq!(check("![x](img/fig.svg) <a href=\"d/b.md\">x</a> <img src=\"img/fig.svg\">\n"), []);
}

#[test]
fn broken_links_name_the_nearest_page() {
    finds("x\n\n[x](d/bb.md)", 3, "broken-link", "did you mean `d/b.md`?");
    finds("[x](b.md)", 1, "broken-link", "did you mean `d/b.md`?");
    finds("[x](d/README.html)", 1, "broken-link", "did you mean `d/README.md`?");
    finds(
        "<a href=\"e/f.html\">x</a>",
        1,
        "broken-link",
        "correct the path, which is relative to the chapter, or remove the link",
    );
    finds("[x](unlisted.md)", 1, "unlisted-page", "add it there, or link to a chapter");
    finds("[x](unlisted.html)", 1, "unlisted-page", "add it there, or link to a chapter");
    finds("[x]()", 1, "empty-link", "put the target between the parentheses, or remove the link");
    finds("[x](data/my-file.csv)", 1, "broken-link", "did you mean `data/my file.csv`?");
}

#[test]
fn broken_anchors_name_the_nearest_place() {
    finds("# Here\n\n[x](#hre)", 3, "broken-anchor", "did you mean `#here`?");
    finds("[x](d/b.md#row)", 1, "broken-anchor", "did you mean `#raw`?");
    finds(
        "[x](d/b.md#some)",
        1,
        "broken-anchor",
        "link to a heading of `d/b.md`, or give the place an id: `## Heading {#some}`",
    );
    finds("[x](glossary.md#precision)", 1, "missing-term", "add the term to `glossary.md`");
    finds(
        "[x](glossary.md#recal)",
        1,
        "missing-term",
        "did you mean `#recall`? Otherwise add the term to `glossary.md`",
    );
}

#[test]
fn the_pages_that_every_book_gets_may_be_linked_to() {
    assert_eq!(check("[all](print.html) [lost](404.html)\n"), []);
    let without = "[output.html.print]\nenable = false\n";
    assert_eq!(check_with(without, "[all](print.html)\n").len(), 1);
}

#[test]
fn missing_pictures() {
    finds("![x](img/fig.png)", 1, "missing-image", "did you mean `img/fig.svg`?");
    finds("![x](fig.svg)", 1, "missing-image", "did you mean `img/fig.svg`?");
    finds("<img src=\"../up.png\">", 1, "missing-image", "move it into the source folder");
}

#[test]
fn links_out_of_the_book_are_counted_by_place() {
    let found = check("[x](../std/a.html)\n\n[y](../std/b/c.html) [z](/other/x.html)\n");
    let messages: Vec<_> = found.iter().map(|d| (d.line, d.severity, d.message.as_str())).collect();
    assert_eq!(
        messages,
        [
            (1, Severity::Warning, "2 links lead out of the book, to `../std`"),
            (3, Severity::Warning, "a link leads out of the book, to `/other`"),
        ]
    );
}

#[test]
fn links_from_the_root_of_a_host() {
    finds("[x](/d/b.md)", 1, "absolute-link", "write `d/b.html`");
    let hosted = "[output.html]\nsite-url = \"/book/\"\n";
    assert_eq!(check_with(hosted, "[x](/book/d/b.html#raw) [y](/book/img/fig.svg) [z](/book/)"), []);
    assert_eq!(check_with(hosted, "[x](/book/d/b.html#no)")[0].code, "broken-anchor");
    assert_eq!(check_with(hosted, "[x](/bookshop/a.html)")[0].code, "outside-link");
}

#[test]
fn findings_are_told_where_the_text_came_from() {
    let found = check("# A\n\n{{#include part.md}}\n");
    assert_eq!(
        (found[0].file.as_str(), found[0].line, found[0].code.as_ref()),
        ("src/part.md", 3, "broken-link")
    );
    let found = check("{{#include img/fig.svg}}\n\nx[^a]\n\n[^a]: b\n\n[^c]: d\n");
    assert_eq!(
        (found[0].file.as_str(), found[0].line, found[0].code.as_ref()),
        ("src/a.md", 7, "unused-footnote")
    );
}

#[test]
fn redirects_are_followed() {
    let check = |redirects: &str| {
        let found = check_with(&format!("[output.html.redirect]\n{redirects}"), "# A\n");
        found.into_iter().map(|d| (d.line, d.code.into_owned())).collect::<Vec<_>>()
    };
    let good = "\"/old.html\" = \"a.html\"\n\"./d/old.html\" = \"b.html#raw\"\n\"x/y.html\" = \"../old.html\"\n\
                \"w.html\" = \"https://example.org\"\n\"/v.html\" = \"/anywhere/a.html\"\n\"a.html#gone\" = \"d/b.html\"\n";
    assert_eq!(check(good), []);
    let one = |line: &str, code: &str| assert_eq!(check(line), [(2, code.to_owned())], "{line}");
    one("\"/a.html\" = \"d/b.html\"", "redirect-shadow");
    one("\"old.html\" = \"b.html\"", "redirect-target");
    one("\"old.html\" = \"d/b.html#no\"", "redirect-target");
    one("\"old.html#x\" = \"a.html\"", "redirect-fragment");
    one("\"old.html\" = \"old.html\"", "redirect-loop");
    assert_eq!(check("\"x.html\" = \"y.html\"\n\"y.html\" = \"x.html\"\n").len(), 2);
}

#[test]
fn links_may_lead_to_redirects() {
    let config = "[output.html.redirect]\n\"/old.html\" = \"a.html\"\n\"/a.html#gone\" = \"d/b.html\"\n";
    assert_eq!(check_with(config, "[x](old.html) [y](#gone)"), []);
}

#[test]
fn files_that_the_configuration_names() {
    let config = "[output.html]\nadditional-css = [\n\"theme/x.css\",\n\"theme/y.css\"]\ninput-404 = \"lost.md\"\n\
                  [preprocessor.katex]\nmacros = \"m.txt\"\n";
    let found: Vec<_> = check_with(config, "").into_iter().map(|d| (d.line, d.severity)).collect();
    assert_eq!(found, [(4, Severity::Warning), (7, Severity::Error), (0, Severity::Warning)]);
}
