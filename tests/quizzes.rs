//! Quizzes of real books: every one that mdbook-quiz reads is read here, with the same content, and can be answered
//! right and wrong.

use std::path::{Path, PathBuf};

use book::Book;
use book::quiz::{Answer, Kind, Question, grade};
use mdbook_quiz_schema::{MultipleChoiceAnswerFormat, Question as Theirs, Quiz as TheirQuiz};
use tests::folder::Folder;

fn cairo() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/books/cairo-book");
    if !root.join("book.toml").is_file() {
        println!("skipped: {} is not here", root.display());
        return None;
    }
    Some(root)
}

/// Every quiz file of the Cairo book: its name and text.
fn files() -> Vec<(String, String)> {
    let Some(root) = cairo() else { return Vec::new() };
    let mut files: Vec<_> = walkdir::WalkDir::new(root.join("quizzes"))
        .into_iter()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "toml"))
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let text =
                std::fs::read_to_string(entry.path()).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, text)
        })
        .collect();
    files.sort();
    files
}

/// What both programs must agree on, in one spelling.
#[derive(Debug, PartialEq)]
struct Facts {
    id: Option<String>,
    kind: &'static str,
    prompt: String,
    right: Vec<String>,
    wrong: Vec<String>,
    compiles: Option<bool>,
    line: Option<usize>,
    fixed: bool,
    several: bool,
    context: String,
    explain: bool,
}

fn theirs(question: &Theirs) -> Facts {
    let trim = |text: &str| text.trim_end().to_owned();
    let fields =
        |id: &Option<String>, context: &Option<mdbook_quiz_schema::Markdown>, explain: Option<bool>| Facts {
            id: id.clone(),
            kind: "",
            prompt: String::new(),
            right: Vec::new(),
            wrong: Vec::new(),
            compiles: None,
            line: None,
            fixed: false,
            several: false,
            context: context.as_ref().map(|text| trim(&text.0)).unwrap_or_default(),
            explain: explain.unwrap_or_default(),
        };
    match question {
        Theirs::ShortAnswer(it) => {
            let it = &it.0;
            let alternatives = it.answer.alternatives.iter().flatten();
            Facts {
                kind: "ShortAnswer",
                prompt: trim(&it.prompt.prompt.0),
                right: std::iter::once(&it.answer.answer)
                    .chain(alternatives)
                    .map(|text| trim(text))
                    .collect(),
                ..fields(&it.id, &it.context, it.prompt_explanation)
            }
        }
        Theirs::Tracing(it) => {
            let it = &it.0;
            let compiles = it.answer.does_compile;
            Facts {
                kind: "Tracing",
                prompt: trim(&it.prompt.program),
                right: if compiles {
                    vec![trim(it.answer.stdout.as_deref().unwrap_or_default())]
                } else {
                    Vec::new()
                },
                compiles: Some(compiles),
                line: it.answer.line_number,
                ..fields(&it.id, &it.context, it.prompt_explanation)
            }
        }
        Theirs::MultipleChoice(it) => {
            let it = &it.0;
            let (right, several) = match &it.answer.answer {
                MultipleChoiceAnswerFormat::Single(text) => (vec![trim(&text.0)], false),
                MultipleChoiceAnswerFormat::Multi(texts) => {
                    (texts.iter().map(|text| trim(&text.0)).collect(), true)
                }
            };
            Facts {
                kind: "MultipleChoice",
                prompt: trim(&it.prompt.prompt.0),
                right,
                wrong: it.prompt.distractors.iter().map(|text| trim(&text.0)).collect(),
                fixed: it.prompt.answer_index.is_some() || it.prompt.sort_answers == Some(true),
                several,
                ..fields(&it.id, &it.context, it.prompt_explanation)
            }
        }
    }
}

fn ours(question: &Question, has_id: bool) -> Facts {
    let options = |correct: bool| {
        let options = question.options.iter().filter(move |option| option.correct == correct);
        options.map(|option| option.text.clone()).collect::<Vec<_>>()
    };
    let trace = question.kind == Kind::Tracing;
    Facts {
        id: has_id.then(|| question.id.clone()),
        kind: match question.kind {
            Kind::ShortAnswer => "ShortAnswer",
            Kind::Tracing => "Tracing",
            _ => "MultipleChoice",
        },
        prompt: if trace { question.program.clone() } else { question.prompt.clone() },
        right: match question.kind {
            Kind::MultipleChoice => options(true),
            _ => question.gaps.first().cloned().unwrap_or_default(),
        },
        wrong: if question.kind == Kind::MultipleChoice { options(false) } else { Vec::new() },
        compiles: trace.then_some(question.compiles),
        line: (question.line > 0).then_some(question.line as usize),
        fixed: question.fixed,
        several: question.several,
        context: question.context.clone(),
        explain: question.prompt_explanation,
    }
}

/// A file that mdbook-quiz itself cannot read.
const STRAY: &str = "ch08-01-generic-data-types.toml";

#[test]
fn the_cairo_books_quizzes_are_read_as_mdbook_quiz_reads_them() {
    let (mut count, mut without_id) = (0, 0);
    for (name, text) in files() {
        let read = book::quiz::read(&text, &name);
        count += read.quiz.questions.len();
        let oracle: TheirQuiz = match toml::from_str(&text) {
            Ok(oracle) => oracle,
            // A trace with its program in the wrong field, in a file that no chapter shows.
            Err(error) => {
                assert_eq!(name, STRAY, "{error}");
                assert!(error.to_string().contains("missing field `program`"), "{error}");
                let found: Vec<_> =
                    read.diagnostics.iter().map(|found| (found.line, found.code.as_ref())).collect();
                assert_eq!(
                    (found.as_slice(), read.quiz.questions.len()),
                    ([(99, "quiz-spelling")].as_slice(), 4)
                );
                continue;
            }
        };
        assert_eq!(read.diagnostics, [], "{name}");
        assert_eq!(read.quiz.questions.len(), oracle.questions.len(), "{name}");
        for (ours_, theirs_) in read.quiz.questions.iter().zip(&oracle.questions) {
            let theirs = theirs(theirs_);
            assert_eq!(ours(ours_, theirs.id.is_some()), theirs, "{name}");
            without_id += usize::from(theirs.id.is_none());
            assert!(!ours_.id.is_empty());
        }
    }
    println!("{count} questions, {without_id} without an id");
    assert!(count == 0 || count >= 87, "{count}");
}

/// A right answer and a wrong one.
fn answers(question: &Question) -> (Answer, Answer) {
    let text = |text: &str| Answer { chosen: Vec::new(), texts: vec![text.to_owned()] };
    match question.kind {
        Kind::MultipleChoice => {
            let pick = |correct: bool| {
                let picked =
                    question.options.iter().enumerate().filter(|(_, option)| option.correct == correct);
                Answer { chosen: picked.map(|(index, _)| index as u32).collect(), texts: Vec::new() }
            };
            (pick(true), pick(false))
        }
        Kind::Tracing => {
            let (right, wrong) = if question.compiles { (0, 1) } else { (1, 0) };
            let line = if question.line > 0 { question.line.to_string() } else { String::new() };
            let texts = vec![if question.compiles { question.best(0).to_owned() } else { line }];
            (Answer { chosen: vec![right], texts: texts.clone() }, Answer { chosen: vec![wrong], texts })
        }
        _ => (text(question.best(0)), text("surely not this")),
    }
}

#[test]
fn every_question_can_be_answered_right_and_wrong() {
    for (name, text) in files() {
        for question in book::quiz::read(&text, &name).quiz.questions {
            let (right, wrong) = answers(&question);
            assert!(grade(&question, &right).correct, "{name}: {question:?}");
            assert!(!grade(&question, &wrong).correct, "{name}: {question:?}");
        }
    }
}

#[test]
fn every_quiz_stands_in_its_chapter() {
    let Some(root) = cairo() else { return };
    let book = Book::load(&Folder::new(&root));
    // Three files are named by no chapter.
    assert_eq!(book.quizzes.len(), 29);
    for placed in &book.quizzes {
        let chapter = &book.chapters[placed.chapter];
        let tag = format!("<lectern-quiz data-quiz=\"{}\">", placed.path);
        assert!(chapter.markdown.contains(&tag), "{}: {tag}", chapter.source);
    }
}
