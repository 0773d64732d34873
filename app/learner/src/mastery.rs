//! How well an objective, a section or a page is known, and how sure that is.
//!
//! The model is a Beta distribution over the chance that the reader would now answer a question on the subject
//! rightly, from a uniform prior. It forgets in two ways. Each answer to a question halves the weight of earlier
//! answers to the same question, so that what was missed once and is known now counts as known: this is the
//! forgetting factor of A. Jøsang and R. Ismail, "The Beta Reputation System", Bled eConference 2002, with λ = ½.
//! And a right answer stands only as far as it would still be recalled today, by the forgetting curve of its card (see
//! [`crate::memory`]); the rest counts as wrong. That memory decays per question while mastery is per skill follows
//! B. Choffin, F. Popineau, Y. Bourda and J.-J. Vie, "DAS3H", EDM 2019.
//!
//! In short, for questions with right and wrong weights r, w and recall R:
//! α = 1 + Σ r·R, β = 1 + Σ (w + r·(1 − R)).

use crate::day::Day;
use crate::learner::Learner;
use crate::sort::sort_by;
use crate::table::Table;

/// By what questions are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Learning objective.
    Objective,
    /// Section: `page.html#anchor`.
    Section,
    /// Page: `page.html`.
    Page,
}

/// What is known of one subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Mastery {
    /// Objective, section or page.
    pub subject: String,
    /// Questions answered on it.
    pub questions: u32,
    /// Expected chance of a right answer, from 0 to 1.
    pub mean: f32,
    /// Lower end of an interval that the true chance lies in nine times out of ten.
    pub low: f32,
    /// Upper end.
    pub high: f32,
}

/// A step for colouring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Never asked, or too little to tell: the interval is wider than 0.7.
    Unknown,
    /// More likely wrong than right.
    Weak,
    /// Between.
    Growing,
    /// Right four times out of five, and the interval begins above one half.
    Solid,
}

impl Mastery {
    /// What nothing is known of.
    #[must_use]
    pub fn unknown(subject: &str) -> Self {
        of_weights(subject, &Weights::default())
    }

    /// The step it stands on.
    #[must_use]
    pub fn level(&self) -> Level {
        if self.high - self.low > 0.7 {
            Level::Unknown
        } else if self.mean < 0.5 {
            Level::Weak
        } else if self.mean >= 0.8 && self.low > 0.5 {
            Level::Solid
        } else {
            Level::Growing
        }
    }
}

#[derive(Default)]
struct Weights {
    questions: u32,
    right: f32,
    wrong: f32,
}

impl Learner {
    /// Everything that questions were answered on, the weakest first: by mean, then the one known better, then by
    /// name. Subjects without any answer are not listed; see [`Mastery::unknown`].
    #[must_use]
    pub fn mastery(&self, by: By, today: Day) -> Vec<Mastery> {
        let mut subjects: Table<Weights> = Table::default();
        // In the order of names, so that sums of the same numbers are the same numbers.
        let mut questions: Vec<_> = self.questions.iter().collect();
        sort_by(&mut questions, |(a, _), (b, _)| a.cmp(b));
        for (name, question) in questions {
            let subject = match by {
                By::Objective => &question.objective,
                By::Section => &question.section,
                By::Page => question.section.split('#').next().unwrap_or_default(),
            };
            if subject.is_empty() {
                continue;
            }
            let recall = self.card(name).map_or(0.0, |card| card.recall(today));
            let weights = subjects.entry(subject);
            weights.questions += 1;
            weights.right += question.right * recall;
            weights.wrong += question.wrong + question.right * (1.0 - recall);
        }
        let mut all: Vec<_> =
            subjects.iter().map(|(subject, weights)| of_weights(subject, weights)).collect();
        sort_by(&mut all, |a, b| {
            let by_name = || a.subject.cmp(&b.subject);
            a.mean.total_cmp(&b.mean).then(b.questions.cmp(&a.questions)).then_with(by_name)
        });
        all
    }
}

fn of_weights(subject: &str, weights: &Weights) -> Mastery {
    let (alpha, beta) = (1.0 + weights.right, 1.0 + weights.wrong);
    let sum = alpha + beta;
    let mean = alpha / sum;
    // 1.645 standard deviations either way: nine tenths of a normal distribution, close enough for a colour and a bar.
    let reach = 1.645 * (alpha * beta / (sum * sum * (sum + 1.0))).sqrt();
    let (low, high) = ((mean - reach).max(0.0), (mean + reach).min(1.0));
    Mastery { subject: subject.to_owned(), questions: weights.questions, mean, low, high }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Story;

    const DAY_ONE: Day = crate::testing::FIRST_DAY;

    fn only(learner: &Learner, today: Day) -> Mastery {
        let all = learner.mastery(By::Objective, today);
        assert_eq!(all.len(), 1);
        all[0].clone()
    }

    #[test]
    fn answers_move_the_mean_and_narrow_the_interval() {
        let mut story = Story::new();
        let unknown = Mastery::unknown("o");
        assert_eq!((unknown.mean, unknown.level()), (0.5, Level::Unknown));
        let mut before = unknown;
        for question in ["a", "b", "c", "d", "e", "f"] {
            story.answer(question, true);
            let after = only(&story.learner(), DAY_ONE);
            assert!(after.mean > before.mean && after.high - after.low < before.high - before.low);
            before = after;
        }
        assert_eq!(before.level(), Level::Solid);
        story.answer("g", false);
        assert!(only(&story.learner(), DAY_ONE).mean < before.mean);
    }

    #[test]
    fn what_was_missed_and_is_known_now_counts_as_known() {
        let mut story = Story::new();
        story.answer("a", false);
        let missed = only(&story.learner(), DAY_ONE);
        for _ in 0..3 {
            story.answer("a", true);
        }
        let known = only(&story.learner(), DAY_ONE);
        assert!(missed.mean < 0.5 && known.mean > 0.7, "{missed:?} {known:?}");
        assert_eq!(known.questions, 1);
    }

    #[test]
    fn what_is_not_reviewed_is_forgotten() {
        let mut story = Story::new();
        for question in ["a", "b", "c", "d", "e", "f"] {
            story.answer(question, true);
        }
        let learner = story.learner();
        let means: Vec<_> =
            [0, 10, 100, 1000].iter().map(|days| only(&learner, DAY_ONE + days).mean).collect();
        assert!(means.windows(2).all(|pair| pair[1] < pair[0]), "{means:?}");
        assert_eq!(only(&learner, DAY_ONE + 1000).level(), Level::Weak);
    }

    #[test]
    fn weakest_first_and_pages_take_their_sections_together() {
        let mut story = Story::new();
        story.answer_on("a", true, "p.html#one", "strong");
        story.answer_on("b", false, "p.html#two", "weak");
        story.answer_on("c", false, "", "");
        let learner = story.learner();
        let names = |by| learner.mastery(by, DAY_ONE).iter().map(|m| m.subject.clone()).collect::<Vec<_>>();
        assert_eq!(names(By::Objective), ["weak", "strong"]);
        assert_eq!(names(By::Section), ["p.html#two", "p.html#one"]);
        assert_eq!(names(By::Page), ["p.html"]);
        assert_eq!(learner.mastery(By::Page, DAY_ONE)[0].questions, 2);
    }
}
