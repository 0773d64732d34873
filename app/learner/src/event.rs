//! What can happen between a reader and a book.

use crate::day::{Millis, Moment};
use crate::id::EventId;
use crate::marks::Selector;
use crate::memory::Grade;

/// One thing that happened, never changed once recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its name.
    pub id: EventId,
    /// When, as the device's clock had it.
    pub at: Millis,
    /// Minutes by which that clock was ahead of UTC.
    pub offset: i16,
    /// What.
    pub action: Action,
    /// Fields that this version does not know, as JSON members (`"x":1,"y":2`), kept for the version that does.
    pub extra: String,
}

impl Event {
    /// An event as this version records it.
    #[must_use]
    pub fn new(id: EventId, now: Moment, action: Action) -> Self {
        Self { id, at: now.at, offset: now.offset, action, extra: String::new() }
    }

    /// When and where it was recorded.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment { at: self.at, offset: self.offset }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// A page was shown.
    Opened {
        /// Page address, as in the book's contents.
        page: String,
    },
    /// Time was spent on a page. A running total, not an addition: of several such events of one device, page
    /// and day the largest counts, so that a lost, repeated or late one does no harm. See
    /// [`crate::Learner::reading`].
    Read {
        /// Page address.
        page: String,
        /// Milliseconds that this device has spent on this page on this day.
        ms: u64,
        /// Whether the end of the page was reached.
        end: bool,
    },
    /// A question was answered.
    Answered(Answer),
    /// A card was recalled, and graded by the reader.
    Reviewed {
        /// The question's id, or [`crate::marks::card_of`] a mark.
        card: String,
        /// How well.
        grade: Grade,
        /// Milliseconds from seeing the prompt to grading.
        ms: u32,
    },
    /// Text was highlighted, noted on, or made a card; the mark is named by the event's id.
    Marked(Box<NewMark>),
    /// A mark was changed.
    Edited {
        /// The mark.
        mark: EventId,
        /// What changed.
        change: Box<MarkChange>,
    },
    /// A mark was removed.
    Deleted {
        /// The mark.
        mark: EventId,
    },
    /// A card was taken out of the queue by the reader.
    Suspended {
        /// The card.
        card: String,
    },
    /// A card that was taken out, by the reader or as a leech, was put back.
    Resumed {
        /// The card.
        card: String,
    },
    /// A setting was chosen. [`crate::settings`] lists those that the learner reads; others are kept for the reader.
    Set {
        /// Its name.
        key: String,
        /// Its value.
        value: String,
    },
    /// An earlier event of the same device was taken back. Taking back an undo is a redo. See
    /// [`Action::can_be_undone`] and [`crate::Learner::undoable`].
    Undone {
        /// Which.
        event: EventId,
    },
    /// Everything before was put aside, but for settings.
    Reset,
    /// A newer version knows what this is; its fields are in [`Event::extra`].
    Unknown {
        /// Its name.
        name: String,
    },
}

impl Action {
    /// Whether [`Action::Undone`] has a meaning for it. Pages opened, time spent and settings are not undone: they
    /// are replaced by their successors.
    #[must_use]
    pub fn can_be_undone(&self) -> bool {
        !matches!(self, Self::Opened { .. } | Self::Read { .. } | Self::Set { .. } | Self::Unknown { .. })
    }
}

/// An answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The question's id, unique in the book.
    pub question: String,
    /// Whether it was right.
    pub right: bool,
    /// Hints seen before answering.
    pub hints: u8,
    /// Milliseconds from showing the question to answering it.
    pub ms: u32,
    /// What was answered, in the reader app's own form; empty where that is not kept.
    pub given: String,
    /// The section asked about, `page.html#anchor`; empty if unknown.
    pub section: String,
    /// The learning objective; empty if the question names none.
    pub objective: String,
    /// Whether it was asked as a review, rather than in the text.
    pub in_review: bool,
    /// The grade that the reader chose; otherwise [`crate::grade::automatic`] grades.
    pub grade: Option<Grade>,
}

/// A mark as it is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewMark {
    /// Page address.
    pub page: String,
    /// Where on the page.
    pub at: Selector,
    /// Name of a colour; empty for the usual one.
    pub colour: String,
    /// What the reader wrote; may be empty.
    pub note: String,
    /// The question on the front of the card; empty for a mark that is no card.
    pub front: String,
}

/// Changes to a mark; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MarkChange {
    /// A new note; empty removes it.
    pub note: Option<String>,
    /// A new colour.
    pub colour: Option<String>,
    /// A new front; empty makes it a plain mark again.
    pub front: Option<String>,
}
