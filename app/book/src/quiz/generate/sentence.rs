//! Sentences with what is marked in them, and cutting paragraphs into them.

use std::ops::Range;

/// What a piece of a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Running text.
    Text,
    /// Code.
    Code,
    /// A formula.
    Math,
    /// A word that the author stressed.
    Stressed,
    /// A link into the glossary.
    Term,
    /// A citation: part of the text, and of no question.
    Citation,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub mark: Mark,
    /// Its words, without markdown; a formula with its dollars.
    pub text: String,
    /// Id of the glossary's entry that it leads to.
    pub entry: String,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
}

impl Sentence {
    /// Its words as they stand in the section.
    pub fn plain(&self) -> String {
        self.pieces.iter().map(|piece| piece.text.as_str()).collect::<String>().trim().to_owned()
    }

    /// Its markdown, without citations.
    pub fn markdown(&self) -> String {
        self.markdown_with(usize::MAX, "")
    }

    /// Its markdown, with `instead` in the place of piece `index`.
    pub fn markdown_with(&self, index: usize, instead: &str) -> String {
        let mut out = String::new();
        // Inside parentheses that hold nothing but citations.
        let mut dropping = false;
        for (at, piece) in self.pieces.iter().enumerate() {
            match piece.mark {
                _ if at == index => out.push_str(instead),
                Mark::Citation if dropping => {}
                Mark::Citation if out.ends_with('(') => {
                    out.truncate(out.trim_end_matches([' ', '(']).len());
                    dropping = true;
                }
                Mark::Text if dropping => {
                    let rest = piece.text.trim_start_matches([';', ',', ' ']);
                    let closed = rest.strip_prefix(')');
                    dropping = closed.is_none() && rest.is_empty();
                    out.push_str(&escape(closed.unwrap_or(rest)));
                }
                _ => out.push_str(&piece.markdown()),
            }
        }
        out.trim().to_owned()
    }

    /// Its words in small letters, code and formulas left out.
    pub fn words(&self) -> Vec<String> {
        let texts = self
            .pieces
            .iter()
            .filter(|piece| !matches!(piece.mark, Mark::Code | Mark::Math | Mark::Citation));
        let text: String = texts.map(|piece| piece.text.as_str()).collect();
        words(&text)
    }
}

impl Piece {
    /// As markdown.
    pub fn markdown(&self) -> String {
        match self.mark {
            Mark::Code => code(&self.text),
            Mark::Math => self.text.clone(),
            _ => escape(&self.text),
        }
    }
}

/// A code span.
pub fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// Text that markdown shows as it is.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '*' | '_' | '`' | '<' | '[' | ']' | '\\' | '$' | '~') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// The words of `text` in small letters.
pub fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '-')));
    parts.filter(|word| !word.is_empty()).map(|word| word.to_lowercase().replace('’', "'")).collect()
}

/// What does not end a sentence although a full stop follows.
const ABBREVIATIONS: [&str; 16] = [
    "e.g", "i.e", "etc", "vs", "cf", "fig", "eq", "no", "al", "approx", "resp", "ca", "dr", "mr", "ms", "st",
];

/// Whether a word is the first letter of a name.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Cuts a paragraph's pieces into sentences.
pub fn cut(pieces: Vec<Piece>) -> Vec<Sentence> {
    let mut sentences = vec![Sentence::default()];
    for (index, piece) in pieces.iter().enumerate() {
        if piece.mark != Mark::Text {
            if let Some(last) = sentences.last_mut() {
                last.pieces.push(piece.clone());
            }
            // `**Like this.** And on.` are two.
            let next = pieces.get(index + 1).map_or("", |next| next.text.as_str());
            let begins = next.starts_with(' ') && next.trim_start().starts_with(char::is_uppercase);
            if piece.mark == Mark::Stressed && piece.text.trim_end().ends_with(['.', '!', '?']) && begins {
                sentences.push(Sentence::default());
            }
            continue;
        }
        let next = pieces.get(index + 1).map(|next| (next.mark, next.text.as_str()));
        let mut done = 0;
        for end in ends(&piece.text, next) {
            push(&mut sentences, piece, done..end);
            sentences.push(Sentence::default());
            done = end;
        }
        push(&mut sentences, piece, done..piece.text.len());
    }
    sentences.retain(|sentence| !sentence.plain().is_empty());
    sentences
}

fn push(sentences: &mut [Sentence], piece: &Piece, range: Range<usize>) {
    let text = &piece.text[range];
    let Some(last) = sentences.last_mut() else { return };
    let text = if last.pieces.is_empty() { text.trim_start() } else { text };
    if !text.is_empty() {
        last.pieces.push(Piece { text: text.to_owned(), ..piece.clone() });
    }
}

/// Where sentences end in `text`, which `next` follows.
fn ends(text: &str, next: Option<(Mark, &str)>) -> Vec<usize> {
    let mut ends = Vec::new();
    for (at, sign) in text.match_indices(['.', '!', '?', ':']) {
        let mut end = at + sign.len();
        while let Some(letter) =
            text[end..].chars().next().filter(|letter| matches!(letter, ')' | '"' | '”' | '\'' | '’'))
        {
            end += letter.len_utf8();
        }
        let rest = &text[end..];
        let before = text[..at].rsplit([' ', '(', '\n']).next().unwrap_or_default().to_lowercase();
        let goes_on = !rest.is_empty() && !rest.starts_with(char::is_whitespace);
        let is_abbreviation =
            sign == "." && (ABBREVIATIONS.contains(&before.as_str()) || is_initial(&before));
        if goes_on || is_abbreviation {
            continue;
        }
        let follows = rest.trim_start().chars().next();
        let begins = match (follows, next) {
            (Some(letter), _) => {
                letter.is_uppercase() || letter.is_numeric() || matches!(letter, '"' | '“' | '(')
            }
            (None, Some((mark, _))) => mark != Mark::Text,
            (None, None) => true,
        };
        // A colon ends nothing inside a paragraph, but a lead-in ends with one.
        if begins && (sign != ":" || rest.trim().is_empty() && next.is_none()) {
            ends.push(end);
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(mark: Mark, text: &str) -> Piece {
        Piece { mark, text: text.to_owned(), entry: String::new() }
    }

    #[test]
    fn paragraphs_are_cut_at_their_sentences() {
        let pieces = vec![
            piece(Mark::Text, "One, e.g. this. (Two is 3.5 long.) "),
            piece(Mark::Code, "x.y"),
            piece(Mark::Text, " is three. Four says: no! "),
            piece(Mark::Code, "f()"),
            piece(Mark::Text, " is five:"),
        ];
        let found: Vec<_> = cut(pieces).iter().map(Sentence::plain).collect();
        assert_eq!(
            found,
            ["One, e.g. this.", "(Two is 3.5 long.)", "x.y is three.", "Four says: no!", "f() is five:"]
        );
    }

    #[test]
    fn citations_stay_out_of_questions() {
        let sentence = Sentence {
            pieces: vec![
                piece(Mark::Text, "It is a *star* ("),
                piece(Mark::Citation, "Abel 2001"),
                piece(Mark::Text, ")."),
            ],
        };
        assert_eq!(sentence.plain(), "It is a *star* (Abel 2001).");
        assert_eq!(sentence.markdown(), "It is a \\*star\\*.");
    }
}
