//! The few lines of a document that show best why it was found.

use super::SAME;
use super::rank::Marks;
use super::words;

/// Bytes of text that a snippet aims at.
const LENGTH: usize = 180;

/// A text in pieces, each with whether it is what the query asks for.
pub(super) type Pieces = Vec<(String, bool)>;

/// A word of the query in a text.
struct Match {
    /// Where it starts, in bytes.
    start: usize,
    /// Where it ends.
    end: usize,
    /// Its place in the query.
    word: usize,
    /// Whether readers see it marked.
    shown: bool,
}

/// The best part of `text`, whose terms are `tokens`, and how much of the query's importance it shows.
pub(super) fn snippet(text: &str, tokens: &[u32], marks: &Marks, importance: &[f32]) -> (Pieces, f32) {
    let matches = matches(text, tokens, marks);
    let (start, gain) = best_start(text, &matches, importance);
    let range = bounds(text, start);
    let mut pieces = marked(text, range.clone(), &matches);
    if range.start > 0 {
        pieces.insert(0, ("… ".to_owned(), false));
    }
    if range.end < text.trim_end().len() {
        pieces.push((" …".to_owned(), false));
    }
    (merged(pieces), gain)
}

/// The whole of `text`, whose terms are `tokens`, with what the query asks for marked.
pub(super) fn mark(text: &str, tokens: &[u32], marks: &Marks) -> Pieces {
    merged(marked(text, 0..text.len(), &matches(text, tokens, marks)))
}

/// The words of the query in `text`, whose terms are `tokens`.
fn matches(text: &str, tokens: &[u32], marks: &Marks) -> Vec<Match> {
    let mut matches = Vec::new();
    let mut tokens = tokens.iter();
    words::each(text, &mut |word| {
        let Some(term) = tokens.next().map(|token| token & !SAME) else { return };
        if let Some((number, _)) = marks.get(term) {
            let shown = marks.shows(term);
            matches.push(Match { start: word.range.start, end: word.range.end, word: number, shown });
        }
    });
    matches
}

/// Where to begin so that as much as possible of what is asked comes into view.
fn best_start(text: &str, matches: &[Match], importance: &[f32]) -> (usize, f32) {
    let mut best = (0, 0.0);
    for (at, first) in matches.iter().enumerate() {
        let mut seen = 0u64;
        let mut gain = 0.0;
        for found in matches[at..].iter().take_while(|found| found.end <= first.start + LENGTH) {
            let worth = importance.get(found.word).copied().unwrap_or(0.0);
            // A word seen again adds a little: it is likely what the place is about.
            gain += if seen >> found.word & 1 == 1 { worth * 0.1 } else { worth };
            seen |= 1 << found.word;
        }
        if gain > best.1 {
            best = (first.start, gain);
        }
    }
    (sentence_start(text, best.0), best.1)
}

/// Goes back to where the sentence begins, if that is near, else to a word some way before.
fn sentence_start(text: &str, at: usize) -> usize {
    let from = text.floor_char_boundary(at.saturating_sub(LENGTH / 2));
    let before = &text[from..at];
    if from == 0 && !before.contains(['.', '\n', '。', '？', '！']) {
        return 0;
    }
    let ends = [". ", "? ", "! ", ".\n", "\n", "。", "？", "！"];
    let sentence = ends.iter().filter_map(|end| before.rfind(end).map(|at| at + end.len())).max();
    let word = || {
        let near = before.floor_char_boundary(before.len().saturating_sub(LENGTH / 4));
        before[near..].find(' ').map_or(before.len(), |space| near + space + 1)
    };
    from + sentence.unwrap_or_else(word)
}

fn bounds(text: &str, start: usize) -> std::ops::Range<usize> {
    if start + LENGTH >= text.len() {
        return start..text.trim_end().len().max(start);
    }
    let end = text.floor_char_boundary(start + LENGTH);
    // Back to the end of a word, unless the script has no spaces.
    let end = text[start..end]
        .rfind(char::is_whitespace)
        .filter(|&end| end > LENGTH / 2)
        .map_or(end, |at| start + at);
    start..end
}

fn marked(text: &str, range: std::ops::Range<usize>, matches: &[Match]) -> Pieces {
    let mut pieces = Vec::new();
    let mut at = range.start;
    for found in matches.iter().filter(|found| found.shown) {
        let (start, end) = (found.start.max(at), found.end.min(range.end));
        if start < end {
            pieces.push((one_line(&text[at..start]), false));
            pieces.push((one_line(&text[start..end]), true));
            at = end;
        }
    }
    pieces.push((one_line(&text[at..range.end.max(at)]), false));
    pieces
}

/// White space as a single space.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter.is_whitespace() {
            true if out.ends_with(' ') => {}
            true => out.push(' '),
            false => out.push(letter),
        }
    }
    out
}

/// Joins neighbours of one kind; a space between two marked words stays unmarked.
fn merged(pieces: Pieces) -> Pieces {
    let mut out: Pieces = Vec::new();
    for (text, hit) in pieces.into_iter().filter(|(text, _)| !text.is_empty()) {
        match out.last_mut() {
            Some((last, kind)) if *kind == hit => {
                let text = if last.ends_with(' ') { text.trim_start_matches(' ') } else { &text };
                last.push_str(text);
            }
            _ => out.push((text, hit)),
        }
    }
    out
}
