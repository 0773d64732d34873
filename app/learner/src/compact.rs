//! Making the log smaller without changing anything that follows from it.
//!
//! What goes: events that were undone, marks that were deleted, and what a reset put aside, each once that is a month
//! old and thus past undoing; settings that were chosen anew; running totals that were overtaken; and of a page's
//! openings all between the first and the last. Undos and deletions stay, since another device may still bring what
//! they took back. Answers and reviews stay.

use std::collections::HashMap;

use crate::day::Millis;
use crate::event::{Action, Event};
use crate::log::Log;
use crate::order::{Placed, after_reset, by_time, effective, is_plausible, is_settled};
use crate::sort::sort_by_key;

impl Log {
    /// Drops what no longer matters, as of `now`; how many events went. [`crate::Learner::fold`] gives the same before
    /// and after, also together with whatever is recorded later.
    pub fn compact(&mut self, now: Millis) -> usize {
        let before = self.events().len();
        // What is kept for the sake of another event may go with it.
        loop {
            let count = self.events().len();
            let keep = Compaction::new(self, now).keep();
            self.retain(&keep);
            if self.events().len() == count {
                return before - count;
            }
        }
    }
}

struct Compaction<'a> {
    events: &'a [Event],
    order: Vec<Placed<'a>>,
    counts: Vec<bool>,
    /// Where in `order` progress begins to count.
    start: usize,
    now: Millis,
    /// By index in the log: is replaced or taken back.
    goes: Vec<bool>,
}

impl<'a> Compaction<'a> {
    fn new(log: &'a Log, now: Millis) -> Self {
        let order = by_time(log, now);
        let counts = effective(log);
        let start = after_reset(&order, &counts);
        let mut this =
            Self { events: log.events(), order, counts, start, now, goes: vec![false; log.events().len()] };
        this.taken_back(log);
        this.put_aside();
        this.chosen_anew();
        this.opened_between();
        this.overtaken();
        this
    }

    fn keep(self) -> Vec<bool> {
        let last_in_order = self.order.last().map(|placed| placed.index);
        (0..self.events.len())
            .map(|index| !self.goes[index] || self.is_anchor(index) || last_in_order == Some(index))
            .collect()
    }

    /// Whether the times of other events, or the next id of the device, hang on this one.
    fn is_anchor(&self, index: usize) -> bool {
        let event = &self.events[index];
        let is_plausible = |event: &Event| is_plausible(event.at, self.now);
        let of_device = |other: &&Event| other.id.device == event.id.device;
        let next = self.events.get(index + 1).filter(of_device);
        let before = index.checked_sub(1).map(|index| &self.events[index]).filter(of_device);
        !is_plausible(event)
            || next.is_none_or(|next| !is_plausible(next))
            || before.is_some_and(|before| !is_plausible(before))
    }

    /// Undone long ago; deleted long ago, and edits of what was.
    fn taken_back(&mut self, log: &Log) {
        let mut deleted = Vec::new();
        for placed in &self.order {
            if !self.counts[placed.index] || !is_settled(placed.moment.at, self.now) {
                continue;
            }
            let (Action::Undone { event: target } | Action::Deleted { mark: target }) = placed.event.action
            else {
                continue;
            };
            if let Some(at) = log.position(target).filter(|at| !self.counts[*at]) {
                self.goes[at] = true;
                deleted.push(target);
            }
        }
        sort_by_key(&mut deleted, |id| *id);
        for placed in &self.order {
            if let Action::Edited { mark, .. } = &placed.event.action {
                self.goes[placed.index] |=
                    is_settled(placed.moment.at, self.now) && deleted.binary_search(mark).is_ok();
            }
        }
    }

    /// Before a reset of long ago.
    fn put_aside(&mut self) {
        let Some(reset) = self.start.checked_sub(1) else { return };
        if !is_settled(self.order[reset].moment.at, self.now) {
            return;
        }
        for placed in &self.order[..reset] {
            self.goes[placed.index] |= matches!(
                placed.event.action,
                Action::Opened { .. }
                    | Action::Answered(_)
                    | Action::Reviewed { .. }
                    | Action::Marked(_)
                    | Action::Edited { .. }
                    | Action::Suspended { .. }
                    | Action::Resumed { .. }
            );
        }
    }

    fn chosen_anew(&mut self) {
        let mut latest = HashMap::new();
        for placed in &self.order {
            if let Action::Set { key, .. } = &placed.event.action
                && let Some(before) = latest.insert(key.as_str(), placed.index)
            {
                self.goes[before] = true;
            }
        }
    }

    fn opened_between(&mut self) {
        // The latest opening of a page, and whether it is also the first.
        let mut latest: HashMap<&str, (usize, bool)> = HashMap::new();
        for placed in &self.order[self.start..] {
            if let Action::Opened { page } = &placed.event.action {
                let first = !latest.contains_key(page.as_str());
                if let Some((before, false)) = latest.insert(page, (placed.index, first)) {
                    self.goes[before] = true;
                }
            }
        }
    }

    /// Totals of one device, page and day, of which a later one is as large. Only within a run of totals of the same
    /// day: where days interleave, as on a journey, it shows when ten hours were full.
    fn overtaken(&mut self) {
        let mut latest: HashMap<_, (usize, u64)> = HashMap::new();
        let mut ended = Vec::new();
        let (mut run, mut run_day) = (0, None);
        for (place, placed) in self.order.iter().enumerate() {
            let Action::Read { page, ms, end } = &placed.event.action else { continue };
            let day = placed.event.moment().day();
            if run_day.replace(placed.moment.day()) != Some(day) {
                run += 1;
            }
            let counts = place >= self.start;
            let first_end = *end && counts && !ended.contains(&page.as_str());
            if first_end {
                ended.push(page);
            }
            let of = (placed.event.id.device, page.as_str(), day, run, counts);
            if let Some((before, total)) = latest.get(&of).copied() {
                if total > *ms {
                    continue;
                }
                self.goes[before] = true;
            }
            if first_end {
                // It tells when the page was finished, so no later total may replace it.
                latest.remove(&of);
            } else {
                latest.insert(of, (placed.index, *ms));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arbitrary::{NOW, any_action, any_log};
    use crate::day::{DAY, Moment};
    use crate::learner::Learner;
    use crate::testing::Story;
    use proptest::prelude::*;

    fn compacted(log: &Log) -> Log {
        let mut small = log.clone();
        small.compact(NOW);
        small
    }

    fn can_change_the_past(action: &Action) -> bool {
        matches!(action, Action::Undone { .. } | Action::Deleted { .. })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn no_fold_changes(log in any_log()) {
            prop_assert_eq!(Learner::fold(&compacted(&log), NOW), Learner::fold(&log, NOW));
        }

        #[test]
        fn no_fold_changes_later(log in any_log(), actions in prop::collection::vec(any_action(), 0..12)) {
            let later = NOW + 2 * DAY;
            let mut grown = (compacted(&log), log);
            for (step, action) in actions.into_iter().filter(|action| !can_change_the_past(action)).enumerate() {
                let id = grown.1.next_id(2);
                prop_assert_eq!(id, grown.0.next_id(2));
                let moment = Moment { at: later + step as Millis, offset: 0 };
                let event = Event::new(id, moment, action);
                grown.0.insert(event.clone());
                grown.1.insert(event);
            }
            // Both see the same time, so that clocks ahead by a day are judged as at the compaction.
            let implausible = grown.1.events().iter().any(|event| event.at > NOW + DAY && event.at < later);
            prop_assume!(!implausible);
            prop_assert_eq!(Learner::fold(&grown.0, later + DAY), Learner::fold(&grown.1, later + DAY));
        }

        #[test]
        fn twice_is_once_and_the_whole_comes_back_by_merging(log in any_log()) {
            let small = compacted(&log);
            prop_assert_eq!(compacted(&small).events().len(), small.events().len());
            let mut merged = small;
            merged.merge(log.events().to_vec());
            prop_assert_eq!(merged, log);
        }
    }

    #[test]
    fn what_no_longer_matters_goes() {
        let mut story = Story::new();
        for _ in 0..10 {
            story.record(Action::Opened { page: "a.html".into() });
            story.read("a.html", 60_000, false);
            story.record(Action::Set { key: "theme".into(), value: "dark".into() });
        }
        let mistake = story.answer("q", false);
        story.undo(mistake);
        story.go_to_day(40);
        story.answer("q", true);
        let before = story.learner();
        let gone = story.log.compact(story.now().at);
        assert_eq!(gone, 8 + 9 + 9 + 1, "openings, totals, settings, the answer undone");
        assert_eq!(story.learner(), before);
        assert_eq!(story.log.get(mistake), None);
    }

    #[test]
    fn what_was_undone_lately_can_be_redone() {
        let mut story = Story::new();
        let mistake = story.answer("q", false);
        let undo = story.undo(mistake);
        story.log.compact(story.now().at);
        story.undo(undo);
        assert_eq!(story.learner().question("q").map(|question| question.attempts.len()), Some(1));
    }

    #[test]
    fn what_was_taken_back_stays_so_when_another_device_brings_it() {
        let mut story = Story::new();
        let note = story.note("a.html", "no");
        let other = story.log.clone();
        story.record(Action::Deleted { mark: note });
        story.go_to_day(60);
        story.answer("q", true);
        assert_eq!(story.log.compact(story.now().at), 1);
        story.log.merge(other.events().to_vec());
        assert!(story.learner().marks().is_empty());
    }
}
