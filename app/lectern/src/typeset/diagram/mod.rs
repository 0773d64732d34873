//! Mermaid diagrams as SVG in the colours of the page.
//!
//! Sequence diagrams are drawn by [`sequence`], all others by `mermaid-rs-renderer`; [`svg`] then makes the
//! result safe to stand in a page beside others, and [`colour`] makes its colours follow the theme.

mod colour;
mod sequence;
mod svg;
mod theme;

use std::any::Any;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Once, mpsc};
use std::thread;
use std::time::Duration;

use mermaid_rs_renderer::{DiagramKind, compute_layout, parse_mermaid_strict, render_svg};

use super::{Kind, Problem};

/// A diagram that takes longer is shown as its source.
const TIME: Duration = Duration::from_secs(10);
/// Stack of a thread that draws a diagram, in bytes: deeply nested diagrams are nested calls.
const STACK: usize = 64 << 20;
/// Longer sources are shown as they are, in bytes.
const LONGEST: usize = 100_000;

/// Why there is no SVG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// From 0.
    line: u32,
    message: String,
}

impl Failure {
    fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line: line as u32, message: message.into() }
    }

    pub(super) fn problem(&self, source: &str) -> Problem {
        Problem {
            kind: Kind::Diagram,
            source: source.to_owned(),
            line: self.line,
            message: format!("diagram cannot be drawn: {}", self.message.trim_end_matches('.')),
            help: "the page shows its source; correct it, or put the drawing in as an SVG file".to_owned(),
        }
    }
}

/// Draws each diagram once, in the order given.
pub(super) fn draw_all(sources: &[String]) -> Vec<(&str, Result<String, Failure>)> {
    let mut seen = BTreeSet::new();
    let sources: Vec<&str> =
        sources.iter().map(String::as_str).filter(|source| seen.insert(*source)).collect();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut outcomes = Vec::with_capacity(sources.len());
    for some in sources.chunks(cores) {
        let running: Vec<_> = some.iter().map(|source| start((*source).to_owned())).collect();
        for (source, running) in some.iter().zip(running) {
            // A thread that hangs is left behind; it ends with the program.
            let late = || Err(Failure::new(0, "it takes too long"));
            outcomes.push((*source, running.recv_timeout(TIME).unwrap_or_else(|_| late())));
        }
    }
    outcomes
}

/// Draws in a thread of its own, so that nothing a diagram does can stop the build.
fn start(source: String) -> mpsc::Receiver<Result<String, Failure>> {
    let (sender, receiver) = mpsc::sync_channel(1);
    let job = move || {
        let outcome =
            quietly(|| draw(&source)).unwrap_or_else(|panic| Err(Failure::new(0, describe(&*panic))));
        // Nobody may be waiting any more.
        let _ = sender.send(outcome);
    };
    // Without a thread the sender is dropped, which the receiver reports.
    let _ = thread::Builder::new().name("diagram".to_owned()).stack_size(STACK).spawn(job);
    receiver
}

fn draw(source: &str) -> Result<String, Failure> {
    if source.len() > LONGEST {
        return Err(Failure::new(0, format!("it is longer than {} kB", LONGEST / 1000)));
    }
    let drawn = match sequence::draw(source) {
        Some(drawn) => drawn?,
        None => other(source)?,
    };
    svg::finish(&drawn, source).map_err(|message| Failure::new(0, message))
}

/// Draws what is not a sequence diagram.
fn other(source: &str) -> Result<String, Failure> {
    let parsed = parse_mermaid_strict(source).map_err(|problem| {
        let message = problem.to_string();
        Failure::new(line_of(&message).unwrap_or(1).saturating_sub(1), message)
    })?;
    if parsed.graph.kind == DiagramKind::ZenUML {
        return Err(Failure::new(0, "ZenUML is not supported"));
    }
    let theme = theme::theme(parsed.graph.kind);
    let config = theme::layout();
    let layout = compute_layout(&parsed.graph, &theme, &config);
    Ok(render_svg(&layout, &theme, &config))
}

/// The line in a message such as `unexpected token 'x' at 3:1; expected …`.
fn line_of(message: &str) -> Option<usize> {
    let (_, place) = message.split_once(" at ")?;
    place.split(':').next()?.parse().ok()
}

/// Runs `work` and catches its panic without a word on the terminal.
fn quietly<T>(work: impl FnOnce() -> T) -> thread::Result<T> {
    thread_local!(static QUIET: Cell<bool> = const { Cell::new(false) });
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                before(info);
            }
        }));
    });
    QUIET.set(true);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    QUIET.set(false);
    outcome
}

fn describe(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref().copied());
    format!("the renderer gave up ({})", text.unwrap_or("it does not say why"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure_and_silent() {
        let outcome = quietly(|| panic!("no {}", "luck"));
        assert_eq!(describe(&*outcome.unwrap_err()), "the renderer gave up (no luck)");
        assert_eq!(quietly(|| 1).unwrap(), 1);
    }

    #[test]
    fn messages_name_their_line() {
        assert_eq!(line_of("unexpected token 'x' at 3:1; expected y"), Some(3));
        assert_eq!(line_of("unexpected"), None);
        assert_eq!(line_of("look at me"), None);
    }
}
