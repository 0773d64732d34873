//! Questions made by rule from a section's own text, without a model.
//!
//! In order: `material` cuts chapters into blocks and sentences, `fit` passes over sentences that cannot stand
//! alone, the rules (`define`, `cloze`, `truth`, `table`, `list`, `output`) each make candidates, and the choice here
//! takes the best that together cover most of the section. A section that gives nothing good gets no question.

mod blocks;
mod cloze;
mod define;
mod fit;
mod kinds;
mod list;
mod material;
mod options;
mod output;
mod quantity;
mod sentence;
mod table;
#[cfg(test)]
mod tests;
mod truth;

use std::collections::HashSet;

pub use material::Material;

use self::blocks::Block;
use self::material::Part;
use self::sentence::Sentence;
use super::hash::{Chance, START, hash};
use super::question::{Choice, Kind, Question, Quiz};
use super::read::id_of;
use super::sound::flaws;

/// Questions for a section.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Generated {
    /// The questions, in the order of the text; fewer than wanted where the section does not give more.
    pub quiz: Quiz,
    /// Paragraphs, lists, tables and listings of the section.
    pub blocks: usize,
    /// Those of them that a question is about.
    pub asked: usize,
    /// Candidates that the rules made before the choice.
    pub candidates: usize,
}

/// A question that could be asked.
#[derive(Debug, Clone)]
struct Candidate {
    question: Question,
    /// The block that it is about.
    block: usize,
    /// Which sentence, row or item: nothing is asked twice.
    place: String,
    /// What must be known to answer: not asked twice either.
    target: String,
    /// How good the rule believes it to be.
    score: i32,
}

/// A question whose answer `sentence` gives, word for word.
fn recalls(sentence: &Sentence, prompt: String, options: Vec<Choice>) -> Question {
    Question {
        prompt,
        options,
        context: sentence.markdown(),
        source: sentence.plain(),
        bloom: "remember".to_owned(),
        ..Question::default()
    }
}

/// Everything a rule may look at.
struct Ground<'a> {
    material: &'a Material,
    part: &'a Part,
}

/// At most `count` questions about the section `anchor` (a heading's id, with all below it; empty for the start of
/// the page) of the chapter whose source is `page`. The same seed gives the same questions. `None`: there is no such
/// section.
pub fn generate(material: &Material, page: &str, anchor: &str, count: usize, seed: u64) -> Option<Generated> {
    let part = material.part(page, anchor)?;
    let ground = Ground { material, part: &part };
    let mut chance = Chance::new(hash(hash(START, page.as_bytes()), anchor.as_bytes()) ^ seed);
    let mut candidates = Vec::new();
    for (index, block) in part.blocks.iter().enumerate() {
        match block {
            Block::Text(sentences) => {
                for sentence in sentences.iter().filter(|sentence| fit::stands_alone(sentence)) {
                    define::make(&ground, index, sentence, &mut chance, &mut candidates);
                    if material.is_of_example(sentence) {
                        continue;
                    }
                    cloze::make(&ground, index, sentence, &mut chance, &mut candidates);
                    truth::make(&ground, index, sentence, &mut chance, &mut candidates);
                }
            }
            Block::List(list) => list::make(index, list, &mut chance, &mut candidates),
            Block::Table(table) => table::make(index, table, &mut chance, &mut candidates),
            Block::Code(code) => output::make(&part, index, code, &mut candidates),
        }
    }
    for candidate in &mut candidates {
        candidate.question.id = id_of(&candidate.question);
    }
    candidates.retain(|candidate| {
        flaws(&candidate.question, &part.text).is_empty() && !gives_itself_away(&candidate.question)
    });
    let made = candidates.len();
    let mut chosen = choose(candidates, count, &mut chance);
    chosen.sort_by_key(|candidate| candidate.block);
    let asked: HashSet<usize> = chosen.iter().map(|candidate| candidate.block).collect();
    let questions = chosen.into_iter().map(|candidate| candidate.question).collect();
    Some(Generated {
        quiz: Quiz { questions, anchor: anchor.to_owned() },
        blocks: part.blocks.len(),
        asked: asked.len(),
        candidates: made,
    })
}

/// The best candidates, one for each block before a second for any, with kinds mixed and truths balanced.
fn choose(mut candidates: Vec<Candidate>, count: usize, chance: &mut Chance) -> Vec<Candidate> {
    chance.shuffle(&mut candidates);
    let mut chosen: Vec<Candidate> = Vec::new();
    while chosen.len() < count {
        let price = |candidate: &Candidate| {
            let same_block = chosen.iter().filter(|other| other.block == candidate.block).count() as i32;
            let same_kind =
                chosen.iter().filter(|other| is_alike(&other.question, &candidate.question)).count() as i32;
            candidate.score - 12 * same_block - 3 * same_kind
        };
        let free = |candidate: &Candidate| {
            !chosen.iter().any(|other| other.place == candidate.place || other.target == candidate.target)
        };
        let best = candidates.iter().enumerate().filter(|(_, candidate)| free(candidate));
        let Some((index, _)) = best.max_by_key(|(index, candidate)| (price(candidate), usize::MAX - index))
        else {
            break;
        };
        chosen.push(candidates.swap_remove(index));
    }
    chosen
}

/// Whether the right option, and no other, has a word of the prompt in it.
fn gives_itself_away(question: &Question) -> bool {
    if question.kind != Kind::MultipleChoice {
        return false;
    }
    let tokens = |text: &str| -> HashSet<String> {
        let parts = text.split(|letter: char| !letter.is_alphanumeric());
        parts.filter(|part| part.chars().count() > 2).map(str::to_lowercase).collect()
    };
    let asked = tokens(&question.prompt);
    let shared = |correct: bool| -> HashSet<String> {
        let options = question.options.iter().filter(move |option| option.correct == correct);
        options.flat_map(|option| tokens(&option.text)).filter(|token| asked.contains(token)).collect()
    };
    !shared(true).is_subset(&shared(false))
}

/// Whether two questions are of one kind, and two statements both true or both false.
fn is_alike(left: &Question, right: &Question) -> bool {
    let truth = |question: &Question| question.options.first().is_some_and(|option| option.correct);
    left.kind == right.kind && (left.kind != Kind::TrueFalse || truth(left) == truth(right))
}
