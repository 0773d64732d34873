//! Full-text search over a book's sections, for the search box, the command line and the tutor.
//!
//! [`Index::add`] takes sections as they arrive, and [`Index::search`] may be called at any time between:
//! there is nothing to build first. Words are compared without case and accents and, in English, by their
//! stems; the last word of a query may be unfinished, an unknown one misspelt; a text in quotation marks
//! must occur as it is. A query needs no word in particular: what has more and rarer ones comes first.

mod fold;
mod query;
mod rank;
mod related;
mod sections;
mod snippet;
mod stem;
#[cfg(test)]
mod tests;
mod typo;
mod vocabulary;
mod words;

pub use sections::documents;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use query::Query;
use rank::Marks;
use vocabulary::{Term, Vocabulary};

/// Set on a token that stands at the same place as the one before it.
const SAME: u32 = 1 << 31;

/// A section of a page, as search shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Address of its page, e.g. `a/b.html`.
    pub page: String,
    /// Source of the page relative to the book's source folder, e.g. `a/b.md`.
    pub source: String,
    /// Id of its heading; empty for what stands before the first one.
    pub anchor: String,
    /// Text of its heading, or the chapter's name.
    pub title: String,
    /// Chapters and headings above it, outermost first.
    pub path: Vec<String>,
    /// Running text.
    pub text: String,
    /// Text of its code blocks.
    pub code: String,
}

/// A document that answers a query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Which one: a number for [`Index::document`].
    pub document: usize,
    /// How well it answers; comparable only within one query.
    pub score: f32,
    /// Its title in pieces: text, and whether it was asked for.
    pub title: Vec<(String, bool)>,
    /// The part of its text that shows best why it was found, in pieces like the title.
    pub snippet: Vec<(String, bool)>,
}

/// A book's sections, ready to be searched.
pub struct Index {
    english: bool,
    vocabulary: Vocabulary,
    documents: Vec<Document>,
    fields: Vec<Fields>,
    /// Terms of all documents, in order.
    tokens: Vec<u32>,
    /// For each term: in how many documents it occurs.
    frequencies: Vec<u32>,
    /// For each term: the last document that had it, plus one.
    latest: Vec<u32>,
    /// For each page: how many terms it has.
    pages: Vec<u32>,
    /// How many terms there are in each field, over all documents.
    totals: [u64; 4],
}

/// Where a document's terms are: title, path, text and code, one after the other.
struct Fields {
    start: u32,
    ends: [u32; 4],
    /// Number of its page.
    page: u32,
}

impl Fields {
    fn ranges(&self) -> [Range<usize>; 4] {
        let mut start = self.start as usize;
        self.ends.map(|end| {
            let range = start..end as usize;
            start = end as usize;
            range
        })
    }
}

/// Usual lengths, in terms.
struct Averages {
    fields: [f32; 4],
    page: f32,
}

impl Index {
    /// An empty index for a book in `language` (a BCP 47 tag).
    #[must_use]
    pub fn new(language: &str) -> Self {
        let english =
            language.is_empty() || language.get(..2).is_some_and(|tag| tag.eq_ignore_ascii_case("en"));
        Self {
            english,
            vocabulary: Vocabulary::new(english),
            documents: Vec::new(),
            fields: Vec::new(),
            tokens: Vec::new(),
            frequencies: Vec::new(),
            latest: Vec::new(),
            pages: Vec::new(),
            totals: [0; 4],
        }
    }

    /// Adds a section. Sections of one page must follow each other.
    pub fn add(&mut self, document: Document) {
        if self.documents.last().is_none_or(|last| last.page != document.page) {
            self.pages.push(0);
        }
        let start = self.tokens.len() as u32;
        let path = document.path.join("\n");
        let number = self.documents.len() as u32 + 1;
        let ends =
            [&document.title, &path, &document.text, &document.code].map(|text| self.read(text, number));
        let mut from = start;
        for (total, end) in self.totals.iter_mut().zip(ends) {
            *total += u64::from(end - from);
            from = end;
        }
        let page = self.pages.len() - 1;
        self.pages[page] += from - start;
        self.fields.push(Fields { start, ends, page: page as u32 });
        self.documents.push(document);
    }

    /// Appends the terms of a text and returns where they end.
    fn read(&mut self, text: &str, number: u32) -> u32 {
        words::each(text, &mut |word| {
            let term = self.vocabulary.add(word.text);
            let len = self.vocabulary.len();
            self.frequencies.resize(len, 0);
            self.latest.resize(len, 0);
            let at = term as usize;
            if self.latest[at] != number {
                self.latest[at] = number;
                self.frequencies[at] += 1;
            }
            self.tokens.push(term | if word.same { SAME } else { 0 });
        });
        self.tokens.len() as u32
    }

    /// How many sections there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is nothing to find.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// A section by the number in [`Hit::document`].
    #[must_use]
    pub fn document(&self, number: usize) -> Option<&Document> {
        self.documents.get(number)
    }

    /// The `limit` sections that answer `query` best, best first; none for a query without words.
    #[must_use]
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let query = Query::parse(query, &self.vocabulary, self.english, &|term| self.frequency(term));
        let marks = Marks::new(&query, self.vocabulary.len());
        let importance = rank::importance(self, &query);
        let mut scored = rank::rank(self, &query, &marks);
        scored.truncate(limit);
        let enough = importance.iter().sum::<f32>() * 0.6;
        scored
            .into_iter()
            .map(|scored| {
                let document = &self.documents[scored.document];
                let [title, _, text, code] =
                    self.fields[scored.document].ranges().map(|range| &self.tokens[range]);
                let cut = |text, tokens| snippet::snippet(text, tokens, &marks, &importance);
                let (text, gain) = cut(&document.text, text);
                // Code is looked into only where the text does not show most of what was asked.
                let (code, code_gain) =
                    if gain < enough { cut(&document.code, code) } else { Default::default() };
                Hit {
                    document: scored.document,
                    score: scored.score,
                    title: snippet::mark(&document.title, title, &marks),
                    snippet: if code_gain > gain * 1.5 || document.text.is_empty() { code } else { text },
                }
            })
            .collect()
    }

    fn frequency(&self, term: Term) -> u32 {
        self.frequencies.get(term as usize).copied().unwrap_or(0)
    }

    fn averages(&self) -> Averages {
        let documents = self.documents.len().max(1) as f32;
        let fields = self.totals.map(|total| total as f32 / documents);
        let page = self.tokens.len() as f32 / self.pages.len().max(1) as f32;
        Averages { fields, page: page.max(1.0) }
    }
}
