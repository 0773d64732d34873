//! From a book's folder to every file of its site, in memory.
//!
//! Load → copies → typeset → render → check → packs and pages. A broken book still gives a site; what is wrong
//! with it is in [`Site::diagnostics`].

mod contents;
mod copies;
mod extras;
pub mod formulas;
mod packs;
mod page;
mod pictures;
mod redirects;
mod tags;
mod whole;

use std::path::{Path, PathBuf};

use book::markdown::{self, Rendered};
use book::phrases::Language;
use book::wire::{Contents, MathSyntax};
use book::{Book, Diagnostic, Severity};
use rayon::prelude::*;

use crate::assets::Reader;
use crate::disk::DiskFiles;
use crate::output::{File, Output};
use crate::typeset::Typesetter;
use extras::Extras;

/// What a build may be told.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Where typeset formulas are kept between builds; `None`: nowhere.
    pub cache: Option<PathBuf>,
    /// Path under which a host serves the site, e.g. `/book/`; only the page for missing addresses needs it,
    /// since it alone is shown at addresses of any depth.
    pub base: Option<String>,
    /// Pages listen for a new edition and reload.
    pub live: bool,
    /// The book may read files outside its folder.
    pub trust: bool,
}

/// A finished site.
pub struct Site {
    /// Every file.
    pub output: Output,
    /// Names exactly these files: changes when anything a reader sees does.
    pub edition: String,
    /// What is wrong with the book.
    pub diagnostics: Vec<Diagnostic>,
    /// Chapters with a page.
    pub chapters: usize,
}

impl Site {
    /// How many diagnostics have `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }
}

/// Builds the site of the book in `folder` around `reader`.
pub fn build(folder: &Path, reader: &Reader, options: &Options) -> Site {
    let files = if options.trust { DiskFiles::trusted(folder) } else { DiskFiles::new(folder) };
    let mut book = Book::load(&files);
    let render_options = book.config.render_options();
    let language = Language::of_tag(&book.config.book.language);
    let wanted = formulas::wanted(&book);
    let typesetter =
        Typesetter::new(reader.bytes("katex.js"), options.cache.as_deref()).with_macros(&book.macros);
    let (mut made, typeset_findings) = formulas::make(&book, &wanted, &typesetter);
    let mut output = Output::default();
    copies::add(folder, &book.config, &mut output);
    let extras = Extras::add(&files, &book.config, options.trust, &mut output);
    made.pictures = pictures::sizes(&output);
    made.quizzes = book.quizzes.iter().map(|placed| (placed.path.clone(), placed.quiz.clone())).collect();

    let rendered: Vec<Rendered> = book
        .chapters
        .par_iter()
        .map(|chapter| {
            let page = markdown::Page { address: &chapter.address, language };
            markdown::render(&chapter.markdown, &page, &render_options, &made)
        })
        .collect();

    let mut diagnostics = std::mem::take(&mut book.diagnostics);
    diagnostics.extend(book::check::run(&book, &rendered, &files));
    diagnostics.extend(typeset_findings);
    diagnostics.extend(extras::left_out(&book.config, options.trust));
    sort(&mut diagnostics);

    let (packs, pack_of) = packs::make(&book, &rendered, &wanted, &made, &mut output);
    let contents = contents::make(&book, &rendered, packs, &pack_of);
    let shell = Shell::new(reader, &contents, &book, options, extras, &mut output);
    let pages: Vec<(&str, String)> = book
        .chapters
        .par_iter()
        .zip(&rendered)
        .map(|(chapter, rendered)| (chapter.address.as_str(), page::chapter(&shell, chapter, rendered)))
        .collect();
    for (address, html) in pages {
        output.add(address, File::from(html));
    }
    add_index(&shell, &book, &rendered, &mut output);
    redirects::add(&shell, &mut output);
    if book.config.html.print && !output.files.contains_key(whole::ADDRESS) {
        output.add(whole::ADDRESS, File::from(page::whole(&shell, &whole::html(&book, &rendered))));
    }
    if !output.files.contains_key("404.html") {
        let own = extras::missing_page(&files, &book.config, language);
        output.add("404.html", File::from(page::missing(&shell, own.as_ref())));
    }
    Site { edition: edition(&output), output, diagnostics, chapters: book.chapters.len() }
}

/// What every page of a site shares.
pub struct Shell<'a> {
    reader: &'a Reader,
    contents: &'a Contents,
    book: &'a Book,
    options: &'a Options,
    extras: Extras,
    /// Path of the contents file from the site's root.
    contents_file: String,
}

impl<'a> Shell<'a> {
    fn new(
        reader: &'a Reader,
        contents: &'a Contents,
        book: &'a Book,
        options: &'a Options,
        extras: Extras,
        output: &mut Output,
    ) -> Self {
        let with_math = contents.options.math != MathSyntax::None;
        for (name, file) in reader.files(|plain| with_math || !plain.to_lowercase().starts_with("katex")) {
            output.add(&format!("lectern/{name}"), file);
        }
        // Plain data: serialization cannot fail.
        let json = serde_json::to_vec(contents).unwrap_or_default();
        let contents_file = format!("lectern/contents-{}.json", contents.edition);
        output.add(&contents_file, File::from(json));
        Self { reader, contents, book, options, extras, contents_file }
    }
}

/// `index.html` is the first chapter where no chapter has that address, as in mdBook.
fn add_index(shell: &Shell<'_>, book: &Book, rendered: &[Rendered], output: &mut Output) {
    if book.chapters.iter().any(|chapter| chapter.address == "index.html") {
        return;
    }
    if let (Some(chapter), Some(first)) = (book.chapters.first(), rendered.first()) {
        let html = if chapter.address.contains('/') {
            // Its links are relative to a folder: at the root they would lead elsewhere.
            page::redirect(shell, &chapter.address, "")
        } else {
            page::chapter(shell, chapter, first)
        };
        output.add("index.html", File::from(html));
    }
}

fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (&a.file, a.line, &a.message).cmp(&(&b.file, b.line, &b.message)));
    diagnostics.dedup();
}

/// A name for exactly these files: it changes with every page, picture and style sheet.
fn edition(output: &Output) -> String {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    for (path, file) in &output.files {
        hasher.update(path.as_bytes());
        hasher.update([0]);
        hasher.update((file.bytes.len() as u64).to_le_bytes());
        hasher.update(&file.bytes);
    }
    short_hex(&hasher.finalize())
}

/// First 12 hexadecimal digits of the SHA-256 of `bytes`: enough to name a file by.
pub fn short_hash(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    short_hex(&Sha256::digest(bytes))
}

fn short_hex(digest: &[u8]) -> String {
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
