//! Formulas through KaTeX and diagrams through to SVG. Formula tests need KaTeX, which `cargo xtask` brings.

use std::path::PathBuf;

use super::*;

/// KaTeX as `cargo xtask` installs it; `None`, said aloud, where it has not run.
fn katex() -> Option<Vec<u8>> {
    let path =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../xtask/npm/node_modules/katex/dist/katex.min.js");
    let script = std::fs::read(&path).ok();
    if script.is_none() {
        eprintln!("skipped: {} is not there; `cargo xtask test` installs it", path.display());
    }
    script
}

fn make(formulas: &[(&str, bool)]) -> Option<Typeset> {
    let katex = katex()?;
    let formulas: Vec<Formula> =
        formulas.iter().map(|(tex, display)| ((*tex).to_owned(), *display)).collect();
    Some(Typesetter::new(&katex, None).make(&formulas, &[]))
}

#[test]
fn formulas_become_html_with_mathml() {
    let Some(typeset) = make(&[("x^2", false), ("x^2", true), ("\\frac{a}{b}", true)]) else { return };
    assert_eq!(typeset.problems, []);
    assert_eq!(typeset.made.inline.len(), 1);
    assert_eq!(typeset.made.display.len(), 2);
    let inline = &typeset.made.inline["x^2"];
    assert!(inline.starts_with("<span class=\"katex\">") && inline.contains("<math "), "{inline}");
    assert!(inline.contains("<annotation encoding=\"application/x-tex\">x^2</annotation>"));
    assert!(typeset.made.display["x^2"].starts_with("<span class=\"katex-display\">"));
}

#[test]
fn a_wrong_formula_is_marked_where_it_is_wrong() {
    let Some(typeset) = make(&[("é a < \\frac{1}{", false), ("\n\\nope", true), ("ok", true)]) else {
        return;
    };
    assert_eq!(typeset.made.inline.len() + typeset.made.display.len(), 3);
    let [first, second] = &typeset.problems[..] else { panic!("{:?}", typeset.problems) };
    assert_eq!((first.kind, first.line), (Kind::Inline, 0));
    assert!(first.message.starts_with("formula cannot be typeset"), "{}", first.message);
    let html = &typeset.made.inline["é a < \\frac{1}{"];
    assert!(
        html.starts_with("<span class=\"katex-error\" title=\"") && html.contains("é a &lt; \\frac{1}"),
        "{html}"
    );
    assert_eq!((second.kind, second.line), (Kind::Display, 1));
    assert!(second.message.contains("at `\\nope`: Undefined control sequence: \\nope"), "{}", second.message);
    assert!(typeset.made.display["\n\\nope"].contains("\n<mark>\\nope</mark></span>"));
}

#[test]
fn formulas_that_never_end_are_stopped_and_the_others_typeset() {
    let deep = "{".repeat(20_000) + &"}".repeat(20_000);
    let bomb = r"\def\a{\b\b}\def\b{\c\c}\def\c{\a\a}\a";
    let Some(typeset) = make(&[(bomb, false), (&deep, false), ("x", false), ("\\rule{1e9em}{1e9em}", false)])
    else {
        return;
    };
    let broken: Vec<&str> = typeset.problems.iter().map(|problem| problem.source.as_str()).collect();
    assert_eq!(broken, [bomb, &deep]);
    assert!(typeset.made.inline["x"].contains("katex-html"));
    assert!(!typeset.made.inline["\\rule{1e9em}{1e9em}"].contains("1000000000em"));
}

#[test]
fn formulas_do_not_reach_each_other_or_the_page() {
    let Some(typeset) = make(&[
        (r"\gdef\z{1}\z", false),
        (r"\z", false),
        (r"\href{javascript:alert(1)}{x}", false),
        (r"\htmlId{a}{x}", false),
        (r"\text{<script>}", false),
    ]) else {
        return;
    };
    assert_eq!(typeset.problems.len(), 1, "{:?}", typeset.problems);
    assert_eq!(typeset.problems[0].source, r"\z");
    for html in typeset.made.inline.values() {
        assert!(
            !html.contains("<script") && !html.contains("href=\"javascript") && !html.contains("id=\"a\""),
            "{html}"
        );
    }
}

#[test]
fn macros_are_known_everywhere() {
    let Some(katex) = katex() else { return };
    let macros = parse_macros("\\R:\\mathbb{R}\n\\two:#1#1\n");
    let formulas = [("\\R \\two{x}".to_owned(), false)];
    let with = Typesetter::new(&katex, None).with_macros(&macros).make(&formulas, &[]);
    assert_eq!(with.problems, []);
    assert!(!Typesetter::new(&katex, None).make(&formulas, &[]).problems.is_empty());
}

#[test]
fn finished_formulas_come_from_the_cache_without_katex() {
    let Some(katex) = katex() else { return };
    let folder = tempfile::tempdir().unwrap();
    let formulas: Vec<Formula> = (0..40).map(|number| (format!("x_{{{number}}}"), number % 2 == 0)).collect();
    let typesetter = Typesetter::new(&katex, Some(folder.path()));
    let first = typesetter.make(&formulas, &[]);
    assert_eq!(first.problems, []);
    assert_eq!(typesetter.make(&formulas, &[]), first);

    // Another KaTeX and other macros do not see them; this one has no KaTeX at all.
    let other = Typesetter::new(b"1", Some(folder.path())).make(&formulas, &[]);
    assert_eq!(other.problems.len(), 40);
    assert!(other.problems[0].message.contains("KaTeX does not run"), "{}", other.problems[0].message);

    // One damaged file costs one formula, which is typeset again.
    let files = walkdir::WalkDir::new(folder.path()).into_iter().filter_map(Result::ok);
    for file in files.filter(|file| file.file_type().is_file()) {
        std::fs::write(file.path(), "damage").unwrap();
    }
    assert_eq!(typesetter.make(&formulas, &[]), first);
}

#[test]
fn equal_formulas_are_typeset_once_and_problems_keep_their_order() {
    let Some(typeset) = make(&[("\\b", false), ("\\a", false), ("\\b", false), ("\\b", true)]) else {
        return;
    };
    let sources: Vec<_> =
        typeset.problems.iter().map(|problem| (problem.source.as_str(), problem.kind)).collect();
    assert_eq!(sources, [("\\b", Kind::Inline), ("\\a", Kind::Inline), ("\\b", Kind::Display)]);
}

fn draw(source: &str) -> Typeset {
    Typesetter::new(b"", None).make(&[], &[source.to_owned()])
}

#[test]
fn diagrams_become_svg_in_the_colours_of_the_page() {
    let kinds = [
        "flowchart LR\n A[Start] --> B{Enough?}\n B -->|Yes| C\n style A fill:#f9f",
        "graph TD; A-->B; B-->C",
        "stateDiagram-v2\n [*] --> Idle\n Idle --> Run: start",
        "classDiagram\n class Animal {\n +String name\n }\n Animal <|-- Dog",
        "erDiagram\n A ||--o{ B : has",
        "pie title Time\n \"Data\" : 60\n \"Model\" : 40",
        "gantt\n dateFormat YYYY-MM-DD\n section A\n One :a1, 2024-01-01, 3d",
        "mindmap\n root\n  A\n  B",
        "gitGraph\n commit\n branch dev\n commit",
        "timeline\n title T\n 2020 : A\n 2021 : B",
        "journey\n title T\n section S\n  Step: 3: Me",
        "quadrantChart\n title T\n A: [0.3, 0.6]",
        "xychart-beta\n x-axis [a, b]\n bar [1, 2]",
    ];
    for source in kinds {
        let typeset = draw(source);
        assert_eq!(typeset.problems, [], "{source}");
        let svg = &typeset.made.diagrams[source];
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{source}");
        assert!(svg.contains("var(--"), "{source}");
        assert!(svg.contains("viewBox="), "{source}");
    }
}

#[test]
fn what_is_no_diagram_is_a_problem_and_no_svg() {
    for source in ["", "hello", "flowchart LR\n A -->\n", "sequenceDiagram\n A->>\n", "%%", "zenuml\n A.b()"]
    {
        let typeset = draw(source);
        assert!(typeset.made.diagrams.is_empty(), "{source}");
        let [problem] = &typeset.problems[..] else { panic!("{source}: {:?}", typeset.problems) };
        assert_eq!(problem.kind, Kind::Diagram);
        assert!(problem.message.starts_with("diagram cannot be drawn: "), "{}", problem.message);
    }
    assert!(!draw(&format!("flowchart LR\n A[{}]", "x".repeat(200_000))).problems.is_empty());
}

#[test]
fn text_in_diagrams_stays_text() {
    let source = "flowchart LR\n A[\"<script>alert(1)</script><img src=x onerror=y>\"] --> B\n click B \"javascript:alert(1)\"";
    let typeset = draw(source);
    let svg = &typeset.made.diagrams[source];
    assert!(!svg.contains("<script") && !svg.contains("<img") && !svg.contains("javascript:"), "{svg}");
    assert!(svg.contains("&lt;script&gt;"), "{svg}");
}

#[test]
fn the_same_diagram_is_drawn_alike() {
    let source = "flowchart TD\n A --> B & C & D\n B --> E\n C --> E\n D --> E";
    assert_eq!(draw(source), draw(source));
}
