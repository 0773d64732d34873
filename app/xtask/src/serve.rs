//! From a clone to the running app; builds again when the app's own sources change.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, SystemTime};

use crate::process::Outcome;
use crate::{lectern, paths, stale};

/// Serves `book` on `port` until interrupted.
pub fn run(book: &Path, port: u16, open: bool) -> Outcome {
    let mut program = start(&lectern::build()?, book, port, open)?;
    let mut built_from = newest();
    loop {
        std::thread::sleep(Duration::from_secs(1));
        if let Ok(Some(status)) = program.try_wait() {
            return if status.success() { Ok(()) } else { Err(format!("lectern stopped ({status})")) };
        }
        let now = newest();
        if now == built_from {
            continue;
        }
        built_from = now;
        eprintln!("the app's sources changed: building again");
        match lectern::build() {
            Ok(path) => {
                let _ = program.kill();
                let _ = program.wait();
                program = start(&path, book, port, false)?;
            }
            // The last good build goes on serving while the author of the change reads the message.
            Err(problem) => eprintln!("error: {problem}"),
        }
    }
}

fn start(program: &Path, book: &Path, port: u16, open: bool) -> Outcome<Child> {
    let mut command = Command::new(program);
    command.arg("serve").arg(book).args(["--port", &port.to_string()]);
    if open {
        command.arg("--open");
    }
    command.spawn().map_err(|error| format!("{}: {error}", program.display()))
}

fn newest() -> Option<SystemTime> {
    let watched: Vec<PathBuf> =
        ["app", "style", "public", "Cargo.lock"].iter().map(|path| paths::root().join(path)).collect();
    stale::newest(&watched)
}
