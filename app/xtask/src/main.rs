//! Everything a contributor runs: `cargo xtask serve`, `test`, `build`, `bench`, `tidy`.

mod assets;
mod bench;
mod lectern;
mod npm;
mod paths;
mod process;
mod reader;
mod serve;
mod stale;
mod test;
mod tidy;
mod toolchain;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, run, test and measure Lectern")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and open a book in the running app; rebuilds on change
    Serve {
        /// Folder of the book
        #[arg(default_value = "content")]
        book: PathBuf,
        /// Port on 127.0.0.1
        #[arg(long, default_value_t = 8000)]
        port: u16,
        /// Open the browser
        #[arg(long)]
        open: bool,
    },
    /// Build target/release/lectern with the reader inside
    Build,
    /// Run every test: house rules, unit, conformance and browser
    Test {
        /// Only the browser tests whose file name contains this
        #[arg(long)]
        browser: Option<String>,
    },
    /// Measure against peers: read
    Bench {
        /// Which benchmark
        name: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Check the house rules
    Tidy,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Serve { book, port, open } => serve::run(&book, port, open),
        Command::Build => lectern::build().map(|program| println!("built {}", program.display())),
        Command::Test { browser } => test::run(browser.as_deref()),
        Command::Bench { name, json } => bench::run(&name, json),
        Command::Tidy => tidy::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}
