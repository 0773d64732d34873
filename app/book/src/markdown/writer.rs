//! Turns the parser's events into a page.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;

use pulldown_cmark::{Alignment, BlockQuoteKind, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use super::anchors::Anchor;
use super::footnotes::Footnotes;
use super::ids::Ids;
use super::lines::Lines;
use super::links::page_address;
use super::math::{self, Formula, Piece};
use super::reading::{Reading, push_collapsed};
use super::references::{self, Definitions, References};
use super::tokens::StartTag;
use super::{Finding, Link, LinkKind, Maker, Page, Rendered, escape, raw};
use crate::diagnostic::Severity;
use crate::phrases::{Phrase, say};
use crate::wire::RenderOptions;

/// What the parser has still to say.
pub(super) type Events<'e> = OffsetIter<'e, References<'e>>;

/// One page in the making.
pub(super) struct Writer<'a> {
    pub(super) out: String,
    pub(super) rendered: Rendered,
    pub(super) ids: Ids,
    pub(super) open: raw::Open,
    pub(super) source: Source,
    /// Links so far; a heading with one cannot be a link itself.
    pub(super) links_seen: usize,
    pub(super) page: &'a Page<'a>,
    pub(super) options: &'a RenderOptions,
    pub(super) maker: &'a dyn Maker,
    pub(super) reading: Reading,
    pub(super) footnotes: Footnotes,
    /// Footnote texts that are being written: the page around each, and its name and line.
    pub(super) outer: Vec<(String, String, u32)>,
    pub(super) anchor: Option<Anchor>,
    table: Table,
    /// Where the last paragraph's `</p>` begins and what follows it.
    pub(super) paragraph: (usize, usize),
    /// Where the last footnote reference ended.
    pub(super) reference: usize,
    /// What may be the name of a note that has no text.
    note: Option<String>,
    /// Pictures so far.
    pub(super) images: usize,
    /// Paragraph tags are left out: a title is being written.
    pub(super) bare: bool,
    /// Admonitions around the current place.
    pub(super) nesting: u32,
}

/// The markdown that is being read.
#[derive(Default)]
pub(super) struct Source {
    lines: Lines,
    formulas: Vec<Formula>,
    /// Footnotes that it defines.
    pub(super) notes: BTreeSet<String>,
    /// Where stand-ins for footnotes around it end and it begins.
    pub(super) start: usize,
    /// Where reading is.
    pub(super) at: usize,
}

impl Source {
    /// `text` as the author wrote it, formulas included.
    pub(super) fn restore<'t>(&self, text: &'t str) -> Cow<'t, str> {
        math::restore(text, &self.formulas)
    }

    /// Whether a formula is part of a tag's name or of an attribute's.
    pub(super) fn marks_in(&self, tag: &StartTag<'_>) -> bool {
        let marked = |name: &str| matches!(self.restore(name), Cow::Owned(_));
        marked(&tag.name) || tag.attributes.iter().any(|attribute| marked(attribute.name))
    }
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    body: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(page: &'a Page<'a>, options: &'a RenderOptions, maker: &'a dyn Maker) -> Self {
        Self {
            out: String::new(),
            rendered: Rendered::default(),
            ids: Ids::default(),
            open: raw::Open::default(),
            source: Source::default(),
            links_seen: 0,
            page,
            options,
            maker,
            reading: Reading::default(),
            footnotes: Footnotes::default(),
            outer: Vec::new(),
            anchor: None,
            table: Table::default(),
            paragraph: (0, 0),
            reference: usize::MAX,
            note: None,
            images: 0,
            bare: false,
            nesting: 0,
        }
    }

    pub(super) fn render(mut self, markdown: &str) -> Rendered {
        self.out.reserve(markdown.len() + markdown.len() / 2);
        self.read(markdown, 0, &Definitions::default());
        self.close_raw();
        let finished = self.footnotes.finish(self.page.language, &mut self.out);
        self.rendered.ids.extend(finished.ids);
        for (name, line) in finished.unused {
            self.rendered.diagnostics.push(Finding {
                line,
                severity: Severity::Warning,
                code: "unused-footnote",
                message: format!("nothing refers to the footnote `{name}`, so it is not shown"),
                help: format!("write `[^{name}]` where it belongs, or remove it"),
            });
        }
        let mut rendered = self.rendered;
        (rendered.sections, rendered.words) = self.reading.into_sections();
        let first = rendered.headings.iter().find(|heading| heading.level == 1);
        rendered.title = first.map(|heading| heading.text.clone());
        rendered.html = self.out;
        rendered.diagnostics.sort_by_key(|finding| finding.line);
        rendered
    }

    /// Writes `markdown`, whose first line is line `lines_before + 1` of the chapter.
    pub(super) fn read(&mut self, markdown: &str, lines_before: u32, around: &Definitions) {
        let marked = math::mark(markdown, self.options.math);
        let notes = references::notes(&marked.text);
        let stand_ins = around.stand_ins(&marked.text, &notes);
        let start = stand_ins.len();
        let text = if stand_ins.is_empty() { marked.text } else { Cow::Owned(stand_ins + &marked.text) };
        let lines = Lines::new(&text, start, lines_before + 1, marked.folded);
        let inner = Source { lines, formulas: marked.formulas, notes, start, at: 0 };
        let outer = std::mem::replace(&mut self.source, inner);
        let undefined = RefCell::default();
        let references = References { around, undefined: &undefined };
        let parser =
            Parser::new_with_broken_link_callback(&text, parser_options(self.options), Some(references));
        let mut events = parser.into_offset_iter();
        while let Some((event, range)) = events.next() {
            self.source.at = range.start;
            self.event(event, &mut events, around);
        }
        drop(events);
        for (offset, label) in undefined.into_inner() {
            let label = self.source.restore(&label).into_owned();
            self.find(
                self.line_at(offset),
                "undefined-reference",
                format!("there is no definition for the reference `[{label}]`, so it is shown as text"),
                format!("add a line `[{label}]: address`, or write `\\[` for a plain bracket"),
            );
        }
        self.source = outer;
    }

    /// The line that is being read.
    pub(super) fn line(&self) -> u32 {
        self.source.lines.at(self.source.at)
    }

    pub(super) fn line_at(&self, offset: usize) -> u32 {
        self.source.lines.at(offset)
    }

    pub(super) fn find(
        &mut self,
        line: u32,
        code: &'static str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let (message, help) = (message.into(), help.into());
        self.rendered.diagnostics.push(Finding { line, severity: Severity::Warning, code, message, help });
    }

    pub(super) fn duplicate_id(&mut self, id: &str, line: u32) {
        self.find(
            line,
            "duplicate-id",
            format!("the id `{id}` is already used on this page"),
            "give one of the two places another id; links lead to the first",
        );
    }

    fn event<'e>(&mut self, event: Event<'e>, events: &mut Events<'e>, around: &Definitions) {
        match event {
            Event::Start(tag) => self.start(tag, events, around),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                self.watch_for_note(&text);
                self.text(&text);
            }
            Event::Code(code) => {
                let code = self.source.restore(&code).into_owned();
                self.out.push_str("<code>");
                escape::text(&code, &mut self.out);
                self.out.push_str("</code>");
                self.collect_text(&code);
            }
            Event::InlineHtml(html) => self.raw_html(&html, self.line(), true),
            Event::Html(html) => self.raw_html(&html, self.line(), false),
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::SoftBreak => {
                self.out.push('\n');
                self.collect_text("\n");
            }
            Event::HardBreak => {
                self.out.push_str("<br>");
                self.reading_text(" ");
            }
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::TaskListMarker(done) => {
                let phrase = if done { Phrase::TaskDone } else { Phrase::TaskOpen };
                self.out.push_str("<input disabled=\"\" type=\"checkbox\" aria-label=\"");
                escape::attribute(say(self.page.language, phrase), &mut self.out);
                self.out.push_str(if done { "\" checked=\"\"> " } else { "\"> " });
            }
            // The parser's own math is off.
            Event::InlineMath(tex) | Event::DisplayMath(tex) => self.text(&tex),
        }
    }

    /// `[^name]` that comes as text is a note that has none.
    fn watch_for_note(&mut self, text: &str) {
        let name = self.note.take();
        if let Some(name) = name.filter(|_| text.starts_with(']')) {
            self.find(
                self.line(),
                "undefined-footnote",
                format!("there is no text for the footnote `[^{name}]`"),
                format!("add a paragraph `[^{name}]: …`, or write `\\[` for a plain bracket"),
            );
        }
        if self.out.ends_with('[')
            && let Some(name) = text.strip_prefix('^')
            && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
            && !name.is_empty()
        {
            self.note = Some(name.to_owned());
        }
    }

    fn text(&mut self, text: &str) {
        self.pieces(text, Self::plain_text);
    }

    /// Typesets the formulas of `text` and gives what stands between them to `write`.
    pub(super) fn pieces(&mut self, text: &str, write: impl Fn(&mut Self, &str)) {
        if self.source.formulas.is_empty() {
            return write(self, text);
        }
        if self.open.is_verbatim() {
            let text = self.source.restore(text).into_owned();
            return write(self, &text);
        }
        let formulas = std::mem::take(&mut self.source.formulas);
        for piece in math::pieces(text, &formulas) {
            match piece {
                Piece::Text(text) => write(self, text),
                Piece::Formula(formula) => self.formula(formula),
            }
        }
        self.source.formulas = formulas;
    }

    fn plain_text(&mut self, text: &str) {
        escape::text(text, &mut self.out);
        self.collect_text(text);
    }

    /// Takes note of text that a reader sees.
    pub(super) fn collect_text(&mut self, text: &str) {
        if let Some(anchor) = &mut self.anchor {
            anchor.content.push_str(text);
        }
        self.reading_text(text);
    }

    /// The same, for white space that is no part of an id.
    pub(super) fn reading_text(&mut self, text: &str) {
        match &mut self.anchor {
            Some(anchor) => push_collapsed(&mut anchor.title, text),
            None => self.reading.text(text),
        }
    }

    fn formula(&mut self, formula: &Formula) {
        let made = self.maker.formula(&formula.tex, formula.display);
        self.out.push_str("<span class=\"math math-");
        self.out.push_str(if formula.display { "display\"" } else { "inline\"" });
        match made {
            Some(html) => {
                self.out.push('>');
                self.out.push_str(&html);
            }
            None => {
                self.rendered.needs_math = true;
                self.out.push_str(" data-tex>");
                escape::text(&formula.tex, &mut self.out);
            }
        }
        self.out.push_str("</span>");
        if let Some(anchor) = &mut self.anchor {
            anchor.content.push_str(&formula.tex);
        }
        let dollars = if formula.display { "$$" } else { "$" };
        for text in [dollars, &formula.tex, dollars] {
            self.reading_text(text);
        }
    }

    fn start<'e>(&mut self, tag: Tag<'e>, events: &mut Events<'e>, around: &Definitions) {
        if is_block(&tag) {
            self.close_foreign();
        }
        match tag {
            Tag::HtmlBlock => return self.html_block(events, around),
            Tag::CodeBlock(kind) => return self.code_block(kind, events, around),
            Tag::Image { dest_url, title, .. } => return self.image(&dest_url, &title, events),
            Tag::FootnoteDefinition(name) => return self.footnote(&name, events),
            Tag::MetadataBlock(_) => return skip(events),
            Tag::Paragraph if self.bare => {}
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { id, classes, attrs, .. } => {
                let mut attributes = String::new();
                for (name, value) in &attrs {
                    push_attribute(&mut attributes, name, value.as_deref().unwrap_or_default());
                }
                if !classes.is_empty() {
                    push_attribute(&mut attributes, "class", &classes.join(" "));
                }
                self.open_anchor(id.map(|id| id.to_string()), attributes);
            }
            Tag::DefinitionListTitle => self.open_anchor(None, String::new()),
            Tag::BlockQuote(kind) => self.block_quote(kind),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(start)) => self.out.push_str(&format!("<ol start=\"{start}\">\n")),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::Item => self.out.push_str("<li>"),
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => {
                self.table = Table { alignments, ..Table::default() };
                self.out.push_str("<div class=\"table-wrapper\" tabindex=\"0\" role=\"group\">\n<table>\n");
            }
            Tag::TableHead => self.out.push_str("<thead>\n<tr>"),
            Tag::TableRow => {
                self.table.column = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => self.link(link_type, &dest_url, &title),
        }
        self.open.enter();
    }

    fn end(&mut self, tag: TagEnd) {
        self.close_raw();
        self.open.leave();
        match tag {
            TagEnd::Paragraph if self.bare => {}
            TagEnd::Paragraph => {
                let before = self.out.len();
                self.out.push_str("</p>\n");
                self.paragraph = (before, self.out.len());
                self.reading.end_line();
            }
            TagEnd::Heading(level) => self.close_anchor(Some(level)),
            TagEnd::DefinitionListTitle => self.close_anchor(None),
            TagEnd::BlockQuote(_) => self.out.push_str("</blockquote>\n"),
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => {
                self.out.push_str("</li>\n");
                self.reading.end_line();
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListDefinition => {
                self.out.push_str("</dd>\n");
                self.reading.end_line();
            }
            TagEnd::Table => self.out.push_str("</tbody>\n</table>\n</div>\n"),
            TagEnd::TableHead => {
                self.table.body = true;
                self.out.push_str("</tr>\n</thead>\n<tbody>\n");
                self.reading.end_line();
            }
            TagEnd::TableRow => {
                self.out.push_str("</tr>\n");
                self.reading.end_line();
            }
            TagEnd::TableCell => {
                self.out.push_str(if self.table.body { "</td>" } else { "</th>" });
                self.table.column += 1;
                self.reading.end_cell();
            }
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Link => self.out.push_str("</a>"),
            // Read to their end where they begin.
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn open_cell(&mut self) {
        self.out.push_str(if self.table.body { "<td" } else { "<th" });
        let style = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " style=\"text-align: left\"",
            Some(Alignment::Center) => " style=\"text-align: center\"",
            Some(Alignment::Right) => " style=\"text-align: right\"",
            Some(Alignment::None) | None => "",
        };
        self.out.push_str(style);
        self.out.push('>');
    }

    fn block_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let (name, phrase) = match kind {
            None => return self.out.push_str("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", Phrase::AlertNote),
            Some(BlockQuoteKind::Tip) => ("tip", Phrase::AlertTip),
            Some(BlockQuoteKind::Important) => ("important", Phrase::AlertImportant),
            Some(BlockQuoteKind::Warning) => ("warning", Phrase::AlertWarning),
            Some(BlockQuoteKind::Caution) => ("caution", Phrase::AlertCaution),
        };
        let title = say(self.page.language, phrase);
        for text in [
            "<blockquote class=\"blockquote-tag blockquote-tag-",
            name,
            "\">\n<p class=\"blockquote-tag-title\">",
            title,
            "</p>\n",
        ] {
            self.out.push_str(text);
        }
        self.reading.text(title);
        self.reading.end_line();
    }

    fn link(&mut self, kind: LinkType, target: &str, title: &str) {
        let target = self.source.restore(target);
        let target = if kind == LinkType::Email { format!("mailto:{target}").into() } else { target };
        self.out.push_str("<a");
        push_attribute(&mut self.out, "href", &page_address(&target));
        if !title.is_empty() {
            push_attribute(&mut self.out, "title", &self.source.restore(title));
        }
        self.out.push('>');
        let (target, line) = (target.into_owned(), self.line());
        self.rendered.links.push(Link { target, line, kind: LinkKind::Page });
        self.links_seen += 1;
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::DefinitionList
            | Tag::Table(_)
    )
}

/// What mdBook asks of the parser, which is what this reader does too.
pub(crate) fn parser_options(options: &RenderOptions) -> Options {
    let mut chosen = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    chosen.set(Options::ENABLE_SMART_PUNCTUATION, options.smart_punctuation);
    chosen.set(Options::ENABLE_DEFINITION_LIST, options.definition_lists);
    chosen.set(Options::ENABLE_GFM, options.admonitions);
    chosen
}

/// Writes ` name="value"`.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape::attribute(value, out);
    out.push('"');
}

/// Passes over everything up to the end of the element that has just begun.
pub(super) fn skip(events: &mut Events<'_>) {
    let mut depth = 0_u32;
    for (event, _) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => return,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
}
