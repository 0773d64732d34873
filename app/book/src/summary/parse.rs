//! The walk through a summary's blocks: title, prefix, numbered chapters in parts, suffix.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, OffsetIter, Parser, Tag, TagEnd};

use super::{Entry, Item, Summary};
use crate::diagnostic::Diagnostic;
use crate::line_index::LineIndex;
use crate::path;

pub fn parse(text: &str, file: &str) -> (Summary, Vec<Diagnostic>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::new(text, file);
    reader.read();
    (reader.summary, reader.diagnostics)
}

/// Where in the summary the walk is; it only goes forward in a summary that mdBook accepts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Prefix,
    Numbered,
    Suffix,
}

/// The state of the walk.
pub(super) struct Reader<'a> {
    pub(super) events: OffsetIter<'a>,
    pub(super) summary: Summary,
    pub(super) diagnostics: Vec<Diagnostic>,
    lines: LineIndex,
    file: &'a str,
    phase: Phase,
    /// Numbered chapters so far at the top level.
    pub(super) top: u32,
    /// Source → line of its entry.
    seen: HashMap<String, u32>,
    /// Headings below the first level: how many, and the line of the first.
    ignored_headings: Option<(u32, u32)>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, file: &'a str) -> Self {
        Self {
            events: Parser::new(text).into_offset_iter(),
            summary: Summary::default(),
            diagnostics: Vec::new(),
            lines: LineIndex::new(text),
            file,
            phase: Phase::Prefix,
            top: 0,
            seen: HashMap::new(),
            ignored_headings: None,
        }
    }

    pub(super) fn line(&self, range: &Range<usize>) -> u32 {
        self.lines.line(range.start)
    }

    pub(super) fn error(&mut self, code: &'static str, line: u32, message: impl Into<String>, help: &str) {
        self.diagnostics.push(Diagnostic::error(code, self.file, line, message, help));
    }

    pub(super) fn warning(&mut self, code: &'static str, line: u32, message: impl Into<String>, help: &str) {
        self.diagnostics.push(Diagnostic::warning(code, self.file, line, message, help));
    }

    fn read(&mut self) {
        let mut at_start = true;
        let mut after_part = false;
        while let Some((event, range)) = self.events.next() {
            let line = self.line(&range);
            let is_comment = matches!(
                event,
                Event::Html(_) | Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock)
            );
            match event {
                _ if is_comment => {
                    after_part = false;
                    continue;
                }
                Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => {
                    let title = self.plain_text(TagEnd::Heading(HeadingLevel::H1));
                    if at_start {
                        self.summary.title = Some(title);
                    } else {
                        self.begin_numbered(line);
                        self.summary.items.push(Item::Part { title, line });
                        after_part = true;
                        continue;
                    }
                }
                Event::Start(Tag::List(_)) => {
                    self.begin_numbered(line);
                    self.read_list();
                }
                Event::Start(Tag::Paragraph) if self.phase == Phase::Numbered && !after_part => {
                    self.phase = Phase::Suffix;
                    self.read_links_only();
                }
                Event::Start(Tag::Paragraph) if self.phase == Phase::Numbered => self.skip_links(line),
                Event::Start(Tag::Heading { .. }) if self.phase == Phase::Numbered => {
                    self.count_heading(line);
                    self.skip_block();
                }
                Event::Start(Tag::Heading { .. }) => {
                    self.count_heading(line);
                    self.read_links();
                }
                Event::Start(Tag::Paragraph) => self.read_links_only(),
                Event::Start(_) => {
                    self.ignored(line);
                    if self.phase == Phase::Numbered {
                        self.skip_block();
                    } else {
                        // Odd as it looks, mdBook takes links out of quotes as well here.
                        self.read_links();
                    }
                }
                Event::Rule => self.summary.items.push(Item::Separator),
                _ => {}
            }
            at_start = false;
            after_part = false;
        }
        self.report_headings();
    }

    fn begin_numbered(&mut self, line: u32) {
        if self.phase == Phase::Suffix {
            self.error(
                "summary-order",
                line,
                "numbered chapters stand after unnumbered ones, which mdBook refuses",
                "move the unnumbered chapters to the beginning or the end; here the numbers simply go on",
            );
        }
        self.phase = Phase::Numbered;
    }

    /// A paragraph of the prefix or the suffix, which should be nothing but links.
    fn read_links_only(&mut self) {
        if let Some(line) = self.read_links() {
            self.ignored(line);
        }
    }

    /// Takes each link in a block as a chapter; gives the line where there is other text.
    fn read_links(&mut self) -> Option<u32> {
        let mut depth = 1;
        let mut stray = None;
        while let Some((event, range)) = self.events.next() {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => {
                    let line = self.line(&range);
                    let title = self.plain_text(TagEnd::Link);
                    self.push_chapter(Entry { title, line, ..Entry::default() }, &dest_url);
                }
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(text) | Event::Code(text) if !text.trim().is_empty() => {
                    stray.get_or_insert(self.line(&range));
                }
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        stray
    }

    /// A paragraph between a part's title and its list, where mdBook drops even links.
    fn skip_links(&mut self, line: u32) {
        self.warning(
            "summary-text",
            line,
            "a paragraph right below a part's title is not shown, links included",
            "write it as list items, or remove it",
        );
        self.skip_block();
    }

    /// Reports text that is not part of any link.
    pub(super) fn ignored(&mut self, line: u32) {
        self.warning(
            "summary-text",
            line,
            "text outside a link is not shown",
            "make it a link, a part's title (`# …`) or a comment (`<!-- … -->`), or remove it",
        );
    }

    fn count_heading(&mut self, line: u32) {
        let (count, _) = self.ignored_headings.get_or_insert((0, line));
        *count += 1;
    }

    fn report_headings(&mut self) {
        let Some((count, line)) = self.ignored_headings else { return };
        let message = match count {
            1 => "a heading below the first level is not shown".to_owned(),
            _ => format!("{count} headings below the first level are not shown"),
        };
        self.warning("summary-heading", line, message, "write `# …` for the title of a part");
    }

    /// Leaves out the rest of the block that has just begun.
    pub(super) fn skip_block(&mut self) {
        let mut depth = 1;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
    }

    /// The text up to `end` without markup, as mdBook shows a chapter's name.
    pub(super) fn plain_text(&mut self, end: TagEnd) -> String {
        let mut plain = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::End(tag) if tag == end => break,
                Event::Text(text) | Event::Code(text) => plain.push_str(&text),
                Event::SoftBreak => plain.push(' '),
                _ => {}
            }
        }
        plain
    }

    /// Adds a chapter whose link leads to `target`.
    pub(super) fn push_chapter(&mut self, mut entry: Entry, target: &str) {
        entry.source = self.source(target, entry.line);
        if entry.title.trim().is_empty() {
            let stem =
                entry.source.as_deref().map_or("", |source| source.rsplit('/').next().unwrap_or(source));
            entry.title = stem.strip_suffix(".md").unwrap_or(stem).to_owned();
            self.warning(
                "unnamed-chapter",
                entry.line,
                "a chapter without a name",
                "put its name between the square brackets; until then its file's name is shown",
            );
        }
        self.summary.items.push(Item::Chapter(entry));
    }

    /// The file that a link leads to, unless it is a draft or cannot be a chapter.
    fn source(&mut self, target: &str, line: u32) -> Option<String> {
        if target.is_empty() {
            return None;
        }
        if path::is_external(target) {
            self.error(
                "summary-link",
                line,
                format!("`{target}` is on another site and cannot be a chapter"),
                "link to a markdown file of the book, and to the site from there",
            );
            return None;
        }
        let (file, fragment) = target.split_once('#').map_or((target, None), |(f, a)| (f, Some(a)));
        if fragment.is_some() {
            self.error(
                "summary-link",
                line,
                format!("`{target}` leads into a file, and a chapter is a whole one"),
                "remove what stands behind `#`",
            );
        }
        let source = path::normalise(&path::percent_decode(file));
        if source.is_empty() {
            return None;
        }
        if let Some(first) = self.seen.get(&source) {
            let message = format!("`{source}` is already the chapter of line {first}");
            self.error(
                "duplicate-chapter",
                line,
                message,
                "remove one of the two; until then the second is shown like a draft, without a page",
            );
            return None;
        }
        self.seen.insert(source.clone(), line);
        Some(source)
    }
}
