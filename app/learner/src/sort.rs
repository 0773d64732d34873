//! Sorting in little code: the standard library's sorts are compiled anew for every type, at three kilobytes each.

use std::cmp::Ordering;

/// Sorts, and leaves equal items in their order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = sorted(items.len(), &|a, b| compare(&items[a as usize], &items[b as usize]));
    // Item `order[at]` belongs at `at`; each round of places that take from each other is walked once.
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let from = order[at] as usize;
            order[at] = at as u32;
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Sorts by a key that is cheap to make.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The numbers below `count` in order: a merge sort from runs of one upwards, quick where much is in order already.
fn sorted(count: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count as u32).collect();
    let mut merged = order.clone();
    let mut width = 1;
    while width < count {
        for start in (0..count).step_by(2 * width) {
            let middle = (start + width).min(count);
            let end = (middle + width).min(count);
            merge(&order[start..middle], &order[middle..end], &mut merged[start..end], compare);
        }
        std::mem::swap(&mut order, &mut merged);
        width *= 2;
    }
    order
}

fn merge(left: &[u32], right: &[u32], to: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    let (mut a, mut b) = (0, 0);
    if let (Some(last), Some(first)) = (left.last(), right.first())
        && compare(*last, *first).is_le()
    {
        to[..left.len()].copy_from_slice(left);
        to[left.len()..].copy_from_slice(right);
        return;
    }
    for place in to {
        let from_left = match (left.get(a), right.get(b)) {
            (Some(left), Some(right)) => compare(*left, *right).is_le(),
            (left, _) => left.is_some(),
        };
        *place = if from_left { left[a] } else { right[b] };
        a += usize::from(from_left);
        b += usize::from(!from_left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(mut items in prop::collection::vec((0u8..9, any::<u8>()), 0..200)) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by_key(&mut items, |(key, _)| *key);
            prop_assert_eq!(items, expected);
        }
    }
}
