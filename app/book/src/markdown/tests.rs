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
