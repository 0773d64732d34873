//! Which term is defined like this? From sentences that define, and from the glossary.

use super::super::hash::Chance;
use super::kinds::Shape;
use super::material::Material;
use super::options::{choices, same};
use super::sentence::{Mark, Sentence, code, escape, words};
use super::{Candidate, Ground, fit, recalls};

/// A sentence that defines a term.
struct Definition {
    /// The term, without markdown.
    term: String,
    mark: Mark,
    /// Markdown of what is said of it, with the verb's number before: `is` or `are`.
    verb: &'static str,
    said: String,
}

impl Definition {
    fn markdown(&self) -> String {
        if self.mark == Mark::Code { code(&self.term) } else { escape(&self.term) }
    }
}

/// Terms that sentences of the book define: markdown of the term, what is said, chapter.
pub fn all(material: &Material) -> Vec<(String, String, usize)> {
    let sentences = material.all_sentences().filter(|(_, sentence)| fit::stands_alone(sentence));
    sentences
        .filter_map(|(chapter, sentence)| {
            let found = read(sentence)?;
            Some((found.markdown(), found.said, chapter))
        })
        .collect()
}

/// `A *term* is a …`, `Terms are …`, with the term marked by its author.
fn read(sentence: &Sentence) -> Option<Definition> {
    let mut pieces = sentence.pieces.iter().enumerate();
    let (mut index, mut first) = pieces.next()?;
    if first.mark == Mark::Text {
        if !matches!(first.text.trim(), "A" | "An" | "The") {
            return None;
        }
        (index, first) = pieces.next()?;
    }
    if !matches!(first.mark, Mark::Stressed | Mark::Term | Mark::Code) {
        return None;
    }
    let shape = Shape::of(&first.text, first.mark);
    if matches!(shape, Shape::Other | Shape::Reference) || first.text.chars().count() < 2 {
        return None;
    }
    let rest = Sentence { pieces: sentence.pieces[index + 1..].to_vec() }.markdown();
    let (verb, said) = match rest.strip_prefix("is ") {
        Some(said) => ("is", said),
        None => ("are", rest.strip_prefix("are ")?),
    };
    let said = said.trim_end_matches('.');
    let list = words(said);
    let opener = list.first()?.as_str();
    let has =
        |wanted: &[&str], within: usize| list.iter().take(within).any(|word| wanted.contains(&word.as_str()));
    let is_noun = match verb {
        "is" => matches!(opener, "a" | "an" | "the" | "any" | "one"),
        _ => {
            has(&["that", "which", "whose", "of", "where", "used"], 6)
                && !opener.ends_with("ed")
                && opener != "not"
        }
    };
    let tells = has(
        &["that", "which", "whose", "of", "where", "for", "used", "to", "in", "with", "when", "between"],
        12,
    );
    let repeats = list
        .iter()
        .any(|word| words(&first.text).iter().any(|own| own.len() > 3 && word.starts_with(own.as_str())));
    if !is_noun
        || !tells
        || repeats
        || !(6..=32).contains(&list.len())
        || said.contains([';', ':'])
        || said.contains(". ")
        || list.iter().filter(|word| matches!(word.as_str(), "is" | "are")).count() > 1
    {
        return None;
    }
    Some(Definition { term: first.text.clone(), mark: first.mark, verb, said: said.to_owned() })
}

/// Adds questions about what `sentence` defines, and about terms of the glossary that it introduces.
pub fn make(
    ground: &Ground,
    block: usize,
    sentence: &Sentence,
    chance: &mut Chance,
    out: &mut Vec<Candidate>,
) {
    let plain = sentence.plain();
    if let Some(found) = read(sentence) {
        let which = if found.verb == "is" { "Which of these is" } else { "Which of these are" };
        let prompt = format!("{which} {}?", found.said);
        if let Some(options) = terms(ground, &found.term, found.mark, &prompt, chance) {
            out.push(Candidate {
                question: recalls(sentence, prompt, options),
                block,
                place: plain.clone(),
                target: found.term.to_lowercase(),
                score: 34,
            });
        }
    }
    for piece in sentence.pieces.iter().filter(|piece| piece.mark == Mark::Term) {
        let Some(entry) = ground.material.entries.iter().find(|entry| entry.id == piece.entry) else {
            continue;
        };
        let Some(definition) = first_sentence(&entry.definition) else { continue };
        let own = words(&entry.term);
        let repeats = words(definition)
            .iter()
            .any(|word| own.iter().any(|own| own.len() > 3 && shares_stem(word, own)));
        if repeats {
            continue;
        }
        let prompt = format!("Which term means this?\n\n> {definition}");
        let Some(options) = terms(ground, &entry.term, Mark::Term, &prompt, chance) else { continue };
        out.push(Candidate {
            question: recalls(sentence, prompt, options),
            block,
            place: plain.clone(),
            target: entry.term.to_lowercase(),
            score: 32,
        });
    }
}

fn shares_stem(left: &str, right: &str) -> bool {
    let length = left.chars().zip(right.chars()).take_while(|(a, b)| a == b).count();
    length >= 5 || left.contains(right) || right.contains(left) && left.len() > 3
}

fn first_sentence(definition: &str) -> Option<&str> {
    let end = definition.find(". ").map_or(definition.len(), |at| at + 1);
    let first = &definition[..end];
    let count = words(first).len();
    ((6..=45).contains(&count) && !first.contains("](") && !first.contains("[@")).then_some(first)
}

/// Options out of the book's terms of the same kind.
fn terms(
    ground: &Ground,
    right: &str,
    mark: Mark,
    prompt: &str,
    chance: &mut Chance,
) -> Option<Vec<super::super::question::Choice>> {
    let material = ground.material;
    let shape = Shape::of(right, mark);
    let asked = words(prompt);
    let fits = |text: &str, other: Mark| {
        let own = words(text);
        if text.starts_with('-') || Shape::of(text, other) == Shape::Name && text.len() < 4 {
            return false;
        }
        Shape::of(text, other) == shape
            && !same(text, right)
            // A term that the definition itself uses would be a give-away or a second answer.
            && !own.iter().all(|word| asked.contains(word))
            // Nor may one be a kind of the other: `batch` and `batch size`.
            && (mark == Mark::Code || !own.iter().any(|word| words(right).contains(word)))
    };
    let show =
        |text: &str, mark: Mark| if mark == Mark::Code { code(text) } else { escape(&lower_first(text)) };
    let (mut near, mut far) = (Vec::new(), Vec::new());
    let is_code = mark == Mark::Code;
    for word in material
        .words
        .iter()
        .filter(|word| (word.mark == Mark::Code) == is_code && fits(&word.text, word.mark))
    {
        // Words are stressed for many reasons.
        if !is_code
            && word.mark != Mark::Term
            && (!material.entries.is_empty() || !material.is_topic(&word.text))
        {
            continue;
        }
        let group = if word.chapters.contains(&ground.part.chapter) { &mut near } else { &mut far };
        group.push(show(&word.text, word.mark));
    }
    if !is_code {
        let entries = material.entries.iter().filter(|entry| fits(&entry.term, Mark::Term));
        far.extend(entries.map(|entry| show(&entry.term, Mark::Term)));
        let defined = material
            .definitions
            .iter()
            .filter(|(term, _, _)| !term.starts_with('`') && fits(term, Mark::Term));
        for (term, _, chapter) in defined {
            let group = if *chapter == ground.part.chapter { &mut near } else { &mut far };
            group.push(lower_first(term));
        }
    }
    choices(&show(right, mark), &near, &far, chance)
}

/// A term in the middle of a sentence: small, unless it is a name or an abbreviation.
pub fn lower_first(text: &str) -> String {
    let first = text.split([' ', '-', '\'', '’']).next().unwrap_or(text);
    let capitals = first.chars().filter(|letter| letter.is_uppercase()).count();
    let is_name = capitals > 1
        || first.chars().count() == 1
        || text.contains("'s ")
        || text.contains("’s ")
        || first.chars().any(char::is_numeric);
    let mut letters = text.chars();
    match letters.next() {
        Some(letter) if !is_name => letter.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
