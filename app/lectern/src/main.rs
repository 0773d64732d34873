//! The command line of `lectern`.

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use lectern::commands;

#[derive(Parser)]
#[command(
    name = "lectern",
    version,
    about = "Opens any mdBook as an interactive book: check, build, serve, search"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a new book
    New {
        /// Folder to create
        folder: PathBuf,
    },
    /// Say what is wrong with a book
    Check {
        /// Folder with book.toml
        book: PathBuf,
        /// Fail on warnings too
        #[arg(long)]
        strict: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// Let the book include files from outside its folder
        #[arg(long)]
        trust: bool,
    },
    /// Write the site as static files for any host
    Build {
        /// Folder with book.toml
        book: PathBuf,
        /// Folder to write
        #[arg(long)]
        out: PathBuf,
        /// Path under which the site will be served; only the page for missing addresses needs it
        #[arg(long)]
        base: Option<String>,
        /// Stop if anything is wrong with the book
        #[arg(long)]
        strict: bool,
        /// Write into a folder that holds other files
        #[arg(long)]
        force: bool,
        /// Let the book include files from outside its folder
        #[arg(long)]
        trust: bool,
    },
    /// Serve the book, and again whenever it changes
    Serve {
        /// Folder with book.toml
        book: PathBuf,
        /// Port
        #[arg(long, default_value_t = 8000)]
        port: u16,
        /// Address to listen on
        #[arg(long, default_value = "127.0.0.1")]
        host: IpAddr,
        /// Open the browser
        #[arg(long)]
        open: bool,
        /// Let the book include files from outside its folder
        #[arg(long)]
        trust: bool,
    },
    /// Search the book as the reader's search box does
    Search {
        /// Folder with book.toml
        book: PathBuf,
        /// What to look for
        #[arg(required_unless_present = "queries")]
        query: Option<String>,
        /// Most results
        #[arg(long, default_value_t = 10)]
        limit: usize,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// A file with a query a line; prints a JSON array a line
        #[arg(long, conflicts_with = "query")]
        queries: Option<PathBuf>,
    },
    /// Make questions from the text of a section, by rule
    Quiz {
        /// Folder with book.toml
        book: PathBuf,
        /// The section, as `lectern search` names it: page.md#heading; without it, every section
        #[arg(long)]
        section: Option<String>,
        /// Most questions for a section
        #[arg(long, default_value_t = 5)]
        count: usize,
        /// Another seed gives other questions, the same one the same
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::New { folder } => commands::new::run(&folder),
        Command::Check { book, strict, json, trust } => commands::check::run(&book, strict, json, trust),
        Command::Build { book, out, base, strict, force, trust } => {
            commands::build::run(&commands::build::Request { book, out, base, strict, force, trust })
        }
        Command::Serve { book, port, host, open, trust } => {
            commands::serve::run(&commands::serve::Request { book, port, host, open, trust })
        }
        Command::Search { book, query, limit, json, queries } => {
            commands::search::run(&book, query.as_deref(), queries.as_deref(), limit, json)
        }
        Command::Quiz { book, section, count, seed, json } => {
            commands::quiz::run(&book, section.as_deref(), count, seed, json)
        }
    }
}
