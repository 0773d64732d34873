//! `Range`: one part of a file, for players that seek and downloads that go on.
//!
//! Grammar (RFC 9110, 14.1.2): `bytes=FIRST-LAST`, `bytes=FIRST-` or `bytes=-LENGTH`, all counted in bytes and
//! `LAST` included. Several ranges at once, other units and nonsense are answered with the whole file, as the
//! standard allows.

use std::ops::Range;

/// Which part of a file is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// These bytes, at least one.
    Bytes(Range<usize>),
    /// A part that the file does not have.
    Outside,
}

/// What the `Range` header `text` wants of a file of `length` bytes.
pub fn part(text: &str, length: usize) -> Part {
    let Some((first, last)) = parse(text) else { return Part::Whole };
    let range = match (first, last) {
        (Some(first), Some(last)) if last < first => return Part::Whole,
        (Some(first), Some(last)) => first..last.saturating_add(1).min(length),
        (Some(first), None) => first..length,
        (None, Some(suffix)) => length.saturating_sub(suffix)..length,
        (None, None) => return Part::Whole,
    };
    if range.start < range.end { Part::Bytes(range) } else { Part::Outside }
}

fn parse(text: &str) -> Option<(Option<usize>, Option<usize>)> {
    let (unit, set) = text.split_once('=')?;
    let (first, last) = set.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    Some((number(first)?, number(last)?))
}

/// `Some(None)` for nothing at all, `None` for what is no number. One too large for the machine lies behind the
/// end of every file.
fn number(text: &str) -> Option<Option<usize>> {
    let text = text.trim();
    if text.is_empty() {
        return Some(None);
    }
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| Some(text.parse().unwrap_or(usize::MAX)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ranges_of_every_form() {
        assert_eq!(part("bytes=0-3", 10), Part::Bytes(0..4));
        assert_eq!(part("bytes=4-", 10), Part::Bytes(4..10));
        assert_eq!(part("bytes=-3", 10), Part::Bytes(7..10));
        assert_eq!(part("Bytes = 9-9", 10), Part::Bytes(9..10));
        assert_eq!(part("bytes=5-99999999999999999999999", 10), Part::Bytes(5..10));
        assert_eq!(part("bytes=-99", 10), Part::Bytes(0..10));
    }

    #[test]
    fn what_the_file_does_not_have_is_outside() {
        for (text, length) in
            [("bytes=10-", 10), ("bytes=10-12", 10), ("bytes=-0", 10), ("bytes=0-", 0), ("bytes=-5", 0)]
        {
            assert_eq!(part(text, length), Part::Outside, "{text} of {length}");
        }
    }

    #[test]
    fn what_is_not_one_range_is_the_whole_file() {
        for text in [
            "",
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=a-b",
            "bytes=0-1,4-5",
            "bytes=5-2",
            "pages=1-2",
            "bytes=+1-2",
            "bytes=1-2-3",
        ] {
            assert_eq!(part(text, 10), Part::Whole, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_part_lies_within_the_file(text in "bytes=[0-9]{0,20}-[0-9]{0,3}", length in 0..2000_usize) {
            if let Part::Bytes(range) = part(&text, length) {
                prop_assert!(range.start < range.end && range.end <= length);
            }
        }

        #[test]
        fn an_empty_file_has_no_part(text: String) {
            prop_assert!(!matches!(part(&text, 0), Part::Bytes(_)));
        }
    }
}
