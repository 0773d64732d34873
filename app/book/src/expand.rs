//! Directives: from the text of a source file to the markdown that is rendered.
//!
//! Expansion is textual and comes before markdown, as in mdBook: a directive works in code and in comments as
//! well. In order: [`directive`] finds one, [`take`] cuts the lines it asks for out of a file, and the walk in
//! `include` puts them in its place, which may hold directives again. [`traced`] keeps, for every line,
//! where it came from. What only markdown can tell (is this code?) is found out afterwards by [`regions`].

mod directive;
mod include;
mod quizzes;
mod regions;
mod take;
#[cfg(test)]
mod tests;
mod traced;

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

pub use regions::Regions;
pub use traced::{Origins, Traced};

use crate::diagnostic::Diagnostic;
use crate::load::{Files, ReadError};
use crate::nearest::nearest;
use crate::phrases::Language;
use crate::wire::RenderOptions;

/// Expands the chapters of one book; a file that several of them include is read once.
pub struct Expander<'a> {
    files: &'a dyn Files,
    language: Language,
    options: RenderOptions,
    cache: HashMap<String, Result<Rc<str>, ReadError>>,
}

/// A chapter with its directives expanded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expanded {
    /// The markdown.
    pub text: Traced,
    /// What `{{#title …}}` says.
    pub title: Option<String>,
    /// Places of `{{#bibliography}}` in the text, which stay until all chapters are read.
    pub bibliographies: Vec<Range<usize>>,
    /// Quizzes in the text, in order: the path of each from the book's root, and file and line of its directive.
    pub quizzes: Vec<(String, (String, u32))>,
    /// What went wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// A `{{#quiz …}}` in the text.
struct QuizCall {
    range: Range<usize>,
    target: String,
    file: String,
    line: u32,
}

/// A directive that stays in the text, and the line it came from.
struct Leftover {
    name: String,
    offset: usize,
    file: String,
    line: u32,
}

impl<'a> Expander<'a> {
    /// An expander that reads files through `files` and marks missing ones in `language`.
    pub fn new(files: &'a dyn Files, language: Language, options: RenderOptions) -> Self {
        Self { files, language, options, cache: HashMap::new() }
    }

    /// Expands `text`, which stands in `file` (relative to the book's root).
    pub fn expand(&mut self, text: String, file: &str) -> Expanded {
        let source = Traced::of_file(text, file);
        if !source.text.contains("{{") {
            return Expanded { text: source, ..Expanded::default() };
        }
        let mut walk = include::Walk::new(self);
        walk.run(&source, crate::path::folder(file));
        let (mut expanded, leftovers, calls) = walk.finish();
        if leftovers.is_empty() && expanded.bibliographies.is_empty() && calls.is_empty() {
            return expanded;
        }
        let regions = Regions::of(&expanded.text.text, &self.options);
        expanded.bibliographies.retain(|range| !regions.is_code(range.start));
        report_leftovers(&leftovers, &regions, &mut expanded.diagnostics);
        let shown =
            |call: &QuizCall| !regions.is_code(call.range.start) && !regions.is_comment(call.range.start);
        let calls: Vec<QuizCall> = calls.into_iter().filter(shown).collect();
        self.put_quizzes(&calls, crate::path::folder(file), &mut expanded);
        expanded
    }

    fn read(&mut self, path: &str) -> Result<Rc<str>, ReadError> {
        if let Some(known) = self.cache.get(path) {
            return known.clone();
        }
        let text = self.files.read(path).map(|text| Rc::from(text.strip_prefix('\u{feff}').unwrap_or(&text)));
        self.cache.insert(path.to_owned(), text.clone());
        text
    }
}

/// One finding for each name and file. In code and comments a directive is most likely meant as it stands,
/// unless its name looks like a slip.
fn report_leftovers(leftovers: &[Leftover], regions: &Regions, diagnostics: &mut Vec<Diagnostic>) {
    let mut counts: Vec<(&Leftover, u32)> = Vec::new();
    for leftover in leftovers {
        let is_hidden = regions.is_code(leftover.offset) || regions.is_comment(leftover.offset);
        if is_hidden && meant(&leftover.name).is_none_or(|meant| meant == leftover.name) {
            continue;
        }
        let same =
            |(other, _): &&mut (&Leftover, u32)| other.name == leftover.name && other.file == leftover.file;
        match counts.iter_mut().find(same) {
            Some((_, count)) => *count += 1,
            None => counts.push((leftover, 1)),
        }
    }
    for (Leftover { name, file, line, .. }, count) in counts {
        let times = if count == 1 { String::new() } else { format!(" ({count} times in this file)") };
        let diagnostic = match meant(name) {
            Some(meant) if meant == name => Diagnostic::error(
                "incomplete-directive",
                file,
                *line,
                format!("`{{{{#{name}}}}}` needs to say more, and stays in the text{times}"),
                format!("write `{{{{#{name} …}}}}`, or `\\{{{{#{name} …}}}}` to show it as it is"),
            ),
            Some(meant) => Diagnostic::error(
                "unknown-directive",
                file,
                *line,
                format!("`{{{{#{name} …}}}}` is not a directive, and stays in the text{times}"),
                format!("did you mean `{{{{#{meant} …}}}}`?"),
            ),
            None => Diagnostic::warning(
                "unknown-directive",
                file,
                *line,
                format!("`{{{{#{name} …}}}}` is not a directive known here, and stays in the text{times}"),
                format!("remove it, or write `\\{{{{#{name} …}}}}` if readers are to see it"),
            ),
        };
        diagnostics.push(diagnostic);
    }
}

/// The directive that `name` is, or nearly is.
fn meant(name: &str) -> Option<&'static str> {
    nearest(name, directive::EXPANDED.into_iter().chain(directive::RENDERED))
}
