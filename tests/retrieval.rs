//! How often search finds the section that answers a question.
//!
//! The questions are worded as readers ask, often unlike the text. They are asked of real books, which
//! stand beside the repository; without them this suite says so and passes. It prints its figures:
//! `cargo test -p tests --test retrieval -- --nocapture`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use book::Book;
use book::markdown::{self, Page};
use book::search::{Hit, Index, documents};
use tests::folder::Folder;

/// Shares of questions that must be answered by the first result, the first three and the first five.
///
/// A little under what is reached (0.61, 0.84 and 0.91 over all books), so that a change that loses
/// several answers shows, and one that trades one for another does not.
const FLOORS: [(usize, f64); 3] = [(1, 0.57), (3, 0.80), (5, 0.87)];

struct Question {
    text: String,
    answers: Vec<String>,
}

/// Questions by book.
fn questions() -> BTreeMap<String, Vec<Question>> {
    let mut questions: BTreeMap<String, Vec<Question>> = BTreeMap::new();
    for line in include_str!("retrieval/questions.tsv").lines().filter(|line| !line.starts_with('#')) {
        let parts: Vec<&str> = line.split('\t').collect();
        let [book, text, answers] = parts[..] else { panic!("three columns expected: {line}") };
        let answers = answers.split('|').map(str::to_owned).collect();
        questions.entry(book.to_owned()).or_default().push(Question { text: text.to_owned(), answers });
    }
    questions
}

fn shared_books() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/books")
}

/// Indexes a book as the reader does.
fn index(root: &Path) -> Index {
    let book = Book::load(&Folder::new(root));
    let options = book.config.render_options();
    let mut index = Index::new(&book.config.book.language);
    for chapter in &book.chapters {
        let page = Page { address: &chapter.address, ..Page::default() };
        let rendered = markdown::render(&chapter.markdown, &page, &options, &());
        let source = book::path::normalise(&chapter.source);
        for document in documents(&chapter.address, &source, &chapter.title, &chapter.parents, &rendered) {
            index.add(document);
        }
    }
    index
}

fn name(index: &Index, hit: &Hit) -> String {
    index
        .document(hit.document)
        .map(|document| format!("{}#{}", document.source, document.anchor))
        .unwrap_or_default()
}

/// The place of the first right answer, from 0.
fn place(index: &Index, question: &Question) -> Option<usize> {
    let hits = index.search(&question.text, 10);
    hits.iter().position(|hit| question.answers.contains(&name(index, hit)))
}

#[test]
fn questions_find_the_sections_that_answer_them() {
    let mut places = Vec::new();
    for (book, questions) in questions() {
        let root = shared_books().join(&book);
        if !root.exists() {
            eprintln!("skipped: there is no {}", root.display());
            continue;
        }
        let index = index(&root);
        let known: Vec<String> = (0..index.len())
            .filter_map(|number| index.document(number))
            .map(|document| format!("{}#{}", document.source, document.anchor))
            .collect();
        for answer in questions.iter().flat_map(|question| &question.answers) {
            assert!(known.contains(answer), "{book} has no section {answer}");
        }
        let here: Vec<_> = questions.iter().map(|question| place(&index, question)).collect();
        report(&book, &here);
        for (question, place) in
            questions.iter().zip(&here).filter(|(_, place)| place.is_none_or(|place| place > 4))
        {
            println!(
                "    {}: {}",
                place.map_or("absent".to_owned(), |place| (place + 1).to_string()),
                question.text
            );
        }
        places.extend(here);
    }
    if places.is_empty() {
        return;
    }
    report("all", &places);
    for (first, floor) in FLOORS {
        let share = within(&places, first);
        assert!(
            share >= floor,
            "{share:.3} of the answers are among the first {first}, {floor} are asked for"
        );
    }
}

/// Share of answers among the first `first` results.
fn within(places: &[Option<usize>], first: usize) -> f64 {
    let found = places.iter().filter(|place| place.is_some_and(|place| place < first)).count();
    found as f64 / places.len().max(1) as f64
}

fn report(name: &str, places: &[Option<usize>]) {
    let reciprocal: f64 = places.iter().flatten().map(|place| 1.0 / (*place as f64 + 1.0)).sum();
    println!(
        "{name}: {} questions, first {:.2}, first three {:.2}, first five {:.2}, mean reciprocal rank {:.2}",
        places.len(),
        within(places, 1),
        within(places, 3),
        within(places, 5),
        reciprocal / places.len().max(1) as f64,
    );
}
