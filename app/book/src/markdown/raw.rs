//! HTML that authors write among their markdown, kept as it is but always balanced.

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

    /// Whether a raw element of this name is open anywhere.
    pub(super) fn has(&self, name: &str) -> bool {
        self.elements.iter().any(|element| element.name == name)
    }

    /// Whether what follows is a script or a style sheet.
    fn is_code(&self) -> bool {
        self.elements.last().is_some_and(|element| matches!(&*element.name, "script" | "style"))
    }

    fn is_foreign(&self) -> bool {
        self.has("svg") || self.has("math")
    }
}

impl Writer<'_> {
    /// Writes raw HTML; `offset` is where it begins in the markdown, `inline` tells a tag in a paragraph.
    pub(super) fn raw_html(&mut self, html: &str, offset: usize, inline: bool) {
        for (at, token) in Tokens::new(html) {
            let line = self.line_at(offset + at);
            match token {
                Token::Text(text) => self.raw_text(text),
                Token::Verbatim(text) if self.open.is_code() => self.out.push_str(text),
                Token::Verbatim(text) => self.raw_text(text),
                // Inside a script, say, a tag is text.
                Token::Start(_) if self.open.elements.iter().any(|element| reads_no_tags(&element.name)) => {
                    self.raw_text(first_tag(&html[at..]));
                }
                Token::Start(tag) => self.raw_start(tag, line),
                Token::End(name) => self.raw_end(&name, line),
                Token::Unfinished(text) => {
                    self.find(
                        line,
                        "unfinished-tag",
                        format!("the tag `{}` never ends", first_line(text)),
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

    fn raw_text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find('<') {
            self.out.push_str(&rest[..at]);
            self.out.push_str("&lt;");
            rest = &rest[at + 1..];
        }
        self.out.push_str(rest);
        let plain = plain(text);
        self.collect_text(&plain);
    }

    fn raw_start(&mut self, tag: StartTag<'_>, line: u32) {
        let foreign = self.open.is_foreign();
        if !foreign {
            if matches!(&*tag.name, "html" | "head" | "body" | "frameset" | "frame" | "plaintext") {
                self.find(
                    line,
                    "misplaced-tag",
                    format!("`<{}>` has no place inside a chapter and was dropped", tag.name),
                    "remove it",
                );
                return;
            }
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
            self.open.elements.push(Element { name: tag.name.into_owned(), depth, line, icon });
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
            self.out.push_str(&self.source.restore(attribute.name));
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
        if tag.name == "img" && tag.get("loading").is_none() {
            self.out.push_str(" loading=\"lazy\" decoding=\"async\"");
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

    /// Closes elements that would take everything after them as their own text.
    fn close_verbatim(&mut self) {
        while self.open.inside().any(|element| reads_no_tags(&element.name) || element.name == "select") {
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

/// Elements whose end tag HTML lets authors leave out.
fn may_stay_open(name: &str) -> bool {
    matches!(
        name,
        "p" | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "thead"
            | "tbody"
            | "tfoot"
            | "option"
            | "optgroup"
            | "colgroup"
            | "caption"
            | "rt"
            | "rp"
    )
}

/// Whether an open element ends where a `<next>` begins.
fn ends_before(open: &str, next: &str) -> bool {
    match open {
        "p" => matches!(
            next,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "details"
                | "div"
                | "dl"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "header"
                | "hr"
                | "main"
                | "nav"
                | "ol"
                | "p"
                | "pre"
                | "section"
                | "table"
                | "ul"
        ),
        "li" => next == "li",
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        "td" | "th" => matches!(next, "td" | "th" | "tr" | "thead" | "tbody" | "tfoot"),
        "tr" => matches!(next, "tr" | "thead" | "tbody" | "tfoot"),
        "thead" | "tbody" | "tfoot" => matches!(next, "thead" | "tbody" | "tfoot"),
        "option" => matches!(next, "option" | "optgroup"),
        "rt" | "rp" => matches!(next, "rt" | "rp"),
        _ => false,
    }
}

/// Elements in which browsers read no tags but their own end.
fn reads_no_tags(name: &str) -> bool {
    matches!(name, "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes")
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

/// Elements that have no content and no end tag.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
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
