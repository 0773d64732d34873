//! What differs from mdBook on purpose: markup wherever it occurs, then single places of each book.

use tests::compare::Difference;
use tests::page::Change::{Drop, Stand, Unwrap};
use tests::page::Markup;
use tests::page::Side::{Mdbook, Ours};

const ZOOM: &str = "a picture is enlarged by the reader's own control, which works with a keyboard; mdBook writes \
                    each picture twice into a hidden checkbox";
const ICONS: &str = "the icon comes from the style sheet, as it says nothing that the title does not";
const COLOURS: &str = "code is coloured when the page is made; mdBook runs a script in the browser";
const FONT_AWESOME: &str = "the page names the icon and the style sheet draws it; mdBook copies its drawing into \
                            the page";
const MERMAID: &str = "a diagram is drawn; mdBook needs mdbook-mermaid for that and shows its source";
const ADMONISH: &str = "an admonition is a box; mdBook needs mdbook-admonish for that and shows its source";

const NOTES: &str = "a rule and an empty list where no note is referred to say nothing";

/// Markup that differs wherever it occurs.
pub const MARKUP: &[Markup] = &[
    Markup { side: Mdbook, selector: "label.checkbox-label > input", change: Drop, reason: ZOOM },
    Markup { side: Mdbook, selector: "label.checkbox-label > .img-wrapper", change: Drop, reason: ZOOM },
    Markup { side: Mdbook, selector: "label.checkbox-label", change: Unwrap, reason: ZOOM },
    Markup { side: Mdbook, selector: ".blockquote-tag-title > svg", change: Drop, reason: ICONS },
    Markup { side: Ours, selector: "code span[class^=h-]", change: Unwrap, reason: COLOURS },
    Markup { side: Mdbook, selector: "span.fa-svg", change: Stand("(icon)"), reason: FONT_AWESOME },
    Markup { side: Mdbook, selector: "i[class*=fa-]:empty", change: Stand("(icon)"), reason: FONT_AWESOME },
    Markup {
        side: Ours,
        selector: "i[class*=fa-][aria-hidden]:empty",
        change: Stand("(icon)"),
        reason: FONT_AWESOME,
    },
    Markup { side: Mdbook, selector: "hr:has(+ ol.footnote-definition:empty)", change: Drop, reason: NOTES },
    Markup { side: Mdbook, selector: "ol.footnote-definition:empty", change: Drop, reason: NOTES },
    Markup {
        side: Mdbook,
        selector: "pre:has(> code.language-mermaid)",
        change: Stand("(diagram)"),
        reason: MERMAID,
    },
    Markup { side: Ours, selector: "pre.mermaid", change: Stand("(diagram)"), reason: MERMAID },
    Markup {
        side: Mdbook,
        selector: "pre:has(> code.language-admonish)",
        change: Stand("(box)"),
        reason: ADMONISH,
    },
    Markup { side: Ours, selector: ".admonition", change: Stand("(box)"), reason: ADMONISH },
    Markup { side: Ours, selector: "lectern-quiz", change: Drop, reason: QUIZZES },
];

const MATH: &str = "a formula is typeset when the page is made; mdBook runs MathJax in the browser";

/// What makes pages comparable by their text alone, once formulas are typeset.
pub const FORMULAS: &[Markup] = &[
    Markup { side: Mdbook, selector: "code", change: Drop, reason: MATH },
    Markup { side: Ours, selector: "code", change: Drop, reason: MATH },
    Markup { side: Ours, selector: ".math", change: Stand("(formula)"), reason: MATH },
    Markup { side: Ours, selector: "lectern-quiz", change: Drop, reason: QUIZZES },
];

const README: &str =
    "a README is the index page of its folder; mdBook leaves a link to a page that is not there";
const ONE_ID: &str =
    "each id is used once; mdBook writes it twice and a link cannot lead to the second place";
const OPTIONAL: &str = "HTML lets `</li>` and `</p>` be left out; mdBook then leaves the list open";
const CLOSED: &str = "`<a/>` is empty; browsers let mdBook's take in all that follows";

const fn links(
    page: &'static str,
    mdbook: &'static [&'static str],
    ours: &'static [&'static str],
) -> Difference {
    Difference { page, kind: "links", mdbook, ours, reason: README }
}

/// Why a heading without letters has an id.
pub const NO_ID: &str = "a heading without letters can be linked to";

/// Why an include that leads nowhere reads differently.
pub const INCLUDES: &str = "the place is marked and names the file; mdBook shows the directive";

/// Why `{{#quiz …}}` reads differently.
pub const QUIZZES: &str = "a quiz is shown where its directive stands; mdBook needs mdbook-quiz for that and shows the \
                           directive";

/// `tests/fixtures/every-feature`.
pub const EVERY_FEATURE: &[Difference] = &[
    links("index.html", &["links/README.html “” links"], &["links/index.html “” links"]),
    links("text/headings.html", &["../links/README.html “” All link"], &["../links/index.html “” All link"]),
    links(
        "links/index.html",
        &["../README.html “” README", "README.html#links “” README here", "./README.html “” readme"],
        &["../index.html “” README", "index.html#links “” README here", "./index.html “” readme"],
    ),
    links("links/index.html", &["../README.html#x “” raw single"], &["../index.html#x “” raw single"]),
    links("links/images.html", &["README.html “” "], &["index.html “” "]),
    Difference {
        page: "text/headings.html",
        kind: "headings",
        mdbook: &["h3 #own → #own own"],
        ours: &["h3 #own-1 → #own-1 own"],
        reason: ONE_ID,
    },
    Difference {
        page: "raw/broken.html",
        kind: "structure",
        mdbook: &["      p", "  p"],
        ours: &[],
        reason: OPTIONAL,
    },
    Difference {
        page: "raw/anchors.html",
        kind: "headings",
        mdbook: &["h2 #later → #later Later"],
        ours: &["h2 #later-1 → #later-1 Later"],
        reason: ONE_ID,
    },
    Difference { page: "raw/anchors.html", kind: "ids", mdbook: &["a #uses"], ours: &[], reason: ONE_ID },
    Difference {
        page: "raw/anchors.html",
        kind: "links",
        mdbook: &["- “” an empty anchor.", "- “” The next paragraph."],
        ours: &["- “” "],
        reason: CLOSED,
    },
    Difference {
        page: "raw/anchors.html",
        kind: "structure",
        mdbook: &["a name=self-closed", "  p"],
        ours: &["p"],
        reason: CLOSED,
    },
];

/// The Rustonomicon.
pub const NOMICON: &[Difference] = &[];

/// The Cairo Programming Language.
pub const CAIRO_BOOK: &[Difference] = &[];

/// mdBook's own guide.
pub const MDBOOK_GUIDE: &[Difference] = &[];

const LINE_END: &str = "mdBook puts a line end of its own into the `<pre>`";
const UNFINISHED: &str = "a tag that never ends is shown as text; mdBook drops it and what follows";

const ENDLESS: &str =
    "a block of HTML that never ends is ended at its first blank line, so that no text is lost";

/// The examples of CommonMark, a chapter each.
pub const EXAMPLES: &[Difference] = &[
    Difference {
        page: "148.html",
        kind: "code",
        mdbook: &["      |**Hello**,\n      |world.\n      |\n      |\n"],
        ours: &["      |**Hello**,\n      |world.\n      |\n"],
        reason: LINE_END,
    },
    Difference {
        page: "156.html",
        kind: "text",
        mdbook: &[],
        ours: &["<div id=\"foo\" *hi*"],
        reason: UNFINISHED,
    },
    Difference { page: "157.html", kind: "text", mdbook: &[], ours: &["<div class foo"], reason: UNFINISHED },
    Difference {
        page: "158.html",
        kind: "text",
        mdbook: &[],
        ours: &["<div *???-&&&-<--- *foo*"],
        reason: UNFINISHED,
    },
    Difference { page: "173.html", kind: "structure", mdbook: &[], ours: &["p"], reason: ENDLESS },
    Difference { page: "614.html", kind: "links", mdbook: &["- “” "], ours: &[], reason: CLOSED },
    Difference {
        page: "614.html",
        kind: "structure",
        mdbook: &["    b2", "a"],
        ours: &["  b2"],
        reason: CLOSED,
    },
    Difference { page: "615.html", kind: "links", mdbook: &["- “” "], ours: &[], reason: CLOSED },
    Difference {
        page: "615.html",
        kind: "structure",
        mdbook: &["    b2 data=foo", "a"],
        ours: &["  b2 data=foo"],
        reason: CLOSED,
    },
    Difference { page: "616.html", kind: "links", mdbook: &["- “” "], ours: &[], reason: CLOSED },
    Difference {
        page: "616.html",
        kind: "structure",
        mdbook: &["a _boolean= bam=baz <em>\"</em> foo=bar zoop:33=zoop:33"],
        ours: &[],
        reason: CLOSED,
    },
];

const NOTES_INSIDE: &str = "a tag that was left open ends before the notes; mdBook writes the notes into it";

/// Chapters made by chance.
pub const CHANCE: &[Difference] = &[Difference {
    page: "155.html",
    kind: "structure",
    mdbook: &[
        "  hr",
        "  ol class=footnote-definition",
        "    li",
        "      p",
        "      div",
        "        em",
        "      a",
        "      p",
    ],
    ours: &["hr", "ol class=footnote-definition", "  li", "    p", "    div", "      em", "    a", "    p"],
    reason: NOTES_INSIDE,
}];
