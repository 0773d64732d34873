//! Marking an answer: the same answer to the same question always gets the same mark.

use serde::{Deserialize, Serialize};

use super::number;
use super::question::{Kind, Question, Response};
use super::text::{plain, printed};
use super::units;

/// What a reader answered, in the shape it is stored in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// Indexes into [`Question::options`]: the chosen ones, or all in the order that the reader gave them. For a
    /// trace 0 says that the program compiles and 1 that it does not.
    pub chosen: Vec<u32>,
    /// What was written: a text for each gap; for a trace what is printed, or the number of the line.
    pub texts: Vec<String>,
}

/// What an option, a position or a gap came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// Right.
    Right,
    /// Wrong.
    Wrong,
    /// An option that should have been chosen.
    Missed,
    /// An option that was rightly not chosen.
    Left,
}

/// What else is to be said of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Remark {
    /// Nothing.
    #[default]
    None,
    /// Nothing was answered.
    Empty,
    /// It is not a number.
    NotANumber,
    /// The unit is not one that the answer can be given in.
    Unit,
    /// The digits are right and the power of ten is not.
    PowerOfTen,
    /// Some of it is right.
    Partly,
}

/// A marked answer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graded {
    /// All of it is right.
    pub correct: bool,
    /// For each option (choices), position (orderings) or gap, in that order; a trace has one for whether it
    /// compiles and one for what was written.
    pub marks: Vec<Mark>,
    /// Markdown that the author has for what was chosen or written.
    pub feedback: Vec<String>,
    /// What is right: markdown for options, else plain text; several options, positions or gaps one after the other.
    pub expected: Vec<String>,
    /// What else is to be said.
    pub remark: Remark,
}

/// Marks `answer`. Where [`Question::is_marked_by_reader`], it is right only if it equals the given answer.
pub fn grade(question: &Question, answer: &Answer) -> Graded {
    let mut graded = match question.kind {
        Kind::MultipleChoice | Kind::TrueFalse => choice(question, answer),
        Kind::Ordering => ordering(question, answer),
        Kind::ShortAnswer | Kind::FillIn => gaps(question, answer),
        Kind::Tracing => trace(question, answer),
        Kind::Numeric => numeric(question, answer),
    };
    let is_empty = answer.chosen.is_empty() && answer.texts.iter().all(|text| text.trim().is_empty());
    if is_empty {
        graded.remark = Remark::Empty;
    } else if !graded.correct && graded.remark == Remark::None && graded.marks.contains(&Mark::Right) {
        graded.remark = Remark::Partly;
    }
    graded
}

fn mark(right: bool) -> Mark {
    if right { Mark::Right } else { Mark::Wrong }
}

fn finish(marks: Vec<Mark>, expected: Vec<String>, feedback: Vec<String>) -> Graded {
    let correct = !marks.is_empty() && marks.iter().all(|mark| matches!(mark, Mark::Right | Mark::Left));
    Graded { correct, marks, expected, feedback, remark: Remark::None }
}

fn choice(question: &Question, answer: &Answer) -> Graded {
    let (mut marks, mut expected, mut feedback) = (Vec::new(), Vec::new(), Vec::new());
    let any_right = answer
        .chosen
        .iter()
        .any(|index| question.options.get(*index as usize).is_some_and(|option| option.correct));
    for (index, option) in question.options.iter().enumerate() {
        let chosen = answer.chosen.iter().any(|chosen| *chosen as usize == index);
        marks.push(match (chosen, option.correct) {
            (true, right) => mark(right),
            // One right option is enough where one was asked for.
            (false, true) if question.several || !any_right => Mark::Missed,
            (false, _) => Mark::Left,
        });
        if chosen && !option.feedback.is_empty() {
            feedback.push(option.feedback.clone());
        }
        if option.correct {
            expected.push(option.text.clone());
        }
    }
    let mut graded = finish(marks, expected, feedback);
    // Nothing chosen is no answer, even where nothing is right.
    graded.correct &= !answer.chosen.is_empty();
    graded
}

fn ordering(question: &Question, answer: &Answer) -> Graded {
    let options = &question.options;
    let text = |index: usize| options.get(index).map(|option| option.text.as_str());
    // Items that say the same may stand in each other's place.
    let fits = |place: usize| {
        let given = answer.chosen.get(place).and_then(|index| text(*index as usize));
        given.is_some() && given == text(place)
    };
    let marks = (0..options.len()).map(|place| mark(fits(place))).collect();
    finish(marks, options.iter().map(|option| option.text.clone()).collect(), Vec::new())
}

fn gaps(question: &Question, answer: &Answer) -> Graded {
    let is_code = question.response == Response::Code;
    let written = |gap: usize| plain(answer.texts.get(gap).map_or("", String::as_str), is_code);
    let fits = |gap: usize, accepted: &[String]| {
        let written = written(gap);
        !written.is_empty() && accepted.iter().any(|text| plain(text, is_code) == written)
    };
    let marks: Vec<Mark> =
        question.gaps.iter().enumerate().map(|(gap, accepted)| mark(fits(gap, accepted))).collect();
    let expected = (0..question.gaps.len()).map(|gap| question.best(gap).to_owned()).collect();
    let graded = finish(marks, expected, Vec::new());
    with_mistakes(graded, question, |mistake| {
        (0..answer.texts.len()).any(|gap| plain(mistake, is_code) == written(gap))
    })
}

/// Adds the feedback of those foreseen mistakes that were made.
fn with_mistakes(mut graded: Graded, question: &Question, made: impl Fn(&str) -> bool) -> Graded {
    if !graded.correct {
        let made = question.options.iter().filter(|option| !option.correct && made(&option.text));
        graded.feedback.extend(made.map(|option| option.feedback.clone()).filter(|text| !text.is_empty()));
    }
    graded
}

fn trace(question: &Question, answer: &Answer) -> Graded {
    let compiles = answer.chosen.first().map(|chosen| *chosen == 0);
    let written = answer.texts.first().map_or("", String::as_str);
    let mut marks = vec![mark(compiles == Some(question.compiles))];
    let mut expected = Vec::new();
    if question.compiles {
        let output = question.best(0);
        let same = compiles == Some(true) && printed(output) == printed(written);
        marks.push(mark(same));
        expected.push(output.to_owned());
    } else if question.line > 0 {
        let line = number::parse(written);
        // Readers who say that it does not compile need not say where.
        let same = compiles == Some(false)
            && (written.trim().is_empty() || line.is_some_and(|(line, _)| line == f64::from(question.line)));
        marks.push(mark(same));
        expected.push(question.line.to_string());
    }
    with_mistakes(finish(marks, expected, Vec::new()), question, |mistake| {
        printed(mistake) == printed(written)
    })
}

fn numeric(question: &Question, answer: &Answer) -> Graded {
    let written = answer.texts.first().map_or("", String::as_str);
    let mut expected = question.best(0).to_owned();
    if !question.unit.is_empty() {
        expected.push(' ');
        expected.push_str(&question.unit);
    }
    let value = |text: &str| {
        let (value, unit) = number::parse(text).ok_or(Remark::NotANumber)?;
        let factor = units::factor(unit, &question.unit, &question.units).ok_or(Remark::Unit)?;
        Ok(value * factor)
    };
    let (found, mut remark) = match value(written) {
        Ok(value) => (Some(value), Remark::None),
        Err(remark) => (None, remark),
    };
    let right = found.is_some_and(|found| is_near(found, question.value, question.tolerance));
    if let (Some(found), false) = (found, right)
        && is_other_power(found, question.value, question.tolerance)
    {
        remark = Remark::PowerOfTen;
    }
    let mut graded = finish(vec![mark(right)], vec![expected], Vec::new());
    graded.remark = remark;
    with_mistakes(graded, question, |mistake| {
        let (mistake, found) = (value(mistake).ok(), found);
        matches!((mistake, found), (Some(mistake), Some(found)) if is_near(found, mistake, question.tolerance))
    })
}

/// Within the tolerance, and a little more: what is computed in another order must not be wrong by a last bit.
fn is_near(found: f64, wanted: f64, tolerance: f64) -> bool {
    (found - wanted).abs() <= tolerance + wanted.abs() * 1e-9
}

/// Whether the two are a power of ten apart.
fn is_other_power(found: f64, wanted: f64, tolerance: f64) -> bool {
    if found == 0.0 || wanted == 0.0 {
        return false;
    }
    (1..=12).any(|power| {
        [power, -power].iter().any(|power| is_near(number::scale(found, *power), wanted, tolerance))
    })
}
