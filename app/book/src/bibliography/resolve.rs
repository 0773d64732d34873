//! Putting citations and the list of works into a book's pages.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::cite::{self, Citation, Item};
use super::read::read;
use super::work::{Work, escape, id_of};
use crate::config::{Config, FILE, Located};
use crate::diagnostic::Diagnostic;
use crate::expand::{Expanded, Regions};
use crate::line_index::LineIndex;
use crate::load::Files;
use crate::nearest::nearest;
use crate::path;

/// A page whose citations are to be resolved.
pub struct Page<'a> {
    /// Its address.
    pub address: &'a str,
    /// Its text, which is changed.
    pub expanded: &'a mut Expanded,
}

/// Replaces citations and `{{#bibliography}}` in `pages`; gives what is wrong with them and with the file.
pub fn resolve(files: &dyn Files, config: &Config, pages: &mut [Page]) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let Some(located) = &config.preprocessors.bibliography else {
        report_no_file(pages, &mut diagnostics);
        return diagnostics;
    };
    let works = read_works(files, config, located, &mut diagnostics);
    let options = config.render_options();
    let found: Vec<Found> = pages.iter().map(|page| Found::of(page, &options, &works)).collect();
    let mut cited: BTreeSet<&str> = BTreeSet::new();
    for item in found.iter().flat_map(|found| &found.citations).flat_map(|(_, items)| items) {
        cited.extend(works.get(&item.key).map(|work| work.key.as_str()));
    }
    let listed = listed(&works, &cited);
    let list_page = pages
        .iter()
        .find(|page| !page.expanded.bibliographies.is_empty())
        .map(|page| page.address.to_owned());
    if list_page.is_none() && !cited.is_empty() {
        diagnostics.push(Diagnostic::error(
            "no-bibliography-page",
            FILE,
            located.line,
            format!("{} works are cited and no chapter lists them", cited.len()),
            "write `{{#bibliography}}` into a chapter, e.g. `bibliography.md`; until then citations are not linked",
        ));
    }
    let list = list(&listed);
    let years: HashMap<&str, String> =
        listed.iter().map(|(work, letter)| (work.key.as_str(), format!("{}{letter}", work.year))).collect();
    for (page, found) in pages.iter_mut().zip(&found) {
        let citer =
            Citer { works: &works, years: &years, list_page: list_page.as_deref(), page: page.address };
        let mut replacements: Vec<(Range<usize>, String)> =
            found.citations.iter().map(|(range, items)| (range.clone(), citer.word(items))).collect();
        replacements.extend(page.expanded.bibliographies.drain(..).map(|range| (range, list.clone())));
        replacements.sort_by_key(|(range, _)| range.start);
        report_unknown(page, found, &works, &mut diagnostics);
        if !replacements.is_empty() {
            page.expanded.text = page.expanded.text.with_replaced(&replacements);
        }
    }
    diagnostics
}

fn report_no_file(pages: &[Page], diagnostics: &mut Vec<Diagnostic>) {
    for page in pages {
        let text = &page.expanded.text;
        for range in &page.expanded.bibliographies {
            let (file, line) = text.origins.at(LineIndex::new(&text.text).line(range.start));
            diagnostics.push(Diagnostic::error(
                "no-bibliography",
                file,
                line,
                "the book names no file with references, and `{{#bibliography}}` stays in the text",
                "write `bibliography = \"references.bib\"` below `[preprocessor.lectern]` in `book.toml`",
            ));
        }
    }
}

fn read_works(
    files: &dyn Files,
    config: &Config,
    located: &Located<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> HashMap<String, Work> {
    let file = path::normalise(&located.value);
    let text = match files.read(&file) {
        Ok(text) => text,
        Err(problem) => {
            diagnostics.push(Diagnostic::error(
                "missing-bibliography",
                FILE,
                located.line,
                format!("`{file}` cannot be read: {}", problem.words()),
                "correct the path, which is relative to the folder of `book.toml`",
            ));
            return HashMap::new();
        }
    };
    let (bibliography, found) = read(&text, &file);
    diagnostics.extend(found);
    let math = config.math();
    bibliography.iter().map(|entry| (entry.key.clone(), Work::new(entry, math))).collect()
}

/// An [`Item`] that outlives the text it was found in.
struct Cited {
    before: String,
    year_only: bool,
    key: String,
    after: String,
}

/// The citations of a page.
struct Found {
    citations: Vec<(Range<usize>, Vec<Cited>)>,
}

impl Found {
    fn of(page: &Page, options: &crate::wire::RenderOptions, works: &HashMap<String, Work>) -> Self {
        let text = &page.expanded.text.text;
        if !text.contains('@') || !text.contains('[') {
            return Self { citations: Vec::new() };
        }
        let regions = Regions::of(text, options);
        let own = |item: &Item| Cited {
            before: item.before.to_owned(),
            year_only: item.year_only,
            key: item.key.to_owned(),
            after: item.after.to_owned(),
        };
        let citations = cite::find(text, &regions, |key| works.contains_key(key))
            .into_iter()
            .map(|Citation { range, items }| (range, items.iter().map(own).collect()))
            .collect();
        Self { citations }
    }
}

/// The works cited, sorted, each with a letter where names and year alone do not tell it from another.
fn listed<'a>(works: &'a HashMap<String, Work>, cited: &BTreeSet<&str>) -> Vec<(&'a Work, String)> {
    let mut listed: Vec<&Work> = cited.iter().filter_map(|key| works.get(*key)).collect();
    listed.sort_by(|a, b| (&a.sort, &a.key).cmp(&(&b.sort, &b.key)));
    let label = |work: &Work| (work.names.clone(), work.year.clone());
    let mut counts: HashMap<(String, String), u32> = HashMap::new();
    for work in &listed {
        *counts.entry(label(work)).or_default() += 1;
    }
    let mut next: HashMap<(String, String), u32> = HashMap::new();
    listed
        .into_iter()
        .map(|work| {
            if counts[&label(work)] < 2 {
                return (work, String::new());
            }
            let count = next.entry(label(work)).or_default();
            *count += 1;
            (work, letters(*count))
        })
        .collect()
}

/// 1 → `a`, 26 → `z`, 27 → `aa`.
fn letters(mut count: u32) -> String {
    let mut letters = String::new();
    while count > 0 {
        count -= 1;
        letters.insert(0, char::from(b'a' + u8::try_from(count % 26).unwrap_or(0)));
        count /= 26;
    }
    letters
}

/// The list as HTML around paragraphs of markdown, which formulas in titles need.
fn list(listed: &[(&Work, String)]) -> String {
    let mut list = String::from("<ul class=\"bibliography\">\n");
    for (work, letter) in listed {
        let id = work.id();
        // A figure at the beginning would be read as a numbered list.
        let start = if work.authors.starts_with(|c: char| c.is_ascii_digit()) { "&#8203;" } else { "" };
        let Work { authors, year, rest, .. } = work;
        list.push_str(&format!("<li id=\"{id}\">\n\n{start}{authors} ({year}{letter}). {rest}\n\n</li>\n"));
    }
    list.push_str("</ul>\n");
    list
}

/// Words the citations of one page.
struct Citer<'a> {
    works: &'a HashMap<String, Work>,
    years: &'a HashMap<&'a str, String>,
    list_page: Option<&'a str>,
    page: &'a str,
}

impl Citer<'_> {
    fn word(&self, items: &[Cited]) -> String {
        let items: Vec<String> = items.iter().map(|item| self.word_item(item)).collect();
        format!("({})", items.join("; "))
    }

    fn word_item(&self, item: &Cited) -> String {
        let mut text = String::new();
        if !item.before.is_empty() {
            text.push_str(&item.before);
            text.push(' ');
        }
        match self.works.get(&item.key) {
            Some(work) => {
                let year = self.years.get(item.key.as_str()).unwrap_or(&work.year);
                let label = if item.year_only { year.clone() } else { format!("{}, {year}", work.names) };
                match self.list_page {
                    Some(list_page) => {
                        let page = path::relative(self.page, list_page);
                        text.push_str(&format!("[{label}](<{page}#{}>)", id_of(&item.key)));
                    }
                    None => text.push_str(&label),
                }
            }
            None => text.push_str(&format!("{}?", escape(&item.key))),
        }
        if !item.after.is_empty() {
            text.push_str(", ");
            text.push_str(&item.after);
        }
        text
    }
}

fn report_unknown(
    page: &Page,
    found: &Found,
    works: &HashMap<String, Work>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let text = &page.expanded.text;
    for (range, items) in &found.citations {
        for item in items.iter().filter(|item| !works.contains_key(&item.key)) {
            let (file, line) = text.origins.at(LineIndex::new(&text.text).line(range.start));
            let help = match nearest(&item.key, works.keys().map(String::as_str)) {
                Some(meant) => format!("did you mean `@{meant}`?"),
                None => "add an entry with this key to the bibliography file".to_owned(),
            };
            let message = format!("no work has the key `{}`", item.key);
            diagnostics.push(Diagnostic::error("unknown-citation", file, line, message, help));
        }
    }
}
