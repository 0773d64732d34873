//! Who draws what HTML cannot say by itself: formulas and diagrams.

use std::cell::RefCell;

use super::Page;
use crate::wire::{Made, RenderOptions};

/// Draws formulas and diagrams, or knows ones that were drawn before.
pub trait Maker {
    /// Finished HTML for a formula, or `None` to leave it for later.
    fn formula(&self, tex: &str, display: bool) -> Option<String>;

    /// Finished SVG for a Mermaid diagram, or `None` to leave it for later.
    fn diagram(&self, source: &str) -> Option<String>;

    /// Width and height in pixels of the picture at `path` (from the book's root), or `None` where they are
    /// not known.
    fn picture(&self, path: &str) -> Option<(u32, u32)> {
        let _ = path;
        None
    }

    /// What readers without scripts see of the quiz at `path` (from the book's root): balanced HTML. The browser
    /// needs none.
    fn quiz(&self, path: &str, page: &Page<'_>, options: &RenderOptions) -> Option<String> {
        let _ = (path, page, options);
        None
    }
}

/// Draws nothing.
impl Maker for () {
    fn formula(&self, _tex: &str, _display: bool) -> Option<String> {
        None
    }

    fn diagram(&self, _source: &str) -> Option<String> {
        None
    }
}

/// Knows what the build has drawn.
impl Maker for Made {
    fn formula(&self, tex: &str, display: bool) -> Option<String> {
        if display { &self.display } else { &self.inline }.get(tex).cloned()
    }

    fn diagram(&self, source: &str) -> Option<String> {
        self.diagrams.get(source).cloned()
    }

    fn picture(&self, path: &str) -> Option<(u32, u32)> {
        let index = self.pictures.binary_search_by(|(other, ..)| other.as_str().cmp(path)).ok()?;
        self.pictures.get(index).map(|(_, width, height)| (*width, *height))
    }

    #[cfg(feature = "source")]
    fn quiz(&self, path: &str, page: &Page<'_>, options: &RenderOptions) -> Option<String> {
        let (_, quiz) = self.quizzes.iter().find(|(other, _)| other == path)?;
        Some(crate::quiz::fallback(quiz, page, options, self))
    }
}

/// Draws nothing, and remembers what it was asked for.
#[derive(Debug, Default)]
pub struct Collect {
    formulas: RefCell<Vec<(String, bool)>>,
    diagrams: RefCell<Vec<String>>,
}

impl Collect {
    /// Formulas (TeX, on its own line?) and diagrams (Mermaid source), in order and once each.
    #[must_use]
    pub fn into_parts(self) -> (Vec<(String, bool)>, Vec<String>) {
        (self.formulas.into_inner(), self.diagrams.into_inner())
    }
}

impl Maker for Collect {
    fn formula(&self, tex: &str, display: bool) -> Option<String> {
        let mut known = self.formulas.borrow_mut();
        if !known.iter().any(|(text, on_its_own)| text == tex && *on_its_own == display) {
            known.push((tex.to_owned(), display));
        }
        None
    }

    fn diagram(&self, source: &str) -> Option<String> {
        let mut known = self.diagrams.borrow_mut();
        if !known.iter().any(|text| text == source) {
            known.push(source.to_owned());
        }
        None
    }
}
