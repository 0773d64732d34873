//! What makes a question unfit to be asked, whoever or whatever wrote it.

use super::question::{Kind, Question};
use super::text::plain;

/// Something wrong with a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// No option is right, or no text is.
    NoAnswer,
    /// Several options are right and only one may be chosen.
    SeveralAnswers,
    /// Two options, by their indexes, say the same.
    SameOption(usize, usize),
    /// Its source does not stand in the section.
    SourceGone,
}

/// Everything wrong with `question`, asked about `section`, the plain text that it tests.
pub fn flaws(question: &Question, section: &str) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let right = question.right_options().count();
    match question.kind {
        Kind::MultipleChoice | Kind::TrueFalse => {
            if right == 0 {
                flaws.push(Flaw::NoAnswer);
            } else if right > 1 && !question.several {
                flaws.push(Flaw::SeveralAnswers);
            }
            flaws.extend(same_options(question));
        }
        Kind::ShortAnswer | Kind::FillIn | Kind::Numeric => {
            let is_empty = |texts: &Vec<String>| texts.iter().all(|text| text.trim().is_empty());
            if question.gaps.is_empty() || question.gaps.iter().any(is_empty) {
                flaws.push(Flaw::NoAnswer);
            }
        }
        Kind::Ordering if question.options.len() < 2 => flaws.push(Flaw::NoAnswer),
        Kind::Ordering | Kind::Tracing => {}
    }
    if !question.source.is_empty() && !stands_in(&question.source, section) {
        flaws.push(Flaw::SourceGone);
    }
    flaws
}

fn same_options(question: &Question) -> impl Iterator<Item = Flaw> {
    let texts: Vec<String> = question.options.iter().map(|option| plain(&option.text, true)).collect();
    let pairs = (0..texts.len()).flat_map(move |left| {
        let same = (left + 1..texts.len()).find(|right| texts[left] == texts[*right]);
        same.map(|right| Flaw::SameOption(left, right))
    });
    pairs.collect::<Vec<_>>().into_iter()
}

/// Whether `quote` stands in `text` word for word. White space, the shape of quotes, dashes and ellipses, and
/// markdown's marks of emphasis and code do not count.
pub fn stands_in(quote: &str, text: &str) -> bool {
    let quote = bare(quote);
    !quote.is_empty() && bare(text).contains(&quote)
}

/// What is compared of a text.
pub(super) fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut dashes = 0;
    for letter in text.chars() {
        let dash = matches!(letter, '-' | '–' | '—' | '−' | '\u{2010}' | '\u{2011}');
        dashes = if dash { dashes + 1 } else { 0 };
        match letter {
            '*' | '`' | '\u{ad}' => {}
            '‘' | '’' | '“' | '”' | '"' | '\'' => out.push('\''),
            '…' => out.push_str("..."),
            _ if dash && dashes > 1 => {}
            _ if dash => out.push('-'),
            letter if letter.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            letter => out.push(letter),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quiz::Choice;

    #[test]
    fn a_quote_is_found_however_it_is_set() {
        let text = "He said \u{201c}it\u{2019}s  here\u{201d} \u{2014} in\nthe `text`… at last.";
        for quote in ["it's here", "\"it's here\" --- in the text", "*here*\" - in the `text`... at"] {
            assert!(stands_in(quote, text), "{quote}");
        }
        for quote in ["", "its here", "It's here", "here in"] {
            assert!(!stands_in(quote, text), "{quote}");
        }
    }

    #[test]
    fn flaws_are_named() {
        let option = |text: &str, correct| Choice { text: text.into(), correct, ..Choice::default() };
        let mut question =
            Question { options: vec![option("a", true), option("b", false)], ..Question::default() };
        assert_eq!(flaws(&question, ""), []);
        question.options.push(option(" a", false));
        question.source = "x".into();
        assert_eq!(flaws(&question, "y"), [Flaw::SameOption(0, 2), Flaw::SourceGone]);
        question.options[1].correct = true;
        assert_eq!(flaws(&question, "x"), [Flaw::SeveralAnswers, Flaw::SameOption(0, 2)]);
        question.options.clear();
        assert_eq!(flaws(&question, "x"), [Flaw::NoAnswer]);
        question.kind = Kind::ShortAnswer;
        question.gaps = vec![vec![" ".into()]];
        assert_eq!(flaws(&question, "x"), [Flaw::NoAnswer]);
    }
}
