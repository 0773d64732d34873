//! Running other programs with progress a person can follow.

use std::process::Command;
use std::time::Instant;

/// What a step gives: a sentence says what went wrong and what to do.
pub type Outcome<T = ()> = Result<T, String>;

/// Runs `command` as the step called `title`, its output passed through.
pub fn step(title: &str, command: &mut Command) -> Outcome {
    eprintln!("· {title}");
    let start = Instant::now();
    let status = command
        .status()
        .map_err(|error| format!("{title}: cannot start {:?}: {error}", command.get_program()))?;
    if status.success() {
        let took = start.elapsed().as_secs_f32();
        if took > 5.0 {
            eprintln!("  done in {took:.0} s");
        }
        Ok(())
    } else {
        Err(format!("{title} failed ({status}); its own message is above"))
    }
}

/// Runs `command` and gives its standard output.
pub fn read(command: &mut Command) -> Outcome<String> {
    let output =
        command.output().map_err(|error| format!("cannot start {:?}: {error}", command.get_program()))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::paths::root());
    command
}
