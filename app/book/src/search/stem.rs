//! English words cut down to the part that their forms share, after Porter's algorithm of 1980.
//!
//! Stems are compared, never shown: `memory` and `memories` both become `memori`. Porter's measure of a
//! word is the number of times a vowel is followed by a consonant; a suffix goes only where enough is left.

/// Endings of verbs and plurals are handled in code; these go where the rest has measure ≥ 1.
const DERIVED: &[(&str, &str)] = &[
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("iser", "ize"),
    ("bli", "ble"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("isation", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
    ("logi", "log"),
    ("alise", "alize"),
];

/// What may then still be there.
const ADJECTIVES: &[(&str, &str)] = &[
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
];

/// These go where the rest has measure ≥ 2.
const LAST: &[&str] = &[
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism",
    "ate", "iti", "ous", "ive", "ize", "ise",
];

/// Cuts `word`, which is in lower case, down to its stem; a word with anything but letters a–z stays.
pub(super) fn stem(word: &mut String) {
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return;
    }
    plural(word);
    verb(word);
    if word.ends_with('y') && has_vowel(word.as_bytes(), word.len() - 1) {
        replace(word, 1, "i");
    }
    for table in [DERIVED, ADJECTIVES] {
        if let Some((suffix, new)) = longest(table.iter().copied(), word)
            && measure(word.as_bytes(), word.len() - suffix.len()) > 0
        {
            replace(word, suffix.len(), new);
        }
    }
    if let Some((suffix, _)) = longest(LAST.iter().map(|suffix| (*suffix, "")), word) {
        let rest = word.len() - suffix.len();
        let fits = suffix != "ion" || word[..rest].ends_with(['s', 't']);
        if fits && measure(word.as_bytes(), rest) > 1 {
            word.truncate(rest);
        }
    }
    tidy(word);
}

/// `-s`, `-es` and `-ies`.
fn plural(word: &mut String) {
    if word.ends_with("sses") || word.ends_with("ies") {
        replace(word, 2, "");
    } else if word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") {
        replace(word, 1, "");
    }
}

/// `-ed` and `-ing`.
fn verb(word: &mut String) {
    if word.ends_with("eed") {
        if measure(word.as_bytes(), word.len() - 3) > 0 {
            replace(word, 1, "");
        }
        return;
    }
    let Some(length) =
        ["ed", "ing"].iter().find(|suffix| word.ends_with(**suffix)).map(|suffix| suffix.len())
    else {
        return;
    };
    let rest = word.len() - length;
    if !has_vowel(word.as_bytes(), rest) {
        return;
    }
    word.truncate(rest);
    let bytes = word.as_bytes();
    if ["at", "bl", "iz", "is"].iter().any(|end| word.ends_with(end)) {
        word.push('e');
    } else if doubled(bytes) && !word.ends_with(['l', 's', 'z']) {
        word.pop();
    } else if measure(bytes, bytes.len()) == 1 && short(bytes, bytes.len()) {
        word.push('e');
    }
}

/// A final `e` and a double `l`.
fn tidy(word: &mut String) {
    if word.ends_with('e') {
        let rest = word.len() - 1;
        let size = measure(word.as_bytes(), rest);
        if size > 1 || size == 1 && !short(word.as_bytes(), rest) {
            word.pop();
        }
    }
    if word.ends_with("ll") && measure(word.as_bytes(), word.len()) > 1 {
        word.pop();
    }
}

fn replace(word: &mut String, length: usize, new: &str) {
    word.truncate(word.len() - length);
    word.push_str(new);
}

fn longest<'a>(table: impl Iterator<Item = (&'a str, &'a str)>, word: &str) -> Option<(&'a str, &'a str)> {
    table
        .filter(|(suffix, _)| word.len() > suffix.len() && word.ends_with(suffix))
        .max_by_key(|(suffix, _)| suffix.len())
}

fn is_vowel(word: &[u8], at: usize) -> bool {
    match word[at] {
        b'a' | b'e' | b'i' | b'o' | b'u' => true,
        // Consonant at the start and after a vowel.
        b'y' => at > 0 && !is_vowel(word, at - 1),
        _ => false,
    }
}

fn has_vowel(word: &[u8], end: usize) -> bool {
    (0..end).any(|at| is_vowel(word, at))
}

/// How often a vowel is followed by a consonant before `end`.
fn measure(word: &[u8], end: usize) -> usize {
    (1..end).filter(|&at| is_vowel(word, at - 1) && !is_vowel(word, at)).count()
}

fn doubled(word: &[u8]) -> bool {
    word.len() > 1 && word[word.len() - 1] == word[word.len() - 2] && !is_vowel(word, word.len() - 1)
}

/// Whether the word ends consonant, vowel, consonant other than w, x and y, as in `hop`.
fn short(word: &[u8], end: usize) -> bool {
    end > 2
        && !is_vowel(word, end - 3)
        && is_vowel(word, end - 2)
        && !is_vowel(word, end - 1)
        && !matches!(word[end - 1], b'w' | b'x' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stemmed(word: &str) -> String {
        let mut word = word.to_owned();
        stem(&mut word);
        word
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let families: &[&[&str]] = &[
            &["memory", "memories"],
            &["own", "owned", "owning", "owns"],
            &["borrow", "borrows", "borrowed", "borrowing"],
            &["initialize", "initialized", "initializing", "initialization", "initialisation", "initialise"],
            &["drop", "dropped", "dropping", "drops"],
            &["hop", "hopping"],
            &["hope", "hoping", "hoped"],
            &["copy", "copies", "copied", "copying"],
            &["class", "classes"],
            &["quantize", "quantized", "quantization", "quantizing"],
            &["relational", "relate", "relating"],
            &["possible", "possibly", "possibility", "possibilities"],
            &["use", "used", "using", "uses"],
            &["store", "storing", "stored", "stores"],
            &["agree", "agreed"],
        ];
        for family in families {
            for word in *family {
                assert_eq!(stemmed(word), stemmed(family[0]), "{word}");
            }
        }
    }

    #[test]
    fn different_words_stay_different() {
        for (a, b) in [
            ("thing", "the"),
            ("bus", "bu"),
            ("ring", "r"),
            ("lifetime", "life"),
            ("ion", ""),
            ("status", "state"),
        ] {
            assert_ne!(stemmed(a), stemmed(b));
        }
        assert_eq!(stemmed("u256s"), "u256s");
        assert_eq!(stemmed("größe"), "größe");
    }

    proptest! {
        #[test]
        fn any_word_keeps_its_beginning(word in "[a-z]{1,12}") {
            let stem = stemmed(&word);
            prop_assert!(!stem.is_empty());
            prop_assert_eq!(stem.as_bytes()[0], word.as_bytes()[0]);
        }
    }
}
