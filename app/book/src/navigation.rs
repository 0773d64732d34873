//! The contents, the outline of a page and the previous/next links, as the same HTML in the built page and
//! in the browser.

use std::fmt::Write;

use crate::markdown::Heading;
use crate::phrases::{Language, Phrase, fill, say};
use crate::wire::{ChapterEntry, Contents, Item};

/// Words a reader takes in per minute, for the estimate beside a chapter (a round figure for non-fiction in
/// English: Brysbaert, "How many words do we read per minute?", Journal of Memory and Language, 2019).
pub const WORDS_PER_MINUTE: u32 = 238;

/// Minutes that `words` of text take, at least one.
pub fn minutes(words: u32) -> u32 {
    words.div_ceil(WORDS_PER_MINUTE).max(1)
}

/// Appends `text` with HTML's special characters escaped, fit for text and quoted attributes.
pub fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(character),
        }
    }
}

/// The title of a page's window: what the chapter sets with `{{#title …}}`, or its name and the book's.
pub fn page_title(own: Option<&str>, chapter: &str, book: &str) -> String {
    match (own, book) {
        (Some(own), _) => own.to_owned(),
        (None, "") => chapter.to_owned(),
        (None, book) => format!("{chapter} - {book}"),
    }
}

/// The chapters that have a page, in reading order.
pub fn chapters(contents: &Contents) -> impl Iterator<Item = &ChapterEntry> {
    contents.items.iter().filter_map(|item| match item {
        Item::Chapter(chapter) if chapter.address.is_some() => Some(chapter),
        _ => None,
    })
}

/// The chapter at `address`; the book's root stands for its first chapter.
pub fn chapter<'a>(contents: &'a Contents, address: &str) -> Option<&'a ChapterEntry> {
    if address.is_empty() || address == "index.html" {
        let index = chapters(contents).find(|chapter| chapter.address.as_deref() == Some("index.html"));
        return index.or_else(|| chapters(contents).next());
    }
    chapters(contents).find(|chapter| chapter.address.as_deref() == Some(address))
}

/// Names of the chapters that the one at `address` stands under, outermost first.
pub fn parents(contents: &Contents, address: &str) -> Vec<String> {
    let mut way = ancestors(contents, address);
    way.pop();
    way.into_iter()
        .filter_map(|index| match &contents.items[index] {
            Item::Chapter(chapter) => Some(chapter.title.clone()),
            _ => None,
        })
        .collect()
}

/// The chapters before and after the one at `address`.
pub fn neighbours<'a>(
    contents: &'a Contents,
    address: &str,
) -> (Option<&'a ChapterEntry>, Option<&'a ChapterEntry>) {
    let mut before = None;
    let mut all = chapters(contents);
    while let Some(chapter) = all.next() {
        if chapter.address.as_deref() == Some(address) {
            return (before, all.next());
        }
        before = Some(chapter);
    }
    (None, None)
}

/// The table of contents as nested lists; links start with `root` and the page at `current` is marked.
pub fn contents_html(contents: &Contents, root: &str, current: &str, language: Language) -> String {
    let mut out = String::with_capacity(contents.items.len() * 120);
    let open = ancestors(contents, current);
    let mut depth: Option<u8> = None;
    for (index, item) in contents.items.iter().enumerate() {
        let Item::Chapter(chapter) = item else {
            close_lists(&mut out, &mut depth, None);
            match item {
                Item::Part { title } => {
                    out.push_str("<h2 class=\"part\">");
                    escape(title, &mut out);
                    out.push_str("</h2>");
                }
                _ => out.push_str("<hr>"),
            }
            continue;
        };
        close_lists(&mut out, &mut depth, Some(chapter.level));
        let next = contents.items.get(index + 1);
        let has_children = matches!(next, Some(Item::Chapter(next)) if next.level > chapter.level);
        let folded = contents.fold.is_some_and(|level| chapter.level >= level) && !open.contains(&index);
        write_entry(&mut out, chapter, root, current, has_children, folded, language);
    }
    close_lists(&mut out, &mut depth, None);
    out
}

/// Ends lists until one of `level` can take another item, opening one where needed.
fn close_lists(out: &mut String, depth: &mut Option<u8>, level: Option<u8>) {
    while let Some(now) = *depth {
        match level {
            Some(level) if level > now => break,
            Some(level) if level == now => {
                out.push_str("</li>");
                return;
            }
            _ => {
                out.push_str("</li></ol>");
                *depth = now.checked_sub(1);
            }
        }
    }
    if let Some(level) = level {
        // A level may be skipped in a broken summary: the missing lists are opened all the same.
        let mut now = depth.map_or(0, |now| now + 1);
        out.push_str("<ol>");
        while now < level {
            out.push_str("<li><ol>");
            now += 1;
        }
        *depth = Some(level);
    }
}

fn write_entry(
    out: &mut String,
    chapter: &ChapterEntry,
    root: &str,
    current: &str,
    has_children: bool,
    folded: bool,
    language: Language,
) {
    let class = if has_children && folded { " class=\"folded\"" } else { "" };
    let _ = write!(out, "<li{class}><div class=\"row\">");
    match &chapter.address {
        Some(address) => {
            out.push_str("<a href=\"");
            escape(root, out);
            escape(address, out);
            out.push_str("\" data-page=\"");
            escape(address, out);
            out.push('"');
            if address == current {
                out.push_str(" aria-current=\"page\"");
            }
            out.push('>');
            write_name(out, chapter);
            out.push_str("</a>");
        }
        None => {
            out.push_str("<span class=\"draft\" title=\"");
            escape(say(language, Phrase::Draft), out);
            out.push_str("\">");
            write_name(out, chapter);
            out.push_str("</span>");
        }
    }
    if has_children {
        let phrase = if folded { Phrase::Unfold } else { Phrase::Fold };
        let _ =
            write!(out, "<button type=\"button\" class=\"fold\" aria-expanded=\"{}\" aria-label=\"", !folded);
        escape(&fill(say(language, phrase), &chapter.title), out);
        out.push_str("\"></button>");
    }
    out.push_str("</div>");
}

fn write_name(out: &mut String, chapter: &ChapterEntry) {
    if !chapter.number.is_empty() {
        out.push_str("<span class=\"number\">");
        escape(&chapter.number, out);
        out.push_str("</span> ");
    }
    escape(&chapter.title, out);
}

/// Indexes of the items above the page at `current`, and its own.
fn ancestors(contents: &Contents, current: &str) -> Vec<usize> {
    let mut stack: Vec<(usize, u8)> = Vec::new();
    for (index, item) in contents.items.iter().enumerate() {
        let Item::Chapter(chapter) = item else { continue };
        while stack.last().is_some_and(|(_, level)| *level >= chapter.level) {
            stack.pop();
        }
        stack.push((index, chapter.level));
        if chapter.address.as_deref() == Some(current) {
            return stack.into_iter().map(|(index, _)| index).collect();
        }
    }
    Vec::new()
}

/// The outline of a page: links to its second and third level headings; empty where there are too few to
/// be of use.
pub fn outline_html(headings: &[Heading], language: Language) -> String {
    let shown: Vec<&Heading> = headings.iter().filter(|heading| matches!(heading.level, 2 | 3)).collect();
    if shown.len() < 2 {
        return String::new();
    }
    let mut out = String::from("<h2>");
    escape(say(language, Phrase::OnThisPage), &mut out);
    out.push_str("</h2><ul>");
    for heading in shown {
        let _ = write!(out, "<li class=\"level-{}\"><a href=\"#", heading.level);
        escape(&heading.id, &mut out);
        out.push_str("\">");
        escape(&heading.text, &mut out);
        out.push_str("</a></li>");
    }
    out.push_str("</ul>");
    out
}

/// Links to the chapters before and after the one at `address`.
pub fn pager_html(contents: &Contents, root: &str, address: &str, language: Language) -> String {
    let (before, after) = neighbours(contents, address);
    let mut out = String::new();
    for (chapter, relation, phrase) in [(before, "prev", Phrase::Previous), (after, "next", Phrase::Next)] {
        let Some((chapter, target)) = chapter.and_then(|chapter| Some((chapter, chapter.address.as_ref()?)))
        else {
            continue;
        };
        let _ = write!(out, "<a rel=\"{relation}\" class=\"{relation}\" href=\"");
        escape(root, &mut out);
        escape(target, &mut out);
        out.push_str("\"><small>");
        escape(say(language, phrase), &mut out);
        out.push_str("</small><span>");
        write_name(&mut out, chapter);
        out.push_str("</span></a>");
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::wire::{RenderOptions, VERSION};

    fn entry(title: &str, level: u8, address: Option<&str>) -> Item {
        Item::Chapter(ChapterEntry {
            title: title.to_owned(),
            number: String::new(),
            level,
            address: address.map(str::to_owned),
            source: String::new(),
            pack: 0,
            words: 0,
        })
    }

    fn contents(items: Vec<Item>, fold: Option<u8>) -> Contents {
        Contents {
            version: VERSION,
            edition: String::new(),
            title: "T".to_owned(),
            description: String::new(),
            authors: Vec::new(),
            language: "en".to_owned(),
            direction: "ltr".to_owned(),
            items,
            packs: Vec::new(),
            options: RenderOptions::default(),
            source_folder: "src".to_owned(),
            repository: None,
            edit: None,
            fold,
            redirects: BTreeMap::new(),
        }
    }

    fn is_balanced(html: &str) -> bool {
        ["ol", "li", "div", "a", "h2", "span", "button"].iter().all(|tag| {
            let opened =
                html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
            opened == html.matches(&format!("</{tag}>")).count()
        })
    }

    #[test]
    fn lists_nest_as_levels_say() {
        let book = contents(
            vec![
                entry("Intro", 0, Some("intro.html")),
                Item::Part { title: "One".to_owned() },
                entry("A", 0, Some("a.html")),
                entry("A1", 1, Some("a1.html")),
                entry("A11", 2, Some("a11.html")),
                entry("B", 0, Some("b.html")),
                Item::Separator,
                entry("C", 0, None),
            ],
            None,
        );
        let html = contents_html(&book, "../", "a1.html", Language::English);
        assert!(is_balanced(&html), "{html}");
        assert!(html.contains("<a href=\"../a1.html\" data-page=\"a1.html\" aria-current=\"page\">A1</a>"));
        assert_eq!(html.matches("aria-current").count(), 1);
        assert_eq!(html.matches("class=\"fold\"").count(), 2);
        assert_eq!(parents(&book, "a11.html"), ["A", "A1"]);
        assert!(parents(&book, "b.html").is_empty());
        assert!(html.contains("class=\"draft\""));
    }

    #[test]
    fn skipped_levels_still_balance() {
        let book = contents(
            vec![entry("Deep", 3, Some("d.html")), entry("Top", 0, Some("t.html")), entry("Two", 2, None)],
            None,
        );
        let html = contents_html(&book, "", "", Language::English);
        assert!(is_balanced(&html), "{html}");
    }

    #[test]
    fn folding_spares_the_way_to_the_current_page() {
        let items = vec![
            entry("A", 0, Some("a.html")),
            entry("A1", 1, Some("a1.html")),
            entry("B", 0, Some("b.html")),
            entry("B1", 1, Some("b1.html")),
        ];
        let html = contents_html(&contents(items, Some(0)), "", "a1.html", Language::English);
        assert_eq!(html.matches("class=\"folded\"").count(), 1);
        assert!(html.contains("Unfold B"));
    }

    #[test]
    fn neighbours_skip_drafts_and_text_is_escaped() {
        let book = contents(
            vec![entry("A<", 0, Some("a.html")), entry("Draft", 0, None), entry("B", 0, Some("b.html"))],
            None,
        );
        let html = pager_html(&book, "", "b.html", Language::English);
        assert!(html.contains("A&lt;") && !html.contains("rel=\"next\""), "{html}");
    }

    #[test]
    fn a_page_is_called_as_it_says_or_by_its_chapter_and_book() {
        assert_eq!(page_title(Some("Own"), "C", "B"), "Own");
        assert_eq!(page_title(None, "C", "B"), "C - B");
        assert_eq!(page_title(None, "C", ""), "C");
    }

    #[test]
    fn reading_time_rounds_up() {
        assert_eq!((minutes(0), minutes(238), minutes(239)), (1, 1, 2));
    }
}
