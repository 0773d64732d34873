//! A whole book, read from its sources: configuration, summary and expanded chapters.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::bibliography;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::expand::{Expanded, Expander, Origins, Traced};
use crate::path;
use crate::phrases::{Language, Phrase, fill, say};
use crate::quiz::{self, Placed};
use crate::summary::{Entry, Item, Summary};

/// Why a file could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// There is no such file.
    Missing,
    /// The path leads out of the book's folder, which only a trusted book may do.
    Outside,
    /// It is not UTF-8 text.
    NotText,
    /// Anything else, in the system's words.
    Other(String),
}

/// Read access to a book's folder; the only way that this crate sees a file.
pub trait Files {
    /// The text of the file at `path`, relative to the book's root, with `/` between folders and `..` allowed.
    ///
    /// # Errors
    /// Says why it cannot be read.
    fn read(&self, path: &str) -> Result<String, ReadError>;

    /// Whether there is a file at `path`, text or not.
    fn exists(&self, path: &str) -> bool {
        !matches!(self.read(path), Err(ReadError::Missing | ReadError::Outside))
    }

    /// Paths of all files below the folder at `path`, relative to the book's root, in any order; none where
    /// that is not known. For suggestions only.
    fn list(&self, path: &str) -> Vec<String> {
        let _ = path;
        Vec::new()
    }

    /// The text of the file at `path`, which holds nothing but questions: it may stand in a folder right beside
    /// the book, too.
    ///
    /// # Errors
    /// Says why it cannot be read.
    fn quiz(&self, path: &str) -> Result<String, ReadError> {
        self.read(path)
    }

    /// Paths of all quiz files (`.toml`) below the folder at `path`, which may be right beside the book, too.
    fn quizzes(&self, path: &str) -> Vec<String> {
        let mut listed = self.list(path);
        listed.retain(|file| crate::path::extension(file) == "toml");
        listed
    }
}

/// A chapter with its directives expanded.
#[derive(Debug, Clone, PartialEq)]
pub struct Chapter {
    /// Name from SUMMARY.md.
    pub title: String,
    /// Section number such as `2.1.`, empty where the book gives none.
    pub number: String,
    /// Names of the chapters above it, outermost first.
    pub parents: Vec<String>,
    /// Source path relative to the source folder, e.g. `a/README.md`.
    pub source: String,
    /// Page address relative to the book's root, e.g. `a/index.html`.
    pub address: String,
    /// Markdown after expansion.
    pub markdown: String,
    /// For each line of `markdown`: the file (relative to the book's root) and line it came from.
    pub origins: Origins,
    /// `{{#title …}}`, where the chapter sets one.
    pub page_title: Option<String>,
    /// Index into [`Summary::items`].
    pub item: usize,
}

/// A whole book. Loading never fails: what is wrong is in `diagnostics`, and the rest is here.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// `book.toml`, or its defaults.
    pub config: Config,
    /// `SUMMARY.md`.
    pub summary: Summary,
    /// Chapters in reading order, drafts left out.
    pub chapters: Vec<Chapter>,
    /// Quizzes, by chapter; those of directives come before those of sections.
    pub quizzes: Vec<Placed>,
    /// TeX macros for all formulas: name with its backslash → definition.
    pub macros: BTreeMap<String, String>,
    /// What is wrong so far.
    pub diagnostics: Vec<Diagnostic>,
}

impl Book {
    /// Reads the book whose root `files` stands for.
    pub fn load(files: &dyn Files) -> Self {
        let mut diagnostics = Vec::new();
        let config = read_config(files, &mut diagnostics);
        let summary_file = config.in_src("SUMMARY.md");
        let summary = match files.read(&summary_file) {
            Ok(text) => {
                let (summary, found) = Summary::parse(&text, &summary_file);
                diagnostics.extend(found);
                summary
            }
            Err(problem) => {
                diagnostics.push(unreadable_summary(&summary_file, &problem));
                Summary::default()
            }
        };
        let mut loader = Loader::new(files, &config, &summary_file);
        loader.read(&summary);
        let (chapters, quizzes) = loader.finish(&mut diagnostics);
        let mut seen = HashSet::new();
        // A file that many chapters include reports what is wrong with it as often.
        diagnostics.retain(|diagnostic| seen.insert(diagnostic.clone()));
        let macros = read_macros(files, &config);
        Self { config, summary, chapters, quizzes, macros, diagnostics }
    }

    /// The chapter whose page is at `address`.
    pub fn chapter(&self, address: &str) -> Option<&Chapter> {
        self.chapters.iter().find(|chapter| chapter.address == address)
    }
}

impl Config {
    /// The path from the book's root of a file in the source folder.
    pub fn in_src(&self, path: &str) -> String {
        path::join(&self.book.src, path)
    }
}

fn read_config(files: &dyn Files, diagnostics: &mut Vec<Diagnostic>) -> Config {
    let (config, found) = match files.read(config::FILE) {
        Ok(text) => Config::parse(&text),
        // A folder with a summary is a book all the same.
        Err(ReadError::Missing) => {
            let mut config = Config::default();
            if !files.exists("src/SUMMARY.md") && files.exists("SUMMARY.md") {
                config.book.src.clear();
            }
            let help = "add one, if only to give the book a title: `[book]`, `title = \"…\"`";
            (config, vec![Diagnostic::warning("no-config", config::FILE, 0, "there is no `book.toml`", help)])
        }
        Err(problem) => {
            let message = format!("`book.toml` cannot be read: {}", problem.words());
            let help = "make it a readable UTF-8 file; until then the defaults hold";
            (Config::default(), vec![Diagnostic::error("unreadable-config", config::FILE, 0, message, help)])
        }
    };
    diagnostics.extend(found);
    config
}

/// Reads mdbook-katex's file of macros: a line each, `\name:definition`. That it is missing is said by
/// [`crate::check`].
fn read_macros(files: &dyn Files, config: &Config) -> BTreeMap<String, String> {
    let Some(file) = &config.preprocessors.katex_macros else { return BTreeMap::new() };
    let text = files.read(&path::normalise(&file.value)).unwrap_or_default();
    let macros = text.lines().filter(|line| line.starts_with('\\')).filter_map(|line| line.split_once(':'));
    macros.map(|(name, definition)| (name.trim().to_owned(), definition.trim().to_owned())).collect()
}

impl ReadError {
    /// What went wrong, to stand behind a colon.
    pub fn words(&self) -> &str {
        match self {
            Self::Missing => "there is no such file",
            Self::Outside => "it is outside the book's folder",
            Self::NotText => "it is not UTF-8 text",
            Self::Other(words) => words,
        }
    }
}

fn unreadable_summary(file: &str, problem: &ReadError) -> Diagnostic {
    let message = match problem {
        ReadError::Missing => format!("there is no `{file}`, so that the book has no chapters"),
        _ => format!("`{file}` cannot be read: {}", problem.words()),
    };
    let help =
        "write one that lists the chapters as `- [Name](file.md)`, or set `book.src` to the folder it is in";
    Diagnostic::error("no-summary", file, 0, message, help)
}

/// The walk through a summary's chapters.
struct Loader<'a> {
    files: &'a dyn Files,
    config: &'a Config,
    summary_file: &'a str,
    language: Language,
    expander: Expander<'a>,
    /// Chapters, still without their text, which is in `expanded`.
    chapters: Vec<Chapter>,
    expanded: Vec<Expanded>,
    /// Page address → index of its chapter.
    addresses: HashMap<String, usize>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Loader<'a> {
    fn new(files: &'a dyn Files, config: &'a Config, summary_file: &'a str) -> Self {
        let language = Language::of_tag(&config.book.language);
        Self {
            files,
            config,
            summary_file,
            language,
            expander: Expander::new(files, language, config.render_options()),
            chapters: Vec::new(),
            expanded: Vec::new(),
            addresses: HashMap::new(),
            diagnostics: Vec::new(),
        }
    }

    fn read(&mut self, summary: &Summary) {
        let mut parents: Vec<(u8, String)> = Vec::new();
        for (item, entry) in summary.items.iter().enumerate() {
            let Item::Chapter(entry) = entry else {
                parents.clear();
                continue;
            };
            while parents.last().is_some_and(|(level, _)| *level >= entry.level) {
                parents.pop();
            }
            let names = parents.iter().map(|(_, name)| name.clone()).collect();
            parents.push((entry.level, entry.title.clone()));
            if let Some(source) = &entry.source {
                self.read_chapter(item, entry, source, names);
            }
        }
    }

    fn read_chapter(&mut self, item: usize, entry: &Entry, source: &str, parents: Vec<String>) {
        let Some(address) = self.address(entry, source) else { return };
        let file = self.config.in_src(source);
        let expanded = match self.files.read(&file) {
            Ok(text) => self.expand(&text, &file),
            Err(problem) => self.missing(entry, &file, &problem),
        };
        self.addresses.insert(address.clone(), self.chapters.len());
        self.chapters.push(Chapter {
            title: entry.title.clone(),
            number: entry.number_text(),
            parents,
            source: source.to_owned(),
            address,
            markdown: String::new(),
            origins: Origins::default(),
            page_title: expanded.title.clone().filter(|title| *title != entry.title),
            item,
        });
        self.expanded.push(expanded);
    }

    /// Resolves what needs all chapters, and puts the texts into them.
    fn finish(mut self, diagnostics: &mut Vec<Diagnostic>) -> (Vec<Chapter>, Vec<Placed>) {
        diagnostics.append(&mut self.diagnostics);
        diagnostics.extend(self.expanded.iter_mut().flat_map(|expanded| expanded.diagnostics.drain(..)));
        let mut pages: Vec<bibliography::Page> = self
            .chapters
            .iter()
            .zip(&mut self.expanded)
            .map(|(chapter, expanded)| bibliography::Page { address: &chapter.address, expanded })
            .collect();
        diagnostics.extend(bibliography::resolve(self.files, self.config, &mut pages));
        let quizzes = quiz::place(self.files, self.config, &self.chapters, &mut self.expanded, diagnostics);
        for (chapter, expanded) in self.chapters.iter_mut().zip(self.expanded) {
            chapter.markdown = expanded.text.text;
            chapter.origins = expanded.text.origins;
        }
        (self.chapters, quizzes)
    }

    fn expand(&mut self, text: &str, file: &str) -> Expanded {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        if self.config.preprocessors.links {
            self.expander.expand(text, file)
        } else {
            Expanded { text: Traced::of_file(text, file), ..Expanded::default() }
        }
    }

    /// The page's address, unless another chapter has it already.
    fn address(&mut self, entry: &Entry, source: &str) -> Option<String> {
        let mut report = |diagnostic| self.diagnostics.push(diagnostic);
        let inside = source.trim_start_matches("../");
        if inside.len() < source.len() {
            report(Diagnostic::error(
                "outside-chapter",
                self.summary_file,
                entry.line,
                format!("`{source}` is outside the source folder, where links to it do not lead"),
                format!("add a chapter with `{{{{#include {source}}}}}` in it, and name that here"),
            ));
        }
        let by_index = self.config.preprocessors.index;
        let address = if by_index { path::address_of(inside) } else { path::address_without_index(inside) };
        if let Some(first) = self.addresses.get(&address) {
            report(Diagnostic::error(
                "duplicate-address",
                self.summary_file,
                entry.line,
                format!("`{source}` and `{}` both make the page `{address}`", self.chapters[*first].source),
                "rename one of the two; until then the second has no page",
            ));
            return None;
        }
        Some(address)
    }

    /// A chapter whose file is not there: its title and a note.
    fn missing(&mut self, entry: &Entry, file: &str, problem: &ReadError) -> Expanded {
        let line = entry.line;
        let diagnostic = match problem {
            ReadError::Missing if self.config.build.create_missing => Diagnostic::warning(
                "missing-chapter",
                self.summary_file,
                line,
                format!("there is no file `{file}` yet; its page has a title only"),
                "write the chapter, or make the link empty, `[Name]()`, until it is written",
            ),
            ReadError::Missing => Diagnostic::error(
                "missing-chapter",
                self.summary_file,
                line,
                format!("there is no file `{file}`"),
                "correct the path or write the chapter",
            ),
            _ => Diagnostic::error(
                "unreadable-chapter",
                self.summary_file,
                line,
                format!("`{file}` cannot be read: {}", problem.words()),
                "make it a readable UTF-8 file inside the book",
            ),
        };
        self.diagnostics.push(diagnostic);
        let note = fill(say(self.language, Phrase::MissingChapter), file);
        let mut text = Traced::default();
        text.push_made(&format!("# {}\n\n{note}\n", entry.title), self.summary_file, line);
        Expanded { text, ..Expanded::default() }
    }
}
