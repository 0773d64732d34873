//! Reading a BibTeX or BibLaTeX file; an entry that cannot be read is left out and the rest is kept.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use biblatex::{Bibliography, Pair, ParseError, ParseErrorKind, RawBibliography, RawChunk};

use crate::diagnostic::Diagnostic;
use crate::line_index::LineIndex;

/// Most pieces that an abbreviation may be put together from.
const LONGEST: usize = 1000;

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
    if let Ok(bibliography) = parse(text) {
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
        match parse(&kept) {
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

/// Parses `text`. An entry may take fields from another (`crossref`, `xdata`), which may not do the same:
/// the parser would follow entries that lead to each other for ever.
fn parse(text: &str) -> Result<Bibliography, ParseError> {
    let mut raw = RawBibliography::parse(text)?;
    keep_finite(&mut raw.abbreviations);
    let leading: HashSet<String> = raw
        .entries
        .iter()
        .filter(|entry| entry.v.fields.iter().any(is_reference))
        .flat_map(|entry| {
            let aliases = entry.v.fields.iter().filter(|field| field.key.v.eq_ignore_ascii_case("ids"));
            let words = aliases.flat_map(|field| words(field)).map(str::to_owned);
            words.chain([entry.v.key.v.to_owned()]).collect::<Vec<_>>()
        })
        .collect();
    for entry in &mut raw.entries {
        entry.v.fields.retain(|field| {
            !is_reference(field) || (is_plain(field) && !words(field).any(|word| leading.contains(word)))
        });
    }
    Bibliography::from_raw(raw)
}

fn is_reference(field: &Pair) -> bool {
    ["crossref", "xdata"].iter().any(|name| field.key.v.eq_ignore_ascii_case(name))
}

/// Whether a field is nothing but keys: what TeX or an abbreviation would make of it is not known beforehand.
fn is_plain(field: &Pair) -> bool {
    field.value.v.iter().all(|chunk| match chunk.v {
        RawChunk::Normal(text) => text.chars().all(|c| is_in_key(c) || c == ',' || c.is_ascii_whitespace()),
        RawChunk::Abbreviation(_) => false,
    })
}

fn is_in_key(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_-:./+".contains(character)
}

fn words<'a>(field: &'a Pair<'a>) -> impl Iterator<Item = &'a str> {
    field.value.v.iter().flat_map(|chunk| {
        let (RawChunk::Normal(text) | RawChunk::Abbreviation(text)) = chunk.v;
        text.split(|c| !is_in_key(c))
    })
}

/// Keeps the abbreviations that are made of earlier ones, as BibTeX wants it, and stay short.
fn keep_finite(abbreviations: &mut Vec<Pair>) {
    let all: HashSet<String> = abbreviations.iter().map(|pair| pair.key.v.to_owned()).collect();
    let mut lengths: HashMap<String, usize> = HashMap::new();
    abbreviations.retain(|pair| {
        let length = pair.value.v.iter().try_fold(0_usize, |sum, chunk| match chunk.v {
            RawChunk::Abbreviation(name) if all.contains(name) => Some(sum + lengths.get(name)?),
            _ => Some(sum + 1),
        });
        match length {
            Some(length) if length < LONGEST && !lengths.contains_key(pair.key.v) => {
                lengths.insert(pair.key.v.to_owned(), length);
                true
            }
            _ => false,
        }
    });
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
