//! From a byte offset to the line an author sees.

/// Line starts of one piece of markdown.
#[derive(Default)]
pub(super) struct Lines {
    starts: Vec<usize>,
    /// Where the author's own text begins.
    begin: usize,
    first: u32,
    /// Offsets at which lines of the author's text were folded away, and how many lines.
    folded: Vec<(usize, u32)>,
}

impl Lines {
    /// `first` is the author's line number of the line of `text` that starts at `begin`; `folded` is sorted
    /// by offset from there.
    pub(super) fn new(text: &str, begin: usize, first: u32, folded: Vec<(usize, u32)>) -> Self {
        let newlines = text.bytes().enumerate().skip(begin).filter(|(_, byte)| *byte == b'\n');
        Self { starts: newlines.map(|(at, _)| at + 1).collect(), begin, first, folded }
    }

    /// The author's line for the byte at `offset`.
    pub(super) fn at(&self, offset: usize) -> u32 {
        let line = self.starts.partition_point(|start| *start <= offset) as u32;
        let folded =
            self.folded.iter().take_while(|(at, _)| at + self.begin < offset).map(|(_, lines)| lines);
        self.first + line + folded.sum::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_become_lines() {
        let lines = Lines::new("ab\ncd\n\nef", 0, 1, Vec::new());
        let found: Vec<u32> = [0, 2, 3, 5, 6, 7, 9].map(|at| lines.at(at)).to_vec();
        assert_eq!(found, [1, 1, 2, 2, 3, 4, 4]);
    }

    #[test]
    fn folded_lines_count_for_what_follows_them() {
        let lines = Lines::new("--\na X b\nc", 3, 10, vec![(2, 3)]);
        assert_eq!(lines.at(3), 10);
        assert_eq!(lines.at(5), 10);
        assert_eq!(lines.at(7), 13);
        assert_eq!(lines.at(9), 14);
    }
}
