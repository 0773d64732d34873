//! Blocks of raw HTML, and those that never end.
//!
//! Markdown lets some blocks run to their own end mark: a comment to `-->`, a script to `</script>`. Where an
//! author forgot the mark, the rest of the chapter would be part of the block and be lost. Such a block ends
//! at its first blank line instead, and what follows is read as markdown.

use pulldown_cmark::Event;

use super::boxes::MOST_NESTED;
use super::references::Definitions;
use super::writer::{Events, Writer};

impl Writer<'_> {
    /// Writes the block that has just begun.
    pub(super) fn html_block<'e>(&mut self, events: &mut Events<'e>, around: &Definitions) {
        let line = self.line();
        let mut html = String::new();
        for (event, _) in events.by_ref() {
            match event {
                Event::Html(text) | Event::Text(text) => html.push_str(&text),
                _ => break,
            }
        }
        let end = if self.nesting < MOST_NESTED { runaway(&html) } else { None };
        let open = self.open.len();
        let (block, rest) = html.split_at(end.unwrap_or(html.len()));
        self.raw_html(block, line, false);
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.reading.end_line();
        if end.is_none() {
            return;
        }
        self.close_down_to(open);
        self.find(
            line,
            "endless-html",
            "this block of HTML never ends, so it was ended at the next blank line",
            "write the `-->`, `?>` or end tag that belongs to it",
        );
        let lines = block.bytes().filter(|byte| *byte == b'\n').count() as u32;
        let definitions = Definitions::visible(events.reference_definitions(), &self.source.notes, around);
        let rest = self.source.restore(rest).into_owned();
        self.nesting += 1;
        self.read(&rest, line + lines - 1, &definitions);
        self.nesting -= 1;
    }
}

/// Where a block without its end mark has its first blank line; `None` for any other block.
fn runaway(html: &str) -> Option<usize> {
    let text = html.trim_start();
    let ends: &[&str] = if text.starts_with("<!--") {
        &["-->"]
    } else if text.starts_with("<?") {
        &["?>"]
    } else if text.starts_with("<![CDATA[") {
        &["]]>"]
    } else {
        let name = text.strip_prefix('<')?;
        let end = name.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        // Markdown takes any of these ends for any of these blocks.
        match name.as_str() {
            "script" | "pre" | "style" | "textarea" => &["</script>", "</pre>", "</style>", "</textarea>"],
            _ => return None,
        }
    };
    let lower = html.to_ascii_lowercase();
    if ends.iter().any(|end| lower.contains(end)) {
        return None;
    }
    let mut at = 0;
    for line in html.split_inclusive('\n') {
        if at > 0 && line.trim().is_empty() {
            return Some(at);
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_blocks_without_their_end_run_away() {
        assert_eq!(runaway("<!-- a\n\nb -->\n"), None);
        assert_eq!(runaway("<SCRIPT>\n\n</Script>\n"), None);
        assert_eq!(runaway("<div>\n\n"), None);
        assert_eq!(runaway("<prefix>\n\n"), None);
        assert_eq!(runaway("<!-- a\nb"), None);
        assert_eq!(runaway("<!-- a\n\nb"), Some(7));
        assert_eq!(runaway("  <pre class='x'>a\n \nb"), Some(19));
    }
}
