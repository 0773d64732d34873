//! The calendar: how much was done on each day.

use crate::day::{Day, weekday};
use crate::learner::{DayTotals, Learner};
use crate::sort::sort_by_key;

/// A day in the heat map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Which.
    pub day: Day,
    /// From 0 (nothing) to 4 (among the reader's busiest quarter of days).
    pub level: u8,
    /// What was done.
    pub totals: DayTotals,
}

impl DayTotals {
    /// Effort in minutes: time read, and half a minute for each question and card. For comparing days with each other.
    #[must_use]
    pub fn effort(&self) -> u64 {
        self.ms / 60_000 + u64::from((self.answered + self.reviewed).div_ceil(2))
    }
}

impl Learner {
    /// Whole weeks, Monday first, the last of them that of `today`; days after today are left out. Levels are quarters
    /// of the reader's own days, so that half an hour is much for one and little for another.
    #[must_use]
    pub fn calendar(&self, today: Day, weeks: u16) -> Vec<Cell> {
        let monday = today.saturating_sub(Day::from(weekday(today)));
        let first = monday.saturating_sub(7 * (Day::from(weeks) - 1));
        let mut efforts: Vec<u64> =
            self.days.iter().map(|(_, totals)| totals.effort()).filter(|effort| *effort > 0).collect();
        sort_by_key(&mut efforts, |effort| *effort);
        let cell = |day| {
            let totals = self.totals(day);
            Cell { day, level: level(totals.effort(), &efforts), totals }
        };
        (first..=today).map(cell).collect()
    }
}

/// The quarter of `sorted` that `effort` lies in, from 1 to 4; 0 for none.
fn level(effort: u64, sorted: &[u64]) -> u8 {
    if effort == 0 || sorted.is_empty() {
        return 0;
    }
    let no_more = sorted.partition_point(|other| *other <= effort);
    (no_more * 4).div_ceil(sorted.len()).clamp(1, 4) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{FIRST_DAY, Story};

    #[test]
    fn whole_weeks_up_to_today() {
        let learner = Story::new().learner();
        for today in FIRST_DAY..FIRST_DAY + 7 {
            let cells = learner.calendar(today, 3);
            assert_eq!(weekday(cells[0].day), 0);
            assert_eq!(cells.last().map(|cell| cell.day), Some(today));
            assert_eq!(cells.len(), 15 + usize::from(weekday(today)));
        }
        assert!(learner.calendar(FIRST_DAY, 0).len() <= 7);
    }

    #[test]
    fn levels_are_quarters_of_the_readers_own_days() {
        let mut story = Story::new();
        for day in 0..4 {
            story.go_to_day(day);
            story.read("a.html", 60_000 * 10 * (day as u64 + 1), false);
        }
        let cells = story.learner().calendar(FIRST_DAY + 4, 2);
        let levels: Vec<_> = cells.iter().rev().take(5).rev().map(|cell| cell.level).collect();
        assert_eq!(levels, [1, 2, 3, 4, 0]);
    }
}
