//! Statements that are true as the text has them, and false with one word turned round.

use super::super::hash::Chance;
use super::super::question::{Choice, Kind, Question};
use super::kinds::Shape;
use super::sentence::{Mark, Sentence, words};
use super::{Candidate, Ground};

/// Words that turn a statement round, and what they turn into.
const TURNS: [(&str, &str); 40] = [
    ("cannot be", "can be"),
    ("cannot", "can"),
    ("must not", "may"),
    ("must", "need not"),
    ("is not", "is"),
    ("are not", "are"),
    ("larger", "smaller"),
    ("smaller", "larger"),
    ("largest", "smallest"),
    ("smallest", "largest"),
    ("faster", "slower"),
    ("slower", "faster"),
    ("higher", "lower"),
    ("lower", "higher"),
    ("increases", "decreases"),
    ("decreases", "increases"),
    ("at least", "at most"),
    ("at most", "at least"),
    ("mutable", "immutable"),
    ("immutable", "mutable"),
    ("mutably", "immutably"),
    ("valid", "invalid"),
    ("invalid", "valid"),
    ("signed", "unsigned"),
    ("unsigned", "signed"),
    ("explicit", "implicit"),
    ("implicit", "explicit"),
    ("public", "private"),
    ("private", "public"),
    ("statically", "dynamically"),
    ("dynamically", "statically"),
    ("maximum", "minimum"),
    ("minimum", "maximum"),
    ("memory-bound", "compute-bound"),
    ("compute-bound", "memory-bound"),
    ("at compile time", "at run time"),
    ("at runtime", "at compile time"),
    ("at run time", "at compile time"),
    ("linearly", "quadratically"),
    ("independent of", "determined by"),
];

/// Where one of these stands a turn would not make sense, or not make it false.
const SPOILERS: [&str; 42] = [
    "but",
    "rather",
    "instead",
    "either",
    "neither",
    "nor",
    "any",
    "anything",
    "anyone",
    "yet",
    "necessarily",
    "even",
    "until",
    "unless",
    "merely",
    "just",
    "only",
    "simply",
    "could",
    "might",
    "may",
    "perhaps",
    "probably",
    "usually",
    "often",
    "sometimes",
    "typically",
    "generally",
    "likely",
    "almost",
    "nearly",
    "if",
    "whether",
    "should",
    "would",
    "want",
    "try",
    "sure",
    "if",
    "although",
    "though",
    "no",
];

/// Adds a true and a false statement made of `sentence`.
pub fn make(
    ground: &Ground,
    block: usize,
    sentence: &Sentence,
    _chance: &mut Chance,
    out: &mut Vec<Candidate>,
) {
    let plain = sentence.plain();
    let list = words(&plain);
    if !is_topical(ground, sentence) {
        return;
    }
    let turned = swapped(sentence).map(|turned| (turned, 30)).or_else(|| {
        let spoiled = list.iter().any(|word| SPOILERS.contains(&word.as_str()) || word.ends_with("n't"));
        if spoiled { None } else { turned(sentence).map(|turned| (turned, 24)) }
    });
    let Some((turned, score)) = turned else { return };
    if !(8..=30).contains(&list.len()) || ground.part.text.contains(&turned) {
        return;
    }
    for (truth, statement) in [(true, sentence.markdown()), (false, turned)] {
        let options = [true, false].map(|option| Choice {
            text: option.to_string(),
            correct: option == truth,
            feedback: String::new(),
        });
        out.push(Candidate {
            question: Question {
                kind: Kind::TrueFalse,
                prompt: statement,
                options: options.to_vec(),
                fixed: true,
                context: sentence.markdown(),
                source: plain.clone(),
                bloom: "understand".to_owned(),
                ..Question::default()
            },
            block,
            place: plain.clone(),
            target: plain.clone(),
            score: score - i32::from(truth),
        });
    }
}

/// Whether `sentence` speaks of something that its author marked or that the section is about.
fn is_topical(ground: &Ground, sentence: &Sentence) -> bool {
    let stem = |word: &String| word.chars().take(6).collect::<String>();
    let title: Vec<String> =
        words(&ground.part.title).iter().filter(|word| word.len() > 4).map(stem).collect();
    let subject = sentence.pieces.first().map(|piece| words(&piece.text)).unwrap_or_default();
    let about = subject.iter().take(6).any(|word| title.contains(&stem(word)));
    let is_article =
        sentence.pieces.first().is_some_and(|piece| matches!(piece.text.trim(), "A" | "An" | "The" | "All"));
    let subject_at = usize::from(is_article);
    let marked = sentence.pieces.get(subject_at).is_some_and(|piece| piece.mark != Mark::Text);
    // What begins with a verb tells the reader to do something.
    let first = subject.first().map(String::as_str).unwrap_or_default();
    let opens_with_noun = sentence.pieces.first().is_some_and(|piece| piece.mark != Mark::Text)
        || matches!(
            first,
            "a" | "an"
                | "the"
                | "all"
                | "every"
                | "when"
                | "in"
                | "on"
                | "with"
                | "without"
                | "while"
                | "unlike"
        )
        || first.ends_with('s')
        || title.contains(&stem(&first.to_owned()));
    (about || marked) && opens_with_noun
}

/// The sentence with its only turning word turned.
fn turned(sentence: &Sentence) -> Option<String> {
    let mut hits = Vec::new();
    for (index, piece) in sentence.pieces.iter().enumerate().filter(|(_, piece)| piece.mark == Mark::Text) {
        for (from, to) in TURNS {
            for at in places(&piece.text, from) {
                hits.push((index, at, from, to));
            }
        }
    }
    // `cannot be` is also a `cannot`: the longer one, which comes first, counts.
    let first = *hits.first()?;
    let same = hits.iter().all(|hit| hit.0 == first.0 && hit.1 == first.1);
    let negations = words(&sentence.plain())
        .iter()
        .filter(|word| matches!(word.as_str(), "not" | "cannot" | "never"))
        .count();
    let (index, at, from, to) = first;
    let negates = from.contains("not") || from == "never";
    if !same || negations > usize::from(negates) {
        return None;
    }
    let mut copy = sentence.clone();
    copy.pieces[index].text.replace_range(at..at + from.len(), to);
    Some(copy.markdown())
}

/// Where `word` stands in `text` as a word of its own.
fn places(text: &str, word: &str) -> Vec<usize> {
    let is_letter =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '-');
    let found = text.match_indices(word).map(|(at, _)| at);
    found
        .filter(|at| {
            !is_letter(text[..*at].chars().next_back()) && !is_letter(text[at + word.len()..].chars().next())
        })
        .collect()
}

/// The sentence with its two marked words in each other's place, where it contrasts them.
fn swapped(sentence: &Sentence) -> Option<String> {
    let marked: Vec<usize> = sentence
        .pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| matches!(piece.mark, Mark::Code | Mark::Term | Mark::Stressed))
        .map(|(index, _)| index)
        .collect();
    let [left, right] = marked[..] else { return None };
    let shape = |index: usize| Shape::of(&sentence.pieces[index].text, sentence.pieces[index].mark);
    let between: String =
        sentence.pieces[left + 1..right].iter().map(|piece| piece.text.to_lowercase()).collect();
    let contrasts = [", while ", ", whereas ", " than "].iter().any(|mark| between.contains(mark));
    let starts = sentence.pieces[..left].iter().map(|piece| piece.text.to_lowercase()).collect::<String>();
    let unlike =
        starts.starts_with("while ") || starts.starts_with("whereas ") || starts.starts_with("unlike ");
    if shape(left) != shape(right)
        || shape(left) == Shape::Other
        || !(contrasts || unlike && between.contains(','))
    {
        return None;
    }
    let mut copy = sentence.clone();
    copy.pieces.swap(left, right);
    Some(copy.markdown())
}
