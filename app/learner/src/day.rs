//! Moments, and the days they fall on where the reader is.

/// Milliseconds since 1970-01-01 00:00 UTC.
pub type Millis = i64;

/// A day of the reader, counted from 1970-01-01. It runs from four in the morning to four in the morning, so
/// that what is done late at night still belongs to the evening.
pub type Day = i32;

/// One minute.
pub const MINUTE: Millis = 60_000;
/// One hour.
pub const HOUR: Millis = 60 * MINUTE;
/// Twenty-four hours.
pub const DAY: Millis = 24 * HOUR;

/// When a reader's day begins, after midnight.
const DAY_STARTS: Millis = 4 * HOUR;

/// Time zones lie between UTC−12 and UTC+14; whatever is further out is a damaged value.
const FURTHEST_OFFSET: i16 = 14 * 60;

/// A point in time together with the place it was noted at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Millis,
    /// Minutes by which the reader's clock is ahead of UTC (the negative of JavaScript's `getTimezoneOffset`).
    pub offset: i16,
}

impl Moment {
    /// The reader's day that this moment belongs to.
    #[must_use]
    pub fn day(self) -> Day {
        let offset = self.offset.clamp(-FURTHEST_OFFSET, FURTHEST_OFFSET);
        let local = self.at.saturating_add(Millis::from(offset) * MINUTE).saturating_sub(DAY_STARTS);
        local.div_euclid(DAY).clamp(Millis::from(Day::MIN), Millis::from(Day::MAX)) as Day
    }
}

/// Year, month (1–12) and day of the month of a day, in the Gregorian calendar.
#[must_use]
pub fn date(day: Day) -> (i32, u8, u8) {
    // Years are counted from 1 March 0000, so that leap days come last; 400 years are always 146,097 days.
    let days = i64::from(day) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let in_month = of_year - (153 * month + 2) / 5 + 1;
    let (month, next_year) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    ((era * 400 + year + next_year) as i32, month as u8, in_month as u8)
}

/// The day as `2026-11-24`.
#[must_use]
pub fn iso_date(day: Day) -> String {
    let (year, month, of_month) = date(day);
    format!("{year:04}-{month:02}-{of_month:02}")
}

/// Day of the week, 0 for Monday to 6 for Sunday.
#[must_use]
pub fn weekday(day: Day) -> u8 {
    (i64::from(day) + 3).rem_euclid(7) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days() {
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(-1), (1969, 12, 31));
        assert_eq!(date(11_016), (2000, 2, 29));
        assert_eq!(iso_date(20_781), "2026-11-24");
        assert_eq!(weekday(20_781), 1, "a Tuesday");
    }

    #[test]
    fn late_evening_belongs_to_the_day_before() {
        let midnight = 20_781 * DAY;
        assert_eq!(Moment { at: midnight + 3 * HOUR, offset: 0 }.day(), 20_780);
        assert_eq!(Moment { at: midnight + 4 * HOUR, offset: 0 }.day(), 20_781);
        assert_eq!(Moment { at: midnight, offset: 600 }.day(), 20_781, "ten in the morning in Brisbane");
        assert_eq!(
            Moment { at: midnight + 10 * HOUR, offset: -480 }.day(),
            20_780,
            "two at night in Seattle"
        );
    }

    proptest! {
        #[test]
        fn any_moment_has_a_day(at: i64, offset: i16) {
            let day = Moment { at, offset }.day();
            prop_assert!(weekday(day) < 7);
            let (_, month, of_month) = date(day);
            prop_assert!((1..=12).contains(&month) && (1..=31).contains(&of_month));
        }

        #[test]
        fn dates_follow_each_other(day in -800_000..800_000i32) {
            prop_assert!(date(day) < date(day + 1));
        }
    }
}
