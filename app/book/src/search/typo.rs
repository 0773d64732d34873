//! How far apart two words are.

/// Words longer than this are never taken for misspellings.
const LONGEST: usize = 32;

/// Letters that must be inserted, removed, replaced or swapped with their neighbour to get from `a` to `b`;
/// `None` where that is more than `most`.
pub(super) fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most || a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    // Rows of the usual table: the one being filled, the one before it and the one before that.
    let mut rows = [[0usize; LONGEST + 1]; 3];
    for (at, cell) in rows[0].iter_mut().enumerate() {
        *cell = at;
    }
    for (i, from) in a.iter().enumerate() {
        let (now, before, earlier) = ((i + 1) % 3, i % 3, (i + 2) % 3);
        rows[now][0] = i + 1;
        let mut least = i + 1;
        for (j, to) in b.iter().enumerate() {
            let mut cell = rows[before][j] + usize::from(from != to);
            cell = cell.min(rows[before][j + 1] + 1).min(rows[now][j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *to && *from == b[j - 1] {
                cell = cell.min(rows[earlier][j - 1] + 1);
            }
            rows[now][j + 1] = cell;
            least = least.min(cell);
        }
        if least > most {
            return None;
        }
    }
    Some(rows[a.len() % 3][b.len()]).filter(|&distance| distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn between(a: &str, b: &str, most: usize) -> Option<usize> {
        distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>(), most)
    }

    #[test]
    fn each_kind_of_slip_counts_one() {
        for slip in ["ownrship", "owwnership", "ownetship", "onwership"] {
            assert_eq!(between(slip, "ownership", 1), Some(1), "{slip}");
        }
        assert_eq!(between("ownership", "ownership", 0), Some(0));
        assert_eq!(between("onwersihp", "ownership", 2), Some(2));
        assert_eq!(between("abc", "xyz", 2), None);
        assert_eq!(between("", "ab", 2), Some(2));
    }

    proptest! {
        #[test]
        fn distance_is_symmetric_and_bounded(a in "[ab]{0,6}", b in "[ab]{0,6}") {
            let there = between(&a, &b, 9);
            prop_assert_eq!(there, between(&b, &a, 9));
            let there = there.unwrap();
            prop_assert!(there <= a.len().max(b.len()));
            prop_assert_eq!(there == 0, a == b);
            for most in 0..9 {
                prop_assert_eq!(between(&a, &b, most), Some(there).filter(|&there| there <= most));
            }
        }
    }
}
