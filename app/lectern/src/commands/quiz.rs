//! `lectern quiz`: questions made by rule from a section, on a terminal or as JSON.

use std::path::Path;
use std::process::ExitCode;

use book::Book;
use book::quiz::{Generated, Kind, Material, Question, display_order, generate};
use serde::Serialize;

use crate::commands;
use crate::disk::DiskFiles;

/// What `--json` prints.
#[derive(Debug, Serialize)]
struct Report<'a> {
    /// Source of the page relative to the source folder.
    page: &'a str,
    /// Id of the section's heading.
    anchor: &'a str,
    /// Paragraphs, lists, tables and listings in the section.
    blocks: usize,
    /// Those of them that a question is about.
    asked: usize,
    /// Questions that the rules could make, before the choice.
    candidates: usize,
    /// The questions, as quizzes travel to the reader.
    questions: &'a [Question],
}

/// Prints at most `count` questions about `section` (`PAGE#ANCHOR`) of the book in `folder`, or about every section
/// that has a text of its own (JSON: a report a line); fails where there is no such section. That none can be asked is
/// no failure: it is said.
pub fn run(folder: &Path, section: Option<&str>, count: usize, seed: u64, json: bool) -> ExitCode {
    if !commands::is_book(folder) {
        return ExitCode::FAILURE;
    }
    let book = Book::load(&DiskFiles::new(folder));
    let material = Material::new(&book);
    let Some(section) = section else {
        for (page, anchor) in material.sections() {
            if let Some(made) = generate(&material, page, anchor, count, seed) {
                show(page, anchor, &made, seed, json);
            }
        }
        return ExitCode::SUCCESS;
    };
    let (page, anchor) = section.split_once('#').unwrap_or((section, ""));
    let anchor = if anchor.is_empty() { first_anchor(&material, page) } else { anchor };
    let Some(made) = generate(&material, page, anchor, count, seed) else {
        eprintln!(
            "error: there is no section `{section}`; write it as `lectern search` names it, `page.md#heading`"
        );
        return ExitCode::FAILURE;
    };
    show(page, anchor, &made, seed, json);
    ExitCode::SUCCESS
}

fn show(page: &str, anchor: &str, made: &Generated, seed: u64, json: bool) {
    if json {
        let Generated { quiz, blocks, asked, candidates } = made;
        let report = Report {
            page,
            anchor,
            blocks: *blocks,
            asked: *asked,
            candidates: *candidates,
            questions: &quiz.questions,
        };
        // Plain data: serialization cannot fail.
        println!("{}", serde_json::to_string(&report).unwrap_or_default());
    } else {
        println!("{page}#{anchor}\n");
        print(made, seed);
    }
}

/// The first section of a page, which stands for all of it.
fn first_anchor<'a>(material: &'a Material, page: &str) -> &'a str {
    material.sections().find(|(source, _)| *source == page).map_or("", |(_, anchor)| anchor)
}

fn print(made: &Generated, seed: u64) {
    for (number, question) in made.quiz.questions.iter().enumerate() {
        println!("{}. {}", number + 1, question.prompt);
        if !question.program.is_empty() {
            println!("What does it print?\n\n{}", question.program);
        }
        for (letter, index) in ('a'..).zip(display_order(question, seed)) {
            let mark =
                if question.options[index].correct && question.kind != Kind::Ordering { "*" } else { " " };
            println!("  {mark} {letter}) {}", question.options[index].text);
        }
        for gap in &question.gaps {
            println!("    = {}", gap.join(" or "));
        }
        println!("    source: {}\n", question.source);
    }
    if made.quiz.questions.is_empty() {
        println!("nothing in this section can be asked by rule");
    }
    println!("{} of {} parts of the section are asked about", made.asked, made.blocks);
    println!();
}
