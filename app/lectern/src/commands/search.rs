//! `lectern search`: what the reader's search box finds, on a terminal or as JSON.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use book::markdown::{self, Page};
use book::search::{Hit, Index, documents};
use book::{Book, path};
use rayon::prelude::*;
use serde::Serialize;

use crate::commands;
use crate::disk::DiskFiles;

/// A result as JSON has it.
#[derive(Debug, Serialize)]
struct Row<'a> {
    /// Source of the page relative to the source folder.
    page: &'a str,
    /// Id of the section's heading; empty for the start of the page.
    anchor: &'a str,
    /// Title of the section.
    title: &'a str,
    /// How well it answers; comparable only within one query.
    score: f32,
    /// Where its text answers.
    snippet: String,
}

/// Searches the book in `folder` for `query`, or for each line of the file `queries` (one JSON array a line);
/// prints at most `limit` results for each, best first.
pub fn run(folder: &Path, query: Option<&str>, queries: Option<&Path>, limit: usize, json: bool) -> ExitCode {
    if !commands::is_book(folder) {
        return ExitCode::FAILURE;
    }
    let lines = match queries.map(std::fs::read_to_string) {
        Some(Err(error)) => {
            let file = queries.unwrap_or(Path::new("")).display();
            eprintln!("error: {file} cannot be read: {error}; give a text file with a query on each line");
            return ExitCode::FAILURE;
        }
        Some(Ok(text)) => Some(text),
        None => None,
    };
    let index = index(folder);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let written = match (&lines, query) {
        (Some(text), _) => text.lines().try_for_each(|line| print_json(&mut out, &index, line, limit)),
        (None, Some(query)) if json => print_json(&mut out, &index, query, limit),
        (None, query) => print_plain(&mut out, &index, query.unwrap_or_default(), limit),
    };
    // A reader that has seen enough (`| head`) closes the pipe: no failure of ours.
    let _ = written.and_then(|()| out.flush());
    ExitCode::SUCCESS
}

/// The index of the book in `folder`, as the browser builds it.
fn index(folder: &Path) -> Index {
    let book = Book::load(&DiskFiles::new(folder));
    let options = book.config.render_options();
    let rendered: Vec<_> = book
        .chapters
        .par_iter()
        .map(|chapter| {
            let page = Page { address: &chapter.address, ..Page::default() };
            markdown::render(&chapter.markdown, &page, &options, &())
        })
        .collect();
    let mut index = Index::new(&book.config.book.language);
    for (chapter, rendered) in book.chapters.iter().zip(&rendered) {
        let source = path::normalise(&chapter.source);
        for document in documents(&chapter.address, &source, &chapter.title, &chapter.parents, rendered) {
            index.add(document);
        }
    }
    index
}

fn print_json(out: &mut impl Write, index: &Index, query: &str, limit: usize) -> std::io::Result<()> {
    let hits = index.search(query, limit);
    let rows: Vec<Row<'_>> = hits.iter().filter_map(|hit| row(index, hit)).collect();
    serde_json::to_writer(&mut *out, &rows)?;
    writeln!(out)
}

fn row<'a>(index: &'a Index, hit: &Hit) -> Option<Row<'a>> {
    let document = index.document(hit.document)?;
    Some(Row {
        page: &document.source,
        anchor: &document.anchor,
        title: &document.title,
        score: hit.score,
        snippet: hit.snippet.iter().map(|(text, _)| text.as_str()).collect(),
    })
}

fn print_plain(out: &mut impl Write, index: &Index, query: &str, limit: usize) -> std::io::Result<()> {
    let hits = index.search(query, limit);
    if hits.is_empty() {
        return writeln!(out, "nothing found for “{query}”");
    }
    for (hit, row) in hits.iter().filter_map(|hit| Some((hit, row(index, hit)?))) {
        let anchor = if row.anchor.is_empty() { String::new() } else { format!("#{}", row.anchor) };
        let path = index.document(hit.document).map(|document| document.path.join(" › ")).unwrap_or_default();
        writeln!(
            out,
            "{}{anchor}\n    {}{}{path}",
            row.page,
            row.title,
            if path.is_empty() { "" } else { " · " }
        )?;
        writeln!(out, "    {}\n", row.snippet.split_whitespace().collect::<Vec<_>>().join(" "))?;
    }
    Ok(())
}
