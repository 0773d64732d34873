//! Code blocks: their classes, lines that stay hidden, and colours.

use std::borrow::Cow;
use std::ops::Range;

use super::escape;
use crate::highlight::{tokens, write_token};
use crate::wire::RenderOptions;

/// Writes the block and returns its text as readers see it, without hidden lines.
///
/// `info` is what follows the fence: a language, then classes, separated by commas or white space.
pub(super) fn write(info: &str, code: &str, options: &RenderOptions, out: &mut String) -> String {
    let mut words = info.split([' ', '\t', ',']).filter(|word| !word.is_empty());
    let language = words.next();
    let classes: Vec<&str> = words.collect();
    let kind = Kind::of(language, &classes, options);

    let mut code = Cow::Borrowed(code);
    let playground = kind.playground && !code.is_empty();
    if playground && !(options.playground_editable && classes.contains(&"editable")) {
        code = with_main(&code).map_or(code, Cow::Owned);
    }
    let listing = match kind.marker {
        Some(Marker::Rust) if !code.is_empty() => hide_rust(&code),
        Some(Marker::Prefix(prefix)) => hide_prefixed(&code, prefix),
        _ => Listing { text: code.into_owned(), hidden: Vec::new() },
    };

    out.push_str(if playground {
        "<pre class=\"playground\" tabindex=\"0\"><code"
    } else {
        "<pre tabindex=\"0\"><code"
    });
    if let Some(language) = language {
        out.push_str(" class=\"language-");
        escape::attribute(language, out);
        for class in &classes {
            out.push(' ');
            escape::attribute(class, out);
        }
        let edition = options.rust_edition.as_deref().filter(|_| playground);
        if let Some(edition) = edition.filter(|_| !classes.iter().any(|class| class.starts_with("edition"))) {
            out.push_str(" edition");
            escape::attribute(edition, out);
        }
        out.push('"');
    }
    out.push('>');
    listing.write(language.unwrap_or_default(), out);
    out.push_str("</code></pre>\n");
    listing.shown()
}

/// What the words after a fence ask for.
struct Kind<'a> {
    playground: bool,
    marker: Option<Marker<'a>>,
}

enum Marker<'a> {
    Rust,
    Prefix(&'a str),
}

impl<'a> Kind<'a> {
    fn of(language: Option<&str>, classes: &[&'a str], options: &'a RenderOptions) -> Self {
        let has = |name: &str| classes.contains(&name);
        let rust = language == Some("rust");
        let runs = options.playground_runnable && !has("ignore") && !has("noplayground") && !has("noplaypen");
        let marker = if rust {
            Some(Marker::Rust)
        } else {
            let own = classes.iter().find_map(|class| class.strip_prefix("hidelines="));
            let configured = options.hidden_lines.get(language.unwrap_or_default());
            own.or(configured.map(String::as_str)).map(Marker::Prefix)
        };
        Self { playground: rust && (runs || has("mdbook-runnable")), marker }
    }
}

/// Code and the parts of it that are hidden at first.
#[derive(Default)]
struct Listing {
    text: String,
    hidden: Vec<Range<usize>>,
}

impl Listing {
    /// Adds a line from its pieces; hidden lines that follow each other become one part.
    fn push(&mut self, hidden: bool, pieces: [&str; 3]) {
        let start = self.text.len();
        pieces.into_iter().for_each(|piece| self.text.push_str(piece));
        if !hidden {
            return;
        }
        match self.hidden.last_mut() {
            Some(last) if last.end == start => last.end = self.text.len(),
            _ => self.hidden.push(start..self.text.len()),
        }
    }

    fn shown(mut self) -> String {
        for part in self.hidden.iter().rev() {
            self.text.replace_range(part.clone(), "");
        }
        self.text
    }

    /// Writes coloured code; a token that spans a hidden part's border is split there.
    fn write(&self, language: &str, out: &mut String) {
        let Some(tokens) = tokens(language, &self.text) else {
            return self.write_plain(out);
        };
        let mut borders = self.hidden.iter().flat_map(|part| [part.start, part.end]).peekable();
        let (mut at, mut hidden) = (0, false);
        for (class, mut token) in tokens {
            while let Some(border) = borders.next_if(|border| *border < at + token.len() || *border == at) {
                let (before, after) = token.split_at(border - at);
                if !before.is_empty() {
                    write_token(class, before, out);
                }
                hidden = !hidden;
                out.push_str(if hidden { BORING } else { "</span>" });
                (at, token) = (border, after);
            }
            if !token.is_empty() {
                write_token(class, token, out);
            }
            at += token.len();
        }
        if hidden {
            out.push_str("</span>");
        }
    }

    fn write_plain(&self, out: &mut String) {
        let mut at = 0;
        for part in &self.hidden {
            escape::text(&self.text[at..part.start], out);
            out.push_str(BORING);
            escape::text(&self.text[part.clone()], out);
            out.push_str("</span>");
            at = part.end;
        }
        escape::text(&self.text[at..], out);
    }
}

const BORING: &str = "<span class=\"boring\">";

/// Rust: a line that begins with `# ` is hidden, `##` stands for one `#`. The last line end is dropped.
fn hide_rust(code: &str) -> Listing {
    let mut listing = Listing::default();
    let mut lines = code.lines().peekable();
    while let Some(line) = lines.next() {
        let end = if lines.peek().is_some() { "\n" } else { "" };
        let rest = line.trim_start();
        let indent = &line[..line.len() - rest.len()];
        match rest.strip_prefix('#') {
            Some(rest) if rest.starts_with('#') => listing.push(false, [indent, rest, end]),
            Some("") => listing.push(true, [indent, "", end]),
            Some(rest) if rest.starts_with(' ') => listing.push(true, [indent, &rest[1..], end]),
            _ => listing.push(false, [line, end, ""]),
        }
    }
    listing
}

/// Other languages: a line that begins with `prefix` is hidden.
fn hide_prefixed(code: &str, prefix: &str) -> Listing {
    let mut listing = Listing::default();
    for line in code.lines() {
        let hidden = line.trim_start().starts_with(prefix).then(|| line.find(prefix)).flatten();
        match hidden {
            Some(at) => {
                listing.push(true, [&line[..at], &line[at + prefix.len()..], "\n"]);
            }
            None => listing.push(false, [line, "\n", ""]),
        }
    }
    listing
}

/// Rust code that has no `main`, with a hidden one around it, as rustdoc does; `None` where there is one.
fn with_main(code: &str) -> Option<String> {
    if code.contains("fn main") || code.contains("quick_main!") {
        return None;
    }
    let (attributes, body) = code.split_at(inner_attributes(code));
    let end = if body.is_empty() || body.ends_with('\n') { "" } else { "\n" };
    Some(["# #![allow(unused)]\n", attributes, "# fn main() {\n", body, end, "# }"].concat())
}

/// Length of the inner attributes (`#![…]`) that code begins with, white space between them included.
fn inner_attributes(code: &str) -> usize {
    let mut at = 0;
    while at == 0 || code[..at].ends_with('\n') {
        let rest = &code[at..];
        let step = if rest.trim_start_matches([' ', '\t']).starts_with("#![") {
            rest.find('\n').map_or(rest.len(), |end| end + 1)
        } else {
            rest.len() - rest.trim_start().len()
        };
        if step == 0 {
            break;
        }
        at += step;
    }
    if code[..at].trim().is_empty() { 0 } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(info: &str, code: &str) -> String {
        let mut out = String::new();
        write(info, code, &RenderOptions::default(), &mut out);
        out
    }

    /// What a reader sees when hidden lines are shown too.
    fn text(html: &str) -> String {
        let mut out = String::new();
        let mut rest = html;
        while let Some((before, after)) = rest.split_once('<') {
            out.push_str(before);
            rest = after.split_once('>').unwrap().1;
        }
        out + rest
    }

    #[test]
    fn the_first_word_is_the_language_and_the_rest_are_classes() {
        let out = html("text, should_panic\tb", "x");
        assert!(
            out.starts_with("<pre tabindex=\"0\"><code class=\"language-text should_panic b\">x"),
            "{out}"
        );
        assert_eq!(html("", "a < b"), "<pre tabindex=\"0\"><code>a &lt; b</code></pre>\n");
    }

    #[test]
    fn rust_gets_a_hidden_main() {
        let out = html("rust", "let a = 1;\n");
        assert!(out.contains("class=\"playground\""));
        assert_eq!(text(&out), "#![allow(unused)]\nfn main() {\nlet a = 1;\n}\n");
        assert_eq!(out.matches("boring").count(), 2);
    }

    #[test]
    fn rust_that_has_a_main_or_cannot_run_stays_as_it_is() {
        assert_eq!(text(&html("rust", "fn main() {}\n")), "fn main() {}\n");
        assert_eq!(text(&html("rust,ignore", "let a;\n")), "let a;\n");
        assert!(!html("rust,ignore", "let a;\n").contains("playground"));
        assert!(html("rust,ignore,mdbook-runnable", "let a;\n").contains("playground"));
    }

    #[test]
    fn inner_attributes_stay_before_main() {
        let code = "#![feature(x)]\n\n#![y]\nlet a;\n";
        assert_eq!(&code[..inner_attributes(code)], "#![feature(x)]\n\n#![y]\n");
        assert_eq!(inner_attributes("\n\nlet a;"), 0);
        assert_eq!(inner_attributes("#![a]"), 5);
        assert_eq!(inner_attributes(""), 0);
    }

    #[test]
    fn markers_of_hidden_lines_are_dropped_and_doubled_ones_halved() {
        let listing = hide_rust("# use a;\n  ## b\n#\n#[c]\n#!d\n  # e\n");
        assert_eq!(listing.text, "use a;\n  # b\n\n#[c]\n#!d\n  e");
        assert_eq!(listing.shown(), "  # b\n#[c]\n#!d\n");
    }

    #[test]
    fn other_languages_hide_by_their_prefix() {
        let listing = hide_prefixed("a\n  !!!b\n!!!c\nd !!!", "!!!");
        assert_eq!(listing.text, "a\n  b\nc\nd !!!\n");
        assert_eq!(listing.hidden.len(), 1);
        assert!(html("python,hidelines=!!!", "!!!x\ny\n").contains("boring"));
    }
}
