//! The grade of an answer that nobody graded.

use crate::memory::Grade;

/// What grading looks at.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances {
    /// Whether the answer was right.
    pub right: bool,
    /// Hints seen.
    pub hints: u8,
    /// Milliseconds taken; 0 if not measured.
    pub ms: u32,
    /// Milliseconds that this reader usually takes for a right answer.
    pub usual_ms: u32,
    /// Whether this question was answered before.
    pub seen: bool,
    /// Whether it was answered wrongly earlier on the same day, so that the explanation is fresh.
    pub missed_today: bool,
}

/// Wrong is `Again`. Right is `Good`; `Hard` with a hint, after three times the usual time, or on the day it was
/// missed; `Easy` in less than half the usual time, but never the first time, when the text was just read.
#[must_use]
pub fn automatic(answer: Circumstances) -> Grade {
    let slow = answer.ms > answer.usual_ms.saturating_mul(3);
    let quick = answer.ms > 0 && answer.ms < answer.usual_ms / 2;
    if !answer.right {
        Grade::Again
    } else if answer.hints > 0 || slow || answer.missed_today {
        Grade::Hard
    } else if quick && answer.seen {
        Grade::Easy
    } else {
        Grade::Good
    }
}

/// The time a reader usually takes, learned from right answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct UsualTime(pub(crate) u32);

impl Default for UsualTime {
    fn default() -> Self {
        Self(15_000)
    }
}

impl UsualTime {
    /// Moves a sixteenth of the way towards `ms`; who went for a coffee does not count in full.
    pub(crate) fn learn(&mut self, ms: u32) {
        if ms > 0 {
            self.0 = self.0 - self.0 / 16 + ms.clamp(1_000, 120_000) / 16;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: Circumstances = Circumstances {
        right: true,
        hints: 0,
        ms: 10_000,
        usual_ms: 10_000,
        seen: true,
        missed_today: false,
    };

    #[test]
    fn grades_follow_the_answer() {
        let cases = [
            (USUAL, Grade::Good),
            (Circumstances { right: false, ms: 10, ..USUAL }, Grade::Again),
            (Circumstances { hints: 1, ms: 10, ..USUAL }, Grade::Hard),
            (Circumstances { ms: 30_001, ..USUAL }, Grade::Hard),
            (Circumstances { missed_today: true, ms: 10, ..USUAL }, Grade::Hard),
            (Circumstances { ms: 4_999, ..USUAL }, Grade::Easy),
            (Circumstances { ms: 4_999, seen: false, ..USUAL }, Grade::Good),
            (Circumstances { ms: 0, ..USUAL }, Grade::Good),
        ];
        for (answer, grade) in cases {
            assert_eq!(automatic(answer), grade, "{answer:?}");
        }
    }

    #[test]
    fn the_usual_time_follows_the_reader() {
        let mut usual = UsualTime::default();
        for _ in 0..200 {
            usual.learn(4_000);
        }
        assert!((3_900..4_200).contains(&usual.0), "{usual:?}");
        usual.learn(u32::MAX);
        assert!(usual.0 < 12_000);
        usual.learn(0);
        assert!(usual.0 < 12_000);
    }
}
