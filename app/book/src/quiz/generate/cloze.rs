//! A sentence with one of its words left out: a term, a piece of code or a quantity.

use super::super::hash::Chance;
use super::super::question::{Choice, Question};
use super::define::lower_first;
use super::kinds::Shape;
use super::material::Word;
use super::options::{choices, same};
use super::sentence::{Mark, Sentence, code, escape, words};
use super::{Candidate, Ground, quantity, recalls};

/// Wrong options to choose among, from the chapter and from elsewhere.
const POOL: usize = 12;

/// Primitive types that are not one size of many.
const DISTINCT: [&str; 8] = ["bool", "char", "str", "usize", "felt252", "bytes31", "ByteArray", "isize"];

/// Shown where the word is missing.
const BLANK: &str = "\\_\\_\\_\\_\\_";

/// Adds a question for each word of `sentence` that can be left out.
pub fn make(
    ground: &Ground,
    block: usize,
    sentence: &Sentence,
    chance: &mut Chance,
    out: &mut Vec<Candidate>,
) {
    let plain = sentence.plain();
    for index in 0..sentence.pieces.len() {
        let made = match sentence.pieces[index].mark {
            Mark::Code | Mark::Term | Mark::Stressed => word(ground, sentence, index, chance),
            Mark::Text => {
                if !quantity::is_worth_knowing(ground, sentence) {
                    continue;
                }
                out.extend(quantity::find(ground, sentence, index).into_iter().map(|found| Candidate {
                    question: question(
                        &sentence.markdown_with(
                            index,
                            &format!("{}{BLANK}{}", escape(&found.before), escape(&found.after)),
                        ),
                        found.options,
                        sentence,
                    ),
                    block,
                    place: plain.clone(),
                    target: format!("{plain} {}", found.number),
                    score: 14,
                }));
                continue;
            }
            _ => continue,
        };
        let Some((options, score)) = made else { continue };
        out.push(Candidate {
            question: question(&sentence.markdown_with(index, BLANK), options, sentence),
            block,
            place: plain.clone(),
            target: sentence.pieces[index].text.to_lowercase(),
            score,
        });
    }
}

fn question(gapped: &str, options: Vec<Choice>, sentence: &Sentence) -> Question {
    recalls(sentence, format!("What belongs in the gap?\n\n> {gapped}"), options)
}

/// Options for leaving out piece `index`, and how good that is.
fn word(
    ground: &Ground,
    sentence: &Sentence,
    index: usize,
    chance: &mut Chance,
) -> Option<(Vec<Choice>, i32)> {
    let piece = &sentence.pieces[index];
    let is_code = piece.mark == Mark::Code;
    let shape = Shape::of(&piece.text, piece.mark);
    let chapters = ground.material.word(&piece.text, is_code).map_or(1, |word| word.chapters.len());
    let mut score = match shape {
        Shape::Other | Shape::Reference | Shape::Call | Shape::File | Shape::Name => return None,
        Shape::Flag | Shape::Command if piece.text.contains(|letter: char| letter.is_ascii_digit()) => {
            return None;
        }
        Shape::Type | Shape::Generic | Shape::Path | Shape::Command if chapters < 2 => return None,
        Shape::Command => 16,
        Shape::Keyword | Shape::Macro | Shape::Attribute | Shape::Flag => 24,
        // Numbers of several sizes fit most gaps.
        Shape::Primitive if !DISTINCT.contains(&piece.text.as_str()) => return None,
        Shape::Type | Shape::Primitive => 22,
        Shape::Generic | Shape::Path => 14,
        Shape::Noun | Shape::Nouns if piece.mark == Mark::Term => 28,
        Shape::Noun | Shape::Nouns if ground.material.is_topic(&piece.text) => 22,
        Shape::Noun | Shape::Nouns => return None,
    };
    let plain = sentence.plain();
    let once = occurrences(&plain, &piece.text) == 1;
    let others = words(&sentence.markdown_with(index, " ")).len();
    if !once || others < 8 || is_listed(sentence, index) {
        return None;
    }
    // `…, HFU` after a gap spells it out.
    let initials: String = words(&piece.text).iter().filter_map(|word| word.chars().next()).collect();
    if initials.len() > 1 && words(&plain).contains(&initials) {
        return None;
    }
    if words(&ground.part.title).iter().any(|word| words(&piece.text).contains(word)) {
        score -= 6;
    }
    let before = if index > 0 { sentence.pieces[index - 1].text.to_lowercase() } else { String::new() };
    let article = [" a ", " an "].iter().any(|article| format!(" {before}").ends_with(article));
    let vowel =
        |text: &str| text.trim_start_matches('`').to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']);
    let rest = words(&plain);
    // Whether a term has a capital says where it stands, not what it is.
    let show = |text: &str| if is_code { code(text) } else { escape(&lower_first(text)) };
    let (mut near, mut far): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let fits = |other: &Word| {
        other.shape == shape
            && (other.mark == Mark::Code) == is_code
            && (is_code || other.mark == Mark::Term || ground.material.is_topic(&other.text))
            && !same(&other.text, &piece.text)
            && (!article || vowel(&other.text) == vowel(&piece.text))
            && (other.chapters.len() > 1
                || !matches!(shape, Shape::Type | Shape::Generic | Shape::Path | Shape::Command))
            && attribute(&other.text) != attribute(&piece.text)
            && occurrences(&plain, &other.text) == 0
            && !fits_as_well(ground, &rest, other)
    };
    let mut pool: Vec<&Word> = ground.material.words.iter().collect();
    chance.shuffle(&mut pool);
    for other in pool {
        let here = other.chapters.contains(&ground.part.chapter);
        let group = if here { &mut near } else { &mut far };
        if group.len() < POOL && fits(other) {
            let text = show(&other.text);
            // `#[link]` and `#[link(name)]` are one attribute.
            if !group.iter().any(|known| attribute(known) == attribute(&text)) {
                group.push(text);
            }
        }
    }
    // Terms of other chapters tempt nobody, unless the book collects them.
    let is_loose = !is_code && ground.material.entries.is_empty() && near.len() < 2;
    // A name out of another chapter is no temptation.
    if matches!(shape, Shape::Generic | Shape::Path | Shape::Command | Shape::Flag)
        && near.len() < super::options::WRONG
        || is_loose
    {
        return None;
    }
    Some((choices(&show(&piece.text), &near, &far, chance)?, score))
}

/// Whether a marked word stands right beside it, joined by a comma or a conjunction: either could go into the gap.
fn is_listed(sentence: &Sentence, index: usize) -> bool {
    let joins = |text: &str| {
        matches!(text.trim(), "," | "and" | "or" | ", and" | ", or" | "/" | "&" | "+" | "=" | "->" | "")
    };
    let pieces = &sentence.pieces;
    let before = index > 1 && joins(&pieces[index - 1].text);
    let after = index + 2 < pieces.len() && joins(&pieces[index + 1].text);
    let touching = |other: Option<&super::sentence::Piece>, end: bool| {
        other.is_some_and(|piece| {
            piece.mark == Mark::Text
                && if end {
                    piece.text.ends_with(char::is_alphanumeric)
                } else {
                    piece.text.starts_with(char::is_alphanumeric)
                }
        })
    };
    let previous = index.checked_sub(1).and_then(|at| pieces.get(at));
    let conjunction = |text: &str, end: bool| {
        let text = text.trim_end().to_lowercase();
        if end {
            text.ends_with(" and") || text.ends_with(" or") || text.ends_with(',') && index > 1
        } else {
            text.trim_start().starts_with("and ") || text.trim_start().starts_with("or ")
        }
    };
    before
        || after
        || touching(previous, true)
        || touching(pieces.get(index + 1), false)
        || previous.is_some_and(|piece| piece.mark == Mark::Text && conjunction(&piece.text, true))
        || pieces
            .get(index + 1)
            .is_some_and(|piece| piece.mark == Mark::Text && conjunction(&piece.text, false))
}

/// An attribute or call without its arguments; all else as it is.
fn attribute(text: &str) -> &str {
    let text = text.trim_matches(['`', ' ']);
    let end = text.find('(').unwrap_or(text.len());
    text[..end].trim_end_matches(']')
}

fn occurrences(text: &str, word: &str) -> usize {
    let (text, word) = (text.to_lowercase(), word.to_lowercase());
    let is_letter =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    text.match_indices(&word)
        .filter(|(at, _)| {
            !is_letter(text[..*at].chars().next_back()) && !is_letter(text[at + word.len()..].chars().next())
        })
        .count()
}

/// Whether the book says nearly the same of `other`.
fn fits_as_well(ground: &Ground, rest: &[String], other: &Word) -> bool {
    let heavy: Vec<&String> = rest.iter().filter(|word| word.chars().count() > 4).collect();
    other.said.iter().filter_map(|index| ground.material.sentences.get(*index)).any(|sentence| {
        let shared = heavy.iter().filter(|word| sentence.contains(word.as_str())).count();
        shared * 2 > heavy.len()
    })
}
