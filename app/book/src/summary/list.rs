//! The nested lists of a summary: numbered chapters.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Entry;
use super::parse::Reader;

/// Deepest level that is told apart; what is nested deeper is shown at this one.
const DEEPEST: usize = 24;

/// A list that is open.
struct List {
    /// Number of the chapter that the list belongs to.
    number: Vec<u32>,
    /// Its chapters so far.
    count: u32,
}

/// An item that is open.
struct ListItem {
    /// Number of its chapter.
    number: Vec<u32>,
    /// Line of its bullet.
    line: u32,
    /// Whether its chapter has been added.
    done: bool,
    /// Chapters nested in it so far.
    nested: u32,
    /// Text outside links, and the line where that begins.
    stray: String,
    stray_line: u32,
}

impl Reader<'_> {
    /// Reads a list whose start has been read. No recursion: nesting is as deep as an author likes.
    pub(super) fn read_list(&mut self) {
        let mut lists = vec![List { number: Vec::new(), count: self.top }];
        let mut items: Vec<ListItem> = Vec::new();
        while let Some((event, range)) = self.events.next() {
            let line = self.line(&range);
            match event {
                Event::Start(Tag::Item) => {
                    let Some(list) = lists.last_mut() else { break };
                    list.count += 1;
                    let mut number = list.number.clone();
                    if number.len() < DEEPEST {
                        number.push(list.count);
                    }
                    let stray = String::new();
                    items.push(ListItem { number, line, done: false, nested: 0, stray, stray_line: line });
                }
                Event::End(TagEnd::Item) => {
                    if let Some(mut item) = items.pop() {
                        self.finish_chapter(&mut item);
                    }
                }
                Event::Start(Tag::List(_)) => {
                    let Some(item) = items.last_mut() else { continue };
                    self.finish_chapter(item);
                    if item.nested > 0 {
                        self.second_list(line);
                    }
                    lists.push(List { number: item.number.clone(), count: item.nested });
                }
                Event::End(TagEnd::List(_)) => {
                    let closed = lists.pop().map_or(0, |list| list.count);
                    match items.last_mut() {
                        Some(item) => item.nested = closed,
                        None => {
                            self.top = closed;
                            break;
                        }
                    }
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let title = self.plain_text(TagEnd::Link);
                    let Some(item) = items.last_mut() else { continue };
                    if item.done {
                        self.second_link(line);
                        continue;
                    }
                    item.done = true;
                    let entry = entry(item, title, line);
                    self.push_chapter(entry, &dest_url);
                }
                Event::Text(text) | Event::Code(text) if !text.trim().is_empty() => {
                    let Some(item) = items.last_mut() else { continue };
                    if item.stray.is_empty() {
                        item.stray_line = line;
                    }
                    item.stray.push_str(&text);
                }
                _ => {}
            }
        }
    }

    fn second_list(&mut self, line: u32) {
        self.warning(
            "summary-lists",
            line,
            "a second list below the same chapter, of which mdBook shows only the last",
            "use the same bullet for all of them, and no text between",
        );
    }

    fn second_link(&mut self, line: u32) {
        self.warning(
            "summary-text",
            line,
            "a second link in the same item is not shown",
            "give it an item of its own",
        );
    }

    /// Called before an item's nested list and at its end: an item without a link is a chapter all the same,
    /// so that what is nested in it keeps its place.
    fn finish_chapter(&mut self, item: &mut ListItem) {
        let stray = std::mem::take(&mut item.stray);
        if item.done {
            if !stray.is_empty() {
                self.ignored(item.stray_line);
            }
            return;
        }
        item.done = true;
        if stray.is_empty() {
            self.error(
                "summary-item",
                item.line,
                "an item without a chapter",
                "write `[Name](file.md)`, or `[Name]()` for a chapter that is planned",
            );
        } else {
            self.error(
                "summary-item",
                item.line,
                format!("`{}` is not a link, which mdBook refuses", stray.trim()),
                "write `[Name](file.md)`, or `[Name]()` for a chapter that is planned, as it is shown now",
            );
        }
        let title = if stray.is_empty() { "…".to_owned() } else { stray.trim().to_owned() };
        let entry = entry(item, title, item.line);
        self.push_chapter(entry, "");
    }
}

fn entry(item: &ListItem, title: String, line: u32) -> Entry {
    let level = u8::try_from(item.number.len().saturating_sub(1)).unwrap_or(u8::MAX);
    Entry { title, number: item.number.clone(), level, source: None, line }
}
