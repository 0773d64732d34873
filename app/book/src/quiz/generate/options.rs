//! Wrong options: of the same kind as the right one, near to it, and not right as well.

use super::super::hash::Chance;
use super::super::question::Choice;

/// Wrong options in a choice.
pub const WRONG: usize = 3;

/// The right option and [`WRONG`] others out of `near` (from the same section or chapter), then `far`. At least one is
/// as long as the right one where there is such a one, so that length gives nothing away. `None`: too few.
pub fn choices(right: &str, near: &[String], far: &[String], chance: &mut Chance) -> Option<Vec<Choice>> {
    let mut wrong: Vec<String> = Vec::new();
    for group in [near, far] {
        let mut group: Vec<&String> = group.iter().collect();
        chance.shuffle(&mut group);
        // The closest in length first, without being strict about it.
        group.sort_by_key(|text| length(text).abs_diff(length(right)) / 4);
        for text in group {
            if wrong.len() < WRONG && !same(text, right) && !wrong.iter().any(|other| same(other, text)) {
                wrong.push(text.clone());
            }
        }
    }
    if wrong.len() < WRONG {
        return None;
    }
    if wrong.iter().all(|text| length(text) < length(right)) {
        let longer = near.iter().chain(far).find(|text| {
            length(text) >= length(right)
                && !same(text, right)
                && !wrong.iter().any(|other| same(other, text))
        });
        if let Some(longer) = longer {
            wrong.pop();
            wrong.push(longer.clone());
        }
    }
    let wrong = wrong.into_iter().map(|text| Choice { text, ..Choice::default() });
    let right = Choice { text: right.to_owned(), correct: true, ..Choice::default() };
    Some(std::iter::once(right).chain(wrong).collect())
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether two texts are one word in two forms.
pub fn same(left: &str, right: &str) -> bool {
    let stem = |text: &str| {
        let plain = super::super::text::plain(text, false).replace(['-', '`'], "");
        plain.strip_suffix('s').map_or(plain.clone(), str::to_owned)
    };
    stem(left) == stem(right)
}
