//! The progress file: what export writes and import reads.
//!
//! ```json
//! {"format":"lectern-progress","version":1,"book":"…","events":[
//! {"id":"9f3c.1","at":1764000000000,"tz":60,"do":"opened","on":"ch01.html"},
//! {"id":"9f3c.2","at":1764000005000,"tz":60,"do":"answered","on":"q1","right":true,"ms":5000}
//! ]}
//! ```
//!
//! One event a line, so that a damaged byte costs one event. `version` rises only when an older program would
//! misread the file; new kinds of events and new members do not need that.

use crate::event::{Action, Event};
use crate::json::{Cursor, Fields, quote};
use crate::log::Log;

/// The version that this program writes, and the newest it reads.
pub const VERSION: u32 = 1;

const FORMAT: &str = "lectern-progress";

/// Why a file was not read; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// A newer program wrote it: the reader should update this one.
    Newer {
        /// The version of the file.
        version: u32,
    },
    /// There is nothing in it that was ever written here: the reader probably chose another file.
    NotProgress,
}

/// How reading a file went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The book that the file was exported from; empty if it does not say.
    pub book: String,
    /// Events read, unknown ones too.
    pub events: usize,
    /// Of these, kinds that only a newer version knows; they are kept untouched.
    pub unknown: usize,
    /// Places that could not be read.
    pub damaged: Vec<Damage>,
    /// Whether the file ends too early: it was cut off.
    pub cut_off: bool,
}

/// A place in a file that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: &'static str,
}

/// The file with everything in the log. `book` tells files of different books apart, and may be empty.
#[must_use]
pub fn export(log: &Log, book: &str) -> String {
    let mut file = String::with_capacity(100 + 140 * log.events().len());
    file.push_str("{\"format\":\"");
    file.push_str(FORMAT);
    file.push_str("\",\"version\":");
    file.push_str(&VERSION.to_string());
    file.push_str(",\"book\":");
    quote(&mut file, book);
    file.push_str(",\"events\":[");
    for (at, event) in log.events().iter().enumerate() {
        file.push_str(if at == 0 { "\n" } else { ",\n" });
        event.write_json(&mut file);
    }
    file.push_str("\n]}\n");
    file
}

/// Reads a file, or what is left of it: every event that can be read is, and the report says what could not be.
/// Hand the events to [`Log::merge`].
///
/// # Errors
/// See [`Refusal`].
pub fn import(text: &str) -> Result<(Vec<Event>, Report), Refusal> {
    let mut reading = Reading {
        text,
        events: Vec::new(),
        report: Report::default(),
        version: None,
        known: false,
        listed: false,
    };
    let whole = reading.whole();
    if let Some(version) = reading.version.or_else(|| version_in(text)).filter(|version| *version > VERSION) {
        return Err(Refusal::Newer { version });
    }
    if let Err(at) = whole {
        reading.report.cut_off = at >= text.trim_end().len();
        let reported = reading.report.damaged.len();
        reading.salvage(at);
        if !reading.report.cut_off && reading.report.damaged.len() == reported {
            reading.damage(at, "could not be read");
        }
    }
    let Reading { events, mut report, known, .. } = reading;
    if events.is_empty() && !known {
        return Err(Refusal::NotProgress);
    }
    report.events = events.len();
    report.unknown = events.iter().filter(|event| matches!(event.action, Action::Unknown { .. })).count();
    Ok((events, report))
}

/// Events that this app stored one a line, with whatever damage there is. An empty text is an empty log.
#[must_use]
pub fn read_lines(text: &str) -> (Vec<Event>, Report) {
    let mut reading = Reading {
        text,
        events: Vec::new(),
        report: Report::default(),
        version: None,
        known: true,
        listed: true,
    };
    reading.salvage(0);
    reading.report.cut_off = false;
    let Reading { events, mut report, .. } = reading;
    report.events = events.len();
    report.unknown = events.iter().filter(|event| matches!(event.action, Action::Unknown { .. })).count();
    (events, report)
}

struct Reading<'a> {
    text: &'a str,
    events: Vec<Event>,
    report: Report,
    version: Option<u32>,
    /// Whether the file says that it is one of ours.
    known: bool,
    /// Whether it has a list of events.
    listed: bool,
}

impl<'a> Reading<'a> {
    /// Reads a file without damage to its structure; else the byte where that begins.
    fn whole(&mut self) -> Result<(), usize> {
        let mut cursor = Cursor { text: self.text, at: 0 };
        if self.text.starts_with('\u{feff}') {
            cursor.at = '\u{feff}'.len_utf8();
        }
        cursor.skip_space();
        cursor.items(b'{', b'}', |cursor| {
            let name = cursor.string()?;
            cursor.skip_space();
            cursor.expect(b':')?;
            cursor.skip_space();
            let start = cursor.at;
            if name == "events" && cursor.peek() == Some(b'[') {
                self.listed = true;
                return cursor.items(b'[', b']', |cursor| self.event(cursor));
            }
            cursor.value(8)?;
            self.header(&name, &cursor.text[start..cursor.at]);
            Ok(())
        })?;
        cursor.skip_space();
        if !self.listed {
            return Err(0);
        }
        if cursor.at == self.text.len() { Ok(()) } else { Err(cursor.at) }
    }

    fn header(&mut self, name: &str, value: &str) {
        match name {
            "format" => self.known = value.trim_matches('"') == FORMAT,
            "version" => self.version = value.parse().ok(),
            "book" => {
                self.report.book = Cursor { text: value, at: 0 }.string().unwrap_or_default().into_owned();
            }
            _ => {}
        }
    }

    fn event(&mut self, cursor: &mut Cursor<'a>) -> Result<(), usize> {
        let start = cursor.at;
        if cursor.peek() != Some(b'{') {
            cursor.value(8)?;
            self.damage(start, "not an event");
            return Ok(());
        }
        let (fields, end) = Fields::read(self.text, start)?;
        cursor.at = end;
        match Event::from_fields(fields) {
            Ok(event) => self.events.push(event),
            Err(what) => self.damage(start, what),
        }
        Ok(())
    }

    /// From byte `at`, where the structure broke, takes every object that is an event.
    fn salvage(&mut self, at: usize) {
        let before = self.events.len();
        // Where it broke may be far behind where the broken event begins: go back to the beginning of its line.
        let mut at = self.text[..at.min(self.text.len())].rfind('\n').map_or(0, |end| end + 1);
        let mut broken = None;
        while let Some(next) = self.text[at..].find('{').map(|found| at + found) {
            match Fields::read(self.text, next) {
                Ok((fields, end)) => {
                    if let Ok(event) = Event::from_fields(fields) {
                        self.events.push(event);
                        at = end;
                    } else {
                        broken = broken.or(Some(next));
                        at = next + 1;
                    }
                }
                Err(stop) => {
                    broken = broken.or(Some(stop));
                    self.report.cut_off |= stop >= self.text.trim_end().len();
                    // A file that was written in one line begins with an object that never ends well.
                    at = next + 1;
                }
            }
            if let Some(place) = broken.take() {
                self.damage(place, "could not be read");
            }
        }
        self.without_repetition(before);
    }

    /// What stands in the broken line was perhaps read before it broke.
    fn without_repetition(&mut self, before: usize) {
        let old: std::collections::HashSet<_> = self.events[..before].iter().map(|event| event.id).collect();
        let mut at = 0;
        self.events.retain(|event| {
            at += 1;
            at <= before || !old.contains(&event.id)
        });
    }

    /// One report for a line is enough.
    fn damage(&mut self, at: usize, what: &'static str) {
        let at = at.min(self.text.len());
        let line = 1 + self.text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
        if self.report.damaged.last().is_none_or(|last| last.line != line) {
            self.report.damaged.push(Damage { line, what });
        }
    }
}

/// The version in the head of a file whose structure is damaged.
fn version_in(text: &str) -> Option<u32> {
    let head = text.split("\"events\"").next()?;
    let (_, rest) = head.split_once("\"version\"")?;
    let digits = rest.trim_start_matches([' ', ':', '\n', '\r', '\t']);
    digits[..digits.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(digits.len())].parse().ok()
}

/// What the first edition of the reader kept (a list of pages read) as events of `device`, from `first` on.
#[must_use]
pub fn migrate_read_list(pages: &[String], log: &Log, device: u64, now: crate::Moment) -> Vec<Event> {
    let first = log.next_id(device);
    let event = |(at, page): (usize, &String)| {
        let id = crate::EventId { device, counter: first.counter.saturating_add(at as u32) };
        Event::new(id, now, Action::Read { page: page.clone(), ms: 0, end: true })
    };
    pages.iter().enumerate().map(event).collect()
}

#[cfg(test)]
mod tests;
