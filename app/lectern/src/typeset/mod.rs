//! Formulas and diagrams, drawn when the book is built so that a page needs no script to show them.
//!
//! Formulas are typeset by KaTeX itself, which runs in QuickJS here, and kept on disk between builds;
//! diagrams are drawn in Rust. What cannot be drawn is a [`Problem`]: a formula then shows its source with
//! the place marked, a diagram its source as code.

mod cache;
mod diagram;
mod engine;
mod macros;
mod math;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::path::Path;

use book::wire::Made;

pub use macros::parse as parse_macros;

/// A formula (TeX, and whether it stands on its own line), as [`book::markdown::formulas`] lists them.
pub type Formula = (String, bool);

/// Draws the formulas and diagrams of a book.
pub struct Typesetter<'a> {
    math: math::Math<'a>,
}

/// What was drawn, and what could not be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Typeset {
    /// All formulas, failed ones as their marked source, and the diagrams that could be drawn.
    pub made: Made,
    /// What is wrong, each formula and diagram once, in the order they were given.
    pub problems: Vec<Problem>,
}

/// What a problem is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A formula in a line.
    Inline,
    /// A formula on its own line.
    Display,
    /// A Mermaid diagram.
    Diagram,
}

/// A formula or diagram that could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is about.
    pub kind: Kind,
    /// Its source, exactly as given.
    pub source: String,
    /// Line within the source, from 0, where it can be told.
    pub line: u32,
    /// What is wrong, as one sentence without a full stop.
    pub message: String,
    /// What to do about it, as one sentence without a full stop.
    pub help: String,
}

impl<'a> Typesetter<'a> {
    /// A typesetter with KaTeX's script (`katex.min.js`). Finished formulas are kept in folder `cache`; a
    /// cache that cannot be read or written only costs time.
    pub fn new(katex: &'a [u8], cache: Option<&Path>) -> Self {
        Self { math: math::Math::new(katex, cache) }
    }

    /// Lets every formula use these macros: name with backslash → definition.
    #[must_use]
    pub fn with_macros(mut self, macros: &BTreeMap<String, String>) -> Self {
        self.math.set_macros(macros);
        self
    }

    /// Draws everything, each thing once, on all cores.
    pub fn make(&self, formulas: &[Formula], diagrams: &[String]) -> Typeset {
        let mut typeset = Typeset::default();
        for (formula, outcome) in self.math.typeset(formulas) {
            let (tex, display) = formula;
            if let Err(failure) = &outcome {
                typeset.problems.push(failure.problem(tex, *display));
            }
            let html = outcome.unwrap_or_else(|failure| failure.html(tex));
            let kept = if *display { &mut typeset.made.display } else { &mut typeset.made.inline };
            kept.insert(tex.clone(), html);
        }
        for (source, outcome) in diagram::draw_all(diagrams) {
            match outcome {
                Ok(svg) => {
                    typeset.made.diagrams.insert(source.to_owned(), svg);
                }
                Err(failure) => typeset.problems.push(failure.problem(source)),
            }
        }
        typeset
    }
}
