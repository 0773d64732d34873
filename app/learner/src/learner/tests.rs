//! The fold as a whole; single topics are tested where they live.

use proptest::prelude::*;

use super::*;
use crate::arbitrary::{NOW, any_log};
use crate::day::DAY;
use crate::event::MarkChange;
use crate::testing::{DEVICE, FIRST_DAY, Story};

#[test]
fn a_question_remembers_its_answers() {
    let mut story = Story::new();
    story.answer("q", false);
    story.answer("q", true);
    let learner = story.learner();
    let question = learner.question("q").unwrap();
    assert_eq!((question.attempts.len(), question.right_answers()), (2, 1));
    assert!(question.last().unwrap().right);
    assert_eq!(question.section, "p.html#s");
    assert_eq!(question.attempts[1].grade, Grade::Hard, "right on the day it was missed");
    assert_eq!(learner.question("r"), None);
}

#[test]
fn undo_takes_back_the_last_step_and_redo_brings_it() {
    let mut story = Story::new();
    story.answer("q", true);
    let before = story.learner();
    let slip = story.answer("q", false);
    assert_eq!(story.learner().undoable(DEVICE), Some(slip));
    assert_eq!(story.learner().undoable(DEVICE + 1), None, "another device's steps are its own");
    let undo = story.undo(slip);
    assert_eq!(story.learner().question("q"), before.question("q"));
    assert_eq!(story.learner().card("q"), before.card("q"));
    assert_eq!(story.learner().undoable(DEVICE), before.undoable(DEVICE));
    story.undo(undo);
    assert_eq!(story.learner().question("q").unwrap().attempts.len(), 2);
}

#[test]
fn a_reset_puts_aside_all_but_settings_and_can_be_undone() {
    let mut story = Story::new();
    story.record(Action::Set { key: "retention".into(), value: "85".into() });
    story.answer("q", true);
    story.read("a.html", 60_000, true);
    story.note("a.html", "n");
    let before = story.learner();
    let reset = story.record(Action::Reset);
    let after = story.learner();
    assert_eq!(after.settings().retention, 85);
    assert_eq!((after.questions().count(), after.finished_pages().count(), after.marks().len()), (0, 0, 0));
    assert_eq!(after.undoable(DEVICE), Some(reset));
    story.read("a.html", 1_000, false);
    assert_eq!(story.learner().page("a.html").unwrap().ms, 1_000);
    story.undo(reset);
    assert_eq!(story.learner().question("q"), before.question("q"));
    assert_eq!(story.learner().page("a.html").unwrap().ms, 61_000);
}

#[test]
fn reading_is_a_total_for_each_device_and_day() {
    let mut story = Story::new();
    story.read("a.html", 5_000, false);
    story.read("a.html", 7_000, false);
    let event = story.log.events()[0].clone();
    story.log.merge([event]);
    let other = Action::Read { page: "a.html".into(), ms: 1_000, end: true };
    story.log.insert(Event::new(EventId { device: 2, counter: 1 }, story.now(), other));
    story.go_to_day(1);
    story.read("a.html", 100, false);
    let learner = story.learner();
    let page = learner.page("a.html").unwrap();
    assert_eq!((page.ms, page.finished), (13_100, Some(FIRST_DAY)));
    assert_eq!(learner.totals(FIRST_DAY).ms, 13_000);
}

#[test]
fn marks_are_edited_and_deleted() {
    let mut story = Story::new();
    let mark = story.note("a.html", "first");
    let change = MarkChange { note: Some("second".into()), ..MarkChange::default() };
    let edit = story.record(Action::Edited { mark, change: Box::new(change) });
    assert_eq!(story.learner().marks()[0].note, "second");
    story.undo(edit);
    assert_eq!(story.learner().marks()[0].note, "first");
    let deletion = story.record(Action::Deleted { mark });
    assert!(story.learner().marks().is_empty());
    story.undo(deletion);
    assert_eq!(story.learner().marks().len(), 1);
}

#[test]
fn a_clock_that_jumped_changes_no_interval() {
    let mut story = Story::new();
    story.answer("q", true);
    for at in [0, story.now().at * 2, i64::MAX, i64::MIN] {
        let id = story.log.next_id(DEVICE);
        let action = Action::Reviewed { card: "q".into(), grade: Grade::Good, ms: 0 };
        story.log.insert(Event::new(id, Moment { at, offset: 0 }, action));
    }
    let learner = story.learner();
    let card = learner.card("q").unwrap();
    assert_eq!((card.reviews, card.last.day()), (5, FIRST_DAY));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn no_log_makes_it_fail(log in any_log(), now: i64, offset: i16) {
        let learner = Learner::fold(&log, now);
        let moment = Moment { at: now, offset };
        let report = learner.report(moment, &["a", "b"]);
        for mastery in &report.objectives {
            prop_assert!(0.0 <= mastery.low && mastery.low <= mastery.mean && mastery.mean <= mastery.high);
            prop_assert!(mastery.high <= 1.0);
        }
        for badge in &report.badges {
            prop_assert!(badge.have <= badge.need);
        }
        let queue = learner.queue(moment, &["a", "fresh"]);
        let mut names: Vec<_> = queue.now.iter().map(|due| &due.card).chain(queue.later.iter().map(|(card, _)| card)).collect();
        names.sort();
        let all = names.len();
        names.dedup();
        prop_assert_eq!(names.len(), all, "no card twice");
        let _ = learner.calendar(moment.day(), 2);
    }

    #[test]
    fn the_order_of_arrival_does_not_matter(log in any_log(), seed: u64) {
        let mut shuffled = log.events().to_vec();
        shuffled.sort_by_key(|event| crate::table::scatter(&event.id.to_string(), seed));
        let mut one_by_one = Log::default();
        for event in shuffled {
            one_by_one.insert(event);
        }
        prop_assert_eq!(Learner::fold(&one_by_one, NOW), Learner::fold(&log, NOW));
    }

    /// Recording event after event gives what folding the log gives.
    #[test]
    fn pushing_is_folding(log in any_log()) {
        let mut grown = Log::default();
        let mut learner = Learner::default();
        let mut places = std::collections::HashMap::new();
        for (step, event) in log.events().iter().enumerate() {
            let id = grown.next_id(DEVICE);
            places.insert(event.id, id);
            let moved = |id: EventId| places.get(&id).copied().unwrap_or(EventId { device: 9, counter: 9 });
            let action = match event.action.clone() {
                Action::Undone { event } => Action::Undone { event: moved(event) },
                Action::Deleted { mark } => Action::Deleted { mark: moved(mark) },
                Action::Edited { mark, change } => Action::Edited { mark: moved(mark), change },
                other => other,
            };
            let now = NOW - 40 * DAY + step as Millis * DAY;
            let event = Event::new(id, Moment { at: now, offset: event.offset }, action);
            grown.insert(event.clone());
            if !learner.push(&event, now) {
                learner = Learner::fold(&grown, now);
            }
            let mut folded = Learner::fold(&grown, now);
            // Steps age past undoing without an event.
            folded.undoable.clone_from(&learner.undoable);
            prop_assert_eq!(&learner, &folded);
        }
    }
}
