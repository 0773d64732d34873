//! Turns the parser's events into a page.

use std::collections::BTreeMap;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, BrokenLink, BrokenLinkCallback, CodeBlockKind, CowStr, Event, HeadingLevel,
    LinkType, OffsetIter, Options, Parser, Tag, TagEnd,
};

use super::footnotes::{Footnotes, Text};
use super::ids::Ids;
use super::lines::Lines;
use super::links::page_address;
use super::math::{self, Formula, Piece};
use super::reading::{Reading, push_collapsed};
use super::{Finding, Heading, Link, LinkKind, Maker, Page, Rendered, admonition, escape, listing, raw};
use crate::diagnostic::Severity;
use crate::phrases::{Phrase, say};
use crate::wire::RenderOptions;

type Events<'e> = OffsetIter<'e, References<'e>>;

/// One page in the making.
pub(super) struct Writer<'a> {
    pub(super) out: String,
    pub(super) rendered: Rendered,
    pub(super) ids: Ids,
    pub(super) open: raw::Open,
    pub(super) source: Source,
    /// Links so far; a heading with one cannot be a link itself.
    pub(super) links_seen: usize,
    page: &'a Page<'a>,
    options: &'a RenderOptions,
    maker: &'a dyn Maker,
    reading: Reading,
    footnotes: Footnotes,
    /// Footnote texts that are being written: the page around each, and its name and line.
    outer: Vec<(String, String, u32)>,
    anchor: Option<Anchor>,
    table: Table,
    /// Where the last paragraph's `</p>` begins and what follows it.
    paragraph: (usize, usize),
    /// Where the last footnote reference ended.
    reference: usize,
    /// Paragraph tags are left out: a title is being written.
    bare: bool,
    /// Admonitions around the current place.
    nesting: u32,
}

/// The markdown that is being read.
#[derive(Default)]
pub(super) struct Source {
    lines: Lines,
    formulas: Vec<Formula>,
    at: usize,
}

impl Source {
    /// `text` as the author wrote it, formulas included.
    pub(super) fn restore<'t>(&self, text: &'t str) -> std::borrow::Cow<'t, str> {
        math::restore(text, &self.formulas)
    }
}

/// A heading or term that is open.
struct Anchor {
    start: usize,
    links: usize,
    /// Text as mdBook makes an id of it.
    content: String,
    /// Text as the outline shows it.
    title: String,
    id: Option<String>,
    attributes: String,
    line: u32,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    body: bool,
}

/// Definitions of the page around an admonition, for links inside it.
type Definitions = BTreeMap<String, (String, String)>;

/// Answers for references that the markdown at hand does not define.
struct References<'d>(&'d Definitions);

impl<'e> BrokenLinkCallback<'e> for References<'e> {
    fn handle_broken_link(&mut self, link: BrokenLink<'e>) -> Option<(CowStr<'e>, CowStr<'e>)> {
        let (target, title) = self.0.get(&link.reference.to_lowercase())?;
        Some((target.as_str().into(), title.as_str().into()))
    }
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
            bare: false,
            nesting: 0,
        }
    }

    pub(super) fn render(mut self, markdown: &str) -> Rendered {
        self.out.reserve(markdown.len() + markdown.len() / 2);
        self.read(markdown, 0, &Definitions::new());
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
    fn read(&mut self, markdown: &str, lines_before: u32, around: &Definitions) {
        let marked = math::mark(markdown, self.options.math);
        let lines = Lines::new(&marked.text, lines_before + 1, marked.folded);
        let inner = Source { lines, formulas: marked.formulas, at: 0 };
        let outer = std::mem::replace(&mut self.source, inner);
        let parser = Parser::new_with_broken_link_callback(
            &marked.text,
            options(self.options),
            Some(References(around)),
        );
        let mut definitions = Definitions::new();
        if marked.text.contains("admonish") {
            definitions.clone_from(around);
            definitions.extend(parser.reference_definitions().iter().map(|(label, definition)| {
                let title = definition.title.as_deref().unwrap_or_default();
                (label.to_lowercase(), (definition.dest.to_string(), title.to_owned()))
            }));
        }
        let mut events = parser.into_offset_iter();
        while let Some((event, range)) = events.next() {
            self.source.at = range.start;
            self.event(event, &mut events, &definitions);
        }
        self.source = outer;
    }

    /// The line that is being read.
    fn line(&self) -> u32 {
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

    fn event<'e>(&mut self, event: Event<'e>, events: &mut Events<'e>, definitions: &Definitions) {
        match event {
            Event::Start(tag) => self.start(tag, events, definitions),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
                let code = self.source.restore(&code).into_owned();
                self.out.push_str("<code>");
                escape::text(&code, &mut self.out);
                self.out.push_str("</code>");
                self.collect_text(&code);
            }
            Event::InlineHtml(html) => self.raw_html(&html, self.source.at, true),
            Event::Html(html) => self.raw_html(&html, self.source.at, false),
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

    fn text(&mut self, text: &str) {
        if self.source.formulas.is_empty() {
            return self.plain_text(text);
        }
        let formulas = std::mem::take(&mut self.source.formulas);
        for piece in math::pieces(text, &formulas) {
            match piece {
                Piece::Text(text) => self.plain_text(text),
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

    fn start<'e>(&mut self, tag: Tag<'e>, events: &mut Events<'e>, definitions: &Definitions) {
        match tag {
            Tag::HtmlBlock => return self.html_block(events),
            Tag::CodeBlock(kind) => return self.code_block(kind, events, definitions),
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

    fn image(&mut self, target: &str, title: &str, events: &mut Events<'_>) {
        let target = self.source.restore(target).into_owned();
        let line = self.line();
        let alternative = alternative_text(events);
        self.out.push_str("<img");
        push_attribute(&mut self.out, "src", &page_address(&target));
        push_attribute(&mut self.out, "alt", &self.source.restore(&alternative));
        if !title.is_empty() {
            push_attribute(&mut self.out, "title", &self.source.restore(title));
        }
        self.out.push_str(" loading=\"lazy\" decoding=\"async\">");
        self.rendered.links.push(Link { target, line, kind: LinkKind::Image });
    }

    fn html_block(&mut self, events: &mut Events<'_>) {
        let start = self.source.at;
        let mut html = String::new();
        for (event, _) in events.by_ref() {
            match event {
                Event::Html(text) | Event::Text(text) => html.push_str(&text),
                _ => break,
            }
        }
        self.raw_html(&html, start, false);
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.reading.end_line();
    }

    fn code_block<'e>(
        &mut self,
        kind: CodeBlockKind<'e>,
        events: &mut Events<'e>,
        definitions: &Definitions,
    ) {
        let line = self.line();
        let mut code = String::new();
        for (event, _) in events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                _ => break,
            }
        }
        let code = self.source.restore(&code);
        let info = match &kind {
            CodeBlockKind::Fenced(info) => self.source.restore(info),
            CodeBlockKind::Indented => "".into(),
        };
        if let Some(settings) = admonition::parse(&info)
            && self.nesting < MOST_NESTED
        {
            return self.admonition(settings, &code, line, definitions);
        }
        if info.split([' ', '\t', ',']).next() == Some("mermaid") {
            return self.diagram(&code);
        }
        let shown = listing::write(&info, &code, self.options, &mut self.out);
        self.reading.code(&shown);
    }

    fn diagram(&mut self, source: &str) {
        match self.maker.diagram(source) {
            Some(svg) => {
                self.out.push_str("<figure class=\"mermaid\">");
                self.out.push_str(&svg);
                self.out.push_str("</figure>\n");
            }
            None => {
                self.rendered.needs_math = true;
                self.out.push_str("<pre class=\"mermaid\">");
                escape::text(source, &mut self.out);
                self.out.push_str("</pre>\n");
            }
        }
        self.reading.code(source);
    }

    fn admonition(
        &mut self,
        settings: admonition::Admonition,
        body: &str,
        line: u32,
        definitions: &Definitions,
    ) {
        if let Some(trouble) = settings.trouble {
            self.find(
                line,
                "admonition-settings",
                format!("in the settings of this admonition, {trouble}"),
                "write the kind first, then `key=\"value\"` pairs; kinds are listed in mdbook-admonish's book",
            );
        }
        let id = match settings.id {
            Some(id) => {
                if !self.ids.claim(&id) {
                    self.duplicate_id(&id, line);
                }
                id
            }
            None => {
                let title = super::id_from_content(&settings.title);
                let name = if title.is_empty() { "default" } else { &title };
                self.ids.unique(&format!("admonition-{name}"))
            }
        };
        let (element, title_element) =
            if settings.collapsible { ("details", "summary") } else { ("div", "div") };
        self.out.push('<');
        self.out.push_str(element);
        push_attribute(&mut self.out, "id", &id);
        let mut classes = format!("admonition admonish-{}", settings.kind);
        for class in &settings.classes {
            classes.push(' ');
            classes.push_str(class);
        }
        push_attribute(&mut self.out, "class", &classes);
        if !settings.collapsible {
            self.out.push_str(" role=\"note\"");
        }
        let title_id = format!("{id}-title");
        if !settings.title.is_empty() && !settings.collapsible {
            push_attribute(&mut self.out, "aria-labelledby", &title_id);
        }
        self.out.push_str(">\n");
        self.open.enter();
        self.nesting += 1;
        if !settings.title.is_empty() {
            self.out.push_str(&format!("<{title_element} class=\"admonition-title\"><div"));
            push_attribute(&mut self.out, "id", &title_id);
            self.out.push('>');
            self.bare = true;
            self.read(&settings.title, line.saturating_sub(1), definitions);
            self.bare = false;
            self.close_raw();
            self.out.push_str(&format!("</div></{title_element}>\n"));
            self.reading.end_line();
        }
        self.out.push_str("<div>\n");
        self.read(body, line, definitions);
        self.close_raw();
        self.out.push_str("</div>\n</");
        self.out.push_str(element);
        self.out.push_str(">\n");
        self.nesting -= 1;
        self.open.leave();
        self.rendered.ids.push((id, line));
    }

    fn footnote_reference(&mut self, name: &str) {
        if self.reference == self.out.len() {
            self.out.push(' ');
        }
        let number = self.footnotes.refer(name, &mut self.ids, &mut self.out);
        self.reference = self.out.len();
        self.links_seen += 1;
        if let Some(anchor) = &mut self.anchor {
            anchor.content.push_str(&number.to_string());
        }
    }

    fn footnote(&mut self, name: &str, events: &mut Events<'_>) {
        let line = self.line();
        let known = self.footnotes.is_defined(name) || self.outer.iter().any(|(_, open, _)| open == name);
        if known {
            self.find(
                line,
                "duplicate-footnote",
                format!("the footnote `{name}` is defined a second time; this text is not shown"),
                "rename it, or join the two",
            );
            return skip(events);
        }
        self.outer.push((std::mem::take(&mut self.out), name.to_owned(), line));
        self.paragraph = (0, 0);
        self.open.enter();
    }

    fn end_footnote(&mut self) {
        let Some((page, name, line)) = self.outer.pop() else { return };
        let html = std::mem::replace(&mut self.out, page);
        let (before, after) = self.paragraph;
        // In the note's last paragraph, not on a line of its own.
        let back = if after == html.len() && after > 0 { before } else { html.len() };
        self.footnotes.define(name, Text { html, back, line });
        self.reading.end_line();
    }

    fn open_anchor(&mut self, id: Option<String>, attributes: String) {
        self.anchor = Some(Anchor {
            start: self.out.len(),
            links: self.links_seen,
            content: String::new(),
            title: String::new(),
            id,
            attributes,
            line: self.line(),
        });
    }

    /// Writes the start tag of a heading or term, for which its text had to be known, and its end.
    fn close_anchor(&mut self, level: Option<HeadingLevel>) {
        let Some(anchor) = self.anchor.take() else { return };
        let title = anchor.title.trim().to_owned();
        let id = match anchor.id {
            Some(id) => {
                let free = self.ids.unique(&id);
                if free != id {
                    self.duplicate_id(&id, anchor.line);
                }
                free
            }
            None => self.ids.heading(&anchor.content),
        };
        let name = level.map_or_else(|| "dt".to_owned(), |level| level.to_string());
        let mut start = format!("<{name}");
        push_attribute(&mut start, "id", &id);
        start.push_str(&anchor.attributes);
        start.push_str("><a class=\"header\"");
        push_attribute(&mut start, "href", &format!("#{id}"));
        // Links cannot hold links: then the way to the heading stands before its text.
        let apart = self.links_seen != anchor.links;
        if apart {
            push_attribute(&mut start, "aria-labelledby", &id);
            start.push_str("></a>");
        } else {
            start.push('>');
        }
        self.out.insert_str(anchor.start, &start);
        self.out.push_str(if apart { "</" } else { "</a></" });
        self.out.push_str(&name);
        self.out.push_str(">\n");

        match level {
            Some(level) => {
                self.reading.heading(level as u8, &title, &id, anchor.line);
                let heading = Heading { level: level as u8, id: id.clone(), text: title, line: anchor.line };
                self.rendered.headings.push(heading);
            }
            None => {
                self.reading.text(&title);
                self.reading.end_line();
            }
        }
        self.rendered.ids.push((id, anchor.line));
    }
}

/// Deeper admonitions are shown as code, so that hostile text cannot exhaust the stack.
const MOST_NESTED: u32 = 16;

/// What mdBook asks of the parser, which is what this reader does too.
fn options(options: &RenderOptions) -> Options {
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

fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape::attribute(value, out);
    out.push('"');
}

/// Passes over everything up to the end of the element that has just begun.
fn skip(events: &mut Events<'_>) {
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

/// The text of an image, up to its end.
fn alternative_text(events: &mut Events<'_>) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for (event, _) in events {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) if depth == 0 => break,
            Event::End(_) => depth -= 1,
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::Rule => out.push(' '),
            _ => {}
        }
    }
    out
}
