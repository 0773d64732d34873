//! Notes for reading elsewhere: search, Markdown, and cards for Anki.

use std::collections::HashSet;

use crate::day::iso_date;
use crate::marks::Mark;
use crate::sort::{sort_by, sort_by_key};

/// The marks that contain every word of `query`, in whatever case: first those that have all of them in the note,
/// then in note, front and text marked. Otherwise in the order given. An empty query finds everything.
#[must_use]
pub fn search<'a>(marks: &'a [Mark], query: &str) -> Vec<&'a Mark> {
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let holds = |text: &str| words.iter().all(|word| text.contains(word));
    let (mut in_note, mut elsewhere) = (Vec::new(), Vec::new());
    for mark in marks {
        let note = mark.note.to_lowercase();
        if holds(&note) {
            in_note.push(mark);
        } else if holds(&format!("{note}\n{}\n{}", mark.front, mark.at.exact).to_lowercase()) {
            elsewhere.push(mark);
        }
    }
    in_note.append(&mut elsewhere);
    in_note
}

/// Marks as Markdown, by page in the order of `pages` (address and title), and on a page by place. Marks on pages
/// that the book no longer has come last, under their address.
#[must_use]
pub fn to_markdown(marks: &[Mark], pages: &[(&str, &str)], title: &str) -> String {
    let mut text = format!("# {}\n", one_line(title));
    let known: HashSet<&str> = pages.iter().map(|(address, _)| *address).collect();
    let mut lost: Vec<&str> =
        marks.iter().map(|mark| mark.page.as_str()).filter(|page| !known.contains(page)).collect();
    sort_by(&mut lost, |a, b| a.cmp(b));
    lost.dedup();
    for (address, title) in pages.iter().copied().chain(lost.into_iter().map(|page| (page, page))) {
        let mut here: Vec<&Mark> = marks.iter().filter(|mark| mark.page == address).collect();
        if here.is_empty() {
            continue;
        }
        sort_by_key(&mut here, |mark| (mark.at.start, mark.id));
        text.push_str("\n## ");
        text.push_str(&one_line(title));
        text.push('\n');
        for mark in here {
            write_mark(&mut text, mark);
        }
    }
    text
}

fn write_mark(text: &mut String, mark: &Mark) {
    text.push('\n');
    for line in mark.at.exact.trim().lines() {
        text.push_str("> ");
        text.push_str(line.trim());
        text.push('\n');
    }
    if !mark.front.is_empty() {
        text.push_str("\n**");
        text.push_str(&one_line(&mark.front));
        text.push_str("**\n");
    }
    if !mark.note.trim().is_empty() {
        text.push('\n');
        text.push_str(mark.note.trim());
        text.push('\n');
    }
    text.push_str("\n*");
    text.push_str(&iso_date(mark.made.day()));
    text.push_str("*\n");
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A card for Anki, in plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnkiCard {
    /// Its name here, by which Anki recognizes it when it is imported again.
    pub name: String,
    /// The question.
    pub front: String,
    /// The answer.
    pub back: String,
    /// Words to find it by.
    pub tags: Vec<String>,
}

impl AnkiCard {
    /// The card of a mark: its front asks for the text marked and the note; without a front it asks for the text
    /// that goes on from what stands before it. `None` if there is nothing to ask or to answer.
    #[must_use]
    pub fn of_mark(mark: &Mark) -> Option<Self> {
        let front =
            if mark.front.is_empty() { one_line(&mark.at.prefix) + " […]" } else { mark.front.clone() };
        let back = [mark.at.exact.trim(), mark.note.trim()].join("\n\n").trim().to_owned();
        let asks = !mark.front.is_empty() || !mark.at.prefix.trim().is_empty();
        (asks && !back.is_empty()).then(|| Self {
            name: mark.card(),
            front,
            back,
            tags: vec![mark.page.clone()],
        })
    }
}

/// A file that Anki imports by File → Import: tab-separated, with the headers that set its columns.
#[must_use]
pub fn to_anki(cards: &[AnkiCard]) -> String {
    let mut file = String::from("#separator:tab\n#html:true\n#guid column:1\n#tags column:4\n");
    for card in cards {
        let tags: Vec<_> =
            card.tags.iter().map(|tag| tag.split_whitespace().collect::<Vec<_>>().join("_")).collect();
        let fields = [html(&card.name), html(&card.front), html(&card.back), html(&tags.join(" "))];
        file.push_str(&fields.join("\t"));
        file.push('\n');
    }
    file
}

/// Text as HTML in one line without tabs and double quotes, which end or enclose fields.
fn html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            // A line that begins with it would be a header or a comment.
            '#' => html.push_str("&#35;"),
            '\n' => html.push_str("<br>"),
            '\r' => {}
            '\t' => html.push(' '),
            _ => html.push(letter),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::day::Moment;
    use crate::id::EventId;
    use crate::marks::Selector;
    use proptest::prelude::*;

    fn mark(counter: u32, page: &str, start: u32, exact: &str, note: &str, front: &str) -> Mark {
        let made = Moment { at: 1_764_000_000_000, offset: 0 };
        let at = Selector { exact: exact.into(), prefix: "and then ".into(), start, ..Selector::default() };
        Mark {
            id: EventId { device: 1, counter },
            page: page.into(),
            at,
            colour: String::new(),
            note: note.into(),
            front: front.into(),
            made,
            changed: made,
        }
    }

    fn three() -> Vec<Mark> {
        vec![
            mark(1, "b.html", 9, "per channel\nscales", "Why not per tensor?", ""),
            mark(2, "b.html", 2, "Rounding", "", "What rounds?"),
            mark(3, "gone.html", 0, "lost", "Scales again", ""),
        ]
    }

    #[test]
    fn every_word_must_be_there_and_notes_come_first() {
        let marks = three();
        let found = |query| search(&marks, query).iter().map(|mark| mark.id.counter).collect::<Vec<_>>();
        assert_eq!(found("SCALES"), [3, 1]);
        assert_eq!(found("tensor scales"), [1]);
        assert_eq!(found("rounds"), [2]);
        assert_eq!(found("tensor lost"), [0; 0]);
        assert_eq!(found(" "), [1, 2, 3]);
    }

    #[test]
    fn notes_are_in_the_order_of_the_book() {
        let text = to_markdown(&three(), &[("a.html", "A"), ("b.html", "B")], "Notes");
        let expected = "# Notes\n\n## B\n\n> Rounding\n\n**What rounds?**\n\n*2025-11-24*\n\n> per channel\n> scales\n\n\
            Why not per tensor?\n\n*2025-11-24*\n\n## gone.html\n\n> lost\n\nScales again\n\n*2025-11-24*\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn cards_for_anki_are_one_a_line() {
        let cards: Vec<_> = three().iter().filter_map(AnkiCard::of_mark).collect();
        let file = to_anki(&cards);
        let lines: Vec<_> = file.lines().skip(4).collect();
        assert_eq!(
            lines[0],
            "mark:1.1\tand then […]\tper channel<br>scales<br><br>Why not per tensor?\tb.html"
        );
        assert_eq!(lines[1], "mark:1.2\tWhat rounds?\tRounding\tb.html");
    }

    proptest! {
        #[test]
        fn any_text_makes_four_fields(name: String, front: String, back: String, tag: String) {
            let file = to_anki(&[AnkiCard { name, front, back, tags: vec![tag] }]);
            prop_assert_eq!(file.split('\n').count(), 6);
            let line = file.split('\n').nth(4).unwrap();
            prop_assert_eq!(line.matches('\t').count(), 3);
            prop_assert!(!line.contains('"') && !line.starts_with('#'));
        }
    }
}
