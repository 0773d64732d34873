//! Files that are whole, damaged, cut off, foreign and newer.

use proptest::prelude::*;

use super::*;
use crate::arbitrary::any_log;
use crate::testing::Story;

fn three_events() -> String {
    let mut story = Story::new();
    story.answer("q", true);
    story.note("a.html", "a { brace } and a \"quote\"");
    story.answer("r", false);
    export(&story.log, "Bücher")
}

#[test]
fn a_whole_file_is_read_without_complaint() {
    let (events, report) = import(&three_events()).unwrap();
    assert_eq!(events.len(), 3);
    assert_eq!(report, Report { book: "Bücher".into(), events: 3, ..Report::default() });
}

#[test]
fn a_file_written_anew_by_another_tool_is_read() {
    let value: serde_json::Value = serde_json::from_str(&three_events()).unwrap();
    for text in [value.to_string(), format!("\u{feff}{}", serde_json::to_string_pretty(&value).unwrap())] {
        assert_eq!(import(&text).unwrap().0, import(&three_events()).unwrap().0);
    }
}

#[test]
fn a_damaged_line_costs_one_event() {
    let text = three_events().replacen("\"do\":\"marked\"", "\"do\":\"mark\u{0}ed", 1);
    let (events, report) = import(&text).unwrap();
    assert_eq!((events.len(), report.cut_off), (2, false));
    assert_eq!(report.damaged, [Damage { line: 3, what: "could not be read" }]);
}

#[test]
fn an_event_that_lacks_something_is_left_out() {
    let text = three_events().replacen("\"do\":\"marked\",", "", 1);
    let (events, report) = import(&text).unwrap();
    assert_eq!(events.len(), 2);
    assert_eq!(report.damaged, [Damage { line: 3, what: "does not say what happened" }]);
}

#[test]
fn a_file_that_was_cut_off_keeps_what_is_there() {
    let text = three_events();
    let (events, report) = import(&text[..text.len() - 30]).unwrap();
    assert_eq!((events.len(), report.cut_off), (2, true));
    let (events, report) = import(&text[..text.len() - 2]).unwrap();
    assert_eq!((events.len(), report.cut_off), (3, true));
}

#[test]
fn a_newer_file_is_refused_whole_or_damaged() {
    let newer = three_events().replacen("\"version\":1", "\"version\": 2", 1);
    assert_eq!(import(&newer), Err(Refusal::Newer { version: 2 }));
    assert_eq!(import(&newer[..newer.len() - 40]), Err(Refusal::Newer { version: 2 }));
}

#[test]
fn other_files_are_refused() {
    for text in ["", "hello", "[]", "{}", "{\"version\":1,\"value\":7}", "<html>{</html>"] {
        assert_eq!(import(text), Err(Refusal::NotProgress), "{text}");
    }
    assert_eq!(import(&export(&Log::default(), "")).map(|(events, _)| events.len()), Ok(0));
}

#[test]
fn unknown_kinds_are_kept_and_counted() {
    let text = three_events().replacen("\"do\":\"marked\"", "\"do\":\"sung\"", 1);
    let (events, report) = import(&text).unwrap();
    assert_eq!((report.events, report.unknown), (3, 1));
    assert_eq!(export(&Log::new(events), "Bücher"), text);
}

#[test]
fn the_list_of_pages_read_becomes_events() {
    let mut story = Story::new();
    story.answer("q", true);
    let pages = ["a.html".to_owned(), "b.html".to_owned()];
    let events = migrate_read_list(&pages, &story.log, crate::testing::DEVICE, story.now());
    assert_eq!(story.log.merge(events), 2);
    let learner = story.learner();
    assert_eq!(learner.finished_pages().collect::<Vec<_>>(), ["a.html", "b.html"]);
    assert_eq!(learner.question("q").map(|question| question.attempts.len()), Some(1));
}

proptest! {
    #[test]
    fn what_was_exported_is_imported(log in any_log(), book: String) {
        let text = export(&log, &book);
        prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
        let (events, report) = import(&text).unwrap();
        prop_assert_eq!(report.book, book);
        prop_assert!(report.damaged.is_empty() && !report.cut_off);
        prop_assert_eq!(Log::new(events), log);
    }

    #[test]
    fn lines_are_read_as_they_were_stored(log in any_log()) {
        let text: String = log.events().iter().map(|event| event.to_json() + "\n").collect();
        let (events, report) = read_lines(&text);
        prop_assert!(report.damaged.is_empty());
        prop_assert_eq!(Log::new(events), log);
    }

    /// Bytes overwritten anywhere cost the lines they are in, and no other.
    #[test]
    fn damage_does_not_spread(log in any_log(), at in 0.0..1.0f64, junk in "[^\n]{1,9}") {
        let text = export(&log, "b");
        let start = (text.len() as f64 * at) as usize;
        let start = (start..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let hit = text[..start].matches('\n').count();
        let damaged = format!("{}{junk}{}", &text[..start], &text[start..]);
        let Ok((events, _)) = import(&damaged) else { return Ok(()) };
        let known = Log::new(events);
        for (line, event) in log.events().iter().enumerate().filter(|(line, _)| line + 1 != hit) {
            prop_assert_eq!(known.get(event.id), Some(event), "line {} of {}", line + 2, damaged);
        }
    }

    #[test]
    fn no_text_makes_it_fail(text in prop_oneof![any::<String>(), "[{}\\[\\]\",:a-z0-9\\\\\n]{0,60}"]) {
        let _ = import(&text);
        let _ = read_lines(&text);
    }

    #[test]
    fn cut_anywhere_the_rest_is_kept(log in any_log(), at in 0.0..1.0f64) {
        let text = export(&log, "b");
        let end = (text.len() as f64 * at) as usize;
        let end = (end..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let whole_lines = text[..end].matches('\n').count();
        let events = import(&text[..end]).map(|(events, _)| events).unwrap_or_default();
        prop_assert!(events.len() + 1 >= whole_lines.min(log.events().len()));
    }
}
