//! Where quizzes stand in a book: `{{#quiz path}}` in the text, and banks that belong to sections.
//!
//! A bank is a file `<quizzes>/<chapter>/<section>.toml`, where `<quizzes>` is the folder that `book.toml` names,
//! `<chapter>` the source's path without its extension and `<section>` the id of a heading. Its quiz stands at the
//! end of that section's text, before the next heading of the same level or a higher one.

use std::collections::HashMap;
use std::rc::Rc;

use super::question::Quiz;
use super::read::{Read, read};
use crate::config::{Config, FILE};
use crate::diagnostic::Diagnostic;
use crate::expand::Expanded;
use crate::load::{Chapter, Files};
use crate::markdown::{Heading, Page, render};
use crate::nearest::nearest;
use crate::path;

/// A quiz in a chapter.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// Its file, relative to the book's root: what the element in the page calls it.
    pub path: String,
    /// What it asks.
    pub quiz: Quiz,
    /// For each question its line in the file, from 1.
    pub lines: Vec<u32>,
    /// Index of the chapter that shows it.
    pub chapter: usize,
    /// File and line of the directive; a bank's own file and line 1.
    pub origin: (String, u32),
    /// It belongs to the section that it stands in.
    pub is_bank: bool,
}

/// The element that a quiz becomes, one line under the other: alone on their lines, they are a block of HTML.
pub fn element(path: &str) -> [String; 2] {
    let path = path.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    [format!("<lectern-quiz data-quiz=\"{path}\">"), "</lectern-quiz>".to_owned()]
}

/// The path from the book's root of the bank of a section; `None` where the book has no banks.
pub fn bank_path(config: &Config, source: &str, section: &str) -> Option<String> {
    let folder = config.preprocessors.quizzes.as_ref()?;
    Some(path::join(&folder.value, &format!("{}/{section}.toml", stem(source))))
}

/// A source path without its extension.
fn stem(source: &str) -> &str {
    source.strip_suffix(&format!(".{}", path::extension(source))).unwrap_or(source)
}

/// Puts banks into the texts of `chapters`, and reads every quiz.
pub fn place(
    files: &dyn Files,
    config: &Config,
    chapters: &[Chapter],
    expanded: &mut [Expanded],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Placed> {
    let mut placer = Placer { files, config, known: HashMap::new(), placed: Vec::new(), diagnostics };
    let mut banks = placer.banks();
    for (index, (chapter, expanded)) in chapters.iter().zip(expanded).enumerate() {
        let folder = config
            .preprocessors
            .quizzes
            .as_ref()
            .map(|folder| path::join(&folder.value, stem(&chapter.source)));
        let mut of_chapter = Vec::new();
        banks.retain(|bank| {
            let own = Some(path::folder(bank)) == folder.as_deref();
            if own {
                of_chapter.push(bank.clone());
            }
            !own
        });
        if !(expanded.quizzes.is_empty() && of_chapter.is_empty()) {
            placer.chapter(index, chapter, expanded, &of_chapter);
        }
    }
    for bank in banks {
        placer.homeless(&bank, chapters);
    }
    placer.placed
}

struct Placer<'a> {
    files: &'a dyn Files,
    config: &'a Config,
    known: HashMap<String, Rc<Read>>,
    placed: Vec<Placed>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Placer<'_> {
    /// All files with banks.
    fn banks(&mut self) -> Vec<String> {
        let Some(folder) = &self.config.preprocessors.quizzes else { return Vec::new() };
        let mut banks: Vec<String> = self.files.quizzes(&path::normalise(&folder.value));
        banks.sort_unstable();
        if banks.is_empty() {
            self.diagnostics.push(Diagnostic::warning(
                "no-quizzes",
                FILE,
                folder.line,
                format!("there is no quiz below `{}`", folder.value),
                "correct the path, which is relative to the folder of `book.toml` and may lead beside it, or remove \
                 `quizzes`",
            ));
        }
        banks
    }

    fn chapter(&mut self, index: usize, chapter: &Chapter, expanded: &mut Expanded, banks: &[String]) {
        let page = Page { address: &chapter.address, ..Page::default() };
        let headings = render(&expanded.text.text, &page, &self.config.render_options(), &()).headings;
        let mut at = 0;
        for (path, origin) in std::mem::take(&mut expanded.quizzes) {
            let text = &expanded.text.text;
            let [open, _] = element(&path);
            at = text[at..].find(&open).map_or(at, |found| at + found + open.len());
            let line = u32::try_from(text[..at].matches('\n').count() + 1).unwrap_or(u32::MAX);
            let above = headings.iter().rfind(|heading| heading.line <= line);
            let anchor = above.map_or("", |heading| &heading.id);
            let text = self.files.read(&path).unwrap_or_default();
            self.add(&path, &text, index, anchor, Some(origin));
        }
        let mut inserted = Vec::new();
        for bank in banks {
            let id = bank.rsplit('/').next().and_then(|name| name.strip_suffix(".toml")).unwrap_or_default();
            let Some(number) = headings.iter().position(|heading| heading.id == id) else {
                self.no_section(bank, id, chapter, &headings);
                continue;
            };
            match self.files.quiz(bank) {
                Ok(text) => {
                    self.add(bank, &text, index, id, None);
                    let after = end_of_section(&expanded.text.text, &headings, number);
                    let [open, close] = element(bank);
                    inserted.push((after, number, format!("\n\n{open}\n{close}\n\n")));
                }
                Err(problem) => self.diagnostics.push(Diagnostic::error(
                    "unreadable-quiz",
                    bank,
                    0,
                    format!("the quiz cannot be read: {}", problem.words()),
                    "make it a readable UTF-8 file",
                )),
            }
        }
        // Where several sections end in one place, the quiz of the innermost comes first.
        inserted.sort_by_key(|(at, number, _)| (*at, std::cmp::Reverse(*number)));
        let mut replacements: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        for (at, _, text) in inserted {
            match replacements.last_mut() {
                Some((range, all)) if range.start == at => all.push_str(&text),
                _ => replacements.push((at..at, text)),
            }
        }
        if !replacements.is_empty() {
            expanded.text = expanded.text.with_replaced(&replacements);
        }
    }

    fn add(&mut self, path: &str, text: &str, chapter: usize, anchor: &str, origin: Option<(String, u32)>) {
        let found = match self.known.get(path) {
            Some(found) => Rc::clone(found),
            None => {
                let found = Rc::new(read(text, path));
                self.diagnostics.extend(found.diagnostics.iter().cloned());
                self.known.insert(path.to_owned(), Rc::clone(&found));
                found
            }
        };
        let mut quiz = found.quiz.clone();
        anchor.clone_into(&mut quiz.anchor);
        for question in &mut quiz.questions {
            if !question.program.is_empty() && question.language.is_empty() {
                question.language.clone_from(&self.config.preprocessors.quiz_language);
            }
        }
        let is_bank = origin.is_none();
        self.placed.push(Placed {
            path: path.to_owned(),
            quiz,
            lines: found.lines.clone(),
            chapter,
            origin: origin.unwrap_or_else(|| (path.to_owned(), 1)),
            is_bank,
        });
    }

    fn no_section(&mut self, bank: &str, id: &str, chapter: &Chapter, headings: &[Heading]) {
        let help = match nearest(id, headings.iter().map(|heading| heading.id.as_str())) {
            Some(meant) => format!("rename it to `{meant}.toml`?"),
            None => format!("give the section the id: `## Heading {{#{id}}}`, or rename or remove the file"),
        };
        let message =
            format!("`{}` has no section `{id}`, so that these questions are not shown", chapter.source);
        self.diagnostics.push(Diagnostic::error("orphan-quiz", bank, 0, message, help));
    }

    fn homeless(&mut self, bank: &str, chapters: &[Chapter]) {
        let folder = self.config.preprocessors.quizzes.as_ref().map_or("", |folder| folder.value.as_str());
        let folder = path::normalise(folder);
        let inside = bank.strip_prefix(&format!("{folder}/")).unwrap_or(bank);
        let name = path::folder(inside);
        // A file beside the folders of banks may be one that chapters name themselves.
        if name.is_empty() || self.placed.iter().any(|placed| placed.path == bank) {
            return;
        }
        let help = match nearest(name, chapters.iter().map(|chapter| stem(&chapter.source))) {
            Some(meant) => format!("rename its folder to `{meant}`?"),
            None => "name its folder like a chapter's source, without `.md`, or remove it".to_owned(),
        };
        let message = format!("there is no chapter `{name}`, so that these questions are not shown");
        self.diagnostics.push(Diagnostic::error("orphan-quiz", bank, 0, message, help));
    }
}

/// Where the section of heading `number` ends: the beginning of the line of the next heading that is not below it.
fn end_of_section(text: &str, headings: &[Heading], number: usize) -> usize {
    let level = headings[number].level;
    let Some(next) = headings[number + 1..].iter().find(|heading| heading.level <= level) else {
        return text.len();
    };
    let start_of = |line: u32| {
        let mut starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        starts.nth(line as usize - 1).unwrap_or(text.len())
    };
    let mut line = next.line.max(1);
    // An anchor right above a heading belongs to it.
    while line > 1 && text[start_of(line - 1)..].starts_with("<a ") {
        line -= 1;
    }
    start_of(line)
}

#[cfg(test)]
mod tests {
    use crate::load::Book;
    use crate::memory::Memory;

    const QUIZ: &str =
        "[[questions]]\ntype = \"Tracing\"\nprompt.program = \"x\"\nanswer.doesCompile = false\n";

    fn book(text: &str, more: &[(&str, &str)]) -> Book {
        let mut files = Memory::from([
            ("book.toml", "[preprocessor.quiz-cairo]\n[preprocessor.lectern]\nquizzes = \"../quizzes\"\n"),
            ("src/SUMMARY.md", "- [A](d/a.md)\n- [B](b.md)\n"),
            ("src/d/a.md", text),
            ("src/b.md", "# B\n\n{{#quiz q.toml}}\n"),
            ("src/b/c.toml", QUIZ),
            ("src/q.toml", QUIZ),
            ("../quizzes/d/a/one.toml", QUIZ),
        ]);
        files.0.extend(more.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
        Book::load(&files)
    }

    /// Headings and quizzes of the first chapter, in order.
    fn order(book: &Book) -> Vec<&str> {
        let shown = book.chapters[0].markdown.lines();
        shown.filter(|line| line.starts_with(['#', '<']) && !line.starts_with("</")).collect()
    }

    const ONE: &str = "<lectern-quiz data-quiz=\"../quizzes/d/a/one.toml\">";

    #[test]
    fn a_bank_stands_at_the_end_of_its_section() {
        let found = book("# A\n\n## One\n\nx\n\n### Deep\n\ny\n\n## Two\n\nz\n", &[]);
        assert_eq!(order(&found), ["# A", "## One", "### Deep", ONE, "## Two"]);
        assert_eq!(found.diagnostics, []);
        let placed = &found.quizzes[0];
        assert_eq!((placed.chapter, placed.quiz.anchor.as_str(), placed.is_bank), (0, "one", true));
        assert_eq!(placed.quiz.questions[0].language, "cairo");
        let last = book("# A\n\nTwo lines\nOne\n---\nx", &[("src/d/a.md", "# A\n\nOne\n---\nx")]);
        assert_eq!(order(&last), ["# A", ONE]);
        assert!(last.chapters[0].markdown.contains("x\n\n<lectern-quiz"));
        let anchored = book("## One\n\n<a id=\"t\"></a>\n## Two\n", &[]);
        assert_eq!(order(&anchored), ["## One", ONE, "<a id=\"t\"></a>", "## Two"]);
    }

    #[test]
    fn inner_sections_come_first() {
        let found = book("# A\n\n## One\n\n### Deep\n\nx\n\n## Two\n", &[("../quizzes/d/a/deep.toml", QUIZ)]);
        let deep = "<lectern-quiz data-quiz=\"../quizzes/d/a/deep.toml\">";
        assert_eq!(order(&found), ["# A", "## One", "### Deep", deep, ONE, "## Two"]);
    }

    #[test]
    fn directives_know_their_section() {
        let found = book(
            "## One\n",
            &[("src/b.md", "# B\n\n## C\n\n{{#quiz q.toml}}\n\n## D\n\n{{#quiz q.toml}}\n")],
        );
        let anchors: Vec<_> =
            found.quizzes.iter().map(|placed| (placed.quiz.anchor.as_str(), placed.origin.1)).collect();
        assert_eq!(anchors, [("one", 1), ("c", 5), ("d", 9)]);
        assert_eq!(found.quizzes[1].origin.0, "src/b.md");
    }

    #[test]
    fn banks_without_a_section_are_said() {
        let found = book("## Once\n", &[("../quizzes/d/aa/one.toml", QUIZ), ("../quizzes/loose.toml", "")]);
        let said: Vec<_> =
            found.diagnostics.iter().map(|d| (d.code.as_ref(), d.file.as_str(), d.help.as_str())).collect();
        assert_eq!(
            said,
            [
                ("orphan-quiz", "../quizzes/d/a/one.toml", "rename it to `once.toml`?"),
                ("orphan-quiz", "../quizzes/d/aa/one.toml", "rename its folder to `d/a`?"),
            ]
        );
        let none = Memory::from([
            ("book.toml", "[preprocessor.lectern]\nquizzes = \"q\"\n"),
            ("src/SUMMARY.md", ""),
        ]);
        let found = Book::load(&none).diagnostics;
        assert_eq!((found[0].code.as_ref(), found[0].line), ("no-quizzes", 2));
    }
}
