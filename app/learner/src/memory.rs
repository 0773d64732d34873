//! FSRS-6: how well something is remembered, and when to ask again.
//!
//! The model, by Ye and others, describes a memory by its *stability* (days until the chance of recall has
//! fallen to 90 %) and its *difficulty* (1 to 10). The formulas and default weights are those published in "The
//! Algorithm" of the Free Spaced Repetition Scheduler, version 6, which grew from J. Ye, J. Su and Y. Cao, "A
//! Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling", KDD 2022.
//!
//! This is a port rather than the crate `fsrs`: that adds 11.0 kB (brotli) to a WebAssembly module and needs a
//! source of randomness there, this 2.2 kB. The tests hold the two against each other.

use crate::day::Day;

/// Longest interval between two reviews, in days: a hundred years.
const LONGEST: f32 = 36_500.0;
/// Bounds of stability, in days.
const STABILITY: (f32, f32) = (0.001, LONGEST);
/// Bounds of difficulty.
const DIFFICULTY: (f32, f32) = (1.0, 10.0);

/// The published default weights w0 to w20, fitted to the reviews of many readers.
const W: [f32; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
    0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// `0.9^(−1/w20) − 1`, which makes recall 90 % when as many days have passed as the stability says.
const FACTOR: f32 = 0.980_346_5;

/// How well something was recalled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Not at all.
    Again = 1,
    /// With effort, or help.
    Hard = 2,
    /// As it should be.
    Good = 3,
    /// At once.
    Easy = 4,
}

impl Grade {
    /// From 1 (again) to 4 (easy).
    #[must_use]
    pub fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::Again),
            2 => Some(Self::Hard),
            3 => Some(Self::Good),
            4 => Some(Self::Easy),
            _ => None,
        }
    }
}

/// The state of one memory.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Memory {
    /// Days until the chance of recall is 90 %.
    pub stability: f32,
    /// From 1 (easy) to 10.
    pub difficulty: f32,
}

impl Memory {
    /// After the very first review.
    #[must_use]
    pub fn first(grade: Grade) -> Self {
        bounded(W[grade as usize - 1], first_difficulty(grade))
    }

    /// After a review `days` later.
    #[must_use]
    pub fn next(self, grade: Grade, days: u32) -> Self {
        let stability = match (days, grade) {
            (0, _) => self.stability_same_day(grade),
            (_, Grade::Again) => self.stability_forgotten(days),
            _ => self.stability_recalled(grade, days),
        };
        let slope = -W[6] * (f32::from(grade as u8) - 3.0);
        let damped = self.difficulty + slope * (10.0 - self.difficulty) / 9.0;
        bounded(stability, W[7] * (first_difficulty(Grade::Easy) - damped) + damped)
    }

    /// The chance of recall `days` after the last review, from 0 to 1.
    #[must_use]
    pub fn recall(self, days: f32) -> f32 {
        (1.0 + FACTOR * days.max(0.0) / self.stability).powf(-W[20])
    }

    /// Days after which the chance of recall has fallen to `retention`.
    #[must_use]
    pub fn interval(self, retention: f32) -> f32 {
        self.stability / FACTOR * (retention.powf(-1.0 / W[20]) - 1.0)
    }

    fn stability_same_day(self, grade: Grade) -> f32 {
        let growth = (W[17] * (f32::from(grade as u8) - 3.0 + W[18])).exp() * self.stability.powf(-W[19]);
        self.stability * if grade == Grade::Again { growth } else { growth.max(1.0) }
    }

    fn stability_forgotten(self, days: u32) -> f32 {
        let lost = 1.0 - self.recall(days as f32);
        let stability = W[11]
            * self.difficulty.powf(-W[12])
            * ((self.stability + 1.0).powf(W[13]) - 1.0)
            * (W[14] * lost).exp();
        stability.min(self.stability / (W[17] * W[18]).exp())
    }

    fn stability_recalled(self, grade: Grade, days: u32) -> f32 {
        let lost = 1.0 - self.recall(days as f32);
        let weight = match grade {
            Grade::Hard => W[15],
            Grade::Easy => W[16],
            _ => 1.0,
        };
        let gain =
            W[8].exp() * (11.0 - self.difficulty) * self.stability.powf(-W[9]) * ((W[10] * lost).exp() - 1.0);
        self.stability * (1.0 + gain * weight)
    }
}

fn first_difficulty(grade: Grade) -> f32 {
    W[4] - (W[5] * (f32::from(grade as u8) - 1.0)).exp() + 1.0
}

fn bounded(stability: f32, difficulty: f32) -> Memory {
    Memory {
        stability: stability.clamp(STABILITY.0, STABILITY.1),
        difficulty: difficulty.clamp(DIFFICULTY.0, DIFFICULTY.1),
    }
}

/// Whole days to wait, at least one, for an interval of `days`. From three days on it is moved by up to 5 % (at
/// least a day) either way, as `luck` (0 to 1) has it: what was learned on one day should not all fall due on one.
#[must_use]
pub fn whole_days(days: f32, luck: f32) -> Day {
    let spread = if days < 3.0 { 0.0 } else { (days * 0.05).max(1.0) };
    let moved = days + spread * (luck * 2.0 - 1.0);
    moved.clamp(1.0, LONGEST).round() as Day
}

#[cfg(test)]
mod tests {
    use super::*;
    use fsrs::{FSRS, ItemState, MemoryState};
    use proptest::prelude::*;

    const GRADES: [Grade; 4] = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy];

    fn of(states: &fsrs::NextStates, grade: Grade) -> &ItemState {
        match grade {
            Grade::Again => &states.again,
            Grade::Hard => &states.hard,
            Grade::Good => &states.good,
            Grade::Easy => &states.easy,
        }
    }

    fn close(ours: f32, theirs: f32) -> bool {
        (ours - theirs).abs() <= 1e-4 * theirs.abs().max(1.0)
    }

    #[test]
    fn the_factor_is_what_it_says() {
        assert!((f64::from(FACTOR) - (0.9f64.powf(-1.0 / f64::from(W[20])) - 1.0)).abs() < 1e-6);
        assert!((Memory::first(Grade::Good).recall(2.3065) - 0.9).abs() < 1e-6);
    }

    proptest! {
        /// Along any history, memory, interval and recall are those of the published crate.
        #[test]
        fn any_history_is_as_the_reference_has_it(
            history in prop::collection::vec((0usize..4, prop_oneof![0u32..3, 0u32..400, 0u32..9_000]), 1..40),
            retention in 0.7f32..0.97,
        ) {
            let reference = FSRS::default();
            let (mut ours, mut theirs): (Option<Memory>, Option<MemoryState>) = (None, None);
            for (grade, days) in history {
                let grade = GRADES[grade];
                let states = reference.next_states(theirs, retention, days).unwrap();
                if let (Some(ours), Some(theirs)) = (ours, theirs) {
                    let recall = fsrs::current_retrievability(theirs, days as f32, W[20]);
                    prop_assert!(close(ours.recall(days as f32), recall));
                }
                let next = ours.map_or_else(|| Memory::first(grade), |memory| memory.next(grade, days));
                let expected = of(&states, grade);
                prop_assert!(close(next.stability, expected.memory.stability), "{next:?} {expected:?}");
                prop_assert!(close(next.difficulty, expected.memory.difficulty), "{next:?} {expected:?}");
                prop_assert!(close(next.interval(retention), expected.interval), "{next:?} {expected:?}");
                // Both go on from the same state, or small differences would be measured many times over.
                ours = Some(Memory { stability: expected.memory.stability, difficulty: expected.memory.difficulty });
                theirs = Some(expected.memory);
            }
        }

        #[test]
        fn waiting_is_at_least_a_day_and_near_the_interval(days in 0.0f32..30_000.0, luck in 0.0f32..=1.0) {
            let whole = whole_days(days, luck) as f32;
            prop_assert!(whole >= 1.0);
            prop_assert!((whole - days.max(1.0)).abs() <= (days * 0.05).max(1.0) + 0.51);
        }
    }
}
