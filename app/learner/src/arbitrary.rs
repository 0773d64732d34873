//! For tests: any event and any log, from a small world in which things meet.

use proptest::prelude::*;

use crate::day::{DAY, HOUR, Millis, Moment};
use crate::event::{Action, Answer, Event, MarkChange, NewMark};
use crate::id::EventId;
use crate::log::Log;
use crate::marks::Selector;
use crate::memory::Grade;

/// The time at which logs from here are folded.
pub(crate) const NOW: Millis = 1_764_000_000_000;

pub(crate) fn any_id() -> impl Strategy<Value = EventId> {
    (1u64..4, 1u32..14).prop_map(|(device, counter)| EventId { device, counter })
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["a", "b", "c"]).prop_map(str::to_owned),
        2 => any_id().prop_map(crate::marks::card_of),
        1 => any::<String>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), any::<String>()]
}

fn grade() -> impl Strategy<Value = Grade> {
    prop::sample::select(vec![Grade::Again, Grade::Hard, Grade::Good, Grade::Easy])
}

fn answer() -> impl Strategy<Value = Answer> {
    (name(), any::<bool>(), 0u8..3, 0u32..100_000, text(), name(), any::<bool>(), prop::option::of(grade()))
        .prop_map(|(question, right, hints, ms, given, objective, in_review, grade)| Answer {
            question,
            right,
            hints,
            ms,
            given,
            section: format!("{objective}#s"),
            objective,
            in_review,
            grade,
        })
}

fn mark() -> impl Strategy<Value = NewMark> {
    (name(), text(), text(), any::<u32>(), any::<u32>(), text(), text()).prop_map(
        |(page, exact, prefix, start, end, note, front)| NewMark {
            page,
            at: Selector { exact, suffix: prefix.clone(), prefix, start, end },
            colour: String::new(),
            note,
            front,
        },
    )
}

fn change() -> impl Strategy<Value = MarkChange> {
    let some = || prop::option::of(text());
    (some(), some(), some()).prop_map(|(note, colour, front)| MarkChange { note, colour, front })
}

pub(crate) fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        2 => name().prop_map(|page| Action::Opened { page }),
        4 => (name(), 0u64..200_000_000, any::<bool>()).prop_map(|(page, ms, end)| Action::Read { page, ms, end }),
        5 => answer().prop_map(Action::Answered),
        3 => (name(), grade(), 0u32..100_000).prop_map(|(card, grade, ms)| Action::Reviewed { card, grade, ms }),
        2 => mark().prop_map(|mark| Action::Marked(Box::new(mark))),
        1 => (any_id(), change())
            .prop_map(|(mark, change)| Action::Edited { mark, change: Box::new(change) }),
        1 => any_id().prop_map(|mark| Action::Deleted { mark }),
        1 => name().prop_map(|card| Action::Suspended { card }),
        1 => name().prop_map(|card| Action::Resumed { card }),
        1 => ("new-per-day|retention|theme", text()).prop_map(|(key, value)| Action::Set { key, value }),
        2 => any_id().prop_map(|event| Action::Undone { event }),
        1 => Just(Action::Reset),
        1 => Just(Action::Unknown { name: "dreamt".into() }),
    ]
}

/// Mostly within two years and on a few days of the last month; now and then a clock that is wrong.
fn moment() -> impl Strategy<Value = Moment> {
    let at = prop_oneof![
        4 => (0..700i64).prop_map(|days| NOW - days * DAY),
        4 => (0..40i64).prop_map(|hours| NOW - 40 * DAY - hours * HOUR),
        2 => (0..40i64).prop_map(|hours| NOW - hours * HOUR),
        1 => prop::sample::select(vec![0, 7, NOW * 2, i64::MIN, i64::MAX]),
    ];
    (at, prop::sample::select(vec![0i16, 60, -480, 840])).prop_map(|(at, offset)| Moment { at, offset })
}

pub(crate) fn any_event() -> impl Strategy<Value = Event> {
    (any_id(), moment(), any_action(), prop_oneof![3 => Just(""), 1 => Just("\"later\":[1,\"x\"]")]).prop_map(
        |(id, moment, action, extra)| {
            let mut event = Event::new(id, moment, action);
            event.extra = extra.to_owned();
            if let Action::Undone { event: of } = &mut event.action {
                of.device = id.device;
            }
            event
        },
    )
}

/// Up to forty events of three devices.
pub(crate) fn any_log() -> impl Strategy<Value = Log> {
    prop::collection::vec(any_event(), 0..40).prop_map(Log::new)
}
