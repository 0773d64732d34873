//! `lectern build`: the site as static files.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use crate::assets::Reader;
use crate::{commands, site, write};

/// What `lectern build` was asked.
pub struct Request {
    /// Folder of the book.
    pub book: PathBuf,
    /// Folder to write.
    pub out: PathBuf,
    /// Path under which a host serves the site.
    pub base: Option<String>,
    /// Write nothing if anything is wrong.
    pub strict: bool,
    /// Write into a folder with other files.
    pub force: bool,
    /// Files outside the book may be read.
    pub trust: bool,
}

/// Builds and writes; fails if nothing could be written, or with `strict` on any diagnostic.
pub fn run(request: &Request) -> ExitCode {
    if !commands::is_book(&request.book) {
        return ExitCode::FAILURE;
    }
    let start = Instant::now();
    let reader = match Reader::embedded() {
        Ok(reader) => reader,
        Err(problem) => {
            eprintln!("error: {problem}");
            return ExitCode::FAILURE;
        }
    };
    let options = site::Options {
        cache: commands::cache_folder(),
        base: request.base.clone(),
        live: false,
        trust: request.trust,
    };
    let site = site::build(&request.book, &reader, &options);
    commands::report(&site.diagnostics, 50);
    if request.strict && !site.diagnostics.is_empty() {
        eprintln!("error: nothing was written, because --strict asks for a book without diagnostics");
        return ExitCode::FAILURE;
    }
    let built = start.elapsed();
    match write::write(&site.output, &request.out, &write::Options { force: request.force }) {
        Ok(report) => {
            println!(
                "{} chapters → {} in {:.2} s ({:.2} s of it building): {} files written, {} as they were, {} removed; \
                 {} kB, {} kB in brotli",
                site.chapters,
                request.out.display(),
                start.elapsed().as_secs_f32(),
                built.as_secs_f32(),
                report.written,
                report.unchanged,
                report.removed,
                report.bytes / 1000,
                report.brotli / 1000,
            );
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}
