//! Finding marked text again, also after the page was edited.
//!
//! 1. *Exact.* The quote stands in the text, but for white space. Of several places, the one whose surroundings are
//!    most like those noted, then the nearest to where it was. A short quote counts only with some of its
//!    surroundings, or if it stands there once.
//! 2. *Context.* The text before and behind it still stands, and what is between is at least half the quote.
//! 3. *Fuzzy.* Something in the text differs from the quote by no more than a fifth of its letters (insertions,
//!    deletions and replacements; Sellers' algorithm, with Ukkonen's cut-off).
//!
//! Otherwise the mark has no place any more, and is only listed. Positions count Unicode characters, as the W3C
//! standard says; JavaScript counts UTF-16 units, see [`to_utf16`].

use crate::marks::Selector;
use crate::sort::sort_by_key;

mod fuzzy;

/// Characters of context that are noted on either side.
const CONTEXT: usize = 32;
/// A quote this long needs no context to be recognized.
const LONG: usize = 12;
/// Context that a short quote needs, in characters.
const NEEDED: usize = 8;
/// Characters of context that must stand unchanged to find what is between.
const BRACKET: usize = 12;
/// Most places that are compared; a text with more is a joke.
const PLACES: usize = 1_000;
/// Most ranges between noted contexts that are compared with the quote, the nearest first.
const COMPARED: usize = 64;
/// Quotes longer than this are found by their two ends.
const LONGEST: usize = 512;
/// Length of such an end.
const END: usize = 96;

/// How a quote was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// As it was.
    Exact,
    /// Between what stood around it.
    Context,
    /// By likeness.
    Fuzzy,
}

/// Where a quote was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its first character.
    pub start: u32,
    /// The character behind its last one.
    pub end: u32,
    /// How.
    pub how: How,
}

/// The selector of characters `start` to `end` of a page's text; bounds beyond it are moved to it.
#[must_use]
pub fn describe(text: &str, start: u32, end: u32) -> Selector {
    let letters: Vec<char> = text.chars().collect();
    let to = (end as usize).min(letters.len());
    let from = (start as usize).min(to);
    let part = |range: std::ops::Range<usize>| letters[range].iter().collect::<String>();
    Selector {
        exact: part(from..to),
        prefix: part(from.saturating_sub(CONTEXT)..from),
        suffix: part(to..(to + CONTEXT).min(letters.len())),
        start: from as u32,
        end: to as u32,
    }
}

/// Where the quote is in the text of its page as it is now; `None` if it has gone.
#[must_use]
pub fn find(text: &str, selector: &Selector) -> Option<Found> {
    Page::new(text).find(selector)
}

/// The text of a page, prepared to find many quotes in it.
pub struct Page {
    /// The text with each run of white space as one space.
    letters: Vec<char>,
    /// For each of these, its place in the text.
    places: Vec<u32>,
}

impl Page {
    /// Prepares a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut page =
            Self { letters: Vec::with_capacity(text.len()), places: Vec::with_capacity(text.len()) };
        for (place, letter) in text.chars().enumerate() {
            if !letter.is_whitespace() {
                page.push(letter, place);
            } else if page.letters.last() != Some(&' ') {
                page.push(' ', place);
            }
        }
        page
    }

    fn push(&mut self, letter: char, place: usize) {
        self.letters.push(letter);
        self.places.push(place as u32);
    }

    /// See [`find`].
    #[must_use]
    pub fn find(&self, selector: &Selector) -> Option<Found> {
        let quote = Quote::new(selector, self);
        if quote.exact.is_empty() {
            return None;
        }
        let found = |(start, end), how| self.found(start, end, how);
        quote
            .find_exact()
            .map(|at| found(at, How::Exact))
            .or_else(|| quote.find_between().map(|at| found(at, How::Context)))
            .or_else(|| quote.find_like().map(|at| found(at, How::Fuzzy)))
    }

    fn found(&self, start: usize, end: usize, how: How) -> Found {
        Found { start: self.places[start], end: self.places[end - 1] + 1, how }
    }

    fn index_of(&self, place: u32) -> usize {
        self.places.partition_point(|known| *known < place)
    }

    /// Every place where `needle` stands, overlapping ones too.
    fn all(&self, needle: &[char]) -> Vec<usize> {
        let Some(first) = needle.first() else { return Vec::new() };
        let last = (self.letters.len() + 1).saturating_sub(needle.len());
        (0..last)
            .filter(|at| self.letters[*at] == *first && self.letters[*at..].starts_with(needle))
            .take(PLACES)
            .collect()
    }
}

type Range = (usize, usize);

/// The lesser is the better find: errors, context as noted, distance from where it was.
type Rank = (usize, std::cmp::Reverse<usize>, usize);

/// A quote that is looked for, with white space as the page has it.
struct Quote<'a> {
    page: &'a Page,
    exact: Vec<char>,
    prefix: Vec<char>,
    suffix: Vec<char>,
    /// Where it was, in the page's letters.
    start: usize,
}

impl<'a> Quote<'a> {
    fn new(selector: &Selector, page: &'a Page) -> Self {
        Self {
            page,
            exact: Page::new(selector.exact.trim()).letters,
            prefix: Page::new(selector.prefix.trim_start()).letters,
            suffix: Page::new(selector.suffix.trim_end()).letters,
            start: page.index_of(selector.start),
        }
    }

    fn find_exact(&self) -> Option<Range> {
        let places = self.page.all(&self.exact);
        let score = |at: &usize| self.likeness(*at, *at + self.exact.len());
        let best = *places.iter().max_by_key(|at| (score(at), std::cmp::Reverse(at.abs_diff(self.start))))?;
        let noted =
            [&self.prefix, &self.suffix].map(|side| side.iter().filter(|letter| **letter != ' ').count());
        let is_sure =
            self.exact.len() >= LONG || places.len() == 1 || score(&best) >= NEEDED.min(noted[0] + noted[1]);
        is_sure.then_some((best, best + self.exact.len()))
    }

    /// Letters of context around a range that are as noted. White space next to the quote may have come or gone.
    fn likeness(&self, start: usize, end: usize) -> usize {
        let before = self.page.letters[..start].iter().rev().skip_while(|letter| **letter == ' ');
        let noted = self.prefix.iter().rev().skip_while(|letter| **letter == ' ');
        let front = before.zip(noted).take_while(|(a, b)| a == b).count();
        let behind = self.page.letters[end..].iter().skip_while(|letter| **letter == ' ');
        let noted = self.suffix.iter().skip_while(|letter| **letter == ' ');
        front + behind.zip(noted).take_while(|(a, b)| a == b).count()
    }

    fn find_between(&self) -> Option<Range> {
        if self.prefix.len() < BRACKET || self.suffix.len() < BRACKET || self.exact.len() > LONGEST {
            return None;
        }
        let before = &self.prefix[self.prefix.len() - BRACKET..];
        let starts: Vec<usize> = self.page.all(before).iter().map(|at| at + BRACKET).collect();
        let ends = self.page.all(&self.suffix[..BRACKET]);
        let longest = self.exact.len() * 2;
        let mut ranges = Vec::new();
        for start in starts {
            let first = ends.partition_point(|end| *end < start);
            let near = ends[first..].iter().take_while(|end| *end - start <= longest);
            ranges.extend(near.map(|end| self.trimmed(start, *end)));
        }
        sort_by_key(&mut ranges, |(start, _): &Range| start.abs_diff(self.start));
        ranges.truncate(COMPARED);
        let differences = |(start, end): Range| fuzzy::distance(&self.exact, &self.page.letters[start..end]);
        let like = |(errors, (start, end)): &(usize, Range)| errors * 2 <= self.exact.len().max(end - start);
        ranges.into_iter().map(|range| (differences(range), range)).filter(like).min().map(|(_, range)| range)
    }

    /// The range without spaces at its ends.
    fn trimmed(&self, mut start: usize, mut end: usize) -> Range {
        let letters = &self.page.letters;
        while start < end && letters[start] == ' ' {
            start += 1;
        }
        while start < end && letters[end - 1] == ' ' {
            end -= 1;
        }
        (start, end)
    }

    fn find_like(&self) -> Option<Range> {
        let length = self.exact.len();
        if length < 5 {
            return None;
        }
        if length <= LONGEST {
            return self.most_like(&self.exact, self.start);
        }
        let head = self.most_like(&self.exact[..END], self.start)?;
        let tail = self.most_like(&self.exact[length - END..], head.0 + length - END)?;
        let found = tail.1.checked_sub(head.0)?;
        (found * 5 >= length * 4 && found * 4 <= length * 5).then_some((head.0, tail.1))
    }

    /// The range that is most like `needle`, then in the surroundings most like those noted, then nearest to `near`.
    fn most_like(&self, needle: &[char], near: usize) -> Option<Range> {
        let mut best: Option<(Rank, Range)> = None;
        fuzzy::each(&self.page.letters, needle, needle.len() / 5, |start, end, errors| {
            if best.is_some_and(|((fewest, ..), _)| errors > fewest) {
                return;
            }
            let rank = (errors, std::cmp::Reverse(self.likeness(start, end)), start.abs_diff(near));
            if best.is_none_or(|(known, _)| rank < known) {
                best = Some((rank, (start, end)));
            }
        });
        best.map(|(_, (start, end))| self.trimmed(start, end)).filter(|(start, end)| start < end)
    }
}

/// A place counted in characters as JavaScript counts it, in UTF-16 units.
#[must_use]
pub fn to_utf16(text: &str, place: u32) -> u32 {
    text.chars().take(place as usize).map(|letter| letter.len_utf16() as u32).sum()
}

/// A place counted in UTF-16 units, counted in characters; one within a character is moved to its beginning.
#[must_use]
pub fn from_utf16(text: &str, units: u32) -> u32 {
    let mut passed = 0;
    let before = text.chars().take_while(|letter| {
        passed += letter.len_utf16() as u32;
        passed <= units
    });
    before.count() as u32
}

#[cfg(test)]
mod tests;
