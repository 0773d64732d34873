//! Reading a BibTeX or BibLaTeX file; an entry that cannot be read is left out and the rest is kept.

use std::ops::Range;

use biblatex::{Bibliography, ParseError, ParseErrorKind, RawBibliography};

use crate::diagnostic::Diagnostic;
use crate::line_index::LineIndex;

/// The entries of the text of `file`, and what is wrong with it.
pub fn read(text: &str, file: &str) -> (Bibliography, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let index = LineIndex::new(text);
    let mut report = |at: usize, problem: &ParseErrorKind| {
        diagnostics.push(Diagnostic::error(
            "bibliography-syntax",
            file,
            index.line(at),
            format!("this entry cannot be read: {problem}"),
            "correct it; until then the work counts as missing",
        ));
    };
    let first = Bibliography::parse(text);
    if let Ok(bibliography) = first {
        return (bibliography, diagnostics);
    }
    // One broken entry must not take the others with it: those that fail alone are blanked first, then
    // those that fail together (a key used twice, a name for a text that is nowhere given).
    let mut kept = text.to_owned();
    let entries = entries(text);
    for entry in &entries {
        if let Err(ParseError { span, kind }) = RawBibliography::parse(&text[entry.clone()]) {
            // An entry that is not closed fails at its end, where the next one begins: its start says more.
            let at = if kind == ParseErrorKind::UnexpectedEof { 0 } else { span.start.min(entry.len()) };
            report(entry.start + at, &kind);
            blank(&mut kept, entry);
        }
    }
    for _ in 0..=entries.len() {
        match Bibliography::parse(&kept) {
            Ok(bibliography) => return (bibliography, diagnostics),
            Err(ParseError { span, kind }) => {
                report(span.start, &kind);
                let Some(entry) = entries.iter().rev().find(|entry| entry.start <= span.start) else { break };
                blank(&mut kept, entry);
            }
        }
    }
    (Bibliography::new(), diagnostics)
}

/// The stretches of `text` that begin with `@` at the beginning of a line.
fn entries(text: &str) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with('@') {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Puts spaces over a stretch of `text`, so that everything behind it keeps its place.
fn blank(text: &mut String, range: &Range<usize>) {
    let spaces: String =
        text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range.clone(), &spaces);
}
