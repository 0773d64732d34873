//! How well documents answer a query: BM25 over fields, then nearness, coverage and the page around.
//!
//! The text of the whole book is gone through once for each query, as numbers: 1 MB of text is some 200,000
//! of them, which takes well under a millisecond. So there are no posting lists to build, ship or keep.

use super::query::{Query, RELATED, STOP, Wanted};
use super::vocabulary::Term;
use super::{Fields, Index, SAME};

/// BM25's saturation: how soon more of the same word stops counting.
const SATURATION: f32 = 1.8;
/// Weight of a word in each field, in the order of [`Fields`].
const WEIGHTS: [f32; 4] = [4.2, 1.1, 0.75, 0.4];
/// How much a long field dilutes its words.
const DILUTION: [f32; 4] = [0.4, 0.25, 0.55, 0.85];
/// Shorter fields are not taken for shorter.
const SHORTEST: f32 = 0.4;
/// Places between two words that still count as near.
const NEAR: u32 = 5;
/// Share of the rarer word's score that two neighbouring words add.
const NEARNESS: f32 = 0.4;
/// How strongly a missing word lowers the score.
const COVERAGE: f32 = 0.4;
/// How much a long page dilutes its words.
const DILUTION_PAGE: f32 = 0.8;
/// Share of the whole page's score that each of its sections gets.
const PAGE: f32 = 0.2;
/// Share of the score of its words that a title adds.
const IN_TITLE: f32 = 0.3;
/// What a title adds that has the words of the query and no others.
const EXACT_TITLE: f32 = 0.6;

/// A document and its score.
pub(super) struct Scored {
    pub(super) document: usize,
    pub(super) score: f32,
}

/// Which word of a query a term counts as, for every term of the book.
pub(super) struct Marks {
    /// Index into `slots` plus one, 0 for terms that nobody wants.
    of: Vec<u8>,
    slots: Vec<Slot>,
}

struct Slot {
    word: u8,
    weight: f32,
    shown: bool,
}

impl Marks {
    pub(super) fn new(query: &Query, terms: usize) -> Self {
        let mut marks = Self { of: vec![0; terms], slots: Vec::new() };
        let only_stops = query.words.iter().all(|wanted| wanted.weight <= STOP);
        for (word, wanted) in query.words.iter().enumerate() {
            for &(term, weight) in &wanted.variants {
                // More variants than a byte counts come from completions only; the rarest are left out.
                if marks.slots.len() < usize::from(u8::MAX) {
                    let shown = weight > RELATED && (wanted.weight > STOP || only_stops);
                    marks.slots.push(Slot { word: word as u8, weight, shown });
                    marks.of[term as usize] = marks.slots.len() as u8;
                }
            }
        }
        marks
    }

    /// The word of the query that `term` counts as, and how much.
    pub(super) fn get(&self, term: Term) -> Option<(usize, f32)> {
        self.slot(term).map(|slot| (usize::from(slot.word), slot.weight))
    }

    /// Whether readers should see that `term` was found: it is a form of a word they typed, and a telling one.
    pub(super) fn shows(&self, term: Term) -> bool {
        self.slot(term).is_some_and(|slot| slot.shown)
    }

    fn slot(&self, term: Term) -> Option<&Slot> {
        let slot = self.of.get(term as usize).copied().unwrap_or(0);
        self.slots.get(usize::from(slot).checked_sub(1)?)
    }
}

/// How rare each word of the query is, times how much it matters.
pub(super) fn importance(index: &Index, query: &Query) -> Vec<f32> {
    let all = index.documents.len() as f32;
    let rarity = |wanted: &Wanted| {
        let found = wanted.frequency.min(all);
        (1.0 + (all - found + 0.5) / (found + 0.5)).ln() * wanted.weight
    };
    query.words.iter().map(rarity).collect()
}

/// Scores all documents that have something in common with the query, best first.
pub(super) fn rank(index: &Index, query: &Query, marks: &Marks) -> Vec<Scored> {
    let importance = importance(index, query);
    let found = Found::collect(index, query, marks, &importance);
    let wanted: f32 = importance.iter().sum();
    let count = query.words.len();
    let average = index.averages();
    let mut scored = Vec::new();
    for (document, fields) in index.fields.iter().enumerate() {
        let bonus = found.bonus[document];
        let row = &found.counts[document * count..(document + 1) * count];
        let page = fields.page as usize;
        let page_row = &found.pages[page * count..(page + 1) * count];
        let (mut score, mut covered, mut around) = (0.0, 0.0, 0.0);
        let dilution = 1.0 - DILUTION_PAGE + DILUTION_PAGE * index.pages[page] as f32 / average.page;
        for word in 0..count {
            let tf = row[word];
            if tf > 0.0 {
                score += importance[word] * saturated(tf);
                covered += importance[word];
            }
            around += importance[word] * saturated(page_row[word] / dilution);
        }
        if score > 0.0 {
            let coverage = if wanted > 0.0 { covered / wanted } else { 1.0 };
            let score = (score + bonus) * coverage.powf(COVERAGE) + PAGE * around;
            scored.push(Scored { document, score });
        }
    }
    if found.phrase.iter().any(|&has| has) {
        scored.retain(|scored| found.phrase[scored.document]);
    }
    scored.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
    scored
}

fn saturated(tf: f32) -> f32 {
    tf * (SATURATION + 1.0) / (tf + SATURATION)
}

/// What one pass over the book finds.
struct Found {
    /// Weighted and diluted counts, a row of words for each document.
    counts: Vec<f32>,
    /// Weighted counts, a row of words for each page.
    pages: Vec<f32>,
    /// What nearness and titles add to each document.
    bonus: Vec<f32>,
    /// Whether the document has every phrase; all `false` where the query has none.
    phrase: Vec<bool>,
}

impl Found {
    fn collect(index: &Index, query: &Query, marks: &Marks, importance: &[f32]) -> Self {
        let words = query.words.len();
        let documents = index.documents.len();
        let mut found = Self {
            counts: vec![0.0; documents * words],
            pages: vec![0.0; index.pages.len() * words],
            bonus: vec![0.0; documents],
            phrase: vec![false; documents],
        };
        let average = index.averages();
        let telling = telling(query);
        let wanted = marks.of.as_slice();
        let mut near = vec![0.0f32; words];
        for (document, fields) in index.fields.iter().enumerate() {
            let row = &mut found.counts[document * words..(document + 1) * words];
            let page = fields.page as usize;
            let page_row = &mut found.pages[page * words..(page + 1) * words];
            near.fill(0.0);
            for (field, range) in fields.ranges().into_iter().enumerate() {
                let tokens = &index.tokens[range];
                let ratio = (tokens.len() as f32 / average.fields[field].max(1.0)).max(if field < 2 {
                    0.0
                } else {
                    SHORTEST
                });
                let dilution = 1.0 - DILUTION[field] + DILUTION[field] * ratio;
                let mut place = 0u32;
                let mut last: Option<(usize, u32)> = None;
                for &token in tokens {
                    place += u32::from(token & SAME == 0);
                    // Nearly all words are not asked for.
                    let slot = wanted[(token & !SAME) as usize];
                    if slot == 0 {
                        continue;
                    }
                    let Slot { word, weight, .. } = marks.slots[usize::from(slot) - 1];
                    let word = usize::from(word);
                    row[word] += WEIGHTS[field] * weight / dilution;
                    page_row[word] += WEIGHTS[field] * weight;
                    if telling[word].is_none() {
                        continue;
                    }
                    if let Some((before, at)) = last
                        && before != word
                        && place - at <= NEAR
                    {
                        let pair = nearness(telling[before], telling[word], place - at)
                            * importance[before].min(importance[word]);
                        let pair = if field == 3 { pair * 0.5 } else { pair };
                        near[word] = near[word].max(pair);
                    }
                    last = Some((word, place));
                }
            }
            found.bonus[document] =
                NEARNESS * near.iter().sum::<f32>() + title(index, fields, marks, importance);
            found.phrase[document] = !query.phrases.is_empty()
                && query.phrases.iter().all(|phrase| has_phrase(index, fields, phrase));
        }
        found
    }
}

/// The place of each word among those that say what is asked; `None` for the others.
fn telling(query: &Query) -> Vec<Option<usize>> {
    let mut next = 0;
    let place = |wanted: &Wanted| {
        (wanted.weight > STOP).then(|| {
            next += 1;
            next
        })
    };
    query.words.iter().map(place).collect()
}

/// 1 for words that stand side by side in query and text, less the farther apart they are.
fn nearness(before: Option<usize>, word: Option<usize>, apart: u32) -> f32 {
    let (Some(before), Some(word)) = (before, word) else { return 0.0 };
    let asked = match word as isize - before as isize {
        1 => 1.0,
        2 | -1 => 0.6,
        _ => 0.3,
    };
    asked / apart.max(1) as f32
}

/// What the title adds: something for each word of the query in it, and more where there is nothing else in it.
fn title(index: &Index, fields: &Fields, marks: &Marks, importance: &[f32]) -> f32 {
    let [title, ..] = fields.ranges();
    let (mut has, mut places, mut matched) = (0u64, 0.0, 0.0);
    for &token in index.tokens[title].iter().filter(|&&token| token & SAME == 0) {
        places += 1.0;
        if let Some((word, weight)) = marks.get(token)
            && weight > 0.9
        {
            matched += 1.0;
            has |= 1 << word;
        }
    }
    if has == 0 {
        return 0.0;
    }
    let asked: f32 = importance.iter().sum();
    let found: f32 =
        importance.iter().enumerate().filter(|(word, _)| has >> word & 1 == 1).map(|(_, worth)| worth).sum();
    let share = matched / places;
    found * share * (IN_TITLE + if matched == places { EXACT_TITLE * found / asked } else { 0.0 })
}

fn has_phrase(index: &Index, fields: &Fields, phrase: &[Term]) -> bool {
    fields.ranges().into_iter().any(|range| {
        let places: Vec<Term> =
            index.tokens[range].iter().copied().filter(|token| token & SAME == 0).collect();
        places.windows(phrase.len()).any(|window| window == phrase)
    })
}
