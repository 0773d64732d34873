//! A book as blocks and sentences, and the marked words of all of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::blocks::{Block, List, blocks};
use super::kinds::Shape;
use super::sentence::{Mark, Sentence, words};
use crate::glossary::{self, Entry};
use crate::load::Book;
use crate::markdown::{Page, Rendered, render};
use crate::path;
use crate::wire::RenderOptions;

/// A marked word of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its text, without markdown.
    pub text: String,
    /// What it is.
    pub mark: Mark,
    /// Of which shape it is.
    pub shape: Shape,
    /// In how many sections it is marked.
    pub sections: usize,
    /// Chapters that have it, by index.
    pub chapters: BTreeSet<usize>,
    /// Sentences in which it is marked: indexes into [`Material::sentences`].
    pub said: Vec<usize>,
}

/// Blocks of a chapter between two headings.
#[derive(Debug, Clone, Default)]
struct Run {
    id: String,
    title: String,
    depth: usize,
    text: String,
    blocks: Vec<Block>,
}

/// A part of a chapter about which questions are made.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Index of its chapter.
    pub chapter: usize,
    /// Title of its heading.
    pub title: String,
    /// It works through an example, whose numbers are of no use elsewhere.
    pub is_example: bool,
    /// Its plain text, code included.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A name that this many listings declare is a convention, such as `main`.
const CONVENTION: usize = 4;

/// A book, cut up for making questions.
#[derive(Debug, Clone, Default)]
pub struct Material {
    chapters: Vec<(String, Vec<Run>)>,
    /// Marked words, each once.
    pub words: Vec<Word>,
    /// Prose words that name a topic of the book, in small letters: in a heading, in the glossary, or defined.
    topics: BTreeSet<String>,
    /// Entries of the glossary.
    pub entries: Vec<Entry>,
    /// Sentences in which a term is defined: the term and what is said of it, both as markdown, and the chapter.
    pub definitions: Vec<(String, String, usize)>,
    /// Every plain sentence of the book, in small letters, for looking up what would be right elsewhere.
    pub sentences: Vec<String>,
    /// Names that examples made up.
    declared: BTreeSet<String>,
    /// Place of each word in `words`, by its text and whether it is code.
    places: HashMap<(bool, String), usize>,
}

impl Material {
    /// Cuts `book` up.
    pub fn new(book: &Book) -> Self {
        let options = book.config.render_options();
        let mut material = Self { entries: glossary::entries(book), ..Self::default() };
        for chapter in &book.chapters {
            let page = Page { address: &chapter.address, ..Page::default() };
            let rendered = render(&chapter.markdown, &page, &options, &());
            let is_glossary = glossary::is_glossary(chapter);
            let runs = if is_glossary { Vec::new() } else { runs(&chapter.markdown, &options, &rendered) };
            material.chapters.push((path::normalise(&chapter.source), runs));
        }
        material.note_words();
        material.note_declared();
        material.definitions = super::define::all(&material);
        material.note_topics();
        material
    }

    /// Every section that has a heading: source of its page, id, and whether it has blocks of its own.
    pub fn sections(&self) -> impl Iterator<Item = (&str, &str)> {
        self.chapters.iter().flat_map(|(source, runs)| {
            runs.iter()
                .filter(|run| !run.blocks.is_empty())
                .map(move |run| (source.as_str(), run.id.as_str()))
        })
    }

    /// The section `anchor` of `page` with all below it.
    pub fn part(&self, page: &str, anchor: &str) -> Option<Part> {
        let page = path::normalise(page);
        let chapter = self.chapters.iter().position(|(source, _)| *source == page)?;
        let runs = &self.chapters[chapter].1;
        let first = runs.iter().position(|run| run.id == anchor)?;
        let below = runs[first + 1..].iter().take_while(|run| run.depth > runs[first].depth).count();
        let title = runs[first].title.clone();
        let is_example =
            ["example", "exercise", "case study"].iter().any(|part| title.to_lowercase().contains(part))
                || anchor.contains("example");
        let mut part = Part { chapter, title, is_example, ..Part::default() };
        for run in &runs[first..=first + below] {
            part.text.push_str(&run.text);
            part.text.push('\n');
            part.blocks.extend(run.blocks.iter().cloned());
        }
        Some(part)
    }

    /// The marked word `text`, code or prose.
    pub fn word(&self, text: &str, is_code: bool) -> Option<&Word> {
        self.words.get(*self.places.get(&(is_code, text.to_owned()))?)
    }

    /// Whether `sentence` speaks of names that an example made up: they mean nothing outside it.
    pub fn is_of_example(&self, sentence: &Sentence) -> bool {
        sentence.pieces.iter().filter(|piece| piece.mark == Mark::Code).any(|piece| {
            let text = piece.text.trim();
            let rare = self.word(&piece.text, true).is_none_or(|word| word.sections < 2);
            let made_up = matches!(
                Shape::of(text, Mark::Code),
                Shape::Name
                    | Shape::Call
                    | Shape::Type
                    | Shape::Path
                    | Shape::Generic
                    | Shape::Reference
                    | Shape::Other
            );
            let is_literal =
                text.starts_with(|letter: char| letter.is_ascii_digit() || letter == '"' || letter == '-');
            let is_letter = text.chars().count() == 1 && text.chars().all(char::is_lowercase);
            let name = text.split(['<', '(', ':', '.']).next().unwrap_or(text);
            rare && made_up || self.declared.contains(name) || is_literal || is_letter
        })
    }

    /// Every sentence of the book with its chapter.
    pub fn all_sentences(&self) -> impl Iterator<Item = (usize, &Sentence)> {
        let blocks = self.chapters.iter().enumerate().flat_map(|(chapter, (_, runs))| {
            runs.iter().flat_map(|run| &run.blocks).map(move |block| (chapter, block))
        });
        blocks.flat_map(|(chapter, block)| {
            let sentences: &[Sentence] = if let Block::Text(sentences) = block { sentences } else { &[] };
            sentences.iter().map(move |sentence| (chapter, sentence))
        })
    }

    /// Every list of the book with its chapter.
    pub fn all_lists(&self) -> impl Iterator<Item = (usize, &List)> {
        let blocks = self.chapters.iter().enumerate().flat_map(|(chapter, (_, runs))| {
            runs.iter().flat_map(|run| &run.blocks).map(move |block| (chapter, block))
        });
        blocks.filter_map(|(chapter, block)| match block {
            Block::List(list) => Some((chapter, list)),
            _ => None,
        })
    }

    /// Whether the stressed word `text` names a topic.
    pub fn is_topic(&self, text: &str) -> bool {
        self.topics.contains(&topic(text))
    }

    /// A book with a glossary names its terms there; in others a stressed word is one if it is a whole heading, if a
    /// heading has it and it is more than a word, or if it is defined.
    fn note_topics(&mut self) {
        let mut topics: BTreeSet<String> = self.entries.iter().map(|entry| topic(&entry.term)).collect();
        if topics.is_empty() {
            let titles =
                self.chapters.iter().flat_map(|(_, runs)| runs).map(|run| format!(" {} ", topic(&run.title)));
            let titles: BTreeSet<String> = titles.collect();
            let in_title = |text: &String| {
                let whole = format!(" {text} ");
                titles.contains(&whole)
                    || text.contains(' ') && titles.iter().any(|title| title.contains(&whole))
            };
            let prose = self.words.iter().filter(|word| word.mark != Mark::Code);
            topics.extend(prose.map(|word| topic(&word.text)).filter(in_title));
            let defined = self.definitions.iter().filter(|(term, _, _)| !term.starts_with('`'));
            topics.extend(defined.map(|(term, _, _)| topic(term)));
        }
        self.topics = topics;
    }

    /// Notes the names that listings declare: an example's own, unless many do.
    fn note_declared(&mut self) {
        const DECLARING: [&str; 14] = [
            "struct", "enum", "trait", "fn", "mod", "class", "def", "let", "mut", "const", "static", "type",
            "impl", "of",
        ];
        let mut counts: HashMap<String, usize> = HashMap::new();
        for block in self.chapters.iter().flat_map(|(_, runs)| runs).flat_map(|run| &run.blocks) {
            let Block::Code(code) = block else { continue };
            let parts = code.text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
            let tokens: Vec<&str> = parts.filter(|token| !token.is_empty()).collect();
            let declared = tokens.windows(2).filter(|pair| DECLARING.contains(&pair[0])).map(|pair| pair[1]);
            for name in declared.collect::<BTreeSet<_>>() {
                *counts.entry(name.to_owned()).or_default() += 1;
            }
        }
        let few = counts.into_iter().filter(|(name, count)| *count < CONVENTION && name.chars().count() > 1);
        self.declared = few.map(|(name, _)| name).collect();
    }

    fn note_words(&mut self) {
        let mut words: BTreeMap<(Family, String), Word> = BTreeMap::new();
        let mut sentences = Vec::new();
        for (chapter, (_, runs)) in self.chapters.iter().enumerate() {
            for run in runs {
                let mut here: BTreeSet<(Family, String)> = BTreeSet::new();
                for block in &run.blocks {
                    let Block::Text(list) = block else { continue };
                    for sentence in list {
                        sentences.push(sentence.plain().to_lowercase());
                        for piece in &sentence.pieces {
                            let Some(mark) = Family::of(piece.mark) else { continue };
                            let key = (mark, piece.text.clone());
                            let word = words.entry(key.clone()).or_insert_with(|| Word {
                                text: piece.text.clone(),
                                mark: piece.mark,
                                shape: Shape::of(&piece.text, piece.mark),
                                sections: 0,
                                chapters: BTreeSet::new(),
                                said: Vec::new(),
                            });
                            word.chapters.insert(chapter);
                            word.said.push(sentences.len() - 1);
                            word.sections += usize::from(here.insert(key));
                        }
                    }
                }
            }
        }
        self.words = words.into_values().collect();
        let place = |(index, word): (usize, &Word)| ((word.mark == Mark::Code, word.text.clone()), index);
        self.places = self.words.iter().enumerate().map(place).collect();
        self.sentences = sentences;
    }
}

/// A word or title in small letters and the singular.
fn topic(text: &str) -> String {
    let single = |word: &String| {
        if super::kinds::is_plural(word) { word.trim_end_matches('s').to_owned() } else { word.clone() }
    };
    words(text).iter().map(single).collect::<Vec<_>>().join(" ")
}

/// Marks whose words are collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Code,
    Prose,
}

impl Family {
    fn of(mark: Mark) -> Option<Self> {
        match mark {
            Mark::Code => Some(Self::Code),
            Mark::Stressed | Mark::Term => Some(Self::Prose),
            _ => None,
        }
    }
}

/// Cuts a chapter at its headings.
fn runs(markdown: &str, options: &RenderOptions, rendered: &Rendered) -> Vec<Run> {
    let mut runs: Vec<Run> = rendered
        .sections
        .iter()
        .map(|section| Run {
            id: section.id.clone(),
            title: section.title.clone(),
            depth: section.path.len() + usize::from(!section.id.is_empty()),
            text: format!("{}\n{}\n{}", section.title, section.text, section.code),
            blocks: Vec::new(),
        })
        .collect();
    let starts: Vec<u32> = rendered.sections.iter().map(|section| section.line).collect();
    let index = crate::line_index::LineIndex::new(markdown);
    for (offset, block) in blocks(markdown, options) {
        let line = index.line(offset);
        let at = starts.partition_point(|start| *start <= line).checked_sub(1);
        let Some(run) = at.and_then(|at| runs.get_mut(at)) else { continue };
        if !is_passed_over(&run.title) {
            run.blocks.push(block);
        }
    }
    runs
}

/// Sections that teach nothing themselves.
fn is_passed_over(title: &str) -> bool {
    let title = title.to_lowercase();
    let whole = [
        "exercises",
        "references",
        "bibliography",
        "contributing",
        "contributors",
        "resources",
        "objectives",
    ];
    whole.contains(&title.as_str())
        || ["further reading", "what you will be able", "exercise", "sources and"]
            .iter()
            .any(|part| title.contains(part))
}
