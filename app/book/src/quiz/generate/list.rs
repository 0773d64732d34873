//! Steps to be put in order, and names that a list explains.

use super::super::hash::Chance;
use super::super::question::{Choice, Kind, Question};
use super::Candidate;
use super::blocks::List;
use super::kinds::Shape;
use super::options::WRONG;
use super::sentence::{Mark, Piece, Sentence, words};

/// What a list of steps is announced with.
const STEPS: [&str; 16] = [
    "step",
    "steps",
    "order",
    "sequence",
    "process",
    "procedure",
    "stages",
    "phases",
    "workflow",
    "pipeline",
    "proceeds",
    "follows",
    "happens",
    "happen",
    "turn",
    "sequentially",
];

/// Adds the questions of a list.
pub fn make(block: usize, list: &List, chance: &mut Chance, out: &mut Vec<Candidate>) {
    out.extend(pairs(block, list, chance));
    let whole = list.items.iter().all(|item| !item.is_empty());
    let Some(lead) = list.lead.as_ref().filter(|_| list.numbered && whole) else { return };
    let is_steps = lead.words().iter().any(|word| STEPS.contains(&word.as_str()));
    let vague = ["above", "listing", "previous", "example", "so", "our", "we"];
    let vague = lead.words().iter().any(|word| vague.contains(&word.as_str()));
    if is_steps && !vague && (3..=6).contains(&list.items.len()) {
        out.extend(ordering(block, list, lead));
    }
}

fn ordering(block: usize, list: &List, lead: &Sentence) -> Option<Candidate> {
    let options: Vec<Choice> = list
        .items
        .iter()
        .filter_map(|item| item.first())
        .map(|step| Choice { text: step.markdown(), correct: true, ..Choice::default() })
        .collect();
    if options.iter().any(|option| option.text.chars().count() > 160) {
        return None;
    }
    let asked = lead.markdown();
    let source = list.items.first()?.first()?.plain();
    Some(Candidate {
        question: Question {
            kind: Kind::Ordering,
            prompt: format!(
                "{} Put the steps in order.",
                asked.trim_end_matches(':').trim_end().to_owned() + "."
            ),
            options,
            source: source.clone(),
            bloom: "understand".to_owned(),
            ..Question::default()
        },
        block,
        place: source.clone(),
        target: source,
        score: 40,
    })
}

/// An item that begins with a marked name, a colon or a dash, and says what it is: name and explanation, as markdown.
fn pair(item: &[Sentence]) -> Option<(Piece, String, String)> {
    let first = item.first()?;
    let name = first
        .pieces
        .first()
        .filter(|piece| matches!(piece.mark, Mark::Code | Mark::Stressed | Mark::Term))?;
    let mut name = name.clone();
    let colon = name.text.trim_end().strip_suffix([':', '.']).map(str::to_owned);
    let rest = Sentence { pieces: first.pieces[1..].to_vec() };
    // `**Name.** Explanation` is two sentences.
    let (said, source) = match (&colon, rest.plain().is_empty()) {
        (Some(_), true) => (item.get(1)?.markdown(), item.get(1)?.plain()),
        _ => (rest.markdown(), first.plain()),
    };
    let said = match colon {
        Some(colon) => {
            name.text = colon;
            said
        }
        None => said.strip_prefix([':', '–', '—', '-']).map(str::trim)?.to_owned(),
    };
    let said = said.trim_end_matches(['.', ';', ',']).trim().to_owned();
    let own = words(&name.text);
    let repeats = words(&said).iter().any(|word| {
        own.iter().any(|own| {
            own.len() > 3 && (word.contains(own.as_str()) || own.contains(word.as_str()) && word.len() > 3)
        })
    });
    let count = words(&said).len();
    (!repeats && (4..=32).contains(&count) && !said.contains("{{") && !said.contains("http"))
        .then_some((name, said, source))
}

/// Which of the names that a list explains is this?
fn pairs(block: usize, list: &List, chance: &mut Chance) -> Vec<Candidate> {
    let pairs: Vec<(Piece, String, String)> = list.items.iter().filter_map(|item| pair(item)).collect();
    let named = list.items.iter().filter(|item| {
        item.first().is_some_and(|first| first.pieces.first().is_some_and(|piece| piece.mark != Mark::Text))
    });
    let names: Vec<String> = named
        .filter_map(|item| item.first()?.pieces.first())
        .map(|piece| {
            Piece { text: piece.text.trim_end_matches([':', '.']).to_owned(), ..piece.clone() }.markdown()
        })
        .collect();
    let is_name = |item: &Vec<Sentence>| {
        let first = item.first().and_then(|first| first.pieces.first());
        first.is_none_or(|piece| {
            piece.mark != Mark::Code || Shape::of(&piece.text, Mark::Code) != Shape::Other
        })
    };
    if names.len() < WRONG || !list.items.iter().all(is_name) {
        return Vec::new();
    }
    let made = pairs.into_iter().filter_map(|(name, said, source)| {
        let right = name.markdown();
        let mut wrong: Vec<&String> = names.iter().filter(|other| **other != right).collect();
        wrong.dedup();
        chance.shuffle(&mut wrong);
        let wrong: Vec<Choice> = wrong
            .into_iter()
            .take(WRONG)
            .map(|text| Choice { text: text.clone(), ..Choice::default() })
            .collect();
        if wrong.len() + 1 < WRONG {
            return None;
        }
        let target = right.to_lowercase();
        let right = Choice { text: right, correct: true, ..Choice::default() };
        Some(Candidate {
            question: Question {
                prompt: format!("What does this describe?\n\n> {said}"),
                options: std::iter::once(right).chain(wrong).collect(),
                source: source.clone(),
                bloom: "remember".to_owned(),
                ..Question::default()
            },
            block,
            place: source,
            target,
            score: 30,
        })
    });
    made.collect()
}
