//! Whether a sentence can be asked about on its own.

use super::sentence::{Mark, Sentence};

/// Words that a sentence may not begin with: they continue what was said before.
const OPENERS: [&str; 104] = [
    "things",
    "even",
    "just",
    "please",
    "try",
    "go",
    "regardless",
    "once",
    "this",
    "that",
    "these",
    "those",
    "it",
    "its",
    "they",
    "their",
    "he",
    "she",
    "such",
    "however",
    "therefore",
    "thus",
    "hence",
    "so",
    "but",
    "and",
    "or",
    "also",
    "then",
    "instead",
    "otherwise",
    "furthermore",
    "moreover",
    "additionally",
    "similarly",
    "likewise",
    "consequently",
    "for",
    "here",
    "there",
    "now",
    "next",
    "first",
    "second",
    "third",
    "fourth",
    "finally",
    "lastly",
    "again",
    "yet",
    "still",
    "note",
    "recall",
    "remember",
    "both",
    "each",
    "one",
    "another",
    "either",
    "neither",
    "nor",
    "same",
    "let",
    "let's",
    "of",
    "conversely",
    "not",
    "doing",
    "because",
    "what",
    "why",
    "how",
    "whether",
    "which",
    "having",
    "as",
    "indeed",
    "unfortunately",
    "fortunately",
    "luckily",
    "sure",
    "ok",
    "okay",
    "well",
    "perhaps",
    "maybe",
    "basically",
    "actually",
    "anyway",
    "after",
    "later",
    "together",
    "everything",
    "nothing",
    "most",
    "some",
    "others",
    "given",
    "see",
    "consider",
    "imagine",
    "suppose",
    "say",
    "two",
];

/// Words that point at something outside the sentence, or at its reader and writer.
const POINTERS: [&str; 70] = [
    "line",
    "lines",
    "you'll",
    "you've",
    "answer",
    "output",
    "reason",
    "case",
    "reader",
    "author",
    "community",
    "problem",
    "this",
    "these",
    "those",
    "above",
    "below",
    "previous",
    "previously",
    "following",
    "earlier",
    "former",
    "latter",
    "chapter",
    "section",
    "listing",
    "figure",
    "table",
    "example",
    "examples",
    "exercise",
    "page",
    "here",
    "we",
    "our",
    "ours",
    "us",
    "we're",
    "we've",
    "we'll",
    "i",
    "my",
    "i'm",
    "let's",
    "such",
    "again",
    "later",
    "already",
    "now",
    "today",
    "recently",
    "currently",
    "next",
    "seen",
    "saw",
    "aforementioned",
    "snippet",
    "book",
    "guide",
    "tutorial",
    "article",
    "discussed",
    "mentioned",
    "shown",
    "so-called",
    "therefore",
    "however",
    "thus",
    "hence",
    "too",
];

/// What an instruction, or a sentence without its subject, begins with.
const VERBS: [&str; 58] = [
    "takes", "returns", "checks", "creates", "gets", "sets", "adds", "navigate", "use", "make", "create",
    "add", "run", "install", "open", "replace", "refuse", "fix", "measure", "train", "test", "avoid", "keep",
    "ensure", "check", "call", "write", "set", "start", "build", "convert", "put", "choose", "embed",
    "define", "declare", "save", "copy", "change", "remove", "verify", "read", "count", "compute", "report",
    "plot", "store", "ask", "divide", "multiply", "take", "give", "do", "don't", "never", "always", "prefer",
    "follow",
];

/// What continues another sentence in more than a word.
const PHRASES: [&str; 17] = [
    "The code ",
    "The program ",
    "The function ",
    "The test ",
    "The first ",
    "On the other hand",
    "In other words",
    "At the moment",
    "By contrast",
    "In contrast",
    "In fact",
    "As a result",
    "In that",
    "In both",
    "In addition",
    "With that",
    "To that",
];

/// Whether `sentence` says something whole: a statement of fitting length that needs no other sentence.
pub fn stands_alone(sentence: &Sentence) -> bool {
    let plain = sentence.plain();
    let words = sentence.words();
    let code = sentence.pieces.iter().filter(|piece| piece.mark == Mark::Code).count();
    let ends = plain.ends_with('.') || plain.ends_with(".)") || plain.ends_with(".”");
    let begins = plain.chars().next().is_some_and(|letter| letter.is_uppercase())
        || sentence.pieces.first().is_some_and(|piece| piece.mark == Mark::Code);
    // What stands in quotes or brackets in part only was cut in the wrong place.
    let balanced = |open: char, close: char| plain.matches(open).count() == plain.matches(close).count();
    ends && begins
        && (7..=34).contains(&(words.len() + code))
        && plain.chars().count() <= 240
        && balanced('(', ')')
        && balanced('“', '”')
        && plain.matches('"').count().is_multiple_of(2)
        && !["{{", "http", "[^", "…", "...", "!", "?", "\\(", "$$", "\\["]
            .iter()
            .any(|part| prose_has(sentence, part))
        && !words.first().is_some_and(|first| {
            begins_with_word(sentence)
                && (OPENERS.contains(&first.as_str()) || VERBS.contains(&first.as_str()))
        })
        && !words.iter().any(|word| POINTERS.contains(&word.as_str()))
        && !plain.starts_with(['(', '“', '"'])
        && !PHRASES.iter().any(|phrase| plain.starts_with(phrase))
        && !["will see", "can see", "follow along", " - "].iter().any(|part| plain.contains(part))
}

fn begins_with_word(sentence: &Sentence) -> bool {
    sentence.pieces.first().is_some_and(|piece| piece.mark != Mark::Code)
}

fn prose_has(sentence: &Sentence, part: &str) -> bool {
    sentence.pieces.iter().filter(|piece| piece.mark != Mark::Code).any(|piece| piece.text.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::generate::sentence::{Piece, cut};

    fn fits(text: &str) -> bool {
        let piece = Piece { mark: Mark::Text, text: text.to_owned(), entry: String::new() };
        let sentences = cut(vec![piece]);
        assert_eq!(sentences.len(), 1, "{text}");
        stands_alone(&sentences[0])
    }

    #[test]
    fn whole_statements_fit() {
        assert!(fits("A raw pointer may be null, and the compiler does not check it."));
        assert!(fits("An accumulator of 32 bits cannot overflow for any layer of ordinary length."));
    }

    #[test]
    fn what_leans_on_others_does_not() {
        for text in [
            "This is why raw pointers are not checked by the compiler at all.",
            "As the listing above shows, raw pointers are not checked at all.",
            "We know that raw pointers are not checked by the compiler at all.",
            "Raw pointers are unsafe.",
            "Are raw pointers checked by the compiler before they are used?",
            "A raw pointer (which may be null is not checked by the compiler.",
            "raw pointers are not checked by the compiler before they are used.",
        ] {
            assert!(!fits(text), "{text}");
        }
    }
}
