//! What holds for every text, however broken.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::tokens::{Token, Tokens};
use super::*;
use crate::wire::MathSyntax;

/// Whether every tag of `html` is closed by its own end tag, in order; and all ids.
fn balanced(html: &str) -> Result<Vec<String>, String> {
    let void = [
        "area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
        "wbr", "base",
    ];
    let mut open: Vec<String> = Vec::new();
    let mut ids = Vec::new();
    for (at, token) in Tokens::new(html) {
        match token {
            Token::Start(tag) => {
                ids.extend(tag.get("id").map(str::to_owned));
                if !tag.self_closing && !void.contains(&&*tag.name) {
                    open.push(tag.name.into_owned());
                }
            }
            Token::End(name) => {
                let last = open.pop();
                if last.as_deref() != Some(&*name) {
                    return Err(format!("</{name}> at {at} closes {last:?}"));
                }
            }
            Token::Unfinished(text) => return Err(format!("never ends: {text}")),
            Token::Nothing => return Err(format!("not seen by readers, at {at}")),
            Token::Text(_) | Token::Verbatim(_) => {}
        }
    }
    if open.is_empty() { Ok(ids) } else { Err(format!("open: {open:?}")) }
}

fn any_options() -> impl Strategy<Value = RenderOptions> {
    let syntax = prop_oneof![Just(MathSyntax::None), Just(MathSyntax::Dollar), Just(MathSyntax::Mathjax)];
    (any::<bool>(), any::<bool>(), any::<bool>(), syntax).prop_map(|(smart, lists, alerts, math)| {
        RenderOptions {
            smart_punctuation: smart,
            definition_lists: lists,
            admonitions: alerts,
            math,
            ..RenderOptions::default()
        }
    })
}

/// Markdown and HTML in pieces, so that they meet in ways that no one would write.
fn any_markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "(?s).{0,8}",
        "[a-zA-Z ]{1,12}",
        prop::sample::select(PIECES).prop_map(str::to_owned),
        prop::sample::select(PIECES).prop_map(str::to_owned),
        prop::sample::select(PIECES).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "  \n",
    "\n\n    ",
    "# ",
    "\n## ",
    "{#a}",
    "{#a .b c=d}",
    "- ",
    "\n- ",
    "1. ",
    "> ",
    "\n> [!TIP]\n> ",
    "| a | b |\n|-|-|\n| ",
    " | ",
    "\n```\n",
    "\n```rust\n",
    "\n```mermaid\n",
    "\n````admonish warning title=\"T\"\n",
    "\n````\n",
    "~~~",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "](b.md)",
    "![",
    "](i.png)",
    "[^1]",
    "\n[^1]: ",
    "[r]",
    "\n[r]: x 'y'\n",
    "\nT\n: ",
    "$",
    "$$",
    "\\",
    "\\\\(",
    "\\\\)",
    "\\\\[",
    "\\\\]",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "\n<div id=\"a\">\n",
    "\n</div>\n",
    "<li>",
    "</li>",
    "<td>",
    "<a href='c.md'>",
    "</a>",
    "<br/>",
    "<b/>",
    "<svg>",
    "<path/>",
    "</svg>",
    "<script>",
    "</script>",
    "\n<script>\n",
    "<style>",
    "\n<textarea>\n",
    "<!--",
    "-->",
    "<!x>",
    "<?",
    "<i class=\"fa fa-x\">",
    "</i>",
    "<em",
    "<em a=\"",
    "&amp;",
    "&",
    "<",
    ">",
    "\"",
    "'",
    "\u{FDD0}\u{FDE0}\u{FDD1}",
    "{{#quiz a}}",
    "é",
    "量化",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_page_is_balanced_and_its_ids_are_unique(markdown in any_markdown(), options in any_options()) {
        let page = render(&markdown, &Page::default(), &options, &());
        match balanced(&page.html) {
            Ok(ids) => {
                let unique: BTreeSet<_> = ids.iter().collect();
                prop_assert_eq!(unique.len(), ids.len(), "{}", page.html);
                for heading in &page.headings {
                    prop_assert!(page.ids.iter().any(|(id, _)| *id == heading.id));
                }
            }
            Err(problem) => prop_assert!(false, "{} in {}", problem, page.html),
        }
    }

    #[test]
    fn the_sections_hold_every_word(markdown in any_markdown(), options in any_options()) {
        let page = render(&markdown, &Page::default(), &options, &());
        let words: u32 = page.sections.iter().map(|it| count_words(&it.title) + count_words(&it.text)).sum();
        prop_assert_eq!(words, page.words);
        let shown = page.headings.iter().filter(|heading| !heading.text.is_empty()).count();
        prop_assert!(page.sections.len() >= shown);
    }

    #[test]
    fn no_mark_of_a_formula_is_left(markdown in any_markdown(), options in any_options()) {
        let shown = format!("{:?}", render(&markdown, &Page::default(), &options, &()));
        let mark = |text: &str| text.contains('\u{FDD0}') || text.contains("\\u{fdd0}");
        prop_assert!(mark(&markdown) || !mark(&shown), "{}", shown);
    }

    #[test]
    fn lines_are_lines_of_the_text(markdown in any_markdown(), options in any_options()) {
        let page = render(&markdown, &Page::default(), &options, &());
        let last = markdown.split('\n').count() as u32;
        let lines = page.headings.iter().map(|it| it.line);
        let lines = lines.chain(page.links.iter().map(|it| it.line));
        let lines = lines.chain(page.ids.iter().map(|it| it.1));
        let mut lines = lines.chain(page.diagnostics.iter().map(|it| it.line)).chain(page.sections.iter().map(|it| it.line));
        prop_assert!(lines.all(|line| (1..=last).contains(&line)));
    }
}
