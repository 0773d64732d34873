//! Badges: each for something that helps learning, with a criterion that anyone can check.
//!
//! None is for opening the app, and none can be lost but by undoing what earned it.

use crate::day::Day;
use crate::event::Answer;
use crate::learner::Learner;
use crate::sort::sort_by_key;

/// Milliseconds in an hour.
const HOUR: u64 = 3_600_000;
/// A note this long was thought about.
const OWN_WORDS: usize = 20;
/// From this stability on, in days, something is remembered for good.
const LASTING: f32 = 90.0;

/// What a badge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Badge {
    /// The end of a first page was reached.
    FirstPage,
    /// Every page of the book was finished.
    WholeBook,
    /// Ten hours were spent reading.
    TenHours,
    /// 25 questions were answered rightly at the first attempt and without a hint.
    FirstTry,
    /// 10 questions that had been missed were answered rightly.
    SecondLook,
    /// 20 cards were recalled after a week or more.
    AfterAWeek,
    /// 20 cards were recalled after a month or more.
    AfterAMonth,
    /// 25 recalls left a memory that lasts for three months.
    Lasting,
    /// 20 notes of at least twenty characters stand in the margins.
    OwnWords,
    /// A streak of 7 days.
    Week,
    /// A streak of 30 days.
    Month,
    /// A streak of 100 days.
    HundredDays,
    /// After two weeks or more away, three days that count within seven.
    Back,
}

/// A badge and how far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub badge: Badge,
    /// How much of `need` is done, at most `need`.
    pub have: u32,
    /// What is needed.
    pub need: u32,
    /// The day it was earned; `None` if not yet, or for [`Badge::WholeBook`] of a book that has grown since.
    pub earned: Option<Day>,
}

/// Counted as events come; each with the day on which it reached what its badge needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Tally {
    counts: [(u64, Option<Day>); COUNTED.len()],
}

/// Badges that are earned by counting, with what they need.
const COUNTED: [(Badge, u64); 7] = [
    (Badge::FirstPage, 1),
    (Badge::TenHours, 10 * HOUR),
    (Badge::FirstTry, 25),
    (Badge::SecondLook, 10),
    (Badge::AfterAWeek, 20),
    (Badge::AfterAMonth, 20),
    (Badge::Lasting, 25),
];

impl Tally {
    fn add(&mut self, badge: Badge, day: Day, more: u64) {
        let Some(at) = COUNTED.iter().position(|(counted, _)| *counted == badge) else { return };
        let (count, reached) = &mut self.counts[at];
        *count += more;
        if *count >= COUNTED[at].1 && reached.is_none() {
            *reached = Some(day);
        }
    }

    pub(crate) fn read(&mut self, day: Day, ms: u64, finished: bool) {
        self.add(Badge::TenHours, day, ms);
        self.add(Badge::FirstPage, day, u64::from(finished));
    }

    pub(crate) fn answered(&mut self, day: Day, answer: &Answer, first: bool, was_wrong: bool) {
        self.add(Badge::FirstTry, day, u64::from(first && answer.right && answer.hints == 0));
        self.add(Badge::SecondLook, day, u64::from(answer.right && was_wrong));
    }

    pub(crate) fn recalled(&mut self, day: Day, right: bool, waited: Day, stability: f32) {
        self.add(Badge::AfterAWeek, day, u64::from(right && waited >= 7));
        self.add(Badge::AfterAMonth, day, u64::from(right && waited >= 30));
        self.add(Badge::Lasting, day, u64::from(right && stability >= LASTING));
    }
}

impl Learner {
    /// All badges, in a fixed order. `pages` are the addresses of the book's pages.
    #[must_use]
    pub fn badges(&self, today: Day, pages: &[&str]) -> Vec<Standing> {
        let mut all: Vec<_> = COUNTED
            .iter()
            .zip(&self.tally.counts)
            .map(|((badge, need), (count, earned))| {
                // Hours are shown as hours.
                let unit = if *badge == Badge::TenHours { HOUR } else { 1 };
                Standing {
                    badge: *badge,
                    have: (*count.min(need) / unit) as u32,
                    need: (*need / unit) as u32,
                    earned: *earned,
                }
            })
            .collect();
        let longest = self.streak(today).longest;
        for (badge, need) in [(Badge::Week, 7), (Badge::Month, 30), (Badge::HundredDays, 100)] {
            all.push(Standing { badge, have: longest.min(need), need, earned: self.streak_reached(need) });
        }
        all.extend([self.whole_book(pages), self.own_words(), self.back()]);
        sort_by_key(&mut all, |standing| standing.badge);
        all
    }

    fn whole_book(&self, pages: &[&str]) -> Standing {
        let finished: Vec<Day> =
            pages.iter().filter_map(|page| self.page(page).and_then(|page| page.finished)).collect();
        let is_earned = !pages.is_empty() && finished.len() == pages.len();
        Standing {
            badge: Badge::WholeBook,
            have: finished.len() as u32,
            need: pages.len() as u32,
            earned: finished.into_iter().max().filter(|_| is_earned),
        }
    }

    fn own_words(&self) -> Standing {
        let mut days: Vec<Day> = self
            .marks
            .iter()
            .filter(|mark| mark.note.trim().chars().count() >= OWN_WORDS)
            .map(|mark| mark.made.day())
            .collect();
        sort_by_key(&mut days, |day| *day);
        let need = 20;
        Standing {
            badge: Badge::OwnWords,
            have: days.len().min(need) as u32,
            need: need as u32,
            earned: days.get(need - 1).copied(),
        }
    }

    fn back(&self) -> Standing {
        let days: Vec<Day> = self.days_that_count().collect();
        let (mut have, mut earned) = (0, None);
        for (at, day) in days.iter().enumerate().skip(1) {
            if day.saturating_sub(days[at - 1]) < 14 {
                continue;
            }
            let week: Vec<&Day> =
                days[at..].iter().take_while(|later| later.saturating_sub(*day) < 7).collect();
            have = have.max(week.len().min(3) as u32);
            earned = earned.or(week.get(2).map(|day| **day));
        }
        Standing { badge: Badge::Back, have, need: 3, earned }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{FIRST_DAY, Story};

    fn standing(story: &Story, badge: Badge) -> Standing {
        let all = story.learner().badges(FIRST_DAY + 500, &["a.html", "b.html"]);
        assert_eq!(all.len(), 13, "each badge once");
        all.into_iter().find(|standing| standing.badge == badge).unwrap()
    }

    #[test]
    fn a_page_the_book_and_hours() {
        let mut story = Story::new();
        story.read("a.html", 60_000, false);
        assert_eq!(standing(&story, Badge::FirstPage).earned, None);
        story.read("a.html", 10_000, true);
        assert_eq!(standing(&story, Badge::FirstPage).earned, Some(FIRST_DAY));
        assert_eq!(
            (standing(&story, Badge::WholeBook).have, standing(&story, Badge::WholeBook).earned),
            (1, None)
        );
        story.go_to_day(3);
        story.read("b.html", 9 * HOUR, true);
        assert_eq!(standing(&story, Badge::WholeBook).earned, Some(FIRST_DAY + 3));
        assert_eq!(
            (standing(&story, Badge::TenHours).have, standing(&story, Badge::TenHours).earned),
            (9, None)
        );
        story.go_to_day(4);
        story.read("b.html", HOUR, true);
        assert_eq!(standing(&story, Badge::TenHours).earned, Some(FIRST_DAY + 4));
    }

    #[test]
    fn first_tries_and_second_looks() {
        let mut story = Story::new();
        for question in 0..30 {
            story.answer(&question.to_string(), question >= 5);
        }
        assert_eq!(standing(&story, Badge::FirstTry).earned, Some(FIRST_DAY));
        assert_eq!(standing(&story, Badge::SecondLook).have, 0);
        for _ in 0..2 {
            for question in 0..5 {
                story.answer(&question.to_string(), true);
            }
        }
        assert_eq!(standing(&story, Badge::SecondLook).earned, Some(FIRST_DAY));
    }

    #[test]
    fn remembering_for_long() {
        let mut story = Story::new();
        for days in [0, 7, 40, 140] {
            story.go_to_day(days);
            for question in 0..25 {
                story.answer(&question.to_string(), true);
            }
        }
        assert_eq!(standing(&story, Badge::AfterAWeek).earned, Some(FIRST_DAY + 7));
        assert_eq!(standing(&story, Badge::AfterAMonth).earned, Some(FIRST_DAY + 40));
        assert!(standing(&story, Badge::Lasting).earned.is_some());
        assert_eq!(standing(&story, Badge::Back).earned, None, "one day in seven is not enough");
    }

    #[test]
    fn coming_back_and_staying() {
        let mut story = Story::new();
        for day in [0, 20, 22, 26] {
            story.go_to_day(day);
            story.answer("q", true);
        }
        assert_eq!(standing(&story, Badge::Back).earned, Some(FIRST_DAY + 26));
        assert_eq!((standing(&story, Badge::Week).have, standing(&story, Badge::Week).earned), (1, None));
    }

    #[test]
    fn notes_of_one_word_are_not_own_words() {
        let mut story = Story::new();
        for _ in 0..20 {
            story.note("a.html", "yes");
        }
        assert_eq!(standing(&story, Badge::OwnWords).have, 0);
        for _ in 0..20 {
            story.note("a.html", "Scales differ by channel here.");
        }
        assert_eq!(standing(&story, Badge::OwnWords).earned, Some(FIRST_DAY));
    }
}
