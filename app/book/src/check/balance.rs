//! What gives answers away without knowing them: the longest option, the usual letter, the usual truth.

use std::collections::BTreeMap;

use super::quizzes::{Asked, all};
use crate::diagnostic::Diagnostic;
use crate::load::Book;
use crate::quiz::{Kind, Question};

/// Fewer choices than these say nothing about a habit.
const FEWEST_CHOICES: usize = 10;
/// The right option may be the longest in this share of choices, in per cent.
const MOST_LONGEST: usize = 35;
/// Statements in a file from which on they must be balanced.
const FEWEST_STATEMENTS: usize = 5;
/// Between these shares of statements are true, in per cent.
const TRUE_SHARE: (usize, usize) = (40, 60);
/// The right option may stand in one place in this share of choices with a fixed order, in per cent.
const MOST_IN_PLACE: usize = 50;

/// Adds what is wrong with questions as a whole.
pub fn check(book: &Book, diagnostics: &mut Vec<Diagnostic>) {
    let mut asked: Vec<Asked> = all(book).collect();
    // A quiz that is shown twice counts once.
    asked.sort_by(|a, b| (&a.placed.path, a.line).cmp(&(&b.placed.path, b.line)));
    asked.dedup_by(|a, b| (&a.placed.path, a.line) == (&b.placed.path, b.line));
    longest(&asked, diagnostics);
    truths(&asked, diagnostics);
    places(&asked, diagnostics);
}

fn has_one_answer(question: &Question) -> bool {
    question.kind == Kind::MultipleChoice
        && question.options.len() > 2
        && question.right_options().count() == 1
}

/// Letters by which the right option is longer than every other; none where it is not.
fn excess(question: &Question) -> Option<usize> {
    let length = |correct: bool| {
        let options = question.options.iter().filter(move |option| option.correct == correct);
        options.map(|option| option.text.trim().chars().count()).max().unwrap_or(0)
    };
    length(true).checked_sub(length(false)).filter(|excess| *excess > 0)
}

fn longest(asked: &[Asked], diagnostics: &mut Vec<Diagnostic>) {
    let choices: Vec<&Asked> = asked.iter().filter(|asked| has_one_answer(asked.question)).collect();
    let mut long: Vec<(usize, &Asked)> =
        choices.iter().filter_map(|asked| Some((excess(asked.question)?, *asked))).collect();
    if choices.len() < FEWEST_CHOICES || long.len() * 100 <= choices.len() * MOST_LONGEST {
        return;
    }
    long.sort_by_key(|(excess, _)| std::cmp::Reverse(*excess));
    let Some((_, worst)) = long.first() else { return };
    let more: Vec<String> = long
        .iter()
        .skip(1)
        .take(4)
        .map(|(_, asked)| format!("{}:{}", asked.placed.path, asked.line))
        .collect();
    diagnostics.push(Diagnostic::warning(
        "quiz-longest",
        &worst.placed.path,
        worst.line,
        format!(
            "the right option is the longest in {} of {} choices, so that readers can guess it",
            long.len(),
            choices.len()
        ),
        format!("shorten it or lengthen a distractor, here first, then at {}", more.join(", ")),
    ));
}

fn truths(asked: &[Asked], diagnostics: &mut Vec<Diagnostic>) {
    let mut files: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for asked in asked.iter().filter(|asked| asked.question.kind == Kind::TrueFalse) {
        let (all, true_ones) = files.entry(&asked.placed.path).or_default();
        *all += 1;
        *true_ones += usize::from(asked.question.options.first().is_some_and(|option| option.correct));
    }
    for (file, (all, true_ones)) in files {
        let share = true_ones * 100;
        if all < FEWEST_STATEMENTS || (share >= all * TRUE_SHARE.0 && share <= all * TRUE_SHARE.1) {
            continue;
        }
        let (what, to) = if share > all * TRUE_SHARE.1 { ("true", "false") } else { ("false", "true") };
        let count = if what == "true" { true_ones } else { all - true_ones };
        diagnostics.push(Diagnostic::warning(
            "quiz-balance",
            file,
            1,
            format!("{count} of {all} statements are {what}"),
            format!("make some of them {to}, so that about half are"),
        ));
    }
}

/// Only choices with a fixed order have places: all others are shuffled.
fn places(asked: &[Asked], diagnostics: &mut Vec<Diagnostic>) {
    let fixed: Vec<(usize, &Asked)> = asked
        .iter()
        .filter(|asked| asked.question.fixed && has_one_answer(asked.question))
        .filter_map(|asked| Some((asked.question.right_options().next()?, asked)))
        .collect();
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (place, _) in &fixed {
        *counts.entry(*place).or_default() += 1;
    }
    let Some((place, count)) = counts.into_iter().max_by_key(|(_, count)| *count) else { return };
    if fixed.len() < FEWEST_CHOICES || count * 100 <= fixed.len() * MOST_IN_PLACE {
        return;
    }
    let Some((_, first)) = fixed.iter().find(|(other, _)| *other == place) else { return };
    diagnostics.push(Diagnostic::warning(
        "quiz-letters",
        &first.placed.path,
        first.line,
        format!("option {} is right in {count} of {} choices with a fixed order", place + 1, fixed.len()),
        "leave `answerIndex` and `sortAnswers` out where the order says nothing: options are shuffled then",
    ));
}
