//! One event as one line of JSON, and back.
//!
//! | member | meaning | in |
//! |---|---|---|
//! | `id` | `device.counter`, see [`EventId`] | all |
//! | `at`, `tz` | milliseconds since 1970; minutes ahead of UTC (left out: 0) | all |
//! | `do` | what happened: `opened read answered reviewed marked edited deleted suspended resumed set undone reset` | all |
//! | `on` | page, question or card | where there is one |
//! | `ms`, `end`, `right`, `hints`, `given`, `in`, `for`, `review`, `grade` | see [`Action::Read`], [`Answer`] | `read answered reviewed` |
//! | `exact prefix suffix start end`, `colour note front` | see [`NewMark`] | `marked edited` |
//! | `of` | an event's id | `edited deleted undone` |
//! | `key`, `value` | a setting | `set` |
//!
//! Zero, false and empty are left out. A member or a `do` that this version does not know is kept as it is.

use crate::event::{Action, Answer, Event, MarkChange, NewMark};
use crate::id::EventId;
use crate::json::{Fields, write_any_text, write_number, write_text, write_truth};
use crate::marks::Selector;
use crate::memory::Grade;

impl Event {
    /// The event as one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut line = String::with_capacity(128);
        self.write_json(&mut line);
        line
    }

    pub(crate) fn write_json(&self, to: &mut String) {
        to.push_str("{\"id\":\"");
        to.push_str(&self.id.to_string());
        to.push('"');
        write_number(to, "at", self.at);
        write_number(to, "tz", i64::from(self.offset));
        write_action(to, &self.action);
        if !self.extra.is_empty() {
            to.push(',');
            to.push_str(&self.extra);
        }
        to.push('}');
    }

    /// Reads one event.
    ///
    /// # Errors
    /// What is missing or wrong, in words for a report.
    pub fn from_json(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        let (fields, end) = Fields::read(text, 0).map_err(|_| "not a JSON object")?;
        if end == text.len() { Self::from_fields(fields) } else { Err("more than one JSON object") }
    }

    pub(crate) fn from_fields(mut fields: Fields<'_>) -> Result<Self, &'static str> {
        let id = event_id(&mut fields, "id").ok_or("no id")?;
        let at = fields.number("at").unwrap_or(0);
        let offset = fields.number("tz").unwrap_or(0).clamp(i64::from(i16::MIN), i64::from(i16::MAX)) as i16;
        let name = fields.text("do").ok_or("does not say what happened")?;
        let action = read_action(&mut fields, name)?;
        Ok(Self { id, at, offset, action, extra: fields.rest() })
    }
}

fn event_id(fields: &mut Fields<'_>, name: &str) -> Option<EventId> {
    EventId::parse(&fields.text(name)?)
}

fn write_action(to: &mut String, action: &Action) {
    let is = |to: &mut String, name: &str| write_text(to, "do", name);
    match action {
        Action::Opened { page } => {
            is(to, "opened");
            write_any_text(to, "on", page);
        }
        Action::Read { page, ms, end } => {
            is(to, "read");
            write_any_text(to, "on", page);
            write_number(to, "ms", i64::try_from(*ms).unwrap_or(i64::MAX));
            write_truth(to, "end", *end);
        }
        Action::Answered(answer) => {
            is(to, "answered");
            write_answer(to, answer);
        }
        Action::Reviewed { card, grade, ms } => {
            is(to, "reviewed");
            write_any_text(to, "on", card);
            write_number(to, "grade", *grade as i64);
            write_number(to, "ms", i64::from(*ms));
        }
        Action::Marked(mark) => {
            is(to, "marked");
            write_mark(to, mark);
        }
        Action::Edited { mark, change } => {
            is(to, "edited");
            write_text(to, "of", &mark.to_string());
            let fields = [("note", &change.note), ("colour", &change.colour), ("front", &change.front)];
            for (name, value) in fields {
                if let Some(value) = value {
                    write_any_text(to, name, value);
                }
            }
        }
        Action::Deleted { mark } => {
            is(to, "deleted");
            write_text(to, "of", &mark.to_string());
        }
        Action::Suspended { card } => {
            is(to, "suspended");
            write_any_text(to, "on", card);
        }
        Action::Resumed { card } => {
            is(to, "resumed");
            write_any_text(to, "on", card);
        }
        Action::Set { key, value } => {
            is(to, "set");
            write_any_text(to, "key", key);
            write_any_text(to, "value", value);
        }
        Action::Undone { event } => {
            is(to, "undone");
            write_text(to, "of", &event.to_string());
        }
        Action::Reset => is(to, "reset"),
        Action::Unknown { name } => write_any_text(to, "do", name),
    }
}

fn write_answer(to: &mut String, answer: &Answer) {
    write_any_text(to, "on", &answer.question);
    write_truth(to, "right", answer.right);
    write_number(to, "hints", i64::from(answer.hints));
    write_number(to, "ms", i64::from(answer.ms));
    write_text(to, "given", &answer.given);
    write_text(to, "in", &answer.section);
    write_text(to, "for", &answer.objective);
    write_truth(to, "review", answer.in_review);
    write_number(to, "grade", answer.grade.map_or(0, |grade| grade as i64));
}

fn write_mark(to: &mut String, mark: &NewMark) {
    write_any_text(to, "on", &mark.page);
    write_text(to, "exact", &mark.at.exact);
    write_text(to, "prefix", &mark.at.prefix);
    write_text(to, "suffix", &mark.at.suffix);
    write_number(to, "start", i64::from(mark.at.start));
    write_number(to, "end", i64::from(mark.at.end));
    write_text(to, "colour", &mark.colour);
    write_text(to, "note", &mark.note);
    write_text(to, "front", &mark.front);
}

fn read_action(fields: &mut Fields<'_>, name: String) -> Result<Action, &'static str> {
    Ok(match name.as_str() {
        "opened" => Action::Opened { page: on(fields)? },
        "read" => Action::Read {
            page: on(fields)?,
            ms: fields.number("ms").unwrap_or(0).max(0) as u64,
            end: fields.truth("end"),
        },
        "answered" => Action::Answered(read_answer(fields)?),
        "reviewed" => Action::Reviewed {
            card: on(fields)?,
            grade: fields.number("grade").and_then(Grade::from_number).ok_or("a review without its grade")?,
            ms: small(fields, "ms"),
        },
        "marked" => Action::Marked(Box::new(read_mark(fields)?)),
        "edited" => Action::Edited {
            mark: of(fields)?,
            change: Box::new(MarkChange {
                note: fields.text("note"),
                colour: fields.text("colour"),
                front: fields.text("front"),
            }),
        },
        "deleted" => Action::Deleted { mark: of(fields)? },
        "suspended" => Action::Suspended { card: on(fields)? },
        "resumed" => Action::Resumed { card: on(fields)? },
        "set" => Action::Set {
            key: fields.text("key").ok_or("a setting without its name")?,
            value: fields.text("value").ok_or("a setting without its value")?,
        },
        "undone" => Action::Undone { event: of(fields)? },
        "reset" => Action::Reset,
        _ => Action::Unknown { name },
    })
}

fn on(fields: &mut Fields<'_>) -> Result<String, &'static str> {
    fields.text("on").ok_or("does not say on what")
}

fn of(fields: &mut Fields<'_>) -> Result<EventId, &'static str> {
    event_id(fields, "of").ok_or("does not say of which event")
}

fn small(fields: &mut Fields<'_>, name: &str) -> u32 {
    fields.number(name).unwrap_or(0).clamp(0, i64::from(u32::MAX)) as u32
}

fn read_answer(fields: &mut Fields<'_>) -> Result<Answer, &'static str> {
    Ok(Answer {
        question: on(fields)?,
        right: fields.truth("right"),
        hints: fields.number("hints").unwrap_or(0).clamp(0, 255) as u8,
        ms: small(fields, "ms"),
        given: fields.text("given").unwrap_or_default(),
        section: fields.text("in").unwrap_or_default(),
        objective: fields.text("for").unwrap_or_default(),
        in_review: fields.truth("review"),
        grade: fields.number("grade").and_then(Grade::from_number),
    })
}

fn read_mark(fields: &mut Fields<'_>) -> Result<NewMark, &'static str> {
    let mut text = |name: &str| fields.text(name).unwrap_or_default();
    let (exact, prefix, suffix) = (text("exact"), text("prefix"), text("suffix"));
    let (colour, note, front) = (text("colour"), text("note"), text("front"));
    let at = Selector { exact, prefix, suffix, start: small(fields, "start"), end: small(fields, "end") };
    Ok(NewMark { page: on(fields)?, at, colour, note, front })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arbitrary::any_event;
    use proptest::prelude::*;

    #[test]
    fn the_format_stays_as_published() {
        let line = r#"{"id":"9f3c.12","at":1764000000000,"tz":60,"do":"answered","on":"ch04#2","right":true,"hints":1,"ms":5200,"given":"0,2","in":"ch04.html#int8","for":"int8-range","review":true,"grade":3}"#;
        let event = Event::from_json(line).unwrap();
        let Action::Answered(answer) = &event.action else { panic!("{event:?}") };
        assert_eq!(
            (answer.question.as_str(), answer.right, answer.hints, answer.ms),
            ("ch04#2", true, 1, 5200)
        );
        assert_eq!(answer.grade, Some(Grade::Good));
        assert_eq!(event.to_json(), line);
    }

    #[test]
    fn what_a_newer_version_wrote_is_kept() {
        for line in [
            r#"{"id":"1.1","at":5,"do":"dreamt","of":{"sheep":[1.50,null]},"on":"x"}"#,
            r#"{"id":"1.2","at":5,"do":"opened","on":"a.html","why":"\u0041 link","n":1e9}"#,
        ] {
            assert_eq!(Event::from_json(line).unwrap().to_json(), line);
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        assert_eq!(Event::from_json(r#"{"at":5,"do":"reset"}"#).unwrap_err(), "no id");
        assert_eq!(Event::from_json(r#"{"id":"1.1"}"#).unwrap_err(), "does not say what happened");
        assert_eq!(
            Event::from_json(r#"{"id":"1.1","do":"reviewed","on":"x","grade":7}"#).unwrap_err(),
            "a review without its grade"
        );
        assert_eq!(
            Event::from_json(r#"{"id":"1.1","do":"reset"} {}"#).unwrap_err(),
            "more than one JSON object"
        );
    }

    proptest! {
        #[test]
        fn any_event_comes_back_as_it_was(event in any_event()) {
            let line = event.to_json();
            prop_assert!(!line.contains('\n'));
            prop_assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok(), "{}", line);
            prop_assert_eq!(Event::from_json(&line).unwrap(), event);
        }

        #[test]
        fn a_library_that_writes_it_anew_changes_nothing(event in any_event()) {
            let value: serde_json::Value = serde_json::from_str(&event.to_json()).unwrap();
            let anew = Event::from_json(&value.to_string()).unwrap();
            prop_assert_eq!(anew, event);
        }
    }
}
