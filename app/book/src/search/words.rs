//! Cuts text into the words that search compares.
//!
//! Letters and digits make words; an identifier is found by its parts and as a whole (`read_line` and
//! `readLine` by `read`, `line` and `readline`); scripts that write no spaces are cut into single letters
//! and pairs of neighbours, which finds any run of them without a dictionary.

use std::ops::Range;

use super::fold::fold;

/// Longer words are cut off: hashes and base64 need not be searchable to their end.
const LONGEST: usize = 48;

/// A word found in a text.
pub(super) struct Word<'a> {
    /// Folded: lower case, no accents.
    pub(super) text: &'a str,
    /// Where it stands in the text, in bytes.
    pub(super) range: Range<usize>,
    /// Whether it stands at the same place as the word before it: a whole beside its first part.
    pub(super) same: bool,
    /// What it is to a query.
    pub(super) kind: Kind,
}

/// How much of an expression a word is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A word by itself.
    Plain,
    /// A part of an identifier.
    Part,
    /// An identifier with several parts.
    Whole,
    /// A single letter of a script without spaces.
    Letter,
    /// Two neighbouring letters of such a script.
    Pair,
}

/// Calls `emit` for every word of `text`, in order.
pub(super) fn each(text: &str, emit: &mut dyn FnMut(Word)) {
    let mut buffer = String::new();
    let mut at = 0;
    while at < text.len() {
        at = match simple(text, at) {
            Simple::Nothing => at + 1,
            Simple::Word(end) => {
                let word = &text[at..end];
                let folded = if word.as_bytes()[0].is_ascii_uppercase() {
                    folded(word, &mut buffer);
                    &buffer
                } else {
                    word
                };
                emit(Word { text: folded, range: at..end, same: false, kind: Kind::Plain });
                end
            }
            Simple::No => run(text, at, &mut buffer, emit),
        };
    }
}

/// What stands at a place in a text, as far as its bytes tell.
enum Simple {
    /// No letter or digit.
    Nothing,
    /// A word of plain letters and digits, up to here; only its first letter may be a capital.
    Word(usize),
    /// Something that must be looked at letter by letter.
    No,
}

/// Most words are simple, and are found several times faster.
fn simple(text: &str, at: usize) -> Simple {
    let bytes = text.as_bytes();
    if !bytes[at].is_ascii_alphanumeric() {
        return if bytes[at] != b'_' && bytes[at].is_ascii() { Simple::Nothing } else { Simple::No };
    }
    let rest = &bytes[at + 1..];
    let length = rest.iter().position(|byte| !byte.is_ascii_lowercase() && !byte.is_ascii_digit());
    let length = length.unwrap_or(rest.len());
    match rest.get(length) {
        _ if length >= LONGEST => Simple::No,
        None => Simple::Word(at + 1 + length),
        Some(next) if !next.is_ascii() || next.is_ascii_uppercase() || matches!(next, b'_' | b'\'') => {
            Simple::No
        }
        Some(_) => Simple::Word(at + 1 + length),
    }
}

/// Emits the words of the run of letters at `at`, of whatever script, and returns where it ends.
fn run(text: &str, at: usize, buffer: &mut String, emit: &mut dyn FnMut(Word)) -> usize {
    let letters = text[at..].char_indices().map(|(start, letter)| (at + start, letter));
    let Some(first) = text[at..].chars().next() else { return text.len() };
    let dense = is_dense(first);
    if !dense && !is_word(first) {
        return at + first.len_utf8();
    }
    let mut end = at;
    for (start, letter) in letters {
        let next = start + letter.len_utf8();
        let inside = if dense {
            is_dense(letter)
        } else {
            !is_dense(letter) && (is_word(letter) || joins(letter, text[next..].chars().next(), start > at))
        };
        if !inside {
            break;
        }
        end = next;
    }
    if dense {
        pairs(text, at..end, buffer, emit);
    } else {
        identifier(text, at..end, buffer, emit);
    }
    end
}

fn is_word(letter: char) -> bool {
    letter == '_' || letter.is_alphanumeric() || matches!(letter, '\u{300}'..='\u{36f}')
}

/// An apostrophe inside a word, as in `don't`.
fn joins(letter: char, next: Option<char>, inside: bool) -> bool {
    matches!(letter, '\'' | '’') && inside && next.is_some_and(char::is_alphabetic)
}

/// Letters of scripts that are written without spaces, or with spaces that do not part stems from endings.
fn is_dense(letter: char) -> bool {
    matches!(letter,
        '\u{0e01}'..='\u{0e5b}' | '\u{0e81}'..='\u{0edf}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17d3}'
        | '\u{1100}'..='\u{11ff}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}' | '\u{3105}'..='\u{318e}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}'
        | '\u{20000}'..='\u{323af}')
}

fn pairs(text: &str, range: Range<usize>, buffer: &mut String, emit: &mut dyn FnMut(Word)) {
    let mut letters = text[range.clone()].char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let start = range.start + at;
        let middle = start + letter.len_utf8();
        buffer.clear();
        fold(letter, buffer);
        emit(Word { text: buffer, range: start..middle, same: false, kind: Kind::Letter });
        if let Some(&(_, next)) = letters.peek() {
            fold(next, buffer);
            emit(Word { text: buffer, range: start..middle + next.len_utf8(), same: true, kind: Kind::Pair });
        }
    }
}

fn identifier(text: &str, range: Range<usize>, buffer: &mut String, emit: &mut dyn FnMut(Word)) {
    let word = &text[range.clone()];
    // `author's` is about an author.
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let mut rest = 0..word.len();
    let Some(first) = next_part(word, &mut rest) else { return };
    let place = |part: &Range<usize>| range.start + part.start..range.start + part.end;
    let single = next_part(word, &mut rest.clone()).is_none();
    let mut part = first.clone();
    loop {
        folded(&word[part.clone()], buffer);
        if !buffer.is_empty() {
            let kind = if single { Kind::Plain } else { Kind::Part };
            emit(Word { text: buffer, range: place(&part), same: false, kind });
        }
        if !single && part == first {
            folded(word, buffer);
            emit(Word { text: buffer, range: place(&(0..word.len())), same: true, kind: Kind::Whole });
        }
        let Some(next) = next_part(word, &mut rest) else { return };
        part = next;
    }
}

/// Takes the next part of an identifier off `rest`: up to `_` or to where a capital begins a new word.
fn next_part(word: &str, rest: &mut Range<usize>) -> Option<Range<usize>> {
    let skipped = word[rest.clone()].len() - word[rest.clone()].trim_start_matches(['_', '\'', '’']).len();
    let start = rest.start + skipped;
    let mut letters = word[start..rest.end].char_indices().peekable();
    let mut before = letters.next()?.1;
    let mut end = rest.end;
    while let Some((at, letter)) = letters.next() {
        let after = letters.peek().map(|&(_, after)| after);
        let begins = letter.is_uppercase()
            && (before.is_lowercase() || before.is_uppercase() && after.is_some_and(char::is_lowercase));
        if letter == '_' || begins {
            end = start + at;
            break;
        }
        before = letter;
    }
    rest.start = end;
    Some(start..end)
}

fn folded(word: &str, out: &mut String) {
    out.clear();
    for letter in word.chars() {
        if out.len() >= LONGEST {
            break;
        }
        if !matches!(letter, '_' | '\'' | '’') {
            fold(letter, out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Words with a space between places and a `+` between words at one place.
    fn words(text: &str) -> String {
        let mut out = String::new();
        each(text, &mut |word| {
            if !out.is_empty() {
                out.push(if word.same { '+' } else { ' ' });
            }
            out.push_str(word.text);
        });
        out
    }

    #[test]
    fn running_text() {
        assert_eq!(words("The author's cafés — don't, “stop” 3.14!"), "the author cafes dont stop 3 14");
    }

    #[test]
    fn identifiers_are_whole_and_parts() {
        assert_eq!(words("read_line"), "read+readline line");
        assert_eq!(words("StorageMap::new"), "storage+storagemap map new");
        assert_eq!(words("HTTPServer2"), "http+httpserver2 server2");
        assert_eq!(words("__init__ _x_ _ felt252 &'a u8"), "init x felt252 a u8");
        assert_eq!(words("VERSIONS"), "versions");
    }

    #[test]
    fn simple_words_are_as_others() {
        // Beside each kind of neighbour, the fast way and the slow way find the same.
        for (text, found) in [
            ("word", "word"),
            ("Word9 9word", "word9 9word"),
            ("wordé word\u{301}", "worde word"),
            ("word's words’", "word words"),
            ("word_ word-word", "word word word"),
            ("word所", "word 所"),
            ("aB ABc", "a+ab b a+abc bc"),
        ] {
            assert_eq!(words(text), found, "{text}");
        }
        let long = "x".repeat(LONGEST + 9);
        assert_eq!(words(&format!("a {long} b")), format!("a {} b", &long[..LONGEST]));
    }

    #[test]
    fn scripts_without_spaces_become_pairs() {
        assert_eq!(words("所有権とは"), "所+所有 有+有権 権+権と と+とは は");
        assert_eq!(words("Rust语言"), "rust 语+语言 言");
        assert_eq!(words("소유권은 x"), "소+소유 유+유권 권+권은 은 x");
    }

    #[test]
    fn ranges_point_at_the_text() {
        let text = "Ünïcode isn't readLine 所有";
        let mut found = Vec::new();
        each(text, &mut |word| found.push(&text[word.range]));
        assert_eq!(found, ["Ünïcode", "isn't", "read", "readLine", "Line", "所", "所有", "有"]);
    }

    proptest! {
        #[test]
        fn any_text_has_words_in_order(text in any::<String>()) {
            let mut last = 0;
            each(&text, &mut |word| {
                assert!(text.get(word.range.clone()).is_some_and(|found| !found.is_empty()));
                assert!(word.range.start >= last || word.same);
                if !word.same {
                    last = word.range.start;
                }
            });
        }
    }
}
