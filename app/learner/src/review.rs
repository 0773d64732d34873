//! The review: what to ask today, and how much is coming.

use crate::day::{Day, Millis, Moment};
use crate::learner::Learner;
use crate::sort::sort_by;
use crate::table::scatter;

/// A card to ask.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// A question's id, or the card of a mark ([`crate::marks::of_card`] tells).
    pub card: String,
    /// The day it fell due; for a new card, today.
    pub since: Day,
    /// The chance that it is still known, from 0 to 1; 0 for a new card.
    pub recall: f32,
    /// Whether it was never asked before.
    pub is_new: bool,
}

/// What there is to review on one day.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Queue {
    /// To ask now, in this order: what is most likely forgotten first, new cards last. The order does not change in
    /// the course of a day.
    pub now: Vec<Due>,
    /// Failed a moment ago; to ask again from the given time on.
    pub later: Vec<(String, Millis)>,
    /// Due or new today, but beyond the limits that the reader set.
    pub beyond: usize,
}

impl Learner {
    /// What to ask at `now`. `fresh` are questions that the reader could be asked for the first time (of sections
    /// that were read, in the order of the book); those answered before are left out.
    #[must_use]
    pub fn queue(&self, now: Moment, fresh: &[&str]) -> Queue {
        let today = now.day();
        let mut queue = Queue::default();
        for (name, since) in self.due_cards() {
            let Some(card) = self.card(name).filter(|_| since <= today) else { continue };
            if card.rests_until() > now.at && card.rests_until() < now.at.saturating_add(crate::day::HOUR) {
                queue.later.push((name.to_owned(), card.rests_until()));
            } else {
                queue.now.push(Due {
                    card: name.to_owned(),
                    since,
                    recall: card.recall(today),
                    is_new: false,
                });
            }
        }
        sort_by(&mut queue.later, |a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
        let luck = |due: &Due| scatter(&due.card, today as u64);
        sort_by(&mut queue.now, |a, b| a.recall.total_cmp(&b.recall).then_with(|| luck(a).cmp(&luck(b))));
        let totals = self.totals(today);
        let limit = match self.settings.reviews_per_day {
            0 => usize::MAX,
            limit => limit.saturating_sub(totals.reviewed) as usize,
        };
        queue.beyond = queue.now.len().saturating_sub(limit);
        queue.now.truncate(limit);

        let new = self.new_cards(fresh);
        let room = (self.settings.new_per_day.saturating_sub(totals.introduced) as usize)
            .min(limit - queue.now.len());
        queue.beyond += new.len().saturating_sub(room);
        let new = new.into_iter().take(room);
        queue.now.extend(new.map(|card| Due { card, since: today, recall: 0.0, is_new: true }));
        queue
    }

    /// Cards that fall due on each of the next `days` days, today first and with all that is overdue. Each card is
    /// counted once, as if it were recalled then.
    #[must_use]
    pub fn forecast(&self, now: Moment, days: usize) -> Vec<u32> {
        let mut counts = vec![0; days];
        for (_, since) in self.due_cards() {
            let ahead = since.saturating_sub(now.day()).max(0) as usize;
            if let Some(count) = counts.get_mut(ahead) {
                *count += 1;
            }
        }
        counts
    }

    /// Cards that were forgotten so often that they left the queue, the worst first.
    #[must_use]
    pub fn leeches(&self) -> Vec<&str> {
        let mut leeches: Vec<_> = self
            .cards
            .iter()
            .filter(|(name, card)| card.is_leech() && card.suspended && self.exists(name))
            .map(|(name, card)| (u32::MAX - card.lapses, name))
            .collect();
        sort_by(&mut leeches, Ord::cmp);
        leeches.into_iter().map(|(_, name)| name).collect()
    }

    /// Cards in the queue, on whatever day, with that day.
    fn due_cards(&self) -> impl Iterator<Item = (&str, Day)> {
        let retention = self.settings.retention;
        self.cards
            .iter()
            .filter(|(name, card)| !card.suspended && self.exists(name))
            .filter_map(move |(name, card)| Some((name, card.due(name, retention)?)))
    }

    /// Whether the mark of a card is still there; of questions only the book can tell.
    fn exists(&self, card: &str) -> bool {
        crate::marks::of_card(card).is_none_or(|mark| {
            self.marks
                .binary_search_by_key(&mark, |mark| mark.id)
                .is_ok_and(|at| !self.marks[at].front.is_empty() || self.settings.review_highlights)
        })
    }

    /// Never asked: the reader's own cards and highlights first, oldest first, then what the book offers.
    fn new_cards(&self, fresh: &[&str]) -> Vec<String> {
        let is_new =
            |name: &str| self.cards.get(name).is_none_or(|card| card.memory.is_none() && !card.suspended);
        let mut marks: Vec<_> = self.marks.iter().map(|mark| (mark.made.at, mark.card())).collect();
        sort_by(&mut marks, Ord::cmp);
        let marks = marks.into_iter().map(|(_, card)| card).filter(|card| self.exists(card));
        marks.chain(fresh.iter().map(|card| (*card).to_owned())).filter(|card| is_new(card)).collect()
    }

    pub(crate) fn totals(&self, day: Day) -> crate::learner::DayTotals {
        let at = self.days.binary_search_by_key(&day, |(known, _)| *known);
        at.map(|at| self.days[at].1).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
