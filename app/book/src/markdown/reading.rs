//! The plain text of a chapter, cut at its headings.

use super::{Section, words};

/// Collects running text and code while a chapter is written.
#[derive(Default)]
pub(super) struct Reading {
    sections: Vec<Section>,
    current: Section,
    /// Level and title of the headings that the current text stands under.
    path: Vec<(u8, String)>,
}

impl Reading {
    /// Adds running text; runs of white space become one space.
    pub(super) fn text(&mut self, text: &str) {
        push_collapsed(&mut self.current.text, text);
    }

    /// Ends a paragraph, an item or a title.
    pub(super) fn end_line(&mut self) {
        end_line(&mut self.current.text);
    }

    /// Ends a cell of a table.
    pub(super) fn end_cell(&mut self) {
        if !self.current.text.ends_with([' ', '\n']) {
            self.current.text.push(' ');
        }
    }

    /// Adds a code block.
    pub(super) fn code(&mut self, code: &str) {
        let all = &mut self.current.code;
        all.push_str(code.trim_end());
        all.push('\n');
    }

    /// Begins the section under a heading.
    pub(super) fn heading(&mut self, level: u8, title: &str, id: &str, line: u32) {
        self.path.retain(|(above, _)| *above < level);
        let path = self.path.iter().map(|(_, title)| title.clone()).collect();
        self.path.push((level, title.to_owned()));
        let next = Section { id: id.to_owned(), title: title.to_owned(), path, line, ..Section::default() };
        self.finish(next);
    }

    fn finish(&mut self, next: Section) {
        let mut done = std::mem::replace(&mut self.current, next);
        done.text.truncate(done.text.trim_end().len());
        if !(done.id.is_empty() && done.text.is_empty() && done.code.is_empty()) {
            done.line = done.line.max(1);
            self.sections.push(done);
        }
    }

    /// The sections, and how many words they have.
    pub(super) fn into_sections(mut self) -> (Vec<Section>, u32) {
        self.finish(Section::default());
        let words = self.sections.iter().map(|it| words::count(&it.title) + words::count(&it.text)).sum();
        (self.sections, words)
    }
}

/// Appends `text` with each run of white space as one space; none at the beginning of a line.
pub(super) fn push_collapsed(out: &mut String, text: &str) {
    let mut rest = text;
    while !rest.is_empty() {
        let after = rest.trim_start_matches(SPACES);
        if after.len() < rest.len() && !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
        let end = end_of_regular(after.as_bytes());
        out.push_str(&after[..end]);
        rest = &after[end..];
    }
}

const SPACES: [char; 5] = [' ', '\n', '\t', '\r', '\x0C'];

/// Where white space stands that is not a single space; most text has none.
fn end_of_regular(text: &[u8]) -> usize {
    let mut spaced = false;
    for (at, byte) in text.iter().enumerate() {
        // All white space that HTML knows is at most a space, as are a few rare control characters.
        if *byte > b' ' {
            spaced = false;
        } else if SPACES.contains(&char::from(*byte)) {
            if *byte != b' ' || spaced {
                return at;
            }
            spaced = true;
        }
    }
    text.len()
}

fn end_line(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_one_space() {
        let mut out = String::new();
        for text in ["  a  b\n", " c", "\t", "d"] {
            push_collapsed(&mut out, text);
        }
        assert_eq!(out, "a b c d");
    }

    #[test]
    fn sections_know_what_they_stand_under() {
        let mut reading = Reading::default();
        reading.text("before");
        reading.heading(1, "One", "one", 3);
        reading.heading(3, "Deep", "deep", 4);
        reading.text("in deep");
        reading.heading(2, "Two", "two", 6);
        reading.code("let a;\n");
        let (sections, words) = reading.into_sections();
        let shown: Vec<_> = sections.iter().map(|it| (it.title.as_str(), it.path.join("/"))).collect();
        assert_eq!(
            shown,
            [("", String::new()), ("One", String::new()), ("Deep", "One".into()), ("Two", "One".into())]
        );
        assert_eq!(words, 6);
        assert_eq!(sections[3].code, "let a;\n");
    }
}
