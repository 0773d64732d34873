//! The log: a set of events, merged by union.

use crate::event::{Action, Event};
use crate::id::EventId;
use crate::sort::sort_by_key;

/// All that is known to have happened, as a set: two logs merge into the same log in whatever order and however
/// often they meet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// Sorted by id, without repetition.
    events: Vec<Event>,
}

impl Log {
    /// The log of these events.
    #[must_use]
    pub fn new(mut events: Vec<Event>) -> Self {
        // A stored log is sorted already, and sorting it again costs little.
        sort_by_key(&mut events, |event| event.id);
        events.dedup_by(|next, kept| {
            let same = next.id == kept.id;
            if same && is_preferred(next, kept) {
                std::mem::swap(next, kept);
            }
            same
        });
        Self { events }
    }

    /// The name for the next event of `device`.
    #[must_use]
    pub fn next_id(&self, device: u64) -> EventId {
        let last = self.last_of(device).map_or(0, |event| event.id.counter);
        EventId { device, counter: last.saturating_add(1) }
    }

    fn last_of(&self, device: u64) -> Option<&Event> {
        let behind = self.events.partition_point(|event| event.id.device <= device);
        self.events[..behind].last().filter(|event| event.id.device == device)
    }

    /// Adds an event; whether the log changed.
    pub fn insert(&mut self, event: Event) -> bool {
        match self.events.binary_search_by_key(&event.id, |known| known.id) {
            Err(at) => {
                self.events.insert(at, event);
                true
            }
            Ok(at) if is_preferred(&event, &self.events[at]) => {
                self.events[at] = event;
                true
            }
            Ok(_) => false,
        }
    }

    /// Adds what another log, tab, device or file knows; how many events are new or different here.
    pub fn merge(&mut self, events: impl IntoIterator<Item = Event>) -> usize {
        let (before, mut changed) = (self.events.len(), 0);
        let mut new = Vec::new();
        for event in events {
            match self.get(event.id) {
                None => new.push(event),
                Some(_) => changed += usize::from(self.insert(event)),
            }
        }
        if !new.is_empty() {
            new.append(&mut self.events);
            *self = Self::new(new);
        }
        changed + self.events.len() - before
    }

    /// The event of that name.
    #[must_use]
    pub fn get(&self, id: EventId) -> Option<&Event> {
        self.position(id).map(|at| &self.events[at])
    }

    pub(crate) fn position(&self, id: EventId) -> Option<usize> {
        self.events.binary_search_by_key(&id, |event| event.id).ok()
    }

    /// All events by device and counter.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Answers to one question, by device and counter, undone ones too.
    pub fn answers<'a>(&'a self, question: &'a str) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(
            move |event| matches!(&event.action, Action::Answered(answer) if answer.question == question),
        )
    }

    pub(crate) fn retain(&mut self, keep: &[bool]) {
        let mut keep = keep.iter();
        self.events.retain(|_| keep.next().copied().unwrap_or(true));
    }
}

/// Of two events of one name, which only damage can bring about, every device must prefer the same.
fn is_preferred(event: &Event, over: &Event) -> bool {
    event != over && event.to_json() > over.to_json()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arbitrary::any_log;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn merging_is_a_union(a in any_log(), b in any_log(), c in any_log()) {
            let join = |x: &Log, y: &Log| {
                let mut joined = x.clone();
                joined.merge(y.events().to_vec());
                joined
            };
            prop_assert_eq!(join(&a, &b), join(&b, &a));
            prop_assert_eq!(join(&join(&a, &b), &c), join(&a, &join(&b, &c)));
            prop_assert_eq!(join(&a, &a), a.clone());
            for event in a.events() {
                prop_assert!(join(&a, &b).get(event.id).is_some());
            }
        }

        #[test]
        fn merging_counts_what_changed(a in any_log(), b in any_log()) {
            let mut joined = a.clone();
            let changed = joined.merge(b.events().to_vec());
            let expected = joined.events().iter().filter(|event| a.get(event.id) != Some(event)).count();
            prop_assert_eq!(changed, expected);
        }

        #[test]
        fn one_by_one_is_all_at_once(log in any_log(), other in any_log()) {
            let mut one_by_one = Log::default();
            let events: Vec<_> = log.events().iter().chain(other.events()).cloned().collect();
            for event in events.iter().rev() {
                one_by_one.insert(event.clone());
            }
            prop_assert_eq!(one_by_one, Log::new(events));
        }

        #[test]
        fn new_names_are_new(log in any_log(), device in 0u64..4) {
            let id = log.next_id(device);
            prop_assert_eq!(log.get(id), None);
            prop_assert_eq!(id.device, device);
        }
    }
}
