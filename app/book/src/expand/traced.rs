//! Text that remembers which file and line each of its lines came from.

use std::ops::Range;

use crate::line_index::LineIndex;

/// For each line of a text, the file and line it came from; lines that followed each other in a file take
/// one entry together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origins {
    files: Vec<String>,
    runs: Vec<Run>,
    lines: u32,
}

/// Lines of the text from `first` on are lines of `file` from `line` on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    first: u32,
    file: usize,
    line: u32,
}

impl Origins {
    /// How many lines the text has, counted as [`str::lines`] counts.
    pub fn len(&self) -> u32 {
        self.lines
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.lines == 0
    }

    /// The file, relative to the book's root, and line that the text's line `line` (from 1) came from. A line
    /// behind the end belongs to the last one; in an empty text the answer is `("", 0)`.
    pub fn at(&self, line: u32) -> (&str, u32) {
        let line = line.clamp(1, self.lines.max(1));
        let after = self.runs.partition_point(|run| run.first <= line);
        let Some(run) = after.checked_sub(1).and_then(|index| self.runs.get(index)) else { return ("", 0) };
        (self.files.get(run.file).map_or("", String::as_str), run.line + (line - run.first))
    }

    /// Forgets the last line.
    fn pop(&mut self) {
        self.lines = self.lines.saturating_sub(1);
        let lines = self.lines;
        self.runs.pop_if(|run| run.first > lines);
    }

    fn push(&mut self, file: &str, line: u32) {
        self.lines += 1;
        let current = self.lines;
        let last = self.runs.last().copied();
        if let Some(run) = last
            && self.files[run.file] == file
        {
            if run.line + (current - run.first) != line {
                self.runs.push(Run { first: current, file: run.file, line });
            }
            return;
        }
        let file = self.files.iter().position(|known| known == file).unwrap_or_else(|| {
            self.files.push(file.to_owned());
            self.files.len() - 1
        });
        self.runs.push(Run { first: current, file, line });
    }
}

/// A text with its origins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traced {
    /// The text.
    pub text: String,
    /// Where its lines came from.
    pub origins: Origins,
}

impl Traced {
    /// The whole text of `file`.
    pub fn of_file(text: String, file: &str) -> Self {
        let lines = u32::try_from(text.lines().count()).unwrap_or(u32::MAX);
        let runs = if lines == 0 { Vec::new() } else { vec![Run { first: 1, file: 0, line: 1 }] };
        Self { text, origins: Origins { files: vec![file.to_owned()], runs, lines } }
    }

    /// Appends `text`, whose first line came from `line` of `file` and each further one from one further down.
    /// A line that is already begun keeps the origin of its beginning.
    pub fn push(&mut self, text: &str, file: &str, line: u32) {
        self.push_with(text, |count| (file, line + count));
    }

    /// Appends `text`, all of which came from `line` of `file`.
    pub fn push_made(&mut self, text: &str, file: &str, line: u32) {
        self.push_with(text, |_| (file, line));
    }

    /// Appends the part of `source` at `range`; `index` is that of its text.
    pub fn push_part(&mut self, source: &Self, index: &LineIndex, range: Range<usize>) {
        let first = index.line(range.start);
        self.push_with(&source.text[range], |count| source.origins.at(first + count));
    }

    fn push_with<'a>(&mut self, text: &str, origin: impl Fn(u32) -> (&'a str, u32)) {
        for (count, line) in (0..).zip(text.split_inclusive('\n')) {
            if self.text.is_empty() || self.text.ends_with('\n') {
                let (file, number) = origin(count);
                self.origins.push(file, number);
            }
            self.text.push_str(line);
        }
    }

    /// Removes the break at the end, if there is one; the line before it goes too if nothing else is on it.
    pub fn remove_last_break(&mut self) {
        if self.text.ends_with('\n') {
            self.text.pop();
            if self.text.is_empty() || self.text.ends_with('\n') {
                self.origins.pop();
            }
        }
    }

    /// The text with each range replaced by another text; ranges are in order and do not overlap.
    #[must_use]
    pub fn with_replaced(&self, replacements: &[(Range<usize>, String)]) -> Self {
        let index = LineIndex::new(&self.text);
        let mut replaced = Self::default();
        let mut done = 0;
        for (range, made) in replacements {
            replaced.push_part(self, &index, done..range.start);
            let (file, line) = self.origins.at(index.line(range.start));
            replaced.push_made(made, file, line);
            done = range.end;
        }
        replaced.push_part(self, &index, done..self.text.len());
        replaced
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(text: &Traced) -> Vec<(&str, u32)> {
        (1..=text.origins.len()).map(|line| text.origins.at(line)).collect()
    }

    #[test]
    fn lines_remember_their_file() {
        let mut text = Traced::default();
        text.push("a\nb ", "x.md", 1);
        text.push("1\n2", "y.rs", 7);
        text.push(" end\nc\n", "x.md", 2);
        assert_eq!(text.text, "a\nb 1\n2 end\nc\n");
        assert_eq!(origins(&text), [("x.md", 1), ("x.md", 2), ("y.rs", 8), ("x.md", 3)]);
        assert_eq!(text.origins.at(99), ("x.md", 3));
        assert_eq!(Origins::default().at(1), ("", 0));
    }

    #[test]
    fn a_file_is_one_run() {
        let text = Traced::of_file("a\nb\nc".into(), "x.md");
        assert_eq!((text.origins.len(), text.origins.runs.len()), (3, 1));
        let mut copy = Traced::default();
        copy.push_part(&text, &LineIndex::new(&text.text), 0..5);
        assert_eq!(copy, text);
    }

    #[test]
    fn replacing_keeps_the_place() {
        let text = Traced::of_file("a\nb X c\nd\n".into(), "x.md");
        let replaced = text.with_replaced(&[(4..5, "1\n2".into())]);
        assert_eq!(replaced.text, "a\nb 1\n2 c\nd\n");
        assert_eq!(origins(&replaced), [("x.md", 1), ("x.md", 2), ("x.md", 2), ("x.md", 3)]);
    }
}
