//! The terms that a book explains on its page `glossary.md`.

use crate::load::{Book, Chapter};
use crate::markdown::id_from_content;

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The term, as the glossary writes it.
    pub term: String,
    /// Its explanation, as markdown in one line.
    pub definition: String,
    /// Id of its place on the page.
    pub id: String,
}

/// Whether the chapter is a glossary.
pub fn is_glossary(chapter: &Chapter) -> bool {
    let name = chapter.source.rsplit('/').next().unwrap_or("");
    name.eq_ignore_ascii_case("glossary.md")
}

/// All entries of the book's glossaries, in order.
pub fn entries(book: &Book) -> Vec<Entry> {
    book.chapters.iter().filter(|chapter| is_glossary(chapter)).flat_map(|it| read(&it.markdown)).collect()
}

/// Definition lists (`Term`, then `: explanation`), and headings with the paragraph that follows.
fn read(markdown: &str) -> Vec<Entry> {
    let lines: Vec<&str> = markdown.lines().collect();
    let mut entries = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let next = lines.get(number + 1).copied().unwrap_or_default();
        let heading = line.strip_prefix("##").map(|rest| rest.trim_start_matches('#').trim());
        let (term, first) = match heading {
            Some(term) => (term, number + 1),
            None if next.starts_with(": ") && !line.trim().is_empty() => (line.trim(), number + 1),
            None => continue,
        };
        let text = lines[first..].iter().skip_while(|line| line.trim().is_empty());
        let text: Vec<&str> =
            text.take_while(|line| !line.trim().is_empty()).map(|line| line.trim()).collect();
        let definition = text.join(" ");
        let definition = definition.strip_prefix(": ").unwrap_or(&definition).trim().to_owned();
        let (term, id) = match term.split_once("{#") {
            Some((term, id)) => (term.trim(), id.trim_end_matches('}').to_owned()),
            None => (term, id_from_content(term)),
        };
        if !term.is_empty() && !definition.is_empty() && !definition.starts_with('#') {
            entries.push(Entry { term: term.to_owned(), definition, id });
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_lists_or_headings() {
        let text = "# Glossary\n\nAll terms.\n\nA/B test\n: An experiment\n  of two.\n\n## Recall {#rec}\n\nShare found.\n\n## Empty\n\n## Last\nx\n";
        let found: Vec<_> =
            read(text).into_iter().map(|entry| (entry.term, entry.definition, entry.id)).collect();
        let entry = |term: &str, text: &str, id: &str| (term.to_owned(), text.to_owned(), id.to_owned());
        assert_eq!(
            found,
            [
                entry("A/B test", "An experiment of two.", "ab-test"),
                entry("Recall", "Share found.", "rec"),
                entry("Last", "x", "last")
            ]
        );
    }
}
