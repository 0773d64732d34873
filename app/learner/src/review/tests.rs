//! Days of review, as a reader has them.

use crate::day::{DAY, MINUTE};
use crate::event::{Action, NewMark};
use crate::learner::Learner;
use crate::memory::Grade;
use crate::testing::{FIRST_DAY, Story};

fn asked(story: &Story, fresh: &[&str]) -> Vec<String> {
    story.learner().queue(story.now(), fresh).now.into_iter().map(|due| due.card).collect()
}

#[test]
fn an_answered_question_comes_back_when_it_is_due() {
    let mut story = Story::new();
    story.answer("q", true);
    assert!(asked(&story, &[]).is_empty());
    story.go_to_day(1);
    assert!(asked(&story, &[]).is_empty());
    story.go_to_day(2);
    assert_eq!(asked(&story, &[]), ["q"], "stability 2.3 days rounds to two");
    story.review("q", Grade::Good);
    assert!(asked(&story, &[]).is_empty());
    let due = story.learner().card("q").unwrap().due("q", 90).unwrap();
    assert!(due > FIRST_DAY + 6, "{due}");
}

#[test]
fn higher_retention_asks_sooner() {
    let mut story = Story::new();
    for days in [0, 3, 20] {
        story.go_to_day(days);
        story.answer("q", true);
    }
    let due = |retention| story.learner().card("q").unwrap().due("q", retention).unwrap();
    assert!(due(97) < due(90) && due(90) < due(80));
}

#[test]
fn what_was_failed_rests_ten_minutes_and_comes_back_today() {
    let mut story = Story::new();
    story.answer("q", false);
    let queue = story.learner().queue(story.now(), &[]);
    assert!(queue.now.is_empty());
    assert_eq!(queue.later, [("q".to_owned(), story.now().at + 10 * MINUTE)]);
    story.wait(10 * MINUTE);
    assert_eq!(asked(&story, &[]), ["q"]);
}

#[test]
fn most_likely_forgotten_first_and_the_order_holds_all_day() {
    let mut story = Story::new();
    for question in ["a", "b", "c", "d", "e"] {
        story.answer(question, true);
    }
    story.go_to_day(1);
    story.answer("weak", false);
    story.go_to_day(30);
    let all = asked(&story, &[]);
    assert_eq!(all.len(), 6);
    assert_eq!(all[0], "weak");
    story.review(&all[0], Grade::Good);
    story.wait(3 * 60 * MINUTE);
    assert_eq!(asked(&story, &[]), all[1..]);
    story.review(&all[3], Grade::Good);
    assert_eq!(asked(&story, &[]), [&all[1..3], &all[4..]].concat());
}

#[test]
fn new_cards_are_limited_each_day_and_marks_come_first() {
    let mut story = Story::new();
    story.record(Action::Set { key: "new-per-day".into(), value: "3".into() });
    let card = NewMark { page: "a.html".into(), front: "What is int8?".into(), ..NewMark::default() };
    let mark = story.record(Action::Marked(Box::new(card)));
    let mark = crate::marks::card_of(mark);
    let fresh = ["a", "b", "c"];
    assert_eq!(asked(&story, &fresh), [mark.as_str(), "a", "b"]);
    assert_eq!(story.learner().queue(story.now(), &fresh).beyond, 1);
    story.review(&mark, Grade::Good);
    story.review("a", Grade::Good);
    assert_eq!(asked(&story, &fresh), ["b"]);
    story.go_to_day(1);
    assert_eq!(asked(&story, &fresh), ["b", "c"]);
}

#[test]
fn answers_in_the_text_take_no_room_from_new_cards() {
    let mut story = Story::new();
    story.record(Action::Set { key: "new-per-day".into(), value: "1".into() });
    story.answer("q", true);
    assert_eq!(asked(&story, &["q", "fresh"]), ["fresh"]);
}

#[test]
fn highlights_are_asked_unless_the_reader_says_no() {
    let mut story = Story::new();
    let mark = story.note("a.html", "");
    assert_eq!(asked(&story, &[]), [crate::marks::card_of(mark)]);
    story.record(Action::Set { key: "review-highlights".into(), value: "false".into() });
    assert!(asked(&story, &[]).is_empty());
}

#[test]
fn a_deleted_mark_is_not_asked() {
    let mut story = Story::new();
    let mark = story.note("a.html", "");
    story.review(&crate::marks::card_of(mark), Grade::Good);
    story.record(Action::Deleted { mark });
    story.go_to_day(9);
    assert!(asked(&story, &[]).is_empty());
    assert_eq!(story.learner().forecast(story.now(), 30), [0; 30]);
}

#[test]
fn reviews_are_limited_if_the_reader_says_so() {
    let mut story = Story::new();
    story.record(Action::Set { key: "reviews-per-day".into(), value: "2".into() });
    for question in ["a", "b", "c"] {
        story.answer(question, true);
    }
    story.go_to_day(5);
    let queue = story.learner().queue(story.now(), &["fresh"]);
    assert_eq!((queue.now.len(), queue.beyond), (2, 2));
    let first = asked(&story, &[])[0].clone();
    story.review(&first, Grade::Good);
    assert_eq!(asked(&story, &[]).len(), 1);
}

#[test]
fn what_does_not_stick_leaves_the_queue_until_it_is_known() {
    let mut story = Story::new();
    story.answer("q", false);
    for day in 1..=6 {
        assert!(story.learner().leeches().is_empty());
        story.go_to_day(day);
        story.review("q", Grade::Again);
    }
    assert_eq!(story.learner().leeches(), ["q"]);
    story.go_to_day(20);
    assert!(asked(&story, &[]).is_empty());
    story.answer("q", true);
    assert!(story.learner().leeches().is_empty());
    story.go_to_day(40);
    assert_eq!(asked(&story, &[]), ["q"]);
}

#[test]
fn cards_are_suspended_and_resumed_by_hand() {
    let mut story = Story::new();
    story.answer("q", true);
    story.go_to_day(9);
    story.record(Action::Suspended { card: "q".into() });
    assert!(asked(&story, &[]).is_empty());
    story.record(Action::Resumed { card: "q".into() });
    assert_eq!(asked(&story, &[]), ["q"]);
}

#[test]
fn the_forecast_counts_each_card_on_its_day() {
    let mut story = Story::new();
    story.answer("a", true);
    story.answer("b", true);
    let forecast = story.learner().forecast(story.now(), 30);
    assert_eq!((forecast.len(), forecast[2], forecast.iter().sum::<u32>()), (30, 2, 2));
    story.go_to_day(10);
    assert_eq!(story.learner().forecast(story.now(), 30)[0], 2, "overdue counts today");
}

#[test]
fn the_reader_travels_and_nothing_is_due_before_its_day() {
    let mut story = Story::new();
    story.answer("q", true);
    let mut there = story.now();
    there.at += DAY;
    there.offset = 600;
    assert!(story.learner().queue(there, &[]).now.is_empty());
    assert_eq!(Learner::default().queue(there, &[]).now, []);
}
