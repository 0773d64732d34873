//! Formulas: found in the author's text before markdown can mangle them, and put back afterwards.
//!
//! Each formula is replaced by a mark of characters that Unicode keeps free for such use and that markdown
//! treats as letters. Where a mark comes out as text, the formula is typeset; anywhere else (code, an
//! address) the author's own text is put back. This way `_`, `*`, `|`, `<` and line breaks mean in a formula
//! what they mean in TeX.
//!
//! ```text
//! dollar:   $ … $   $$ … $$            as mdbook-katex: no rules about spaces, `\$` is a dollar
//! mathjax:  \\( … \\)   \\[ … \\]   $$ … $$
//! ```
//!
//! A formula in a line ends before the next blank line, or is none. Code spans and fences hold no formulas.

use std::borrow::Cow;

use crate::wire::MathSyntax;

/// A formula of a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Formula {
    /// TeX, without delimiters.
    pub tex: String,
    /// It stands on its own line.
    pub display: bool,
    /// What the author wrote, delimiters included.
    pub source: String,
}

/// Markdown with marks for its formulas.
pub(super) struct Marked<'a> {
    pub text: Cow<'a, str>,
    pub formulas: Vec<Formula>,
    /// Offsets in `text` of marks that stand for several lines, and how many line ends each swallowed.
    pub folded: Vec<(usize, u32)>,
}

const BEGIN: char = '\u{FDD0}';
const END: char = '\u{FDD1}';
/// Sixteen digits from here.
const DIGITS: u32 = 0xFDE0;

/// Replaces the formulas of `markdown` by marks.
pub(super) fn mark(markdown: &str, syntax: MathSyntax) -> Marked<'_> {
    let mut scan = Scan {
        markdown,
        syntax,
        at: 0,
        line_start: true,
        copied: 0,
        endless: [false; 5],
        out: String::new(),
    };
    let mut formulas = Vec::new();
    let mut folded = Vec::new();
    let possible = match syntax {
        MathSyntax::None => false,
        MathSyntax::Dollar => markdown.contains('$'),
        MathSyntax::Mathjax => markdown.contains('$') || markdown.contains("\\\\"),
    };
    // Text that holds marks already could not be told apart; no author writes them.
    let possible = possible && !markdown.contains(BEGIN);
    while possible && let Some(formula) = scan.next() {
        let lines = formula.source.bytes().filter(|byte| *byte == b'\n').count() as u32;
        if lines > 0 {
            folded.push((scan.out.len(), lines));
        }
        write_mark(formulas.len(), &mut scan.out);
        formulas.push(formula);
    }
    let text = if formulas.is_empty() {
        Cow::Borrowed(markdown)
    } else {
        scan.out.push_str(&markdown[scan.copied..]);
        Cow::Owned(scan.out)
    };
    Marked { text, formulas, folded }
}

fn write_mark(mut number: usize, out: &mut String) {
    out.push(BEGIN);
    loop {
        out.extend(char::from_u32(DIGITS + (number % 16) as u32));
        number /= 16;
        if number == 0 {
            break;
        }
    }
    out.push(END);
}

/// A stretch of text, or a formula in it.
pub(super) enum Piece<'a> {
    Text(&'a str),
    Formula(&'a Formula),
}

/// Splits text that may hold marks.
pub(super) fn pieces<'a>(text: &'a str, formulas: &'a [Formula]) -> impl Iterator<Item = Piece<'a>> {
    let mut rest = text;
    let mut pending = None;
    std::iter::from_fn(move || {
        if let Some(formula) = pending.take() {
            return Some(Piece::Formula(formula));
        }
        if rest.is_empty() {
            return None;
        }
        let found = rest.match_indices(BEGIN).find_map(|(at, _)| {
            let (number, length) = read_mark(&rest[at..])?;
            Some((at, formulas.get(number)?, length))
        });
        let Some((at, formula, length)) = found else {
            return Some(Piece::Text(std::mem::take(&mut rest)));
        };
        let before = &rest[..at];
        rest = &rest[at + length..];
        if before.is_empty() {
            return Some(Piece::Formula(formula));
        }
        pending = Some(formula);
        Some(Piece::Text(before))
    })
}

fn read_mark(text: &str) -> Option<(usize, usize)> {
    let mut number = 0_usize;
    let mut weight = 1_usize;
    for (at, letter) in text.char_indices().skip(1) {
        if letter == END {
            return (at > BEGIN.len_utf8()).then_some((number, at + END.len_utf8()));
        }
        let digit = u32::from(letter).checked_sub(DIGITS).filter(|digit| *digit < 16)?;
        number = number.checked_add(weight.checked_mul(digit as usize)?)?;
        weight = weight.checked_mul(16)?;
    }
    None
}

/// `text` with every mark replaced by what the author wrote.
pub(super) fn restore<'a>(text: &'a str, formulas: &[Formula]) -> Cow<'a, str> {
    if formulas.is_empty() || !text.contains(BEGIN) {
        return Cow::Borrowed(text);
    }
    let parts = pieces(text, formulas).map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Formula(formula) => formula.source.as_str(),
    });
    Cow::Owned(parts.collect())
}

struct Scan<'a> {
    markdown: &'a str,
    syntax: MathSyntax,
    at: usize,
    /// Only container marks (spaces, `>`) stand before `at` on its line.
    line_start: bool,
    copied: usize,
    /// Kinds of raw HTML that nothing ends from here on: no need to look again.
    endless: [bool; 5],
    out: String,
}

impl Scan<'_> {
    /// The next formula; the text before it is in `out`.
    fn next(&mut self) -> Option<Formula> {
        let bytes = self.markdown.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            let line_start = self.line_start;
            self.line_start = match byte {
                b'\n' => true,
                b' ' | b'\t' | b'>' => line_start,
                _ => false,
            };
            match byte {
                b'`' => self.code(b'`', line_start),
                b'~' if line_start => self.code(b'~', line_start),
                b'<' => self.raw(),
                b'$' | b'\\' => {
                    if let Some(formula) = self.formula(line_start) {
                        return Some(formula);
                    }
                }
                _ => self.at += 1,
            }
        }
        None
    }

    /// Steps over a code span or fence; over the run of marks alone where nothing closes it.
    fn code(&mut self, mark: u8, line_start: bool) {
        let rest = &self.markdown.as_bytes()[self.at..];
        let run = rest.iter().take_while(|byte| **byte == mark).count();
        let start = self.at + run;
        self.at = start;
        let info = self.markdown[start..].lines().next().unwrap_or_default();
        if line_start && run >= 3 && !(mark == b'`' && info.contains('`')) {
            self.at = fence_end(self.markdown, start, mark, run);
            self.line_start = true;
            return;
        }
        if mark != b'`' {
            return;
        }
        let end = start + paragraph(&self.markdown[start..]).len();
        let mut at = start;
        while let Some(found) = self.markdown[at..end].find('`') {
            let open = at + found;
            let length = self.markdown[open..end].bytes().take_while(|byte| *byte == b'`').count();
            at = open + length;
            if length == run {
                self.at = at;
                return;
            }
        }
    }

    /// Steps over a script, style sheet, raw listing or comment that begins here, or over the `<`.
    fn raw(&mut self) {
        const RAW: [(&str, &str); 5] = [
            ("<!--", "-->"),
            ("<script", "</script"),
            ("<style", "</style"),
            ("<pre", "</pre"),
            ("<textarea", "</textarea"),
        ];
        let rest = &self.markdown.as_bytes()[self.at..];
        let starts = |text: &[u8], word: &str| {
            text.get(..word.len()).is_some_and(|text| text.eq_ignore_ascii_case(word.as_bytes()))
        };
        let kind = RAW.iter().position(|(open, _)| starts(rest, open));
        let kind = kind.filter(|kind| !self.endless[*kind]);
        let end = kind.and_then(|kind| (1..rest.len()).find(|at| starts(&rest[*at..], RAW[kind].1)));
        if let (Some(kind), None) = (kind, end) {
            self.endless[kind] = true;
        }
        self.at += end.unwrap_or(1);
    }

    /// The formula that begins here, or none; then one character (two after a backslash) is passed.
    fn formula(&mut self, line_start: bool) -> Option<Formula> {
        let rest = &self.markdown[self.at..];
        let (open, close, display) = match self.syntax {
            _ if rest.starts_with("$$") => ("$$", "$$", true),
            MathSyntax::Dollar if rest.starts_with('$') => ("$", "$", false),
            MathSyntax::Mathjax if rest.starts_with("\\\\(") => ("\\\\(", "\\\\)", false),
            MathSyntax::Mathjax if rest.starts_with("\\\\[") => ("\\\\[", "\\\\]", true),
            _ => ("", "", false),
        };
        let inside = &rest[open.len()..];
        // A formula that begins its own line may hold blank lines; elsewhere a stray mark must not reach far.
        let inside = if display && line_start { inside } else { paragraph(inside) };
        let length = if open.is_empty() { None } else { find_close(inside, close) };
        let Some(length) = length.filter(|length| !inside[..*length].trim().is_empty()) else {
            let step = if open.len() == 2 || rest.starts_with('\\') { 2 } else { 1 };
            let next = rest.char_indices().nth(step).map_or(rest.len(), |(at, _)| at);
            // A line end after a backslash still begins a line.
            self.line_start = rest[..next].ends_with('\n');
            self.at += next;
            return None;
        };
        let end = self.at + open.len() + length + close.len();
        let tex = without_quote_marks(&inside[..length], self.quote_depth());
        let tex = if self.syntax == MathSyntax::Mathjax { unescape(&tex) } else { tex.into_owned() };
        let source = self.markdown[self.at..end].to_owned();
        self.out.push_str(&self.markdown[self.copied..self.at]);
        (self.at, self.copied) = (end, end);
        Some(Formula { tex: tex.trim().to_owned(), display, source })
    }

    /// How many `>` begin the current line.
    fn quote_depth(&self) -> usize {
        let before = &self.markdown[..self.at];
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        line.bytes().take_while(|byte| matches!(byte, b'>' | b' ')).filter(|byte| *byte == b'>').count()
    }
}

/// Where the fence whose text begins at `start` ends.
fn fence_end(markdown: &str, start: usize, mark: u8, run: usize) -> usize {
    let mut at = start;
    for line in markdown[start..].split_inclusive('\n') {
        at += line.len();
        let text = line.trim_start_matches([' ', '\t', '>']).trim_end();
        if at > start + line.len() && text.len() >= run && text.bytes().all(|byte| byte == mark) {
            return at;
        }
    }
    markdown.len()
}

/// `text` up to the next blank line.
fn paragraph(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && line.trim_matches([' ', '\t', '>', '\r', '\n']).is_empty() {
            return &text[..at];
        }
        at += line.len();
    }
    text
}

/// Where `close` stands in `text`, not after an odd number of backslashes.
fn find_close(text: &str, close: &str) -> Option<usize> {
    let escaped = |at: usize| text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    let mut found = text.match_indices(close).map(|(at, _)| at);
    found.find(|at| close.starts_with('\\') || !escaped(*at))
}

/// `tex` without the `>` that begin its lines in a block quote.
fn without_quote_marks(tex: &str, depth: usize) -> Cow<'_, str> {
    if depth == 0 || !tex.contains('\n') {
        return Cow::Borrowed(tex);
    }
    let mut lines = tex.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let mut rest = line;
        for _ in 0..depth {
            rest = rest.trim_start().strip_prefix('>').unwrap_or(rest);
        }
        out.push('\n');
        out.push_str(rest);
    }
    Cow::Owned(out)
}

/// What MathJax sees of TeX that went through markdown: `\` before punctuation is gone.
fn unescape(tex: &str) -> String {
    let mut out = String::with_capacity(tex.len());
    let mut letters = tex.chars().peekable();
    while let Some(letter) = letters.next() {
        let escape = letter == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        out.extend(if escape { letters.next() } else { Some(letter) });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(markdown: &str, syntax: MathSyntax) -> Vec<(String, bool)> {
        mark(markdown, syntax).formulas.into_iter().map(|formula| (formula.tex, formula.display)).collect()
    }

    fn dollar(markdown: &str) -> Vec<(String, bool)> {
        found(markdown, MathSyntax::Dollar)
    }

    fn inline(tex: &str) -> (String, bool) {
        (tex.to_owned(), false)
    }

    fn display(tex: &str) -> (String, bool) {
        (tex.to_owned(), true)
    }

    #[test]
    fn dollars_in_a_line_and_on_their_own() {
        assert_eq!(dollar("a $x_1$ b $ y $ c"), [inline("x_1"), inline("y")]);
        assert_eq!(dollar("$$\na \\\\ b\n\n= c\n$$"), [display("a \\\\ b\n\n= c")]);
        assert_eq!(dollar("see $$a$$ here"), [display("a")]);
    }

    #[test]
    fn what_is_no_formula_stays() {
        for text in [
            "costs \\$5 and \\$6",
            "one $ alone",
            "`$x$` and ``a ` $y$``",
            "```\n$x$\n```\n",
            "> ~~~\n> $x$\n> ~~~",
            "a $x\n\ny$ b",
            "<script>$('a'); $('b')</script>",
            "<PRE>\n$x$\n\n$y$</PRE> and <!-- $z$ -->",
            "$$ stray\n\n$$",
            "$ $ b",
            "a $$ $$ b",
        ] {
            let marked = mark(text, MathSyntax::Dollar);
            if text != "$$ stray\n\n$$" {
                assert!(marked.formulas.is_empty(), "{text}: {:?}", marked.formulas);
            }
        }
    }

    #[test]
    fn an_escaped_dollar_is_part_of_the_formula() {
        assert_eq!(dollar("$r \\xleftarrow{\\$} G $."), [inline("r \\xleftarrow{\\$} G")]);
    }

    #[test]
    fn a_quoted_formula_loses_its_quote_marks() {
        assert_eq!(dollar("> $$\n> a > b\n> $$\n"), [display("a > b")]);
    }

    #[test]
    fn mathjax_has_its_own_delimiters_and_reads_what_markdown_leaves() {
        let found = found(
            "in \\\\( a_1 \\_ b \\\\) and\n\\\\[ \\\\{c\\\\} \\\\\\\\ d \\\\] $x$",
            MathSyntax::Mathjax,
        );
        assert_eq!(found, [inline("a_1 _ b"), display("\\{c\\} \\\\ d")]);
    }

    #[test]
    fn an_unclosed_span_hides_no_formula() {
        assert_eq!(dollar("a ` b $x$ c"), [inline("x")]);
    }

    #[test]
    fn swallowed_lines_are_told() {
        let marked = mark("a\n$x\ny\nz$ b", MathSyntax::Dollar);
        assert_eq!(marked.folded, [(2, 2)]);
    }

    proptest! {
        #[test]
        fn marks_can_always_be_undone(text in "[$a`~\\\\()\\[\\]\\n> \u{FDD0}\u{FDE1}\u{FDD1}é]{0,60}") {
            for syntax in [MathSyntax::Dollar, MathSyntax::Mathjax] {
                let marked = mark(&text, syntax);
                prop_assert_eq!(restore(&marked.text, &marked.formulas), text.as_str());
            }
        }
    }
}
