//! The walk through a text and everything it includes.

use super::directive::{self, Directive, Kind, Part};
use super::take::{Taken, anchors, take, take_rustdoc};
use super::traced::Traced;
use super::{Expanded, Expander, Leftover, QuizCall};
use crate::diagnostic::Diagnostic;
use crate::line_index::LineIndex;
use crate::load::ReadError;
use crate::nearest::nearest;
use crate::path;
use crate::phrases::{Phrase, fill, say};

/// Includes inside includes, as many as mdBook follows.
const DEEPEST: usize = 10;
/// Includes in one chapter.
const MOST_INCLUDES: usize = 10_000;
/// Bytes of one expanded chapter.
const MOST_BYTES: usize = 32 << 20;

/// The expansion of one chapter.
pub(super) struct Walk<'e, 'f> {
    expander: &'e mut Expander<'f>,
    out: Expanded,
    leftovers: Vec<Leftover>,
    quizzes: Vec<QuizCall>,
    /// Directives being expanded, outermost first, each as file and part.
    open: Vec<String>,
    includes: usize,
}

/// Where a directive stands.
struct Site<'a> {
    file: &'a str,
    line: u32,
}

impl<'e, 'f> Walk<'e, 'f> {
    pub(super) fn new(expander: &'e mut Expander<'f>) -> Self {
        Self {
            expander,
            out: Expanded::default(),
            leftovers: Vec::new(),
            quizzes: Vec::new(),
            open: Vec::new(),
            includes: 0,
        }
    }

    pub(super) fn finish(self) -> (Expanded, Vec<Leftover>, Vec<QuizCall>) {
        (self.out, self.leftovers, self.quizzes)
    }

    /// Appends `source` with its directives expanded; their paths are relative to `folder`.
    pub(super) fn run(&mut self, source: &Traced, folder: &str) {
        let text = source.text.as_str();
        let index = LineIndex::new(text);
        let mut done = 0;
        while let Some(Directive { range, name, kind }) = directive::next(text, done) {
            self.out.text.push_part(source, &index, done..range.start);
            done = range.end;
            let (file, line) = source.origins.at(index.line(range.start));
            let site = Site { file, line };
            match kind {
                Kind::Escaped => self.out.text.push_part(source, &index, range.start + 1..range.end),
                Kind::Title(title) => self.out.title = Some(title.to_owned()),
                Kind::Include(target, part) => {
                    self.include(&site, folder, target, |text, file| take(text, file, part), part);
                }
                Kind::RustdocInclude(target, part) => {
                    self.include(&site, folder, target, |text, file| take_rustdoc(text, file, part), part);
                }
                Kind::Playground(target, attributes) => {
                    if name == "playpen" {
                        self.warn_of_playpen(&site);
                    }
                    let part = Part::Lines(0, None);
                    let block =
                        |text: &str, file: &str| (code_block(text, file, &attributes, &site), Taken::Found);
                    self.include(&site, folder, target, block, part);
                }
                Kind::Bibliography => {
                    let start = self.out.text.text.len();
                    self.out.text.push_part(source, &index, range);
                    self.out.bibliographies.push(start..self.out.text.text.len());
                }
                Kind::Rendered(target) => {
                    let (target, file) = (target.to_owned(), file.to_owned());
                    let start = self.out.text.text.len();
                    self.out.text.push_part(source, &index, range);
                    self.quizzes.push(QuizCall {
                        range: start..self.out.text.text.len(),
                        target,
                        file,
                        line,
                    });
                }
                Kind::Other => {
                    let (name, file) = (name.to_owned(), file.to_owned());
                    let offset = self.out.text.text.len();
                    self.leftovers.push(Leftover { name, offset, file, line });
                    self.out.text.push_part(source, &index, range);
                }
            }
        }
        self.out.text.push_part(source, &index, done..text.len());
    }

    fn include(
        &mut self,
        site: &Site,
        folder: &str,
        target: &str,
        cut: impl Fn(&str, &str) -> (Traced, Taken),
        part: Part,
    ) {
        let path = path::join(folder, target);
        let call = format!("{path}\n{part:?}");
        if self.is_too_much(site, &call) {
            return self.mark(site, target);
        }
        let text = match self.expander.read(&path) {
            Ok(text) => text,
            Err(problem) => {
                self.report_unread(site, &path, &problem);
                return self.mark(site, target);
            }
        };
        let (piece, taken) = cut(&text, &path);
        self.report_part(site, &path, &text, part, taken);
        if piece.text.contains("{{") {
            self.open.push(call);
            self.run(&piece, path::folder(&path));
            self.open.pop();
        } else {
            let index = LineIndex::new(&piece.text);
            self.out.text.push_part(&piece, &index, 0..piece.text.len());
        }
    }

    /// Puts a line in the place of what is missing. It is plain, as it may stand in code as well.
    fn mark(&mut self, site: &Site, target: &str) {
        let mark = fill(say(self.expander.language, Phrase::MissingInclude), target);
        self.out.text.push_made(&mark, site.file, site.line);
    }

    fn error(&mut self, code: &'static str, site: &Site, message: String, help: String) {
        self.out.diagnostics.push(Diagnostic::error(code, site.file, site.line, message, help));
    }

    fn is_too_much(&mut self, site: &Site, call: &str) -> bool {
        let file = call.split('\n').next().unwrap_or(call);
        if self.open.iter().any(|open| open == call) {
            let message = format!("`{file}` includes itself");
            self.error("include-cycle", site, message, "break the circle".to_owned());
            return true;
        }
        if self.open.len() >= DEEPEST {
            let message = format!("`{file}` would be the {}th include inside another", DEEPEST + 1);
            self.error("include-depth", site, message, "include it from a file further up".to_owned());
            return true;
        }
        self.includes += 1;
        if self.includes > MOST_INCLUDES || self.out.text.text.len() > MOST_BYTES {
            // One message is enough: there may be thousands of directives left.
            if !self.out.diagnostics.iter().any(|diagnostic| diagnostic.code == "include-limit") {
                let message = "the chapter includes more than a page can hold".to_owned();
                self.error("include-limit", site, message, "split the chapter".to_owned());
            }
            return true;
        }
        false
    }

    fn report_unread(&mut self, site: &Site, path: &str, problem: &ReadError) {
        let (code, message, help) = match problem {
            ReadError::Missing => (
                "missing-include",
                format!("there is no file `{path}` to include"),
                "correct the path, which is relative to the file it stands in, or add the file".to_owned(),
            ),
            ReadError::Outside => (
                "outside-include",
                format!("`{path}` is outside the book's folder, and what is there may be private"),
                "move the file into the book, or give `--trust` if you trust the book's authors".to_owned(),
            ),
            ReadError::NotText => (
                "binary-include",
                format!("`{path}` is not UTF-8 text"),
                "save it as UTF-8; link to a picture with `![…](…)` instead of including it".to_owned(),
            ),
            ReadError::Other(words) => (
                "unreadable-include",
                format!("`{path}` cannot be read: {words}"),
                "make it readable".to_owned(),
            ),
        };
        self.error(code, site, message, help);
    }

    fn report_part(&mut self, site: &Site, path: &str, text: &str, part: Part, taken: Taken) {
        let (message, help) = match (taken, part) {
            (Taken::NoAnchor, Part::Anchor(name)) => {
                let help = match nearest(name, anchors(text)) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("add the lines `ANCHOR: {name}` and `ANCHOR_END: {name}` to it"),
                };
                (format!("`{path}` has no anchor `{name}`, so that nothing is included"), help)
            }
            (Taken::TooShort(lines), Part::Lines(from, _)) => (
                format!("`{path}` has {lines} lines and none numbered {}", from + 1),
                "correct the line numbers, or use anchors, which move with the text".to_owned(),
            ),
            _ => return,
        };
        self.error("missing-lines", site, message, help);
    }

    fn warn_of_playpen(&mut self, site: &Site) {
        self.out.diagnostics.push(Diagnostic::warning(
            "renamed-directive",
            site.file,
            site.line,
            "`{{#playpen …}}` is an old spelling",
            "write `{{#playground …}}`",
        ));
    }
}

/// A whole file as a code block with `attributes`; its fences came from where the directive stands.
fn code_block(text: &str, file: &str, attributes: &[&str], site: &Site) -> Traced {
    let comma = if attributes.is_empty() { "" } else { "," };
    let mut block = Traced::default();
    block.push(&format!("```rust{comma}{}\n", attributes.join(",")), site.file, site.line);
    block.push(text, file, 1);
    if !text.ends_with('\n') {
        block.push("\n", file, u32::try_from(text.lines().count()).unwrap_or(u32::MAX));
    }
    block.push("```\n", site.file, site.line);
    block
}
