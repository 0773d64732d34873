//! Text that is nearly the same.

/// Calls `found` with start, end (behind the last) and number of differences of every range of `text` that differs
/// from `needle` by at most `most` insertions, deletions and replacements; of the ranges with one end, the best.
///
/// One column of the table of differences is kept, and of it only the rows that can still lead to a find.
pub(crate) fn each(text: &[char], needle: &[char], most: usize, mut found: impl FnMut(usize, usize, usize)) {
    let rows = needle.len();
    // For each row: differences between the first letters of the needle and a range that ends here, and where that
    // starts, as one number, so that the least number is the fewest differences.
    let mut column: Vec<u64> = (0..=rows as u64).map(|row| row * ONE).collect();
    // The last row with no more differences than allowed.
    let mut last = most.min(rows);
    for (at, letter) in text.iter().enumerate() {
        let mut diagonal = column[0];
        column[0] = at as u64 + 1;
        if last < rows {
            column[last + 1] = (most as u64 + 1) * ONE;
        }
        let reach = (last + 1).min(rows);
        let mut above = column[0];
        for (cell, wanted) in column[1..=reach].iter_mut().zip(needle) {
            let replaced = diagonal + u64::from(wanted != letter) * ONE;
            diagonal = *cell;
            above = replaced.min(above + ONE).min(diagonal + ONE);
            *cell = above;
        }
        last = reach;
        while last > 0 && errors(column[last]) > most {
            last -= 1;
        }
        if last == rows {
            let best = column[rows];
            found((best % ONE) as usize, at + 1, errors(best));
        }
    }
}

/// One difference, in numbers whose lower half is a start.
const ONE: u64 = 1 << 32;

fn errors(cell: u64) -> usize {
    (cell / ONE) as usize
}

/// Insertions, deletions and replacements between two texts.
pub(crate) fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, other) in b.iter().enumerate() {
            let next =
                (diagonal + usize::from(letter != other)).min(row[column] + 1).min(row[column + 1] + 1);
            diagonal = row[column + 1];
            row[column + 1] = next;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn letters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    proptest! {
        /// Against the plain definition: the least distance to any range with that end.
        #[test]
        fn every_end_has_its_best_range(text in "[ab ]{0,14}", needle in "[ab ]{1,6}", most in 0usize..3) {
            let (text, needle) = (letters(&text), letters(&needle));
            let mut ends = vec![None; text.len() + 1];
            each(&text, &needle, most, |start, end, errors| {
                assert_eq!(distance(&text[start..end], &needle), errors);
                ends[end] = Some(errors);
            });
            for end in 1..=text.len() {
                let best = (0..=end).map(|start| distance(&text[start..end], &needle)).min().unwrap();
                prop_assert_eq!(ends[end], Some(best).filter(|best| *best <= most));
            }
        }

        #[test]
        fn distance_is_a_metric(a in "[abc]{0,6}", b in "[abc]{0,6}", c in "[abc]{0,6}") {
            let (a, b, c) = (letters(&a), letters(&b), letters(&c));
            prop_assert_eq!(distance(&a, &a), 0);
            prop_assert_eq!(distance(&a, &b), distance(&b, &a));
            prop_assert!(distance(&a, &c) <= distance(&a, &b) + distance(&b, &c));
            prop_assert!(distance(&a, &b) >= a.len().abs_diff(b.len()));
        }
    }
}
