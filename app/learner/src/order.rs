//! In which order things happened, and which of them still count.
//!
//! Devices' clocks cannot be trusted: one wakes up in 1970, another was set to 2040 for an afternoon. A time that
//! cannot be true (before this program existed, or more than a day after now) is replaced by that of the device's
//! event before it. Then events count by time.

use crate::day::{DAY, Millis, Moment};
use crate::event::{Action, Event};
use crate::log::Log;
use crate::sort::sort_by_key;

/// 2025-01-01: nothing was recorded before.
const EARLIEST: Millis = 1_735_689_600_000;

/// How far a clock may be ahead of ours.
const AHEAD: Millis = DAY;

/// Whether an event of this time can have been recorded before `now`.
pub(crate) fn is_plausible(at: Millis, now: Millis) -> bool {
    at >= EARLIEST && at <= now.saturating_add(AHEAD)
}

/// What is older than this many milliseconds is no longer undone or redone, so that what it replaced can go.
const SETTLED: Millis = 30 * DAY;

/// Whether what happened at that time is past undoing.
pub(crate) fn is_settled(at: Millis, now: Millis) -> bool {
    at < now.saturating_sub(SETTLED)
}

/// An event in its place.
pub(crate) struct Placed<'a> {
    /// Its index in the log.
    pub(crate) index: usize,
    pub(crate) event: &'a Event,
    /// When it happened, as far as can be told.
    pub(crate) moment: Moment,
}

/// All events by time, then by device and counter.
pub(crate) fn by_time(log: &Log, now: Millis) -> Vec<Placed<'_>> {
    let events = log.events();
    let mut placed = Vec::with_capacity(events.len());
    let mut before: Option<&Event> = None;
    for (index, event) in events.iter().enumerate() {
        before = before.filter(|before| before.id.device == event.id.device);
        let mut moment = event.moment();
        if is_plausible(event.at, now) {
            before = Some(event);
        } else {
            moment.at = before.map_or_else(|| next_plausible(&events[index..], now), |before| before.at);
        }
        placed.push(Placed { index, event, moment });
    }
    // The sort is stable, so that equal times stay in the order of the log.
    sort_by_key(&mut placed, |placed| placed.moment.at);
    placed
}

/// The time of the device's first event whose time can be true; without one, the earliest there is.
fn next_plausible(events: &[Event], now: Millis) -> Millis {
    let device = events[0].id.device;
    let of_device = events.iter().take_while(|event| event.id.device == device);
    of_device.map(|event| event.at).find(|at| is_plausible(*at, now)).unwrap_or(EARLIEST)
}

/// For each event of the log whether it counts: it was not undone, and if it made a mark, that is not deleted.
///
/// A device takes back only what it did before, by its own count, so that no clock matters. Deletion wins over an
/// edit wherever the two meet, so that logs may arrive in any order.
pub(crate) fn effective(log: &Log) -> Vec<bool> {
    let mut counts = vec![true; log.events().len()];
    // From the last on: an undo that was undone itself takes nothing back.
    for (index, undo) in log.events().iter().enumerate().rev() {
        if let Action::Undone { event: of } = undo.action
            && counts[index]
            && of.device == undo.id.device
            && of.counter < undo.id.counter
            && let Some(target) = log.position(of)
            && log.events()[target].action.can_be_undone()
        {
            counts[target] = false;
        }
    }
    for (index, event) in log.events().iter().enumerate() {
        if let Action::Deleted { mark } = &event.action
            && counts[index]
            && let Some(target) = log.position(*mark)
            && matches!(log.events()[target].action, Action::Marked(_))
        {
            counts[target] = false;
        }
    }
    counts
}

/// Behind the last reset that counts: the first place in `by_time` whose progress counts.
pub(crate) fn after_reset(by_time: &[Placed<'_>], counts: &[bool]) -> usize {
    let is_reset = |placed: &Placed<'_>| placed.event.action == Action::Reset && counts[placed.index];
    by_time.iter().rposition(is_reset).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::EventId;

    const NOW: Millis = 1_764_000_000_000;

    fn opened(device: u64, counter: u32, at: Millis) -> Event {
        let action = Action::Opened { page: "a.html".into() };
        Event::new(EventId { device, counter }, Moment { at, offset: 0 }, action)
    }

    fn undone(counter: u32, of: u32) -> Event {
        let action = Action::Undone { event: EventId { device: 1, counter: of } };
        Event::new(
            EventId { device: 1, counter },
            Moment { at: NOW + Millis::from(counter), offset: 0 },
            action,
        )
    }

    fn order(events: Vec<Event>) -> Vec<(u64, u32, Millis)> {
        let log = Log::new(events);
        by_time(&log, NOW).iter().map(|at| (at.event.id.device, at.event.id.counter, at.moment.at)).collect()
    }

    #[test]
    fn impossible_times_become_those_of_the_event_before() {
        let (early, late) = (NOW - 50, NOW - 10);
        let events = vec![
            opened(1, 1, early),
            opened(1, 2, 7),
            opened(1, 3, NOW * 2),
            opened(1, 4, late),
            opened(2, 1, NOW - 30),
        ];
        assert_eq!(
            order(events),
            [(1, 1, early), (1, 2, early), (1, 3, early), (2, 1, NOW - 30), (1, 4, late)]
        );
    }

    #[test]
    fn a_device_that_starts_in_1970_is_placed_where_its_clock_was_set() {
        assert_eq!(order(vec![opened(1, 1, 0), opened(1, 2, NOW)]), [(1, 1, NOW), (1, 2, NOW)]);
        assert_eq!(order(vec![opened(1, 1, i64::MIN), opened(2, 1, NOW)]), [(1, 1, EARLIEST), (2, 1, NOW)]);
    }

    #[test]
    fn undoing_an_undo_redoes() {
        let mut reset = undone(1, 0);
        reset.action = Action::Reset;
        let log = Log::new(vec![reset, undone(2, 1), undone(3, 2), undone(4, 4)]);
        assert_eq!(effective(&log), [true, false, true, true]);
        assert_eq!(after_reset(&by_time(&log, NOW), &[true; 4]), 1);
    }

    #[test]
    fn opened_pages_are_not_undone() {
        let log = Log::new(vec![opened(1, 1, NOW), undone(2, 1)]);
        assert_eq!(effective(&log), [true, true]);
    }
}
