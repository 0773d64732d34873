//! The fold: all that follows from the log.

use crate::badges::Tally;
use crate::day::{Day, MINUTE, Millis, Moment};
use crate::event::{Action, Answer, Event};
use crate::grade::{Circumstances, UsualTime, automatic};
use crate::id::EventId;
use crate::log::Log;
use crate::marks::{self, Mark};
use crate::memory::{Grade, Memory, whole_days};
use crate::order::{Placed, after_reset, by_time, effective, is_plausible, is_settled};
use crate::settings::Settings;
use crate::table::{Table, scatter};

/// A card forgotten this often is a leech: it costs time and does not stick. It leaves the queue until its answer is
/// right in the text or the reader puts it back, and leaves again after every third lapse more.
const LEECH: u32 = 6;

/// After a failed review a card comes back on the same day, but not at once.
const AGAIN_AFTER: Millis = 10 * MINUTE;

/// One answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: Millis,
    /// Whether it was right.
    pub right: bool,
    /// Hints seen.
    pub hints: u8,
    /// Milliseconds taken.
    pub ms: u32,
    /// The grade it was given.
    pub grade: Grade,
}

/// What is known of a question that was answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Question {
    /// All answers, oldest first. Never empty.
    pub attempts: Vec<Attempt>,
    /// The last answer that was kept, in the reader app's own form.
    pub given: String,
    /// Section of the book, `page.html#anchor`; may be empty.
    pub section: String,
    /// Learning objective; may be empty.
    pub objective: String,
    /// Answers that were right, each counting half as much as the next one.
    pub(crate) right: f32,
    /// The same for wrong ones.
    pub(crate) wrong: f32,
}

impl Question {
    /// The last answer.
    #[must_use]
    pub fn last(&self) -> Option<&Attempt> {
        self.attempts.last()
    }

    /// Number of right answers.
    #[must_use]
    pub fn right_answers(&self) -> usize {
        self.attempts.iter().filter(|attempt| attempt.right).count()
    }
}

/// What is known of a card: a question, or a mark, that was recalled at least once or taken out of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Its memory; `None` before the first review.
    pub memory: Option<Memory>,
    /// The last review.
    pub last: Moment,
    /// How that went.
    pub grade: Grade,
    /// Number of reviews.
    pub reviews: u32,
    /// How often it was forgotten on a later day.
    pub lapses: u32,
    /// Whether it is out of the queue.
    pub suspended: bool,
}

impl Default for Card {
    fn default() -> Self {
        let last = Moment { at: 0, offset: 0 };
        Self { memory: None, last, grade: Grade::Good, reviews: 0, lapses: 0, suspended: false }
    }
}

impl Card {
    /// Whether it was forgotten so often that reading again would help more than asking again.
    #[must_use]
    pub fn is_leech(&self) -> bool {
        self.lapses >= LEECH
    }

    /// The day on which it falls due, with the retention and the name it has; `None` before the first review.
    #[must_use]
    pub fn due(&self, name: &str, retention: u8) -> Option<Day> {
        let memory = self.memory?;
        if self.grade == Grade::Again {
            return Some(self.last.day());
        }
        let luck = (scatter(name, u64::from(self.reviews)) >> 40) as f32 / (1u64 << 24) as f32;
        Some(self.last.day().saturating_add(whole_days(memory.interval(f32::from(retention) / 100.0), luck)))
    }

    /// Before when it is not to be asked again.
    #[must_use]
    pub fn rests_until(&self) -> Millis {
        self.last.at.saturating_add(if self.grade == Grade::Again { AGAIN_AFTER } else { 0 })
    }

    /// The chance that it would be recalled on `day`, from 0 to 1.
    #[must_use]
    pub fn recall(&self, day: Day) -> f32 {
        self.memory.map_or(0.0, |memory| memory.recall(day.saturating_sub(self.last.day()) as f32))
    }

    fn review(&mut self, grade: Grade, now: Moment) {
        let days = now.day().saturating_sub(self.last.day()).max(0) as u32;
        self.memory = Some(match self.memory {
            None => Memory::first(grade),
            Some(memory) => memory.next(grade, days),
        });
        if grade == Grade::Again && self.reviews > 0 && days > 0 {
            self.lapses += 1;
            self.suspended |= self.is_leech() && (self.lapses - LEECH).is_multiple_of(3);
        }
        self.reviews += 1;
        self.last = now;
        self.grade = grade;
    }
}

/// What is known of a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// When it was first and last opened.
    pub opened: Option<(Millis, Millis)>,
    /// Milliseconds spent on it.
    pub ms: u64,
    /// The day on which its end was first reached.
    pub finished: Option<Day>,
    /// Totals of each device on each of its days, sorted.
    readings: Vec<((u64, Day), u64)>,
}

/// What was done on one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayTotals {
    /// Milliseconds read.
    pub ms: u64,
    /// Questions answered in the text.
    pub answered: u32,
    /// Answers and reviews that were right.
    pub right: u32,
    /// Cards reviewed, answers in the review included.
    pub reviewed: u32,
    /// Cards seen for the first time in the review.
    pub introduced: u32,
    /// Pages finished.
    pub finished: u32,
}

/// Everything that follows from a log. See the methods in [`crate::review`], [`crate::mastery`],
/// [`crate::streak`], [`crate::badges`], [`crate::calendar`] and [`crate::report`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learner {
    pub(crate) settings: Settings,
    pub(crate) questions: Table<Question>,
    pub(crate) cards: Table<Card>,
    pub(crate) pages: Table<Page>,
    /// Sorted by id.
    pub(crate) marks: Vec<Mark>,
    /// Sorted by day.
    pub(crate) days: Vec<(Day, DayTotals)>,
    pub(crate) tally: Tally,
    /// Recalls on a later day than the last one: how many, how many right.
    pub(crate) recalls: (u32, u32),
    usual: UsualTime,
    undoable: Vec<EventId>,
    last: Option<(Millis, EventId)>,
}

/// How many steps can be undone one after another.
const UNDO_STEPS: usize = 20;

impl Learner {
    /// Everything that follows from the log, as of `now` (milliseconds since 1970), which tells impossible times.
    #[must_use]
    pub fn fold(log: &Log, now: Millis) -> Self {
        let order = by_time(log, now);
        let counts = effective(log);
        let start = after_reset(&order, &counts);
        let mut learner = Self::default();
        let mut edits = Vec::new();
        for (place, placed) in order.iter().enumerate() {
            if !counts[placed.index] {
                continue;
            }
            match &placed.event.action {
                Action::Read { page, ms, .. } if place < start => {
                    // A device counts on from its total, so that must be known even where it no longer counts.
                    learner.pages.entry(page).raise(placed.event, *ms);
                }
                Action::Set { .. } => learner.apply(placed.event, placed.moment),
                _ if place < start => {}
                // A device with a wrong clock may have edited a mark before it made it.
                Action::Edited { .. } => edits.push(placed),
                _ => learner.apply(placed.event, placed.moment),
            }
        }
        for placed in edits {
            learner.apply(placed.event, placed.moment);
        }
        let undoable = |placed: &&Placed<'_>| {
            counts[placed.index] && is_step(&placed.event.action) && !is_settled(placed.moment.at, now)
        };
        let from = start.saturating_sub(1);
        learner.undoable =
            order[from..].iter().rev().filter(undoable).take(UNDO_STEPS).map(|at| at.event.id).collect();
        learner.undoable.reverse();
        learner.last = order.last().map(|placed| (placed.moment.at, placed.event.id));
        learner
    }

    /// Adds the event that was just recorded; whether that could be done. If not (it takes something back, or is not
    /// the latest), [`Learner::fold`] the log again.
    #[must_use = "if it could not be added, the log must be folded again"]
    pub fn push(&mut self, event: &Event, now: Millis) -> bool {
        let is_simple =
            !matches!(event.action, Action::Undone { .. } | Action::Reset | Action::Deleted { .. });
        let place = (event.at, event.id);
        if !is_simple || !is_plausible(event.at, now) || self.last.is_some_and(|last| place <= last) {
            return false;
        }
        self.apply(event, event.moment());
        if is_step(&event.action) && !is_settled(event.at, now) {
            self.remember(event);
        }
        self.last = Some(place);
        true
    }

    fn remember(&mut self, event: &Event) {
        self.undoable.push(event.id);
        if self.undoable.len() > UNDO_STEPS {
            self.undoable.remove(0);
        }
    }

    /// The latest of `device`'s answers, reviews, marks, deletions and resets that still counts, for
    /// [`Action::Undone`].
    #[must_use]
    pub fn undoable(&self, device: u64) -> Option<EventId> {
        self.undoable.iter().rev().find(|id| id.device == device).copied()
    }

    fn apply(&mut self, event: &Event, moment: Moment) {
        match &event.action {
            Action::Opened { page } => {
                let opened = &mut self.pages.entry(page).opened;
                let first = opened.map_or(moment.at, |(first, _)| first);
                *opened = Some((first, moment.at));
            }
            Action::Read { page, ms, end } => self.read(event, page, *ms, *end, moment.day()),
            Action::Answered(answer) => self.answer(answer, moment),
            Action::Reviewed { card, grade, .. } => {
                self.review(card, *grade, moment, true);
            }
            Action::Marked(mark) => marks::add(&mut self.marks, event.id, mark, moment),
            Action::Edited { mark, change } => marks::edit(&mut self.marks, *mark, change, moment),
            Action::Suspended { card } => self.cards.entry(card).suspended = true,
            Action::Resumed { card } => self.cards.entry(card).suspended = false,
            Action::Set { key, value } => self.settings.set(key, value),
            // What these take back was never applied; see `order::effective`.
            Action::Deleted { .. } | Action::Undone { .. } | Action::Reset | Action::Unknown { .. } => {}
        }
    }

    fn read(&mut self, event: &Event, page: &str, ms: u64, end: bool, day: Day) {
        let page = self.pages.entry(page);
        let more = page.raise(event, ms);
        page.ms += more;
        let finishes = end && page.finished.is_none();
        if finishes {
            page.finished = Some(day);
        }
        let totals = self.day(day);
        totals.ms += more;
        totals.finished += u32::from(finishes);
        self.tally.read(day, more, finishes);
    }

    fn answer(&mut self, answer: &Answer, moment: Moment) {
        let day = moment.day();
        let usual_ms = self.usual.0;
        let question = self.questions.entry(&answer.question);
        let last = question.last().copied();
        let card = self.cards.entry(&answer.question);
        let grade = answer.grade.unwrap_or_else(|| {
            automatic(Circumstances {
                right: answer.right,
                hints: answer.hints,
                ms: answer.ms,
                usual_ms,
                seen: last.is_some(),
                missed_today: last.is_some_and(|last| !last.right) && card.last.day() == day,
            })
        });
        if answer.right {
            self.usual.learn(answer.ms);
            card.suspended &= answer.in_review;
        }
        let was_wrong = question.attempts.iter().any(|attempt| !attempt.right);
        let right = f32::from(u8::from(answer.right));
        question.right = question.right / 2.0 + right;
        question.wrong = question.wrong / 2.0 + (1.0 - right);
        let Answer { right, hints, ms, .. } = *answer;
        question.attempts.push(Attempt { at: moment.at, right, hints, ms, grade });
        question.section.clone_from(&answer.section);
        question.objective.clone_from(&answer.objective);
        question.given.clone_from(&answer.given);
        self.tally.answered(day, answer, last.is_none(), was_wrong);
        self.review(&answer.question, grade, moment, answer.in_review);
    }

    fn review(&mut self, name: &str, grade: Grade, moment: Moment, in_review: bool) {
        let day = moment.day();
        let card = self.cards.entry(name);
        let (is_new, waited) = (card.memory.is_none(), day.saturating_sub(card.last.day()));
        card.review(grade, moment);
        let (right, stability) = (grade != Grade::Again, card.memory.map_or(0.0, |memory| memory.stability));
        if !is_new && waited > 0 {
            self.recalls.0 += 1;
            self.recalls.1 += u32::from(right);
            self.tally.recalled(day, right, waited, stability);
        }
        let totals = self.day(day);
        totals.right += u32::from(right);
        totals.reviewed += u32::from(in_review);
        totals.answered += u32::from(!in_review);
        totals.introduced += u32::from(in_review && is_new);
    }

    fn day(&mut self, day: Day) -> &mut DayTotals {
        let at = match self.days.binary_search_by_key(&day, |(known, _)| *known) {
            Ok(at) => at,
            Err(at) => {
                self.days.insert(at, (day, DayTotals::default()));
                at
            }
        };
        &mut self.days[at].1
    }

    /// The event that `more` milliseconds were spent on a page, and whether its end has been reached.
    #[must_use]
    pub fn reading(&self, device: u64, page: &str, more: u64, end: bool, now: Moment) -> Action {
        let before = self.pages.get(page).map_or(0, |known| known.reading((device, now.day())));
        Action::Read { page: page.to_owned(), ms: before.saturating_add(more), end }
    }

    /// What is known of a question; `None` before it was answered.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.get(id)
    }

    /// All questions answered, in order of their first answer.
    pub fn questions(&self) -> impl Iterator<Item = (&str, &Question)> {
        self.questions.iter()
    }

    /// What is known of a card.
    #[must_use]
    pub fn card(&self, name: &str) -> Option<&Card> {
        self.cards.get(name)
    }

    /// What is known of a page.
    #[must_use]
    pub fn page(&self, address: &str) -> Option<&Page> {
        self.pages.get(address)
    }

    /// Pages of which the end was reached.
    pub fn finished_pages(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().filter(|(_, page)| page.finished.is_some()).map(|(address, _)| address)
    }

    /// Highlights, notes and cards that were made in the text, by device and counter.
    #[must_use]
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The settings as they are.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}

/// Whether "undo" takes this back.
fn is_step(action: &Action) -> bool {
    action.can_be_undone() && !matches!(action, Action::Undone { .. })
}

impl Page {
    fn reading(&self, of: (u64, Day)) -> u64 {
        self.readings.binary_search_by_key(&of, |(known, _)| *known).map_or(0, |at| self.readings[at].1)
    }

    /// Raises the total of the event's device on the day that its clock showed; by how much.
    fn raise(&mut self, event: &Event, total: u64) -> u64 {
        // Nobody reads for longer than a day in a day; a damaged total must not spoil the sum.
        let total = total.min(crate::day::DAY as u64);
        let of = (event.id.device, event.moment().day());
        match self.readings.binary_search_by_key(&of, |(known, _)| *known) {
            Ok(at) => {
                let before = self.readings[at].1;
                self.readings[at].1 = before.max(total);
                total.saturating_sub(before)
            }
            Err(at) => {
                self.readings.insert(at, (of, total));
                total
            }
        }
    }
}

#[cfg(test)]
mod tests;
