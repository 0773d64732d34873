//! What is read from the source, and that the picture holds together.

use super::*;
use proptest::prelude::*;

fn read(source: &str) -> Diagram {
    parse::parse(&format!("sequenceDiagram\n{source}")).unwrap().unwrap()
}

fn wrong(source: &str) -> Failure {
    parse::parse(&format!("sequenceDiagram\n{source}")).unwrap().unwrap_err()
}

fn only_message(source: &str) -> Message {
    let mut steps = read(source).steps;
    match steps.remove(0) {
        Step::Message(message) => message,
        step => panic!("{step:?}"),
    }
}

#[test]
fn other_diagrams_are_left_alone() {
    for source in ["", "%%", "flowchart LR\nA-->B", "sequenceDiagramX\nA->>B: x"] {
        assert!(draw(source).is_none(), "{source}");
    }
    assert!(draw("\n%% comment\n  sequenceDiagram\nA->>B: x").is_some());
    assert!(draw("---\ntitle: T\n---\nsequenceDiagram\nA->>B: x").unwrap().unwrap().contains(">T</text>"));
}

#[test]
fn every_arrow_has_its_line_and_head() {
    for (arrow, dashed, head, both_ways) in [
        ("->", false, Head::Nothing, false),
        ("-->", true, Head::Nothing, false),
        ("->>", false, Head::Arrow, false),
        ("-->>", true, Head::Arrow, false),
        ("-x", false, Head::Cross, false),
        ("--x", true, Head::Cross, false),
        ("-)", false, Head::Open, false),
        ("--)", true, Head::Open, false),
        ("<<->>", false, Head::Arrow, true),
        ("<<-->>", true, Head::Arrow, true),
    ] {
        for source in [format!("A{arrow}B: hi"), format!("A {arrow} B : hi")] {
            let message = only_message(&source);
            assert_eq!(
                (message.dashed, message.head, message.both_ways),
                (dashed, head, both_ways),
                "{source}"
            );
            assert_eq!((message.from, message.to, message.text.as_str()), (0, 1, "hi"), "{source}");
        }
    }
}

#[test]
fn names_and_labels() {
    let diagram = read("participant W as Web App\nactor U as <b>User<br/>two\nmy-xml box->>W: a\nU->>U: b");
    let names: Vec<_> =
        diagram.participants.iter().map(|who| (who.id.as_str(), who.label.as_str(), who.is_actor)).collect();
    assert_eq!(
        names,
        [("W", "Web App", false), ("U", "<b>User\ntwo", true), ("my-xml box", "my-xml box", false)]
    );
}

#[test]
fn activations_ride_on_arrows() {
    let steps = read("A->>+B: x\nB-->>-A: y\nactivate A\ndeactivate A").steps;
    assert_eq!(steps[1], Step::Activate(1));
    assert_eq!(steps[3], Step::Deactivate(1));
    assert_eq!(steps[4..], [Step::Activate(0), Step::Deactivate(0)]);
}

#[test]
fn texts_are_resolved() {
    assert_eq!(only_message("A->>B: a #35; #quot;b#quot; &lt; #59; c").text, "a # \"b\" < ; c");
    assert_eq!(only_message("A->>B: one<br/>two").text, "one\ntwo");
    assert_eq!(only_message("A->>B: 10:30 # 1 & 2").text, "10:30 # 1 & 2");
    assert_eq!(read("A->>B: x; B->>A: y").steps.len(), 2);
    assert_eq!(only_message("A->>B").text, "");
}

#[test]
fn frames_and_their_parts() {
    let steps = read("alt good\nA->>B: x\nelse bad\nB->>A: y\nend\nrect rgb(0,0,9)\nA->>B: z\nend").steps;
    assert_eq!(steps[0], Step::Open { frame: Frame::Named("alt"), label: "good".to_owned() });
    assert_eq!(steps[2], Step::Part { label: "bad".to_owned() });
    assert_eq!(steps[4], Step::Close);
    assert_eq!(
        steps[5],
        Step::Open { frame: Frame::Coloured("rgb(0,0,9)".to_owned()), label: String::new() }
    );
}

#[test]
fn notes_groups_numbers() {
    let diagram = read(
        "box lightblue The group\nparticipant A\nparticipant B\nend\nautonumber 5 2\nA->>B: x\nB->>A: y\nNote over A,B: n\nnote right of B: m",
    );
    assert_eq!(
        diagram.boxes,
        [Group {
            label: "The group".to_owned(),
            colour: Some("lightblue".to_owned()),
            members: Some((0, 1))
        }]
    );
    let numbers: Vec<_> = diagram
        .steps
        .iter()
        .filter_map(|step| if let Step::Message(m) = step { m.number } else { None })
        .collect();
    assert_eq!(numbers, [5, 7]);
    assert_eq!(diagram.steps[2], Step::Note { text: "n".to_owned(), from: 0, to: 1, side: Side::Over });
    assert_eq!(diagram.steps[3], Step::Note { text: "m".to_owned(), from: 1, to: 1, side: Side::Right });
}

#[test]
fn mistakes_are_named_with_their_line() {
    for (source, line, message) in [
        ("A->>B: x\nnonsense", 2, "`nonsense` is not understood"),
        ("A->>: x", 1, "a participant is missing"),
        ("loop x\nA->>B: y", 2, "a `loop` has no `end`"),
        ("end", 1, "`end` closes nothing"),
        ("loop\nelse x\nend", 2, "`else` stands in no `alt`"),
        ("Note over A", 1, "a note needs `:` and a text"),
        ("Note A: x", 1, "a note stands `left of`, `right of` or `over` somebody"),
        ("", 0, "nobody takes part"),
    ] {
        let failure = wrong(source);
        assert_eq!((failure.line, failure.message.as_str()), (line, message), "{source}");
    }
}

const EVERYTHING: &str = "sequenceDiagram
title: All of it
box rgb(200,220,255) Group
participant A as Alice
actor B
end
participant C
autonumber
A->>+B: a long message that needs a lot of room between the two of them
B->>B: to oneself
B-->>-A: back
Note left of A: left
Note over A,C: over all
loop every day
  alt good
    A-)C: async
  else bad
    A-xC: lost
  end
end
create participant D
C->>D: hello
destroy D
D-->>C: bye
rect #eef
A<<->>C: both
end
par one
A->>B: x
and two
A->>C: y
end";

/// Places of everything that must not overlap or leave the picture.
#[test]
fn everything_is_inside_and_steps_go_down() {
    let diagram = parse::parse(EVERYTHING).unwrap().unwrap();
    let layout = layout::layout(&diagram);
    let inside = |x: f32, y: f32| (0.0..=layout.width).contains(&x) && (0.0..=layout.height).contains(&y);
    for pair in layout.messages.windows(2) {
        assert!(pair[1].y - pair[1].text.height() > pair[0].y, "{pair:?}");
    }
    for arrow in &layout.messages {
        let middle = (arrow.from + arrow.to) / 2.0;
        assert!(arrow.from == arrow.to || (arrow.from - arrow.to).abs() > arrow.text.width, "{arrow:?}");
        assert!(
            inside(arrow.from, arrow.y)
                && inside(arrow.to, arrow.y)
                && inside(middle, arrow.y - arrow.text.height())
        );
    }
    for pair in layout.columns.windows(2) {
        assert!(pair[0].x + pair[0].width / 2.0 < pair[1].x - pair[1].width / 2.0, "{pair:?}");
    }
    for frame in &layout.frames {
        assert!(
            inside(frame.area.left, frame.area.top) && inside(frame.area.right, frame.area.bottom),
            "{frame:?}"
        );
    }
    // The frame around `alt` holds it with room to spare.
    let [outer, inner] = [&layout.frames[layout.frames.len() - 2], &layout.frames[layout.frames.len() - 1]];
    assert_eq!((outer.frame.clone(), inner.frame.clone()), (Frame::Named("loop"), Frame::Named("alt")));
    assert!(outer.area.left < inner.area.left && inner.area.right < outer.area.right);
    assert!(outer.area.top < inner.area.top && inner.area.bottom < outer.area.bottom);
}

#[test]
fn the_picture_shows_all_that_was_said() {
    let svg = draw(EVERYTHING).unwrap().unwrap();
    for text in [
        "All of it",
        "Group",
        "Alice",
        "to oneself",
        "left",
        "over all",
        "[every day]",
        "[bad]",
        "hello",
        "both",
        "[two]",
    ] {
        assert!(svg.contains(&format!(">{text}</text>")), "{text}");
    }
    for marker in ["#arrow", "#cross", "#open"] {
        assert!(svg.contains(&format!("url({marker})")), "{marker}");
    }
}

proptest! {
    #[test]
    fn any_source_is_drawn_or_refused(lines in prop::collection::vec(prop::sample::select(vec![
        "A->>B: x", "A->>+B: y", "B-->>-A", "A-xA: self", "Note over A,B: n", "Note left of C: <br/>", "loop l", "alt", "else", "end",
        "and", "rect red", "activate A", "deactivate A", "create participant D", "destroy D", "D->>A: z", "box", "autonumber 3",
        "participant É as 漢字", "title \u{0}", ";;", "#;", "A->>B: #0;", "->>", "x", "par", "autonumber off", "critical", "option",
    ]), 0..25)) {
        let source = format!("sequenceDiagram\n{}", lines.join("\n"));
        if let Ok(svg) = draw(&source).unwrap() {
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"), "{}", svg);
            let finished = crate::typeset::diagram::svg::finish(&svg, &source);
            prop_assert!(finished.is_ok(), "{:?}", finished);
        }
    }
}
