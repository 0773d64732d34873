//! What differs between two pages, and which of it is on purpose.

use std::fmt;

use crate::page::Facts;

/// One place where two pages differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hunk {
    /// Kind of fact.
    pub kind: &'static str,
    /// mdBook's values.
    pub mdbook: Vec<String>,
    /// Ours.
    pub ours: Vec<String>,
}

impl fmt::Display for Hunk {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "  {}:", self.kind)?;
        for value in &self.mdbook {
            writeln!(out, "    mdBook {value:?}")?;
        }
        for value in &self.ours {
            writeln!(out, "    ours   {value:?}")?;
        }
        Ok(())
    }
}

/// A difference on purpose, at one place of one book.
#[derive(Debug)]
pub struct Difference {
    /// Address of the page.
    pub page: &'static str,
    /// Kind of fact.
    pub kind: &'static str,
    /// mdBook's values, exactly.
    pub mdbook: &'static [&'static str],
    /// Ours, exactly.
    pub ours: &'static [&'static str],
    /// What readers gain.
    pub reason: &'static str,
}

impl Difference {
    /// Whether this row is about `hunk` on `page`.
    pub fn covers(&self, page: &str, hunk: &Hunk) -> bool {
        self.page == page && self.kind == hunk.kind && self.mdbook == hunk.mdbook && self.ours == hunk.ours
    }
}

/// `text` with each `{{#include …}}` that mdBook could not follow replaced by the mark that we put there.
pub fn marked_includes(text: &str, mark: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{#") {
        out.push_str(before);
        rest = after;
        let directive = after.split_once("}}").and_then(|(directive, after)| {
            let (name, path) = directive.split_once(' ')?;
            let file = path.split([':', ' ']).next()?;
            ["include", "rustdoc_include", "playground"].contains(&name).then_some((file, after))
        });
        match directive {
            Some((file, after)) => {
                out.push_str(&mark(file));
                rest = after;
            }
            None => out.push_str("{{#"),
        }
    }
    out + rest
}

/// mdBook's page without the directives of quizzes that stand alone in a paragraph.
pub fn without_quizzes(main: &str) -> String {
    let mut out = String::new();
    let mut rest = main;
    while let Some((before, after)) = rest.split_once("<p>{{#quiz ") {
        out.push_str(before);
        match after.split_once("}}</p>") {
            Some((path, after)) if !path.contains(['<', '{']) => rest = after,
            _ => {
                out.push_str("<p>{{#quiz ");
                rest = after;
            }
        }
    }
    out + rest
}

/// `text` with each formula between MathJax's delimiters replaced by a word.
pub fn masked_formulas(text: &str) -> String {
    let pairs = [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$")];
    let mut out = String::new();
    let mut rest = text;
    loop {
        let first = pairs.iter().filter_map(|(open, close)| Some((rest.find(open)?, close))).min();
        let Some((start, close)) = first else { return out + rest };
        let Some(length) = rest[start + 2..].find(close) else { return out + rest };
        out.push_str(&rest[..start]);
        out.push_str("(formula)");
        rest = &rest[start + 2 + length + 2..];
    }
}

/// Where two pages differ.
pub fn hunks(mdbook: &Facts, ours: &Facts) -> Vec<Hunk> {
    let kinds: std::collections::BTreeSet<_> = mdbook.keys().chain(ours.keys()).copied().collect();
    let none = Vec::new();
    let pairs = kinds.into_iter().map(|kind| {
        (kind, mdbook.get(kind).unwrap_or(&none).as_slice(), ours.get(kind).unwrap_or(&none).as_slice())
    });
    pairs.flat_map(|(kind, mdbook, ours)| diff(kind, mdbook, ours)).collect()
}

/// The longest common subsequence tells the hunks apart.
fn diff(kind: &'static str, a: &[String], b: &[String]) -> Vec<Hunk> {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    let width = b.len() + 1;
    let mut common = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i * width + j] = if a[i] == b[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let mut hunks = Vec::new();
    let mut hunk = Hunk { kind, mdbook: Vec::new(), ours: Vec::new() };
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            if !(hunk.mdbook.is_empty() && hunk.ours.is_empty()) {
                let next = Hunk { kind, mdbook: Vec::new(), ours: Vec::new() };
                hunks.push(std::mem::replace(&mut hunk, next));
            }
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || (i < a.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            hunk.mdbook.push(a[i].clone());
            i += 1;
        } else {
            hunk.ours.push(b[j].clone());
            j += 1;
        }
    }
    if !(hunk.mdbook.is_empty() && hunk.ours.is_empty()) {
        hunks.push(hunk);
    }
    hunks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_as_small_as_they_can_be() {
        let list = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let found = diff("text", &list("a b c d e f"), &list("a x c d f g"));
        let shown: Vec<_> = found.iter().map(|it| (it.mdbook.join(" "), it.ours.join(" "))).collect();
        assert_eq!(
            shown,
            [("b".into(), "x".into()), ("e".into(), String::new()), (String::new(), "g".into())]
        );
        assert!(diff("text", &list("a b"), &list("a b")).is_empty());
    }
}
