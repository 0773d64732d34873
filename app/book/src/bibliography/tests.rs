//! Citations and lists in whole books.

use proptest::prelude::*;

use super::read::read;
use super::work::Work;
use crate::load::Book;
use crate::memory::Memory;
use crate::wire::MathSyntax;

const BIB: &str = r#"
@string{ieee = "IEEE"}
@inproceedings{jacob2018, author = {Jacob, Benoit and Kligys, Skirmantas and Chen, Bo}, title = {Quantization of $L_0$ {N}ets},
  booktitle = {CVPR}, year = 2018, pages = {2704--2713}, publisher = ieee, doi = {10.1109/x_y}}
@article{han2016, author = {Han, Song and Mao, Huizi}, title = "Deep *Compression*", journal = {J. X}, volume = {4}, number = 2, date = {2016-02-15}}
@misc{tf, title = {TensorFlow}, institution = {Google}, url = {https://example.org/a_b/}, year = 2024}
@misc{one, author = {Laurens van der Maaten}, title = {One}, year = 2020, eprint = {2001.1}, archiveprefix = {arXiv}}
@misc{two, author = {van der Maaten, Laurens}, title = {Two}, year = 2020}
"#;

fn load(bib: &str, chapter: &str, list: &str) -> Book {
    Book::load(&Memory::from([
        (
            "book.toml",
            "[preprocessor.katex]\n[preprocessor.lectern]\nbibliography = \"refs.bib\"\n".to_owned(),
        ),
        ("refs.bib", bib.to_owned()),
        ("src/SUMMARY.md", "- [A](a/a.md)\n- [B](works.md)\n".to_owned()),
        ("src/a/a.md", chapter.to_owned()),
        ("src/works.md", list.to_owned()),
    ]))
}

fn cites(text: &str, expected: &str) {
    let book = load(BIB, text, "{{#bibliography}}");
    assert_eq!(book.diagnostics, []);
    assert_eq!(book.chapters[0].markdown, expected);
}

fn codes(book: &Book) -> Vec<(&str, &str, u32)> {
    book.diagnostics.iter().map(|d| (d.code.as_ref(), d.file.as_str(), d.line)).collect()
}

#[test]
fn citations_link_to_the_list() {
    cites("x [@jacob2018].", "x ([Jacob et al., 2018](<../works.html#jacob2018>)).");
    cites(
        "[see @han2016, p. 5; -@tf]",
        "(see [Han \\& Mao, 2016](<../works.html#han2016>), p. 5; [2024](<../works.html#tf>))",
    );
    cites("`[@jacob2018]` $[@a]$ \\[@b]", "`[@jacob2018]` $[@a]$ \\[@b]");
}

#[test]
fn works_of_the_same_names_and_year_get_letters() {
    cites(
        "[@two; @one]",
        "([van der Maaten, 2020b](<../works.html#two>); [van der Maaten, 2020a](<../works.html#one>))",
    );
}

#[test]
fn the_list_has_all_cited_works_in_order() {
    let book = load(BIB, "[@two; @one] [@tf]\n\n[@jacob2018] [@han2016]", "# Works\n\n{{#bibliography}}\n");
    let list = &book.chapters[1].markdown;
    assert_eq!(
        list.as_str(),
        "# Works\n\n<ul class=\"bibliography\">
<li id=\"tf\">\n\nGoogle (2024). *TensorFlow*. [example.org/a\\_b](<https://example.org/a_b/>)\n\n</li>
<li id=\"han2016\">\n\nHan, S. \\& Mao, H. (2016). *Deep \\*Compression\\**. J. X 4(2).\n\n</li>
<li id=\"jacob2018\">\n\nJacob, B., Kligys, S. \\& Chen, B. (2018). *Quantization of $L_0$ Nets*. In CVPR, 2704–2713. IEEE. \
         [doi:10.1109/x\\_y](<https://doi.org/10.1109/x_y>)\n\n</li>
<li id=\"one\">\n\nvan der Maaten, L. (2020a). *One*. [arXiv:2001.1](<https://arxiv.org/abs/2001.1>)\n\n</li>
<li id=\"two\">\n\nvan der Maaten, L. (2020b). *Two*.\n\n</li>
</ul>\n\n"
    );
    assert_eq!(book.chapters[1].origins.at(9), ("src/works.md", 3));
}

#[test]
fn works_that_nobody_cites_are_left_out() {
    let book = load(BIB, "[@tf]", "{{#bibliography}}");
    assert_eq!(book.chapters[1].markdown.matches("<li").count(), 1);
}

#[test]
fn a_citation_without_a_work_is_an_error_and_shows_its_key() {
    let book = load(BIB, "a\nb [@jacob2081]", "{{#bibliography}}");
    assert_eq!(codes(&book), [("unknown-citation", "src/a/a.md", 2)]);
    assert_eq!(book.diagnostics[0].help, "did you mean `@jacob2018`?");
    assert_eq!(book.chapters[0].markdown, "a\nb (jacob2081?)");
}

#[test]
fn a_book_without_list_cites_without_links() {
    let book = load(BIB, "[@tf]", "");
    assert_eq!(codes(&book), [("no-bibliography-page", "book.toml", 3)]);
    assert_eq!(book.chapters[0].markdown, "(Google, 2024)");
}

#[test]
fn without_a_file_citations_stay_as_they_are() {
    let book = Book::load(&Memory::from([
        ("book.toml", String::new()),
        ("src/SUMMARY.md", "- [A](a.md)".to_owned()),
        ("src/a.md", "[@tf]\n{{#bibliography}}".to_owned()),
    ]));
    assert_eq!(codes(&book), [("no-bibliography", "src/a.md", 2)]);
    assert_eq!(book.chapters[0].markdown, "[@tf]\n{{#bibliography}}");
}

#[test]
fn broken_entries_are_named_and_the_rest_is_kept() {
    let bib = "@misc{a, title = {A}, year = 2001}\n@misc{b, title = {B\n@misc{c, title = {C}, year = 2003}\n@misc{a, title = {Again}}\n@misc{d, title = nowhere}\n";
    let (found, diagnostics) = read(bib, "r.bib");
    let keys: Vec<_> = found.keys().collect();
    assert_eq!(keys, ["a", "c"]);
    let mut lines: Vec<_> = diagnostics.iter().map(|d| (d.line, d.code.as_ref())).collect();
    lines.sort_unstable();
    assert_eq!(lines, [(2, "bibliography-syntax"), (4, "bibliography-syntax"), (5, "bibliography-syntax")]);
}

#[test]
fn an_entry_takes_fields_from_another_but_not_in_circles() {
    let (found, _) = read(
        "@inproceedings{a, author = {X}, title = {A}, crossref = {p}}\n@proceedings{p, title = {P}, year = 2001}\n",
        "",
    );
    let work = found.get("a").map(|entry| Work::new(entry, MathSyntax::None)).unwrap();
    assert_eq!((work.year.as_str(), work.rest.as_str()), ("2001", "*A*. In P."));
    let (found, _) =
        read("@misc{a, crossref = {b}, title = {A}}\n@misc{b, xdata = {a}}\n@misc{c, crossref = {c}}\n", "");
    assert_eq!(found.len(), 3);
}

#[test]
fn abbreviations_may_be_made_of_earlier_ones_only() {
    let bib = "@string{a = \"A\"}\n@string{b = a # \"B\"}\n@string{c = d}\n@string{d = c}\n@string{a = b}\n\
               @misc{x, author = {X}, title = b, year = 2001}\n@misc{y, title = c}\n";
    let (found, diagnostics) = read(bib, "");
    let titles: Vec<_> = found.iter().map(|entry| Work::new(entry, MathSyntax::None).rest).collect();
    assert_eq!(titles, ["*AB*."]);
    assert_eq!(diagnostics.iter().map(|d| d.line).collect::<Vec<_>>(), [7]);
}

#[test]
fn braces_may_nest_as_deep_as_one_likes() {
    let bib = format!("@misc{{a, title = {}T{}}}", "{".repeat(50_000), "}".repeat(50_000));
    assert!(read(&bib, "").0.len() <= 1);
}

#[test]
fn a_missing_file_is_reported_once() {
    let book = Book::load(&Memory::from([
        ("book.toml", "[preprocessor.lectern]\nbibliography = \"no.bib\"".to_owned()),
        ("src/SUMMARY.md", "- [A](a.md)".to_owned()),
        ("src/a.md", "text".to_owned()),
    ]));
    assert_eq!(codes(&book), [("missing-bibliography", "book.toml", 2)]);
}

#[test]
fn names_and_years_come_from_whatever_there_is() {
    let word = |bib: &str| {
        let (found, _) = read(bib, "");
        let work = found.iter().next().map(|entry| Work::new(entry, MathSyntax::None)).unwrap();
        format!("{} | {} | {} | {}", work.names, work.year, work.authors, work.rest)
    };
    assert_eq!(word("@misc{a, title = {Only}}"), "Only | n.d. | Only | ");
    assert_eq!(
        word(
            "@book{a, editor = {Knuth, Donald E. and others}, title = {B_k}, publisher = {AW}, year = {c. 1999}}"
        ),
        "Knuth et al. | 1999 | Knuth, D. E. et al. | *B\\_k*. AW."
    );
    let many = (0..12).map(|n| format!("A{n}, B")).collect::<Vec<_>>().join(" and ");
    assert!(word(&format!("@misc{{a, author = {{{many}}}}}")).contains("A6, B. et al."));
}

proptest! {
    #[test]
    fn no_bibliography_panics(bib in "[@a-c{}=,\"\\\\# \n$0-9]{0,80}|\\PC{0,80}") {
        let (found, _) = read(&bib, "");
        for entry in found.iter() {
            Work::new(entry, MathSyntax::Dollar);
        }
    }

    #[test]
    fn no_entry_panics(parts in prop::collection::vec(prop::sample::select(vec![
        "@misc{a,", "@article{b,", "title = {T},", "ids = {x,,}", "crossref = {b},", "xdata = {a},", "year = 2{0}",
        "}", "\n", "author = { and ,},", "date = {1999/..},", "@string{", "pages = {1--},", "editor = {{}},", "a = b # c",
        "author = {\\'{E}x, \\\"},", "doi = {\\_},", "ids = {}", "@comment", "@preamble{\"x\"}",
    ]), 0..14)) {
        let (found, _) = read(&parts.concat(), "");
        for entry in found.iter() {
            Work::new(entry, MathSyntax::Dollar);
        }
    }
}
