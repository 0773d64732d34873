//! HTML that authors write among their markdown, kept as it is but always balanced.

use std::borrow::Cow;

use super::elements::{ends_before, ends_foreign, is_misplaced, is_void, may_stay_open, reads_no_tags};
use super::links::page_address;
use super::tokens::{StartTag, Token, Tokens};
use super::writer::Writer;
use super::{Link, LinkKind};

/// Raw elements that are open, innermost last.
#[derive(Default)]
pub(super) struct Open {
    elements: Vec<Element>,
    /// How many markdown elements are open around the current place.
    depth: u32,
}

struct Element {
    name: String,
    /// Depth at which it was opened; it cannot outlive the markdown element there.
    depth: u32,
    line: u32,
    /// For what may turn out to be an icon: where its start tag ends.
    icon: Option<usize>,
}

impl Open {
    /// A markdown element begins.
    pub(super) fn enter(&mut self) {
        self.depth += 1;
    }

    /// A markdown element has ended; its raw elements must be closed by now.
    pub(super) fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// The raw elements inside the current markdown element, innermost first.
    fn inside(&self) -> impl Iterator<Item = &Element> {
        self.elements.iter().rev().take_while(|element| element.depth == self.depth)
    }

    /// Whether what follows is a script or a style sheet.
    fn is_code(&self) -> bool {
        let code = |element: &Element| matches!(&*element.name, "script" | "style");
        self.elements.last().is_some_and(code) && !self.is_foreign()
    }

    /// Whether a `<name>` would be read as text here.
    fn is_text_for(&self, name: &str) -> bool {
        let by = |open: &str| reads_no_tags(open) || (open == "noscript" && name == "noscript");
        self.elements.iter().any(|element| by(&element.name))
    }

    /// Whether text here is shown as it is, dollars and all.
    pub(super) fn is_verbatim(&self) -> bool {
        self.elements
            .iter()
            .any(|element| matches!(&*element.name, "pre" | "code") || reads_no_tags(&element.name))
    }

    /// How many raw elements are open.
    pub(super) fn len(&self) -> usize {
        self.elements.len()
    }

    /// Whether HTML's own elements are not meant here: inside a drawing or formula, but not in a part of it
    /// that is made for HTML.
    fn is_foreign(&self) -> bool {
        let within = self.elements.iter().rev().find(|element| {
            matches!(&*element.name, "svg" | "math" | "foreignobject" | "desc" | "title" | "annotation-xml")
        });
        within.is_some_and(|element| matches!(&*element.name, "svg" | "math"))
    }
}

impl Writer<'_> {
    /// Writes raw HTML that begins at `line`; `inline` tells a tag in a paragraph.
    pub(super) fn raw_html(&mut self, html: &str, mut line: u32, inline: bool) {
        let mut counted = 0;
        for (at, token) in Tokens::new(html) {
            line += html[counted..at].bytes().filter(|byte| *byte == b'\n').count() as u32;
            counted = at;
            match token {
                Token::Text(text) => self.raw_text(text),
                Token::Verbatim(text) if self.open.is_code() => self.raw_code(text),
                // In a drawing a style sheet is text like any other, and may be marked as such.
                Token::Verbatim(text) => {
                    self.raw_text(&text.replace("<![CDATA[", "").replace("]]>", ""));
                }
                // Inside a script, say, a tag is text; so is one whose name holds a formula.
                Token::Start(tag) if self.open.is_text_for(&tag.name) || self.source.marks_in(&tag) => {
                    self.raw_text(first_tag(&html[at..]));
                }
                Token::Start(tag) => self.raw_start(tag, line),
                Token::End(name) => self.raw_end(&name, line),
                Token::Unfinished(text) => {
                    self.find(
                        line,
                        "unfinished-tag",
                        format!("the tag `{}` never ends", first_line(&self.source.restore(text))),
                        "close its quotes and end it with `>`, or write `&lt;` for a plain `<`",
                    );
                    self.raw_text(text);
                }
                Token::Nothing => {}
            }
        }
        if !inline {
            self.close_verbatim();
        }
    }

    /// Writes a script or style sheet as it is.
    fn raw_code(&mut self, code: &str) {
        // After `<!-- <script>` browsers take the end tag for the inner script's.
        let code = match self.source.restore(code) {
            // A formula may have hidden an end tag from the tokenizer.
            Cow::Owned(code) => Cow::Owned(code.replace("</", "<\\/")),
            code => code,
        };
        if code.contains("<!--") && code.to_ascii_lowercase().contains("<script") {
            self.out.push_str(&code.replace("<!--", "<\\!--"));
        } else {
            self.out.push_str(&code);
        }
    }

    /// Writes text among raw tags, formulas in it typeset.
    fn raw_text(&mut self, text: &str) {
        self.pieces(text, |writer, text| {
            let mut rest = text;
            while let Some(at) = rest.find('<') {
                writer.out.push_str(&rest[..at]);
                writer.out.push_str("&lt;");
                rest = &rest[at + 1..];
            }
            writer.out.push_str(rest);
            let plain = plain(text);
            writer.collect_text(&plain);
        });
    }

    fn raw_start(&mut self, tag: StartTag<'_>, line: u32) {
        if is_misplaced(&tag.name) {
            self.find(
                line,
                "misplaced-tag",
                format!("`<{}>` has no place inside a chapter and was dropped", tag.name),
                "remove it",
            );
            return;
        }
        if ends_foreign(&tag.name) {
            self.close_foreign();
        }
        let foreign = self.open.is_foreign();
        if !foreign {
            self.close_implied(&tag.name);
        }
        self.note_links(&tag, line);
        self.out.push('<');
        self.out.push_str(&tag.name);
        self.raw_attributes(&tag, line);
        let void = is_void(&tag.name);
        if foreign && tag.self_closing && !void {
            self.out.push_str("/>");
            return;
        }
        self.out.push('>');
        if void {
            if matches!(&*tag.name, "br" | "hr") {
                self.reading_text(" ");
            }
        } else if tag.self_closing {
            // Browsers ignore the slash and would leave the element open.
            self.out.push_str("</");
            self.out.push_str(&tag.name);
            self.out.push('>');
        } else {
            let depth = self.open.depth;
            let icon = is_icon(&tag).then_some(self.out.len());
            let quiz = (tag.name == "lectern-quiz").then(|| tag.get("data-quiz").map(plain)).flatten();
            self.open.elements.push(Element { name: tag.name.into_owned(), depth, line, icon });
            if let Some(html) = quiz.and_then(|path| self.maker.quiz(&path, self.page, self.options)) {
                self.out.push('\n');
                self.out.push_str(&html);
            }
        }
    }

    /// Writes the attributes: links to chapters led to their pages, an id only where it is the first.
    fn raw_attributes(&mut self, tag: &StartTag<'_>, line: u32) {
        for attribute in &tag.attributes {
            let value = attribute.value.unwrap_or_default();
            let is = |name: &str| attribute.name.eq_ignore_ascii_case(name);
            if is("id") && !value.is_empty() {
                if !self.ids.claim(value) {
                    self.duplicate_id(value, line);
                    continue;
                }
                self.rendered.ids.push((value.to_owned(), line));
            } else if is("name") && tag.name == "a" && !value.is_empty() {
                self.rendered.ids.push((value.to_owned(), line));
            }
            self.out.push(' ');
            self.out.push_str(attribute.name);
            if attribute.value.is_none() {
                continue;
            }
            let value = self.source.restore(value);
            let value = if tag.name == "a" && (is("href") || is("xlink:href")) {
                page_address(&value).into_owned()
            } else {
                value.into_owned()
            };
            self.out.push('=');
            self.out.push(attribute.quote);
            // Unquoted values may hold quotes; quoted ones hold none of their own kind.
            self.out.push_str(&value.replace(attribute.quote, "&quot;"));
            self.out.push(attribute.quote);
        }
        if tag.name == "img" {
            if tag.get("width").or(tag.get("height")).is_none() {
                self.image_size(&plain(tag.get("src").unwrap_or_default()));
            }
            if tag.get("loading").is_none() {
                self.image_loading();
            }
        }
    }

    fn note_links(&mut self, tag: &StartTag<'_>, line: u32) {
        let (name, kind) = match &*tag.name {
            "a" | "area" => ("href", LinkKind::Html),
            "img" => ("src", LinkKind::Image),
            "video" | "audio" | "source" | "iframe" | "embed" | "track" => ("src", LinkKind::Html),
            _ => return,
        };
        if let Some(target) = tag.get(name) {
            let target = plain(&self.source.restore(target));
            self.rendered.links.push(Link { target, line, kind });
            self.links_seen += 1;
        }
    }

    fn raw_end(&mut self, name: &str, line: u32) {
        let Some(above) = self.open.inside().position(|element| element.name == name) else {
            if !is_void(name) {
                self.find(
                    line,
                    "stray-end-tag",
                    format!("`</{name}>` closes nothing and was dropped"),
                    format!("remove it, or put `<{name}>` before it in the same paragraph, item or cell"),
                );
            }
            return;
        };
        for left in (0..=above).rev() {
            self.close_innermost(left == 0);
        }
    }

    /// Closes what is still open in the markdown element that ends here.
    pub(super) fn close_raw(&mut self) {
        while self.open.inside().next().is_some() {
            self.close_innermost(false);
        }
    }

    /// Closes the innermost elements until `count` are left.
    pub(super) fn close_down_to(&mut self, count: usize) {
        while self.open.len() > count {
            self.close_innermost(false);
        }
    }

    /// Closes drawings and formulas that HTML begins in, as browsers do.
    pub(super) fn close_foreign(&mut self) {
        let drawing = |element: &Element| matches!(&*element.name, "svg" | "math");
        while self.open.is_foreign() && self.open.inside().any(drawing) {
            self.close_innermost(false);
        }
    }

    /// Closes elements that would hide what comes after them.
    fn close_verbatim(&mut self) {
        let hides = |name: &str| reads_no_tags(name) || matches!(name, "select" | "noscript");
        while self.open.inside().any(|element| hides(&element.name)) {
            self.close_innermost(false);
        }
    }

    /// Closes elements whose end tag may be left out before a `<name>`.
    fn close_implied(&mut self, name: &str) {
        while self.open.inside().next().is_some_and(|element| ends_before(&element.name, name)) {
            self.close_innermost(true);
        }
    }

    /// `by_author`: the author closed it, or did not have to.
    fn close_innermost(&mut self, by_author: bool) {
        let Some(element) = self.open.elements.pop() else { return };
        if element.icon == Some(self.out.len()) {
            // An icon with text in it would be hidden from those who hear the page.
            self.out.insert_str(self.out.len() - 1, " aria-hidden=\"true\"");
        }
        self.out.push_str("</");
        self.out.push_str(&element.name);
        self.out.push('>');
        if !by_author && !may_stay_open(&element.name) {
            self.find(
                element.line,
                "unclosed-tag",
                format!("`<{0}>` has no `</{0}>`", element.name),
                "close it in the paragraph, item, cell or quote in which it was opened",
            );
        }
    }
}

/// `<i class="fa fa-…">`, as Font Awesome has authors write it.
fn is_icon(tag: &StartTag<'_>) -> bool {
    tag.name == "i"
        && tag.get("aria-hidden").is_none()
        && tag.get("class").is_some_and(|class| class.split(' ').any(|it| it.starts_with("fa-")))
}

/// The tag that `html` begins with, as written.
fn first_tag(html: &str) -> &str {
    let end = Tokens::new(html).nth(1).map_or(html.len(), |(end, _)| end);
    &html[..end]
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// Text of HTML with the entities that authors write decoded.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((name, letter)) = entity(rest) else {
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        out.push(letter);
        rest = &rest[name..];
    }
    out + rest
}

/// The entity that `text` begins with: its length and its character.
fn entity(text: &str) -> Option<(usize, char)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "copy" => '©',
        "times" => '×',
        "rarr" => '→',
        "larr" => '←',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(number) => u32::from_str_radix(number, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((end + 1, letter))
}
