//! `lectern serve`: the app with live reload.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use book::config::{self, Config};

use crate::assets::Reader;
use crate::server::{self, AppState};
use crate::site::{self, Site};
use crate::{commands, watch};

/// What `lectern serve` was asked.
pub struct Request {
    /// Folder of the book.
    pub book: PathBuf,
    /// Port to listen on.
    pub port: u16,
    /// Address to listen on.
    pub host: IpAddr,
    /// Open the browser when ready.
    pub open: bool,
    /// Files outside the book may be read.
    pub trust: bool,
}

/// Serves until interrupted.
pub fn run(request: &Request) -> ExitCode {
    if !commands::is_book(&request.book) {
        return ExitCode::FAILURE;
    }
    let options =
        site::Options { cache: commands::cache_folder(), base: None, live: true, trust: request.trust };
    let Some(first) = build(&request.book, &options) else { return ExitCode::FAILURE };
    let options_of_server = server::Options { live: true, ..Default::default() };
    let state = AppState::new(first.output, &first.edition, options_of_server);
    let watched = state.clone();
    let book = request.book.clone();
    std::thread::spawn(move || {
        let folders = watched_folders(&book);
        let outcome = watch::watch(folders, move |_changed| {
            if let Some(site) = build(&book, &options) {
                watched.replace(site.output, &site.edition);
            }
        });
        if let Err(problem) = outcome {
            eprintln!("changes to the book are not seen: {problem}");
        }
    });
    let open = request.open;
    let outcome = server::run(state, request.host, request.port, |address| {
        println!("reading {} on http://{address}/ (Ctrl+C stops)", request.book.display());
        if open {
            open_browser(&format!("http://{address}/"));
        }
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// The book's folder, and that of its questions, which may stand beside it.
fn watched_folders(book: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(book.join(config::FILE)).unwrap_or_default();
    let (config, _) = Config::parse(&text);
    let quizzes = config.preprocessors.quizzes.map(|folder| book.join(book::path::normalise(&folder.value)));
    std::iter::once(book.to_owned()).chain(quizzes).collect()
}

fn build(book: &Path, options: &site::Options) -> Option<Site> {
    let start = std::time::Instant::now();
    let reader = match Reader::embedded() {
        Ok(reader) => reader,
        Err(problem) => {
            eprintln!("error: {problem}");
            return None;
        }
    };
    let site = site::build(book, &reader, options);
    commands::report(&site.diagnostics, 20);
    println!("{} chapters built in {:.2} s", site.chapters, start.elapsed().as_secs_f32());
    Some(site)
}

/// Opens `address` with the system's opener; that there is none is no reason to stop.
fn open_browser(address: &str) {
    for opener in ["xdg-open", "open", "explorer"] {
        if std::process::Command::new(opener).arg(address).spawn().is_ok() {
            return;
        }
    }
}
