//! Summaries in every form, and in broken ones.

use proptest::prelude::*;

use super::*;

/// The summary as lines: indent, number, title, `→ source`, and the codes of diagnostics with their lines.
fn outline(text: &str) -> (String, Vec<(u32, String)>) {
    let (summary, diagnostics) = Summary::parse(text, "src/SUMMARY.md");
    let lines: Vec<String> = summary
        .items
        .iter()
        .map(|item| match item {
            Item::Part { title, .. } => format!("# {title}"),
            Item::Separator => "---".to_owned(),
            Item::Chapter(entry) => {
                let indent = "  ".repeat(entry.level.into());
                let source = entry.source.as_deref().unwrap_or("draft");
                format!("{indent}{}{} → {source}", entry.number_text(), entry.title)
            }
        })
        .collect();
    (lines.join("\n"), diagnostics.into_iter().map(|d| (d.line, d.code.into_owned())).collect())
}

fn reads(text: &str, expected: &str) {
    assert_eq!(outline(text), (expected.to_owned(), Vec::new()));
}

fn complains(text: &str, expected: &str, complaints: &[(u32, &str)]) {
    let (lines, found) = outline(text);
    let found: Vec<(u32, &str)> = found.iter().map(|(line, code)| (*line, code.as_str())).collect();
    assert_eq!((lines.as_str(), found.as_slice()), (expected, complaints));
}

#[test]
fn all_parts_of_a_summary() {
    let text = "\
<!-- a comment -->
# Summary

[Preface](preface.md) [Foreword](a%20b.md)
[Intro](./intro.md)

---

- [One](one.md)
  - [One one](one/README.md \"with a title\")
    * [Deep](one/deep.md)
  - [Planned]()

# Second

1. [Two](two.md)

---

- [Three](three.md)

[After](after.md)
";
    reads(
        text,
        "Preface → preface.md
Foreword → a b.md
Intro → intro.md
---
1.One → one.md
  1.1.One one → one/README.md
    1.1.1.Deep → one/deep.md
  1.2.Planned → draft
# Second
2.Two → two.md
---
3.Three → three.md
After → after.md",
    );
    assert_eq!(Summary::parse(text, "").0.title.as_deref(), Some("Summary"));
}

#[test]
fn names_lose_their_markup() {
    reads(
        "- [`if let` and *while*\n  <b>let</b> &amp; `<x>`](a.md)\n",
        "1.if let and while let & <x> → a.md",
    );
}

#[test]
fn a_summary_without_title_or_prefix() {
    reads("- [A](a.md)\n- [B](b.md)\n", "1.A → a.md\n2.B → b.md");
    reads("", "");
}

#[test]
fn comments_may_stand_anywhere() {
    reads(
        "# S\n\n- [A](a.md)\n  <!-- - [No](no.md) -->\n  - [B](b.md)\n<!-- x -->\n- [C](c.md)\n",
        "1.A → a.md\n  1.1.B → b.md\n2.C → c.md",
    );
}

#[test]
fn loose_lists_and_other_bullets_go_on_counting() {
    reads("- [A](a.md)\n\n- [B](b.md)\n\n+ [C](c.md)\n", "1.A → a.md\n2.B → b.md\n3.C → c.md");
}

#[test]
fn headings_below_the_first_level_are_reported_once() {
    complains(
        "# S\n\n## X\n\n- [A](a.md)\n\n## Y\n\n- [B](b.md)\n",
        "1.A → a.md\n2.B → b.md",
        &[(3, "summary-heading")],
    );
}

#[test]
fn text_outside_links_is_reported() {
    complains("# S\n\nHello [A](a.md)\n", "A → a.md", &[(3, "summary-text")]);
    complains("- [A](a.md) more\n  - [B](b.md)\n", "1.A → a.md\n  1.1.B → b.md", &[(1, "summary-text")]);
    complains("- [A](a.md) [B](b.md)\n", "1.A → a.md", &[(1, "summary-text")]);
    complains("# S\n\n```\nx\n```\n\n- [A](a.md)\n", "1.A → a.md", &[(3, "summary-text")]);
}

#[test]
fn a_paragraph_below_a_part_is_dropped_as_mdbook_does() {
    complains("# S\n\n# Part\n\n[A](a.md)\n\n- [B](b.md)\n", "# Part\n1.B → b.md", &[(5, "summary-text")]);
}

#[test]
fn a_comment_below_a_part_makes_the_paragraph_a_suffix() {
    reads("- [A](a.md)\n\n# Part\n<!-- c -->\n\n[B](b.md)\n", "1.A → a.md\n# Part\nB → b.md");
}

#[test]
fn links_in_quotes_outside_the_numbered_chapters_count_as_in_mdbook() {
    complains(
        "# S\n\n> [A](a.md)\n\n- [B](b.md)\n\n> [C](c.md)\n",
        "A → a.md\n1.B → b.md",
        &[(3, "summary-text"), (7, "summary-text")],
    );
}

#[test]
fn two_lists_below_one_chapter_are_both_kept() {
    complains(
        "- [A](a.md)\n  - [B](b.md)\n  * [C](c.md)\n",
        "1.A → a.md\n  1.1.B → b.md\n  1.2.C → c.md",
        &[(3, "summary-lists")],
    );
}

#[test]
fn an_item_without_link_becomes_a_draft() {
    complains(
        "- Text\n  - [A](a.md)\n-\n",
        "1.Text → draft\n  1.1.A → a.md\n2.… → draft",
        &[(1, "summary-item"), (3, "summary-item")],
    );
}

#[test]
fn numbered_chapters_after_the_suffix_go_on() {
    complains(
        "- [A](a.md)\n\n[S](s.md)\n\n- [B](b.md)\n",
        "1.A → a.md\nS → s.md\n2.B → b.md",
        &[(5, "summary-order")],
    );
}

#[test]
fn links_that_cannot_be_chapters() {
    complains(
        "- [A](https://example.org)\n- [B](b.md#x)\n- [C](./b.md)\n- [](d/e.md)\n",
        "1.A → draft\n2.B → b.md\n3.C → draft\n4.e → d/e.md",
        &[(1, "summary-link"), (2, "summary-link"), (3, "duplicate-chapter"), (4, "unnamed-chapter")],
    );
}

#[test]
fn nesting_is_as_deep_as_one_likes() {
    let (summary, _) = Summary::parse(&format!("{}[A](a.md)", "- ".repeat(20_000)), "");
    assert!(summary.chapters().count() > 0);
    assert!(summary.chapters().all(|entry| entry.level < 25));
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,200}") {
        Summary::parse(&text, "");
    }

    #[test]
    fn no_markdown_panics(lines in prop::collection::vec(prop::sample::select(vec![
        "# T", "- [A](a.md)", "  - [B]()", "    1. x", "[C](c.md) [D](d.md)", "---", "", "<!--", "-->", "> - [E](e.md)",
        "- ", "* * [F](f.md)", "```", "## H [G](g.md)", "===", "[x]: y.md", "- [ ] [t](t.md)", "\t- [tab](é.md)",
    ]), 0..16)) {
        let (summary, _) = Summary::parse(&lines.join("\n"), "");
        for entry in summary.chapters() {
            prop_assert_eq!(entry.number.is_empty() || usize::from(entry.level) + 1 == entry.number.len(), true);
        }
    }
}
