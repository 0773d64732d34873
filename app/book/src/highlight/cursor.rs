//! A place in a listing, and the tokens found before it.

use super::Class;

/// Walks over a listing once, from start to end.
pub(super) struct Cursor<'a> {
    code: &'a str,
    at: usize,
    /// Class and end of every piece so far; each begins where the one before it ends.
    pieces: Vec<(Class, usize)>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(code: &'a str) -> Self {
        Self { code, at: 0, pieces: Vec::new() }
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.code.len()
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'a str {
        &self.code[self.at..]
    }

    /// The rest of this line, without its line feed.
    pub(super) fn line(&self) -> &'a str {
        let rest = self.rest();
        &rest[..rest.find('\n').unwrap_or(rest.len())]
    }

    /// The byte `ahead` of the cursor; 0 beyond the end.
    pub(super) fn byte(&self, ahead: usize) -> u8 {
        self.code.as_bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    /// The byte just read; a line feed at the start.
    pub(super) fn previous(&self) -> u8 {
        self.at.checked_sub(1).map_or(b'\n', |at| self.code.as_bytes()[at])
    }

    /// Whether only white space stands before the cursor on its line.
    pub(super) fn starts_line(&self) -> bool {
        let before = self.code[..self.at].trim_end_matches([' ', '\t']);
        before.is_empty() || before.ends_with('\n')
    }

    /// Takes `length` bytes as a token of `class`. A length beyond the end means the end.
    pub(super) fn take(&mut self, class: Class, length: usize) {
        let end = self.code.floor_char_boundary(self.at.saturating_add(length));
        if end <= self.at {
            return;
        }
        self.at = end;
        match self.pieces.last_mut() {
            Some((last, stop)) if *last == class => *stop = end,
            _ => self.pieces.push((class, end)),
        }
    }

    /// Takes one character as plain text.
    pub(super) fn skip(&mut self) {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        self.take(Class::Plain, length);
    }

    /// Takes `length` bytes as `lexer` reads them, as if they were a listing of their own.
    pub(super) fn embed(&mut self, length: usize, lexer: impl FnOnce(&mut Cursor)) {
        let mut inner = Cursor::new(&self.rest()[..length]);
        lexer(&mut inner);
        for (class, piece) in inner.finish() {
            self.take(class, piece.len());
        }
    }

    /// All pieces; together they are the whole listing.
    pub(super) fn finish(mut self) -> Vec<(Class, &'a str)> {
        self.take(Class::Plain, usize::MAX);
        let mut start = 0;
        self.pieces
            .iter()
            .map(|&(class, end)| {
                let piece = &self.code[start..end];
                start = end;
                (class, piece)
            })
            .collect()
    }
}
