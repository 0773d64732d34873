//! Every word of a book, once, and the number that stands for it.

use super::stem::stem;
use super::typo::distance;

/// A number for the stem of words; what documents consist of.
pub(super) type Term = u32;

/// Words and their stems. Both live in one table, because most words are their own stem.
pub(super) struct Vocabulary {
    english: bool,
    /// All words, one after the other.
    text: String,
    entries: Vec<Entry>,
    /// Open addressing: index into `entries` plus one, 0 where free. Its length is a power of two.
    slots: Vec<u32>,
}

struct Entry {
    start: u32,
    end: u32,
    /// The term of this word; `None` for a stem that is not itself a word of the book.
    term: Option<Term>,
    /// Which letters occur, one bit each: a quick no for misspellings.
    letters: u32,
}

impl Vocabulary {
    pub(super) fn new(english: bool) -> Self {
        Self { english, text: String::new(), entries: Vec::new(), slots: vec![0; 1024] }
    }

    /// One more than the largest term.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The term of a word of the book.
    pub(super) fn add(&mut self, word: &str) -> Term {
        let index = self.intern(word);
        if let Some(term) = self.entries[index].term {
            return term;
        }
        let stem = self.stemmed(word);
        let term = if stem == word { index } else { self.intern(&stem) };
        // There are fewer words than bytes, whose number fits 32 bits.
        let term = term as u32;
        self.entries[index].term = Some(term);
        term
    }

    /// The term of a word, if the book has any form of it.
    pub(super) fn term(&self, word: &str) -> Option<Term> {
        self.find(&self.stemmed(word)).ok().map(|index| index as u32)
    }

    /// Whether two words have the same stem.
    pub(super) fn same_stem(&self, a: &str, b: &str) -> bool {
        a == b || a.as_bytes().first() == b.as_bytes().first() && self.stemmed(a) == self.stemmed(b)
    }

    /// The terms of all words that begin with `start`, with each word.
    pub(super) fn starting(&self, start: &str) -> impl Iterator<Item = (&str, Term)> {
        let first = start.as_bytes().first().copied();
        let text = self.text.as_bytes();
        self.entries
            .iter()
            .filter(move |entry| text.get(entry.start as usize).copied() == first)
            .filter_map(|entry| Some((self.slice(entry), entry.term?)))
            .filter(move |(word, _)| word.starts_with(start))
    }

    /// The terms of words that may be meant where `word` was written, with the number of slips.
    pub(super) fn similar(&self, word: &str) -> Vec<(Term, usize)> {
        let letters: Vec<char> = word.chars().collect();
        let most = match letters.len() {
            0..4 => return Vec::new(),
            4..8 => 1,
            _ => 2,
        };
        let mask = mask(word);
        let mut other = Vec::new();
        let mut found: Vec<(Term, usize)> = Vec::new();
        for entry in &self.entries {
            let Some(term) = entry.term else { continue };
            let bytes = (entry.end - entry.start) as usize;
            // A slip changes at most two bits: one letter goes, another comes.
            let differs = (entry.letters ^ mask).count_ones() as usize > 2 * most;
            if differs || bytes.abs_diff(word.len()) > 4 * most {
                continue;
            }
            other.clear();
            other.extend(self.slice(entry).chars());
            if let Some(slips) = distance(&letters, &other, most).filter(|&slips| slips > 0) {
                // A different first letter is rarely a slip, and makes for surprising results.
                let slips = slips + usize::from(letters.first() != other.first());
                if slips <= most {
                    found.push((term, slips));
                }
            }
        }
        found.sort_unstable();
        found.dedup_by_key(|(term, _)| *term);
        found
    }

    fn stemmed(&self, word: &str) -> String {
        let mut word = word.to_owned();
        if self.english {
            stem(&mut word);
        }
        word
    }

    fn slice(&self, entry: &Entry) -> &str {
        &self.text[entry.start as usize..entry.end as usize]
    }

    fn intern(&mut self, word: &str) -> usize {
        let slot = match self.find(word) {
            Ok(index) => return index,
            Err(slot) => slot,
        };
        let start = self.text.len() as u32;
        self.text.push_str(word);
        let end = self.text.len() as u32;
        self.entries.push(Entry { start, end, term: None, letters: mask(word) });
        self.slots[slot] = self.entries.len() as u32;
        if self.entries.len() * 2 > self.slots.len() {
            self.grow();
        }
        self.entries.len() - 1
    }

    /// The index of a word, or the slot where it belongs.
    fn find(&self, word: &str) -> Result<usize, usize> {
        let last = self.slots.len() - 1;
        let mut slot = hash(word) as usize & last;
        loop {
            match (self.slots[slot] as usize).checked_sub(1) {
                None => return Err(slot),
                Some(index) if self.slice(&self.entries[index]) == word => return Ok(index),
                Some(_) => slot = (slot + 1) & last,
            }
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        for index in 0..self.entries.len() {
            if let Err(slot) = self.find(self.slice(&self.entries[index])) {
                self.slots[slot] = index as u32 + 1;
            }
        }
    }
}

fn mask(word: &str) -> u32 {
    word.chars().fold(0, |mask, letter| mask | 1 << (letter as u32 % 32))
}

/// FNV-1a, with its upper half mixed in.
fn hash(word: &str) -> u32 {
    let hash =
        word.bytes().fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash ^ hash >> 15
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        let mut vocabulary = Vocabulary::new(true);
        for word in words {
            vocabulary.add(word);
        }
        vocabulary
    }

    #[test]
    fn forms_share_a_term() {
        let mut vocabulary = vocabulary(&["memories", "memory", "own"]);
        assert_eq!(vocabulary.add("memory"), vocabulary.add("memories"));
        assert_eq!(vocabulary.term("memory"), Some(vocabulary.add("memories")));
        assert_ne!(vocabulary.add("own"), vocabulary.add("memory"));
        assert_eq!(vocabulary.term("owning"), Some(vocabulary.add("own")));
        assert_eq!(vocabulary.term("absent"), None);
    }

    #[test]
    fn many_words_are_all_found_again() {
        let mut vocabulary = Vocabulary::new(false);
        let terms: Vec<Term> = (0..5000).map(|number| vocabulary.add(&format!("w{number}"))).collect();
        for (number, term) in terms.iter().enumerate() {
            assert_eq!(vocabulary.term(&format!("w{number}")), Some(*term));
        }
        assert_eq!(vocabulary.len(), 5000);
    }

    #[test]
    fn beginnings_are_those_of_words_not_of_stems() {
        let vocabulary = vocabulary(&["initialization", "initial", "other", "memory"]);
        let words: Vec<_> = vocabulary.starting("initia").map(|(word, _)| word).collect();
        assert_eq!(words, ["initialization", "initial"]);
        // `memori` is only a stem.
        assert_eq!(vocabulary.starting("memori").count(), 0);
    }

    #[test]
    fn slips_are_allowed_by_length() {
        let vocabulary = vocabulary(&["ownership", "trait", "let", "fn"]);
        let ownership = vocabulary.term("ownership").unwrap();
        assert_eq!(vocabulary.similar("onwership"), [(ownership, 1)]);
        assert_eq!(vocabulary.similar("onwersihp"), [(ownership, 2)]);
        assert_eq!(vocabulary.similar("triat"), [(vocabulary.term("trait").unwrap(), 1)]);
        assert!(vocabulary.similar("lte").is_empty());
        assert!(vocabulary.similar("trxxt").is_empty());
        assert!(vocabulary.similar("brait").is_empty());
    }
}
