//! What one reader has done: an append-only log of events, and everything folded from it.
//!
//! Pure: no clock, no network, no browser. Time comes in as a [`Moment`], a device's name as a number that the
//! caller drew. Nothing here fails or panics on any input; what is damaged is reported and left out.
//!
//! The way of an event: the reader app makes an [`Action`], names it with [`Log::next_id`], stores
//! [`Event::to_json`], and hands it to [`Log::insert`] and [`Learner::push`]. At the start, and whenever another
//! tab, device or file has brought events, [`Learner::fold`] makes everything anew from the log.
//!
//! - `event`, `codec`, `json`: what can happen, and how it is written
//! - `log`, `order`, `compact`, `file`: the set of events; merging, making smaller, exporting, salvaging
//! - `learner`: the fold; `memory` and `grade` schedule, `review` asks, `mastery` estimates
//! - `streak`, `badges`, `calendar`, `report`: what is shown of it
//! - `marks`, `anchor`, `notes`: highlights and notes, and finding them again in an edited text

pub mod anchor;
#[cfg(test)]
mod arbitrary;
pub mod badges;
pub mod calendar;
mod codec;
mod compact;
pub mod day;
pub mod event;
pub mod file;
pub mod grade;
mod id;
mod json;
mod learner;
mod log;
pub mod marks;
pub mod mastery;
pub mod memory;
pub mod notes;
mod order;
pub mod report;
pub mod review;
pub mod settings;
mod sort;
pub mod streak;
mod table;
#[cfg(test)]
mod testing;

pub use day::{Day, Millis, Moment};
pub use event::{Action, Answer, Event, MarkChange, NewMark};
pub use id::EventId;
pub use learner::{Attempt, Card, DayTotals, Learner, Page, Question};
pub use log::Log;
pub use memory::Grade;
