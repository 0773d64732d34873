//! What a link can lead to: pages, their ids, redirects and files.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::load::{Book, Files};
use crate::markdown::Rendered;
use crate::nearest::nearest;
use crate::path;

/// A book as its readers reach it.
pub struct Site<'a> {
    /// The book.
    pub book: &'a Book,
    /// Its chapters, rendered.
    pub rendered: &'a [Rendered],
    files: &'a dyn Files,
    pages: HashMap<&'a str, usize>,
    ids: Vec<HashSet<&'a str>>,
    /// Addresses that only say where another page went, with fragments where only those moved.
    redirected: HashSet<String>,
    listed: OnceCell<Vec<String>>,
}

/// What is at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    /// The page of this chapter.
    Page(usize),
    /// A redirect.
    Redirect,
    /// A file of the source folder.
    File,
    /// A markdown file of the source folder without a page of its own.
    Unlisted,
    /// Nothing.
    Nothing,
}

impl<'a> Site<'a> {
    /// Takes stock of `book`.
    pub fn new(book: &'a Book, rendered: &'a [Rendered], files: &'a dyn Files) -> Self {
        let mut pages: HashMap<&str, usize> = HashMap::new();
        for (index, chapter) in book.chapters.iter().enumerate() {
            pages.insert(&chapter.address, index);
        }
        // The first chapter is shown at the root, too.
        if !book.chapters.is_empty() {
            pages.entry("index.html").or_insert(0);
        }
        let ids = rendered.iter().map(|page| page.ids.iter().map(|(id, _)| id.as_str()).collect()).collect();
        let redirected = book.config.html.redirects.iter().map(|redirect| clean(&redirect.from)).collect();
        Self { book, rendered, files, pages, ids, redirected, listed: OnceCell::new() }
    }

    /// What is at `address`, which is normalised and has no fragment; the empty one is the root.
    pub fn at(&self, address: &str) -> There {
        let address = if address.is_empty() { "index.html" } else { address };
        if let Some(page) =
            self.pages.get(address).or_else(|| self.pages.get(&*format!("{address}/index.html")))
        {
            return There::Page(*page);
        }
        if self.redirected.contains(address) {
            return There::Redirect;
        }
        // The page with every chapter, and the one for missing addresses, are made for every book.
        if address == "404.html" || (address == "print.html" && self.book.config.html.print) {
            return There::File;
        }
        let file = self.book.config.in_src(address);
        if path::extension(address) == "md" {
            return if self.files.exists(&file) { There::Unlisted } else { There::Nothing };
        }
        if self.files.exists(&file)
            || self.files.exists(&format!("{file}/index.html"))
            || self.is_style(address)
        {
            return There::File;
        }
        match address.strip_suffix(".html") {
            // A page has its name from its source, unless that is a README.
            Some(stem) if self.book.chapters.iter().any(|chapter| chapter.source == format!("{stem}.md")) => {
                There::Nothing
            }
            Some(stem) if self.files.exists(&self.book.config.in_src(&format!("{stem}.md"))) => {
                There::Unlisted
            }
            _ => There::Nothing,
        }
    }

    /// Style sheets are part of the site although they may stand outside the source folder.
    fn is_style(&self, address: &str) -> bool {
        let sheets = &self.book.config.html.additional_css;
        sheets.iter().any(|sheet| path::normalise(&sheet.value) == address) && self.files.exists(address)
    }

    /// Whether a page's address, or its fragment, is redirected.
    pub fn is_redirected(&self, address: &str, fragment: &str) -> bool {
        self.redirected.contains(&format!("{address}#{fragment}"))
    }

    /// Whether the page has a place called `fragment`, undecoded.
    pub fn has_id(&self, page: usize, fragment: &str) -> bool {
        // Browsers know these themselves: the top, and text to look for.
        if fragment.is_empty() || fragment == "top" || fragment.starts_with(":~:") {
            return true;
        }
        let Some(ids) = self.ids.get(page) else { return true };
        ids.contains(fragment) || ids.contains(path::percent_decode(fragment).as_ref())
    }

    /// The id of the page that was probably meant.
    pub fn nearest_id(&self, page: usize, fragment: &str) -> Option<&'a str> {
        let fragment = path::percent_decode(fragment);
        let mut ids: Vec<&str> = self.ids.get(page)?.iter().copied().collect();
        ids.sort_unstable();
        let begins_alike = || {
            // A heading grew or shrank: one id is the beginning of the other.
            let long = fragment.len() >= 6;
            ids.iter()
                .copied()
                .find(|id| long && id.len() >= 6 && (id.starts_with(&*fragment) || fragment.starts_with(*id)))
        };
        nearest(&fragment, ids.iter().copied()).or_else(begins_alike)
    }

    /// The path from the source folder of a file or chapter that was probably meant by `address`.
    pub fn nearest_file(&self, address: &str) -> Option<String> {
        let extension = path::extension(address);
        let is_page = extension == "html" || extension == "md";
        // The page of a README has another name than its source.
        if let Some(readme) = self.book.chapters.iter().find(|chapter| stem(&chapter.source) == stem(address))
        {
            return Some(readme.source.clone());
        }
        let candidates: Vec<&str> = if is_page {
            let sources =
                |chapter: &'a crate::load::Chapter| [chapter.source.as_str(), chapter.address.as_str()];
            let chapters = self.book.chapters.iter().flat_map(sources);
            chapters.filter(|source| path::extension(source) == extension).collect()
        } else {
            self.listed().iter().map(String::as_str).collect()
        };
        let name = file_name(address).to_lowercase();
        let mut same_name = candidates.iter().filter(|candidate| file_name(candidate).to_lowercase() == name);
        let first = same_name.next().copied();
        // Many folders have an index: its name says nothing.
        if let (Some(only), None) = (first, same_name.next()) {
            return Some(only.to_owned());
        }
        // What all pages share would make any two look alike.
        let shorten: fn(&str) -> &str = if is_page { stem } else { |path| path };
        let found = nearest(shorten(address), candidates.iter().map(|candidate| shorten(candidate)))?;
        candidates.iter().find(|candidate| shorten(candidate) == found).map(|found| (*found).to_owned())
    }

    /// All files of the source folder, relative to it; read only once something is missing.
    fn listed(&self) -> &[String] {
        self.listed.get_or_init(|| {
            let src = &self.book.config.book.src;
            let prefix = if src.is_empty() { String::new() } else { format!("{src}/") };
            let inside = |path: String| path.strip_prefix(&prefix).map(str::to_owned);
            let mut files: Vec<String> = self.files.list(src).into_iter().filter_map(inside).collect();
            files.sort_unstable();
            files
        })
    }
}

/// An address as `book.toml` writes it, from the site's root: without `/` or `./` before it.
pub fn clean(address: &str) -> String {
    let (page, fragment) = address.split_once('#').map_or((address, None), |(page, id)| (page, Some(id)));
    let page = path::normalise(page);
    match fragment {
        Some(fragment) => format!("{page}#{fragment}"),
        None => page,
    }
}

/// A path without the extension of its file.
fn stem(path: &str) -> &str {
    match path::extension(path) {
        "" => path,
        extension => &path[..path.len() - extension.len() - 1],
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
