//! Quantities: a number with its unit, and numbers that could stand in its place.

use super::super::question::Choice;
use super::Ground;
use super::sentence::{Mark, Piece, Sentence};

/// A number that can be left out of a text.
pub struct Quantity {
    /// What stands before it in its piece.
    pub before: String,
    /// As it is written.
    pub number: String,
    /// What stands after it.
    pub after: String,
    /// The number and others.
    pub options: Vec<Choice>,
}

/// What follows a number that measures or counts something worth knowing.
const UNITS: [&str; 47] = [
    "%",
    "bit",
    "bits",
    "byte",
    "bytes",
    "b",
    "kb",
    "kib",
    "mb",
    "mib",
    "gb",
    "gib",
    "tb",
    "tib",
    "ms",
    "s",
    "µs",
    "ns",
    "seconds",
    "minutes",
    "hours",
    "days",
    "hz",
    "mhz",
    "ghz",
    "w",
    "mw",
    "kw",
    "wh",
    "kwh",
    "j",
    "mj",
    "pj",
    "nj",
    "flops",
    "gflop/s",
    "tflop/s",
    "gb/s",
    "tb/s",
    "mb/s",
    "cycles",
    "parameters",
    "weights",
    "cores",
    "elements",
    "characters",
    "digits",
];

/// Words before a number that only names something.
const NAMES: [&str; 16] = [
    "listing", "figure", "table", "chapter", "section", "version", "rust", "edition", "page", "equation",
    "step", "line", "lines", "example", "part", "batch",
];

/// Whether a number in `sentence` belongs to a thing that has a name, and not to a worked example.
pub fn is_worth_knowing(ground: &Ground, sentence: &Sentence) -> bool {
    let is_name = |piece: &Piece| matches!(piece.mark, Mark::Code | Mark::Term);
    let named = sentence.pieces.first().is_some_and(is_name)
        || sentence.pieces.get(1).is_some_and(|piece| {
            is_name(piece) && matches!(sentence.pieces[0].text.trim(), "A" | "An" | "The")
        });
    named && !ground.part.is_example
}

/// The numbers in piece `index` of `sentence` that can be left out.
pub fn find(ground: &Ground, sentence: &Sentence, index: usize) -> Vec<Quantity> {
    let text = &sentence.pieces[index].text;
    let plain = sentence.plain();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|letter: char| letter.is_ascii_digit()).map(|offset| at + offset)
    {
        let end = number_end(text, start);
        at = end;
        let number = &text[start..end];
        let before = &text[..start];
        let after = &text[end..];
        let glued = before.chars().next_back().is_some_and(|letter| {
            letter.is_alphanumeric() || matches!(letter, '-' | '/' | '.' | '×' | '^' | '#')
        });
        let unit: String = after
            .trim_start_matches(['\u{a0}', '\u{202f}', ' '])
            .chars()
            .take_while(|letter| !letter.is_whitespace() && !matches!(letter, ',' | ';' | '.' | ')'))
            .collect();
        let named = super::sentence::words(before).last().is_some_and(|word| NAMES.contains(&word.as_str()));
        let is_unit = UNITS.contains(&unit.to_lowercase().as_str());
        let once = plain.matches(number).count() == 1;
        let few = plain.chars().filter(char::is_ascii_digit).count() <= number.len() + 3;
        if glued || named || !is_unit || !once || !few || after.starts_with(char::is_alphabetic) {
            continue;
        }
        let percent = unit == "%";
        if let Some(options) = options(ground, number, percent) {
            let (before, number, after) = (before.to_owned(), number.to_owned(), after.to_owned());
            found.push(Quantity { before, number, after, options });
        }
    }
    found
}

fn number_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = start;
    while is_digit(at) || (matches!(bytes.get(at), Some(b'.' | b',')) && is_digit(at + 1)) {
        at += 1;
    }
    at
}

/// The number and three near it that are written alike.
fn options(ground: &Ground, number: &str, percent: bool) -> Option<Vec<Choice>> {
    let decimals = number.split_once('.').map_or(0, |(_, part)| part.len());
    let digits: u64 = number.replace([',', '.'], "").parse().ok().filter(|digits| *digits > 0)?;
    let limit = if percent { 100 * 10_u64.pow(u32::try_from(decimals).ok()?.min(6)) } else { u64::MAX };
    let write = |digits: u64| {
        let text = format!("{digits:0width$}", width = decimals + 1);
        let (whole, part) = text.split_at(text.len() - decimals);
        let mut grouped = String::new();
        for (index, letter) in whole.chars().enumerate() {
            if number.contains(',') && index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(letter);
        }
        if decimals > 0 { format!("{grouped}.{part}") } else { grouped }
    };
    let scaled = [(2, 1), (1, 2), (4, 1), (1, 4), (10, 1), (1, 10), (3, 1)];
    let mut wrong: Vec<String> = Vec::new();
    for (times, by) in scaled {
        let exact = digits.checked_mul(times)?;
        let value = exact / by;
        let text = write(value);
        // A number that the section has as well would be a second answer to some.
        let taken = ground.part.text.contains(&format!(" {text} "));
        if exact.is_multiple_of(by)
            && value > 0
            && value <= limit
            && !taken
            && wrong.len() < super::options::WRONG
        {
            wrong.push(text);
        }
    }
    if wrong.len() < super::options::WRONG {
        return None;
    }
    let wrong = wrong.into_iter().map(|text| Choice { text, ..Choice::default() });
    let right = Choice { text: number.to_owned(), correct: true, ..Choice::default() };
    Some(std::iter::once(right).chain(wrong).collect())
}
