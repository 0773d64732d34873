//! Fenced blocks: listings, diagrams and admonitions.

use pulldown_cmark::{CodeBlockKind, Event};

use super::references::Definitions;
use super::writer::{Events, Writer, push_attribute};
use super::{admonition, escape, id_from_content, listing};

/// Markdown inside markdown goes no deeper, so that hostile text cannot exhaust the stack.
pub(super) const MOST_NESTED: u32 = 16;

impl Writer<'_> {
    pub(super) fn code_block<'e>(
        &mut self,
        kind: CodeBlockKind<'e>,
        events: &mut Events<'e>,
        around: &Definitions,
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
            let definitions =
                Definitions::visible(events.reference_definitions(), &self.source.notes, around);
            return self.admonition(settings, &code, line, &definitions);
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
                let title = id_from_content(&settings.title);
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
}
