//! Questions that use a term of the glossary before the text introduces it.
//!
//! A term is introduced where a chapter first links to its entry, or wherever the section that is asked about
//! says it.

use std::collections::HashMap;

use super::quizzes::all;
use crate::diagnostic::Diagnostic;
use crate::glossary::{self, Entry};
use crate::load::Book;
use crate::markdown::Rendered;
use crate::path;

/// Adds a warning for each such question.
pub fn check(book: &Book, rendered: &[Rendered], diagnostics: &mut Vec<Diagnostic>) {
    if book.quizzes.is_empty() {
        return;
    }
    let entries = glossary::entries(book);
    let introduced = introductions(book, rendered);
    for asked in all(book) {
        let chapter = asked.placed.chapter;
        let (Some(source), Some(page)) = (book.chapters.get(chapter), rendered.get(chapter)) else {
            continue;
        };
        let line = line_of(&source.markdown, &asked.placed.path);
        let words = words(&asked.question.markdown().collect::<Vec<_>>().join("\n"));
        let before = page.sections.iter().filter(|section| section.line <= line);
        let read: String = before.map(|section| format!(" {} {} ", section.title, section.text)).collect();
        let read = self::words(&read);
        let early = |entry: &&Entry| {
            let term = self::words(&entry.term);
            let first = introduced.get(entry.id.as_str());
            first.is_some_and(|place| *place > (chapter, line)) && says(&words, &term) && !says(&read, &term)
        };
        for entry in entries.iter().filter(early) {
            let place =
                introduced.get(entry.id.as_str()).and_then(|(chapter, _)| book.chapters.get(*chapter));
            let place = place.map_or("", |chapter| chapter.source.as_str());
            diagnostics.push(Diagnostic::warning(
                "quiz-term",
                &asked.placed.path,
                asked.line,
                format!("the question uses `{}`, which is introduced later, in `{place}`", entry.term),
                "ask it there, use other words, or introduce the term before",
            ));
        }
    }
}

/// Where each entry of the glossary is first linked to: chapter and line.
fn introductions(book: &Book, rendered: &[Rendered]) -> HashMap<String, (usize, u32)> {
    let mut places = HashMap::new();
    for (index, (chapter, page)) in book.chapters.iter().zip(rendered).enumerate() {
        if glossary::is_glossary(chapter) {
            continue;
        }
        for link in &page.links {
            let (target, fragment) = path::split_link(&link.target);
            let name = target.rsplit('/').next().unwrap_or_default();
            if let (true, Some(id)) = (name.eq_ignore_ascii_case("glossary.md"), fragment) {
                places.entry(path::percent_decode(id).into_owned()).or_insert((index, link.line));
            }
        }
    }
    places
}

/// The line, from 1, on which the quiz at `path` stands.
fn line_of(markdown: &str, path: &str) -> u32 {
    let [open, _] = crate::quiz::element(path);
    let line = markdown.lines().position(|line| line.contains(&open));
    line.map_or(u32::MAX, |line| u32::try_from(line + 1).unwrap_or(u32::MAX))
}

/// The small letters and digits of `text`, words between single spaces.
fn words(text: &str) -> String {
    let mut out = String::from(" ");
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            out.extend(letter.to_lowercase());
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
    out
}

/// Whether `words` has `term`, in the plural too.
fn says(words: &str, term: &str) -> bool {
    words.contains(term) || words.contains(&format!("{}s ", term.trim_end()))
}
