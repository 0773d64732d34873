//! What a chapter becomes, as a reader meets it.

use super::*;

fn page(markdown: &str) -> Rendered {
    render(markdown, &Page::default(), &RenderOptions::default(), &())
}

fn html(markdown: &str) -> String {
    page(markdown).html
}

fn codes(markdown: &str) -> Vec<(u32, &'static str)> {
    page(markdown).diagnostics.iter().map(|finding| (finding.line, finding.code)).collect()
}

#[test]
fn a_heading_is_a_link_to_itself() {
    assert_eq!(html("# A *b*\n"), "<h1 id=\"a-b\"><a class=\"header\" href=\"#a-b\">A <em>b</em></a></h1>\n");
    assert_eq!(
        html("## See [x](y.md) {#z .c d=e}\n"),
        "<h2 id=\"z\" d=\"e\" class=\"c\"><a class=\"header\" href=\"#z\" aria-labelledby=\"z\"></a>See \
         <a href=\"y.html\">x</a></h2>\n"
    );
}

#[test]
fn an_unclosed_tag_ends_with_its_paragraph() {
    assert_eq!(html("a <b>c\n\nd\n"), "<p>a <b>c</b></p>\n<p>d</p>\n");
    assert_eq!(codes("x\n\na <b>c\n\nd\n"), [(3, "unclosed-tag")]);
}

#[test]
fn an_unclosed_block_ends_with_the_page() {
    assert_eq!(
        html("<div>\n\n# A\n"),
        "<div>\n<h1 id=\"a\"><a class=\"header\" href=\"#a\">A</a></h1>\n</div>"
    );
}

#[test]
fn a_stray_end_tag_is_dropped() {
    assert_eq!(html("a</b> c\n\n</div>\n"), "<p>a c</p>\n\n");
    assert_eq!(codes("a</b> c\n\n</div>\n"), [(1, "stray-end-tag"), (3, "stray-end-tag")]);
}

#[test]
fn a_markdown_element_is_never_closed_by_raw_html() {
    assert_eq!(html("- a </li> b\n"), "<ul>\n<li>a  b</li>\n</ul>\n");
}

#[test]
fn footnotes_are_gathered_in_the_order_of_their_use() {
    let out = html("a[^2][^1] b[^2]\n\n[^1]: one\n\n[^2]: two\n    - x\n");
    assert!(
        out.contains("id=\"fr-2-1\"><a href=\"#footnote-2\" role=\"doc-noteref\">1</a></sup> <sup"),
        "{out}"
    );
    let (two, one) = (out.find("id=\"footnote-2\"").unwrap(), out.find("id=\"footnote-1\"").unwrap());
    assert!(two < one, "{out}");
    assert!(out.contains("<p>one <a href=\"#fr-1-1\""), "{out}");
    assert!(out.contains(
        "↩</a> <a href=\"#fr-2-2\" role=\"doc-backlink\" aria-label=\"Back to the text 2\">↩2</a></li>"
    ));
}

#[test]
fn math_survives_markdown() {
    let options = RenderOptions { math: crate::wire::MathSyntax::Dollar, ..RenderOptions::default() };
    let shown = render("# The $x_1$ case\n\n*a* $a_b*c_d* < e$\n", &Page::default(), &options, &());
    assert!(
        shown.html.contains("<span class=\"math math-inline\" data-tex>a_b*c_d* &lt; e</span>"),
        "{}",
        shown.html
    );
    assert_eq!(shown.headings[0].id, "the-x_1-case");
    assert_eq!(shown.headings[0].text, "The $x_1$ case");
    assert!(shown.needs_math);
    assert_eq!(formulas("$a$ $$b$$ $a$", &options), [("a".to_owned(), false), ("b".to_owned(), true)]);
}

#[test]
fn an_admonition_is_part_of_the_page() {
    let markdown =
        "[l]: x.md\n\n```admonish warning title=\"A *b*\"\n## In\n\n[l] and [m][]\n\n[m]: y.md\n```\n";
    let shown = page(markdown);
    let out = &shown.html;
    assert!(
        out.starts_with("<div id=\"admonition-a-b\" class=\"admonition admonish-warning\" role=\"note\""),
        "{out}"
    );
    assert!(out.contains("A <em>b</em></div></div>"), "{out}");
    assert!(out.contains("<a href=\"x.html\">l</a> and <a href=\"y.html\">m</a>"), "{out}");
    assert_eq!(shown.headings[0].line, 4);
}

#[test]
fn an_icon_is_hidden_from_those_who_hear_the_page() {
    assert_eq!(html("<i class=\"fa fa-x\"></i>"), "<p><i class=\"fa fa-x\" aria-hidden=\"true\"></i></p>\n");
    assert_eq!(html("<i class=\"fa fa-x\">a</i>"), "<p><i class=\"fa fa-x\">a</i></p>\n");
}

#[test]
fn a_reference_that_nothing_defines_is_told() {
    assert_eq!(
        codes("a\n\n[text][nowhere] and [x][] but [plain] and a[^note]\n"),
        [(3, "undefined-footnote"), (3, "undefined-reference"), (3, "undefined-reference")]
    );
    assert_eq!(codes("[text][here]\n\n[here]: x.md\n"), []);
}

#[test]
fn a_note_without_text_or_reference_or_with_two_texts_is_told() {
    assert_eq!(
        codes("a[^1]\n\n[^1]: one\n\n[^1]: two\n\n[^2]: lonely\n"),
        [(5, "duplicate-footnote"), (7, "unused-footnote"),]
    );
}

#[test]
fn an_id_is_used_once() {
    let page = page("<a id=\"x\"></a>\n\n# X\n\n## Y {#x}\n\n<p id=\"x\">z</p>\n");
    assert_eq!(page.headings[0].id, "x-1");
    assert_eq!(page.headings[1].id, "x-2");
    assert!(page.html.contains("<p>z</p>"), "{}", page.html);
    let found: Vec<_> = page.diagnostics.iter().map(|finding| (finding.line, finding.code)).collect();
    assert_eq!(found, [(5, "duplicate-id"), (7, "duplicate-id")]);
}

#[test]
fn links_are_noted_as_written() {
    let page =
        page("[a](b.md#c)\n<e@f.org>\n![g](h.png)\n\n<a href=\"i.md?x&amp;y\">j</a> <img src='k.png'>\n");
    let seen: Vec<_> = page.links.iter().map(|link| (link.target.as_str(), link.line, link.kind)).collect();
    assert_eq!(
        seen,
        [
            ("b.md#c", 1, LinkKind::Page),
            ("mailto:e@f.org", 2, LinkKind::Page),
            ("h.png", 3, LinkKind::Image),
            ("i.md?x&y", 5, LinkKind::Html),
            ("k.png", 5, LinkKind::Image),
        ]
    );
}

#[test]
fn the_text_of_a_section_is_what_readers_see() {
    let markdown = "lead &amp; in\n\n# One\n\nA *b*\nc `d`[^n].\n\n- e\n- f\n\n| g | h |\n|---|---|\n| i | j |\n\n\
                    ```rust\n# hidden\nlet k;\n```\n\n## Two\n\n<div>l <b>m</b> &lt;</div>\n\n[^n]: note\n";
    let page = page(markdown);
    let seen: Vec<_> =
        page.sections.iter().map(|it| (it.title.as_str(), it.text.as_str(), it.code.as_str())).collect();
    assert_eq!(
        seen,
        [("", "lead & in", ""), ("One", "A b c d.\ne\nf\ng h\ni j", "let k;\n"), ("Two", "l m <\nnote", ""),]
    );
    assert_eq!(page.sections[2].path, ["One"]);
    assert_eq!(page.sections[1].line, 3);
    assert_eq!(page.title.as_deref(), Some("One"));
}

/// Knows the size of one picture and the drawing of one diagram.
struct Known;

impl Maker for Known {
    fn formula(&self, tex: &str, display: bool) -> Option<String> {
        (tex == "x").then(|| format!("<i>{display}</i>"))
    }

    fn diagram(&self, source: &str) -> Option<String> {
        (source == "graph\n").then(|| "<svg></svg>".to_owned())
    }

    fn picture(&self, path: &str) -> Option<(u32, u32)> {
        (path == "img/a b.png").then_some((40, 30))
    }
}

#[test]
fn what_is_made_already_stands_in_the_page() {
    let options = RenderOptions { math: crate::wire::MathSyntax::Dollar, ..RenderOptions::default() };
    let page = Page { address: "part/a.html", ..Page::default() };
    let shown = render("$x$ $$x$$\n\n```mermaid\ngraph\n```\n", &page, &options, &Known);
    assert_eq!(
        shown.html,
        "<p><span class=\"math math-inline\"><i>false</i></span> \
         <span class=\"math math-display\"><i>true</i></span></p>\n<figure class=\"mermaid\"><svg></svg></figure>\n"
    );
    assert!(!shown.needs_math);
    let shown =
        render("![a](../img/a%20b.png?v) <img src=\"/img/a b.png\"> ![c](d.png)", &page, &options, &Known);
    assert_eq!(shown.html.matches(" width=\"40\" height=\"30\"").count(), 2, "{}", shown.html);
    assert_eq!(shown.html.matches("loading=\"lazy\"").count(), 2, "all but the first wait: {}", shown.html);
}

#[test]
fn what_is_still_to_be_drawn_keeps_its_source() {
    let shown = page("```mermaid\na --> b\n```\n");
    assert_eq!(shown.html, "<pre class=\"mermaid\">a --&gt; b\n</pre>\n");
    assert!(shown.needs_math);
}

#[test]
fn optional_end_tags_are_no_fault() {
    assert_eq!(
        html("<ul><li>a<li>b</ul>\n<p>c\n<p>d\n"),
        "<ul><li>a</li><li>b</li></ul>\n<p>c\n</p><p>d\n</p>"
    );
    assert_eq!(codes("<ul><li>a<li>b</ul>\n<p>c\n<p>d\n"), []);
}

#[test]
fn a_block_that_never_ends_loses_nothing() {
    let shown = page("a\n\n<!-- b\nc\n\n# D [e]\n\n[e]: f.md\n");
    assert_eq!(
        shown.html,
        "<p>a</p>\n<h1 id=\"d-e\"><a class=\"header\" href=\"#d-e\" aria-labelledby=\"d-e\"></a>D \
                            <a href=\"f.html\">e</a></h1>\n"
    );
    assert_eq!(shown.headings[0].line, 6);
    assert_eq!(codes("a\n\n<!-- b\n\nc\n"), [(3, "endless-html")]);
    let script = "<script>\nlet a = '</b>';\n\n# Text\n";
    assert!(html(script).starts_with("<script>\nlet a = '</b>';\n</script>\n<h1"), "{}", html(script));
    assert_eq!(codes(script), [(1, "unclosed-tag"), (1, "endless-html")]);
    assert_eq!(html("> <pre>\n> a\n>\n> b\n"), "<blockquote>\n<pre>\na\n</pre><p>b</p>\n</blockquote>\n");
}

#[test]
fn a_task_says_whether_it_is_done() {
    assert_eq!(
        html("- [x] a\n"),
        "<ul>\n<li><input disabled=\"\" type=\"checkbox\" aria-label=\"Done\" checked=\"\"> a</li>\n</ul>\n"
    );
}

#[test]
fn a_drawing_ends_where_html_begins() {
    assert_eq!(
        html("<svg><g><path d=\"M0 0\"/></g></svg> <b/>\n"),
        "<p><svg><g><path d=\"M0 0\"/></g></svg> <b></b></p>\n"
    );
    assert_eq!(html("<svg><g><div>a\n\nb\n"), "<p><svg><g></g></svg><div>a</div></p>\n<p>b</p>\n");
    assert_eq!(html("<svg>\n\n- a <b/>\n"), "<svg>\n</svg><ul>\n<li>a <b></b></li>\n</ul>\n");
    assert!(
        html("<svg><foreignObject><div>a</div></foreignObject></svg>\n")
            .contains("<div>a</div></foreignobject>")
    );
    assert_eq!(
        html("<p><svg><style><![CDATA[a > b {} <i>]]></style></svg></p>\n"),
        "<p><svg><style>a > b {} &lt;i></style></svg></p>\n"
    );
}

#[test]
fn an_admonition_shares_the_notes_of_its_page() {
    let shown = page("a[^1]\n\n```admonish\nb[^1] c[^2]\n\n[^2]: two\n```\n\n[^1]: one\n");
    assert!(shown.html.contains("<p>b<sup class=\"footnote-reference\" id=\"fr-1-2\">"), "{}", shown.html);
    assert!(shown.html.contains("<p>two <a href=\"#fr-2-1\""), "{}", shown.html);
    assert_eq!(shown.html.matches("<li id=").count(), 2);
    assert_eq!(shown.diagnostics, []);
}

#[test]
fn formulas_among_raw_tags_are_typeset_but_not_in_raw_code() {
    let options = RenderOptions { math: crate::wire::MathSyntax::Dollar, ..RenderOptions::default() };
    let shown = |markdown| render(markdown, &Page::default(), &options, &()).html;
    let formula = "<span class=\"math math-inline\" data-tex>x</span>";
    assert_eq!(shown("<div>$x$</div>\n"), format!("<div>{formula}</div>\n"));
    assert_eq!(shown("<b title=\"$x$\">$x$</b>\n"), format!("<p><b title=\"$x$\">{formula}</b></p>\n"));
    assert_eq!(shown("<code>$x$</code> `$y$`\n"), "<p><code>$x$</code> <code>$y$</code></p>\n");
    assert_eq!(shown("<pre>\n$x$\n</pre>\n"), "<pre>\n$x$\n</pre>\n");
    assert_eq!(
        shown("![$x$](a$x$b \"$x$\")\n"),
        "<p><img src=\"a$x$b\" alt=\"$x$\" title=\"$x$\" decoding=\"async\"></p>\n"
    );
}
