//! The report: what a reader may print or show a teacher.

use crate::badges::Standing;
use crate::day::{Day, Moment};
use crate::learner::Learner;
use crate::mastery::{By, Mastery};
use crate::streak::Streak;

/// Stability, in days, from which a card counts as known for good.
const MATURE: f32 = 21.0;

/// Everything in numbers; the reader app puts them into words.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The first day on which something was done.
    pub since: Option<Day>,
    /// Days that count for the streak.
    pub days: u32,
    /// Milliseconds read.
    pub ms: u64,
    /// Pages of the book finished, and pages of the book.
    pub pages: (u32, u32),
    /// Questions answered.
    pub questions: u32,
    /// Of those, right at the first attempt.
    pub first_right: u32,
    /// Of those, right at the last attempt.
    pub last_right: u32,
    /// All answers in the text.
    pub answers: u32,
    /// All reviews.
    pub reviews: u32,
    /// Cards asked again on a later day, and of these the recalled.
    pub recalls: (u32, u32),
    /// Cards in the review.
    pub cards: u32,
    /// Of those, known for three weeks or more.
    pub mature: u32,
    /// Cards due today, overdue ones too.
    pub due: u32,
    /// Names of cards that do not stick.
    pub leeches: Vec<String>,
    /// Marks, and of these the ones with a note.
    pub marks: (u32, u32),
    /// Objectives, the weakest first.
    pub objectives: Vec<Mastery>,
    /// The streak.
    pub streak: Streak,
    /// Badges.
    pub badges: Vec<Standing>,
}

impl Learner {
    /// The report as of `now`. `pages` are the addresses of the book's pages.
    #[must_use]
    pub fn report(&self, now: Moment, pages: &[&str]) -> Report {
        let today = now.day();
        let count = |holds: &dyn Fn(&crate::learner::Question) -> bool| {
            self.questions().filter(|(_, question)| holds(question)).count() as u32
        };
        let memories = || self.cards.iter().filter_map(|(_, card)| card.memory);
        let finished =
            pages.iter().filter(|page| self.page(page).is_some_and(|page| page.finished.is_some()));
        Report {
            since: self.days.first().map(|(day, _)| *day),
            days: self.days_that_count().count() as u32,
            ms: self.days.iter().map(|(_, totals)| totals.ms).sum(),
            pages: (finished.count() as u32, pages.len() as u32),
            questions: count(&|_| true),
            first_right: count(&|question| question.attempts.first().is_some_and(|attempt| attempt.right)),
            last_right: count(&|question| question.last().is_some_and(|attempt| attempt.right)),
            answers: self.days.iter().map(|(_, totals)| totals.answered).sum(),
            reviews: self.days.iter().map(|(_, totals)| totals.reviewed).sum(),
            recalls: self.recalls,
            cards: memories().count() as u32,
            mature: memories().filter(|memory| memory.stability >= MATURE).count() as u32,
            due: self.forecast(now, 1)[0],
            leeches: self.leeches().into_iter().map(str::to_owned).collect(),
            marks: (
                self.marks.len() as u32,
                self.marks.iter().filter(|mark| !mark.note.is_empty()).count() as u32,
            ),
            objectives: self.mastery(By::Objective, today),
            streak: self.streak(today),
            badges: self.badges(today, pages),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{FIRST_DAY, Story};

    #[test]
    fn the_report_counts_what_was_done() {
        let mut story = Story::new();
        story.read("a.html", 600_000, true);
        story.answer("q", false);
        story.answer("q", true);
        story.answer("r", true);
        story.note("a.html", "why?");
        story.go_to_day(3);
        story.answer("r", false);
        let report = story.learner().report(story.now(), &["a.html", "b.html"]);
        assert_eq!((report.since, report.days, report.ms), (Some(FIRST_DAY), 2, 600_000));
        assert_eq!((report.pages, report.marks), ((1, 2), (1, 1)));
        assert_eq!((report.questions, report.first_right, report.last_right, report.answers), (2, 1, 1, 4));
        assert_eq!((report.cards, report.recalls, report.reviews), (2, (1, 0), 0));
        assert_eq!(report.due, 2, "one forgotten a moment ago, one due since yesterday");
        assert_eq!(report.objectives.len(), 1);
    }
}
