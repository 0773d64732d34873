//! For tests: a reader who does things, one after the other.

use crate::day::{DAY, Day, HOUR, Millis, Moment};
use crate::event::{Action, Answer, Event, NewMark};
use crate::id::EventId;
use crate::learner::Learner;
use crate::log::Log;
use crate::memory::Grade;

/// The day on which every story begins: 2026-01-05, a Monday.
pub(crate) const FIRST_DAY: Day = 20_458;
const NOON: Millis = FIRST_DAY as Millis * DAY + 12 * HOUR;
pub(crate) const DEVICE: u64 = 0xa1;

/// A log in the making, and the time.
pub(crate) struct Story {
    pub(crate) log: Log,
    at: Millis,
}

impl Story {
    /// Noon of the first day.
    pub(crate) fn new() -> Self {
        Self { log: Log::default(), at: NOON }
    }

    pub(crate) fn now(&self) -> Moment {
        Moment { at: self.at, offset: 0 }
    }

    pub(crate) fn go_to_day(&mut self, day: Day) {
        self.at = self.at.max(NOON + Millis::from(day) * DAY);
    }

    pub(crate) fn wait(&mut self, ms: Millis) {
        self.at += ms;
    }

    /// Records what happened, after a second.
    pub(crate) fn record(&mut self, action: Action) -> EventId {
        self.at += 1_000;
        let id = self.log.next_id(DEVICE);
        self.log.insert(Event::new(id, self.now(), action));
        id
    }

    /// On objective `o` and section `p.html#s`.
    pub(crate) fn answer(&mut self, question: &str, right: bool) -> EventId {
        self.answer_on(question, right, "p.html#s", "o")
    }

    pub(crate) fn answer_on(
        &mut self,
        question: &str,
        right: bool,
        section: &str,
        objective: &str,
    ) -> EventId {
        self.record(Action::Answered(Answer {
            question: question.into(),
            right,
            ms: 15_000,
            section: section.into(),
            objective: objective.into(),
            ..Answer::default()
        }))
    }

    pub(crate) fn review(&mut self, card: &str, grade: Grade) -> EventId {
        self.record(Action::Reviewed { card: card.into(), grade, ms: 5_000 })
    }

    pub(crate) fn read(&mut self, page: &str, more: u64, end: bool) -> EventId {
        let action = self.learner().reading(DEVICE, page, more, end, self.now());
        self.record(action)
    }

    pub(crate) fn note(&mut self, page: &str, note: &str) -> EventId {
        self.record(Action::Marked(Box::new(NewMark {
            page: page.into(),
            note: note.into(),
            ..NewMark::default()
        })))
    }

    pub(crate) fn undo(&mut self, event: EventId) -> EventId {
        self.record(Action::Undone { event })
    }

    pub(crate) fn learner(&self) -> Learner {
        Learner::fold(&self.log, self.at)
    }
}
