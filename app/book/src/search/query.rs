//! What a reader asks for: the words of a query, and what else in the book may be meant by each.

use super::related;
use super::vocabulary::{Term, Vocabulary};
use super::words::{self, Kind};

/// Words of a query beyond these are ignored: nobody types so many.
const MOST_WORDS: usize = 48;
/// Completions of the last word that are looked for.
const MOST_COMPLETIONS: usize = 64;

/// Weight of a word that only holds a sentence together.
pub(super) const STOP: f32 = 0.18;
/// Weight of a part of an identifier that the book knows as a whole, and of one that it does not know.
const PART: (f32, f32) = (0.5, 0.9);
/// Weight of what begins with the word, is one slip away, or two; and of two words written as one, or one as two.
const COMPLETION: f32 = 0.6;
const SLIP: [f32; 2] = [0.65, 0.4];
const COMPOUND: f32 = 0.8;
/// Weight of a word of like meaning; less than all other weights, so that it can be told from them.
pub(super) const RELATED: f32 = 0.36;

/// Words that say little about what is asked.
const STOP_WORDS: &str = " a about above after again all also am an and any are as at be because been before being \
    below between both but by can cannot cant could did do does doesnt doing dont down each exactly ever few for from \
    further get gets give given go goes going got had has have having he her here hers him his how however i if im in \
    instead into is isnt it its itself just kind know let lets like long made make makes many may me mean means meant \
    might more most much must my need needs no nor not now of off often on once one only or other our out over own \
    really same say says shall she should so some something still such take tell than that the their them then there \
    thereby these they thing things this those through to too under until up upon us use used using very want wants \
    was way ways we well were what whats when where whether which while who whole whom whose why will with within \
    without would yet you your ";

/// A query as the index understands it.
pub(super) struct Query {
    /// In the order of the query, each once.
    pub(super) words: Vec<Wanted>,
    /// Terms that must follow each other, for each text in quotation marks.
    pub(super) phrases: Vec<Vec<Term>>,
}

/// One word of a query.
pub(super) struct Wanted {
    /// Terms that count as this word, and how much.
    pub(super) variants: Vec<(Term, f32)>,
    /// How much the word matters, before its rarity is looked at.
    pub(super) weight: f32,
    /// In how many documents it occurs, about; related words are not counted where there are others.
    pub(super) frequency: f32,
}

/// What a word of the query is before the book's vocabulary is asked.
struct Typed {
    text: String,
    kind: Kind,
    end: usize,
}

impl Query {
    /// Reads a query; `frequency` says in how many documents a term occurs.
    pub(super) fn parse(
        text: &str,
        vocabulary: &Vocabulary,
        english: bool,
        frequency: &dyn Fn(Term) -> u32,
    ) -> Self {
        let typed = typed(text);
        let is_stop = |word: &Typed| english && STOP_WORDS.contains(&format!(" {} ", word.text));
        let only_stops = typed.iter().all(is_stop);
        let mut words: Vec<Wanted> = Vec::new();
        for (at, word) in typed.iter().enumerate() {
            let known = |text: &str| vocabulary.term(text).filter(|&term| frequency(term) > 0);
            let mut variants: Vec<(Term, f32)> =
                known(&word.text).map(|term| (term, 1.0)).into_iter().collect();
            let plain = !matches!(word.kind, Kind::Letter | Kind::Pair);
            // The last word may be unfinished while it touches the end of the text.
            if plain && word.end == text.len() {
                complete(&word.text, vocabulary, frequency, &mut variants);
            }
            if let Some(next) = typed.get(at + 1).filter(|_| plain)
                && let Some(term) = known(&format!("{}{}", word.text, next.text))
            {
                variants.push((term, COMPOUND));
            }
            if variants.is_empty() && plain {
                guess(&word.text, vocabulary, &known, &mut variants);
            }
            let stop = !only_stops && is_stop(word);
            let weight = match word.kind {
                _ if stop => STOP,
                Kind::Part
                    if typed
                        .iter()
                        .any(|whole| whole.kind == Kind::Whole && known(&whole.text).is_some()) =>
                {
                    PART.0
                }
                Kind::Part => PART.1,
                _ => 1.0,
            };
            // A term counts for the first word that has it, so that a repeated word is wanted once.
            variants.retain(|(term, _)| !has(&words, *term));
            let frequency = variants.iter().map(|&(term, weight)| weight * frequency(term) as f32).sum();
            words.push(Wanted { variants, weight, frequency });
        }
        if english {
            add_related(&typed, &mut words, vocabulary, frequency);
        }
        let phrases = quoted(text).filter_map(|phrase| terms(phrase, vocabulary)).collect();
        Self { words, phrases }
    }
}

fn has(words: &[Wanted], term: Term) -> bool {
    words.iter().any(|word| word.variants.iter().any(|(other, _)| *other == term))
}

/// Adds words of like meaning, where no other word of the query stands for them.
fn add_related(
    typed: &[Typed],
    words: &mut [Wanted],
    vocabulary: &Vocabulary,
    frequency: &dyn Fn(Term) -> u32,
) {
    for (at, word) in typed.iter().enumerate() {
        if words[at].weight <= STOP || words[at].variants.is_empty() && words.len() == 1 {
            continue;
        }
        related::each(&word.text, &|a, b| vocabulary.same_stem(a, b), &mut |related| {
            if let Some(term) =
                vocabulary.term(related).filter(|&term| frequency(term) > 0 && !has(words, term))
            {
                words[at].variants.push((term, RELATED));
                if words[at].frequency == 0.0 {
                    words[at].frequency = frequency(term) as f32;
                }
            }
        });
    }
}

/// The words of a query as they were typed.
fn typed(text: &str) -> Vec<Typed> {
    let mut typed: Vec<Typed> = Vec::new();
    let mut last_letter = usize::MAX;
    words::each(text, &mut |word| {
        match word.kind {
            // Pairs stand for their letters; a letter counts where it stands alone.
            Kind::Letter if last_letter == word.range.start => {
                last_letter = word.range.end;
                return;
            }
            Kind::Letter => last_letter = word.range.end,
            Kind::Pair if typed.last().is_some_and(|last| last.kind == Kind::Letter) => {
                typed.pop();
            }
            _ => {}
        }
        if typed.len() < MOST_WORDS {
            typed.push(Typed { text: word.text.to_owned(), kind: word.kind, end: word.range.end });
        }
    });
    typed
}

/// Adds what the word may be the beginning of.
fn complete(
    word: &str,
    vocabulary: &Vocabulary,
    frequency: &dyn Fn(Term) -> u32,
    variants: &mut Vec<(Term, f32)>,
) {
    if word.chars().count() < 2 {
        return;
    }
    let mut found: Vec<(Term, f32)> = vocabulary
        .starting(word)
        // The more of a word is typed, the more likely it is meant.
        .map(|(whole, term)| (term, COMPLETION * (word.len() as f32 / whole.len() as f32).sqrt()))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    found.dedup_by_key(|(term, _)| *term);
    found.retain(|(term, _)| frequency(*term) > 0 && !variants.iter().any(|(other, _)| other == term));
    found.sort_by_key(|(term, _)| (std::cmp::Reverse(frequency(*term)), *term));
    found.truncate(MOST_COMPLETIONS);
    variants.extend(found);
}

/// Adds what may be meant by a word that the book does not have.
fn guess(
    word: &str,
    vocabulary: &Vocabulary,
    known: &dyn Fn(&str) -> Option<Term>,
    variants: &mut Vec<(Term, f32)>,
) {
    // Two words written as one: each must have some length to be more than chance.
    for (at, _) in word.char_indices().skip(3) {
        let (left, right) = word.split_at(at);
        if right.chars().count() >= 3
            && let (Some(left), Some(right)) = (known(left), known(right))
        {
            variants.extend([(left, COMPOUND / 2.0), (right, COMPOUND / 2.0)]);
            return;
        }
    }
    variants.extend(vocabulary.similar(word).into_iter().map(|(term, slips)| (term, SLIP[slips.min(2) - 1])));
}

/// The texts in quotation marks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let parts: Vec<&str> = text.split(['"', '“', '”', '„']).collect();
    // What follows the last mark is inside only if the marks do not pair.
    let pairs = (parts.len() - 1) / 2;
    parts.into_iter().skip(1).step_by(2).take(pairs)
}

/// The terms of a phrase in order, or `None` where one is not in the book.
fn terms(phrase: &str, vocabulary: &Vocabulary) -> Option<Vec<Term>> {
    let mut terms = Some(Vec::new());
    words::each(phrase, &mut |word| {
        // One term for each place, as documents have their first one.
        if !word.same {
            match (vocabulary.term(word.text), &mut terms) {
                (Some(term), Some(terms)) => terms.push(term),
                _ => terms = None,
            }
        }
    });
    terms.filter(|terms| terms.len() > 1)
}
