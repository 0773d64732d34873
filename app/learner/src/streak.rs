//! The streak, which forgives.
//!
//! The rule: a day counts if a question was answered, a card reviewed, a page finished, or three minutes read. Five
//! days that count earn a day off, and two can be saved. A day without study takes a day off from those saved; with
//! none left, the streak ends, and its days off with it. Days off do not lengthen it. Today only counts once something was done.

use crate::day::{Day, MINUTE};
use crate::learner::{DayTotals, Learner};

/// Days that count for one day off.
const EARNS: u32 = 5;
/// Most days off that can be saved.
const SAVED: u32 = 2;
/// Reading that makes a day count, in milliseconds.
const READING: u64 = 3 * MINUTE as u64;

/// How regularly someone studies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Streak {
    /// Days that count in the present streak.
    pub days: u32,
    /// Days off that are saved.
    pub days_off: u32,
    /// Whether today counts already.
    pub today: bool,
    /// The longest streak ever, in days that count.
    pub longest: u32,
    /// Days of the present streak that were forgiven, oldest first.
    pub forgiven: Vec<Day>,
}

impl DayTotals {
    /// Whether the day counts.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.answered + self.reviewed + self.finished > 0 || self.ms >= READING
    }
}

impl Learner {
    /// The streak as of `today`.
    #[must_use]
    pub fn streak(&self, today: Day) -> Streak {
        let mut walk = Walk::default();
        for day in self.days_that_count().filter(|day| *day <= today) {
            walk.count(day);
        }
        // The days since, but for today, were missed.
        walk.miss_until(today);
        walk.streak.today = walk.last == Some(today);
        walk.streak
    }

    /// The day on which a streak was first that long.
    pub(crate) fn streak_reached(&self, days: u32) -> Option<Day> {
        let mut walk = Walk::default();
        self.days_that_count().find(|day| {
            walk.count(*day);
            walk.streak.days >= days
        })
    }

    pub(crate) fn days_that_count(&self) -> impl Iterator<Item = Day> {
        self.days.iter().filter(|(_, totals)| totals.counts()).map(|(day, _)| *day)
    }
}

#[derive(Default)]
struct Walk {
    streak: Streak,
    last: Option<Day>,
}

impl Walk {
    fn count(&mut self, day: Day) {
        self.miss_until(day);
        self.last = Some(day);
        let streak = &mut self.streak;
        streak.days += 1;
        streak.longest = streak.longest.max(streak.days);
        if streak.days.is_multiple_of(EARNS) {
            streak.days_off = (streak.days_off + 1).min(SAVED);
        }
    }

    /// Nothing was done between the last day that counts and `day`.
    fn miss_until(&mut self, day: Day) {
        let Some(last) = self.last.filter(|last| *last < day) else { return };
        let missed = i64::from(day) - i64::from(last) - 1;
        let streak = &mut self.streak;
        if missed <= i64::from(streak.days_off) {
            streak.days_off -= missed as u32;
            streak.forgiven.extend(last + 1..day);
        } else {
            *streak = Streak { longest: streak.longest, ..Streak::default() };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{FIRST_DAY, Story};

    /// The streak after studying on these days, counted from the first, as of `today`.
    fn after(days: &[i32], today: i32) -> Streak {
        let mut story = Story::new();
        for day in days {
            story.go_to_day(*day);
            story.answer("q", true);
        }
        story.learner().streak(FIRST_DAY + today)
    }

    #[test]
    fn today_is_not_missed_before_it_is_over() {
        assert_eq!(after(&[0, 1, 2], 3).days, 3);
        assert!(!after(&[0, 1, 2], 3).today && after(&[0, 1, 2], 2).today);
        assert_eq!(after(&[0, 1, 2], 4).days, 0);
        assert_eq!(after(&[], 4), Streak::default());
    }

    #[test]
    fn five_days_earn_a_day_off_and_no_more_than_two_are_saved() {
        let earned = after(&[0, 1, 2, 3, 4], 4);
        assert_eq!((earned.days, earned.days_off), (5, 1));
        let forgiven = after(&[0, 1, 2, 3, 4], 6);
        assert_eq!((forgiven.days, forgiven.days_off), (5, 0));
        assert_eq!(forgiven.forgiven, [FIRST_DAY + 5]);
        assert_eq!(after(&[0, 1, 2, 3, 4], 7).days, 0);
        let month: Vec<_> = (0..30).collect();
        assert_eq!(after(&month, 30).days_off, 2);
        assert_eq!(after(&month, 32).days, 30);
        assert_eq!((after(&month, 33).days, after(&month, 33).longest), (0, 30));
    }

    #[test]
    fn a_new_streak_starts_without_days_off() {
        let again = after(&[0, 1, 2, 3, 4, 10, 12], 12);
        assert_eq!((again.days, again.longest, again.days_off), (1, 5, 0));
    }

    #[test]
    fn opening_a_page_is_not_study_and_three_minutes_are() {
        let mut story = Story::new();
        story.read("a.html", 2 * MINUTE as u64, false);
        assert_eq!(story.learner().streak(FIRST_DAY).days, 0);
        story.read("a.html", MINUTE as u64, false);
        assert_eq!(story.learner().streak(FIRST_DAY).days, 1);
    }

    #[test]
    fn the_day_it_was_reached_is_known() {
        let mut story = Story::new();
        for day in [0, 1, 2, 3, 4, 6, 7] {
            story.go_to_day(day);
            story.answer("q", true);
        }
        assert_eq!(story.learner().streak_reached(6), Some(FIRST_DAY + 6));
        assert_eq!(story.learner().streak_reached(8), None);
    }
}
