//! The order in which a reader sees the options: shuffled, and always the same for the same reader.

use super::hash::{Chance, START, hash};
use super::question::{Kind, Question};

/// Indexes into [`Question::options`] in the order to show them in to the reader whom `seed` stands for.
///
/// Options that speak of the others ("All of the above") stay last, and an ordering is never shown in order.
pub fn display_order(question: &Question, seed: u64) -> Vec<usize> {
    let count = question.options.len();
    let mut order: Vec<usize> = (0..count).collect();
    if question.fixed || count < 2 {
        return order;
    }
    let mut chance = Chance::new(hash(hash(START, &seed.to_le_bytes()), question.id.as_bytes()));
    chance.shuffle(&mut order);
    if question.kind == Kind::Ordering {
        if order.is_sorted() {
            order.rotate_left(1);
        }
    } else {
        order.sort_by_key(|index| speaks_of_others(&question.options[*index].text));
    }
    order
}

fn speaks_of_others(text: &str) -> bool {
    ["All of the", "None of the", "All of these", "None of these"].iter().any(|start| text.starts_with(start))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::quiz::Choice;

    fn question(id: &str, texts: &[&str]) -> Question {
        let options = texts.iter().map(|text| Choice { text: (*text).to_owned(), ..Choice::default() });
        Question { id: id.to_owned(), options: options.collect(), ..Question::default() }
    }

    #[test]
    fn every_order_comes_up_and_none_changes() {
        let question = question("q", &["a", "b", "c"]);
        let orders: BTreeSet<_> = (0..100).map(|seed| display_order(&question, seed)).collect();
        assert_eq!(orders.len(), 6);
        // Readers keep their order over versions of this program: these values must never change.
        assert_eq!(display_order(&question, 1), [2, 0, 1]);
        assert_eq!(display_order(&question, 2), [1, 0, 2]);
    }

    #[test]
    fn questions_of_one_reader_differ() {
        let orders: BTreeSet<_> =
            (0..50).map(|n| display_order(&question(&n.to_string(), &["a", "b", "c"]), 7)).collect();
        assert_eq!(orders.len(), 6);
    }

    #[test]
    fn some_orders_are_given() {
        let mut fixed = question("q", &["a", "b", "c"]);
        fixed.fixed = true;
        let last = question("q", &["None of the above", "b", "c", "d"]);
        let mut ordering = question("q", &["a", "b"]);
        ordering.kind = Kind::Ordering;
        for seed in 0..20 {
            assert_eq!(display_order(&fixed, seed), [0, 1, 2]);
            assert_eq!(display_order(&last, seed)[3], 0);
            assert_eq!(display_order(&ordering, seed), [1, 0]);
        }
    }

    proptest! {
        #[test]
        fn an_order_has_every_option_once(count in 0_usize..12, seed: u64, ordering: bool) {
            let mut question = question("x", &vec!["o"; count]);
            question.kind = if ordering { Kind::Ordering } else { Kind::MultipleChoice };
            let mut order = display_order(&question, seed);
            prop_assert!(!ordering || count < 2 || !order.is_sorted());
            order.sort_unstable();
            prop_assert_eq!(order, (0..count).collect::<Vec<_>>());
        }
    }
}
