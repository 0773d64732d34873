//! Putting the element of a quiz in the place of its directive.

use std::ops::Range;

use super::{Expanded, Expander, QuizCall};
use crate::diagnostic::Diagnostic;
use crate::load::ReadError;
use crate::nearest::nearest;
use crate::path;
use crate::phrases::{Phrase, fill, say};
use crate::quiz;

impl Expander<'_> {
    /// Replaces `calls`, whose targets are relative to `folder`.
    pub(super) fn put_quizzes(&mut self, calls: &[QuizCall], folder: &str, expanded: &mut Expanded) {
        if calls.is_empty() {
            return;
        }
        let mut replacements: Vec<(Range<usize>, String)> = Vec::new();
        for call in calls {
            let target = call.target.split_whitespace().next().unwrap_or_default();
            let path = path::join(folder, target);
            let made = match self.read(&path) {
                Ok(_) => {
                    let made = block(&expanded.text.text, call.range.start, &quiz::element(&path));
                    expanded.quizzes.push((path, (call.file.clone(), call.line)));
                    made
                }
                Err(problem) => {
                    expanded.diagnostics.push(self.missing_quiz(call, &path, &problem));
                    fill(say(self.language, Phrase::MissingQuiz), target)
                }
            };
            replacements.push((call.range.clone(), made));
        }
        // What is found by its place in the text moves with it.
        for range in &mut expanded.bibliographies {
            let before = replacements.iter().filter(|(replaced, _)| replaced.end <= range.start);
            let (gone, come) = before
                .fold((0, 0), |(gone, come), (replaced, made)| (gone + replaced.len(), come + made.len()));
            *range = range.start + come - gone..range.end + come - gone;
        }
        expanded.text = expanded.text.with_replaced(&replacements);
    }

    fn missing_quiz(&self, call: &QuizCall, path: &str, problem: &ReadError) -> Diagnostic {
        let (message, help) = match problem {
            ReadError::Missing => {
                let listed = self.files.list(path::folder(path));
                let help = match nearest(path, listed.iter().map(String::as_str)) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "correct the path, which is relative to the chapter, or add the file".to_owned(),
                };
                (format!("there is no quiz `{path}`"), help)
            }
            ReadError::Outside => (
                format!("the quiz `{path}` is outside the book's folder"),
                "move the file into the book, or give `--trust` if you trust the book's authors".to_owned(),
            ),
            problem => (
                format!("the quiz `{path}` cannot be read: {}", problem.words()),
                "make it a readable UTF-8 file".to_owned(),
            ),
        };
        Diagnostic::error("missing-quiz", &call.file, call.line, message, help)
    }
}

/// `lines` as a block of their own at `at`, inside the quote or list that the line there is in.
fn block(text: &str, at: usize, lines: &[String]) -> String {
    let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
    let (container, said) = line.split_at(container_end(line));
    // What goes on in a list item is indented like its first line.
    let inside: String = container.chars().map(|letter| if letter == '>' { '>' } else { ' ' }).collect();
    let mut out = String::new();
    if !said.trim().is_empty() {
        out.push_str(&format!("\n{}\n{inside}", inside.trim_end()));
    } else if container.trim_matches([' ', '\t', '>']).is_empty() {
        // A block of HTML cannot interrupt a paragraph.
        out.push_str(&format!("\n{inside}"));
    }
    out.push_str(&lines.join(&format!("\n{inside}")));
    out.push_str(&format!("\n{}\n{inside}", inside.trim_end()));
    out
}

/// Where the marks of quotes and lists end with which `line` begins.
fn container_end(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'>') => at += 1,
            Some(b'-' | b'*' | b'+') if matches!(bytes.get(at + 1), Some(b' ' | b'\t')) => at += 2,
            Some(b'0'..=b'9') => {
                let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                let ends = matches!(bytes.get(at + digits), Some(b'.' | b')'))
                    && matches!(bytes.get(at + digits + 1), Some(b' ' | b'\t'));
                if !ends {
                    return at;
                }
                at += digits + 2;
            }
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Page, render};
    use crate::wire::RenderOptions;

    /// `text` with `X` as a quiz, rendered; line breaks of the HTML left out.
    fn html(text: &str) -> String {
        let at = text.find('X').unwrap();
        let made = block(text, at, &quiz::element("a.toml"));
        let text = format!("{}{made}{}", &text[..at], &text[at + 1..]);
        render(&text, &Page::default(), &RenderOptions::default(), &()).html.replace('\n', "")
    }

    const QUIZ: &str = "<lectern-quiz data-quiz=\"a.toml\"></lectern-quiz>";

    #[test]
    fn a_quiz_is_a_block_wherever_it_stands() {
        assert_eq!(html("a\n\nX\n\nb"), format!("<p>a</p>{QUIZ}<p>b</p>"));
        assert_eq!(html("a\nX\nb"), format!("<p>a</p>{QUIZ}<p>b</p>"));
        assert_eq!(html("a X b"), format!("<p>a</p>{QUIZ}<p>b</p>"));
        assert_eq!(html("- X\n- b"), format!("<ul><li>{QUIZ}</li><li><p>b</p></li></ul>"));
        assert_eq!(html("> X\n> b"), format!("<blockquote>{QUIZ}<p>b</p></blockquote>"));
        assert_eq!(html("1. a\n\n   X\n2. b"), format!("<ol><li><p>a</p>{QUIZ}</li><li><p>b</p></li></ol>"));
    }
}
