//! The name that was probably meant, for "did you mean" in diagnostics.

/// The candidate that takes the fewest edits (insert, delete, replace, swap neighbours) to become `name`,
/// if it is close enough to be a slip rather than another word.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.to_lowercase().chars().collect();
    let limit = (wanted.len() / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let lower: Vec<char> = candidate.to_lowercase().chars().collect();
            // The difference in length is a lower bound that spares most of the work.
            if lower.len().abs_diff(wanted.len()) > limit {
                return None;
            }
            let edits = edits(&wanted, &lower);
            (edits <= limit).then_some((edits, candidate))
        })
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance, keeping three rows of the table.
fn edits(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, l) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, r) in right.iter().enumerate() {
            let replaced = above[column] + usize::from(l != r);
            let mut best = replaced.min(above[column + 1] + 1).min(current[column] + 1);
            let swapped = row > 0 && column > 0 && *l == right[column - 1] && left[row - 1] == *r;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut above, current);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_other_words_are_not() {
        let names = ["include", "rustdoc_include", "playground", "title"];
        assert_eq!(nearest("inlcude", names), Some("include"));
        assert_eq!(nearest("Include", names), Some("include"));
        assert_eq!(nearest("titel", names), Some("title"));
        assert_eq!(nearest("quiz", names), None);
        assert_eq!(nearest("", names), None);
        assert_eq!(nearest("playgrounds", names), Some("playground"));
    }

    #[test]
    fn the_closest_of_several_wins() {
        assert_eq!(nearest("ch01-02-x.md", ["ch01-01-y.md", "ch01-02-y.md"]), Some("ch01-02-y.md"));
    }

    #[test]
    fn distances_are_exact() {
        let count = |l: &str, r: &str| edits(&l.chars().collect::<Vec<_>>(), &r.chars().collect::<Vec<_>>());
        assert_eq!((count("kitten", "sitting"), count("ab", "ba"), count("", "abc")), (3, 1, 3));
    }
}
