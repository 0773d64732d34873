//! Makes a drawn SVG fit to stand in a page: only elements that draw, ids of its own, the theme's colours.

use super::colour;
use crate::typeset::cache::hash;

/// Elements that draw. What is not here goes; of a link, what it encloses stays.
const ELEMENTS: &[&str] = &[
    "svg",
    "g",
    "defs",
    "marker",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "pattern",
    "symbol",
    "use",
    "title",
    "desc",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "path",
    "text",
    "tspan",
];
/// Elements that go together with all they enclose.
const REMOVED: &[&str] =
    &["script", "style", "foreignObject", "iframe", "object", "animate", "set", "metadata"];
/// Attributes that say how something is drawn. All others go, handlers of events among them.
const ATTRIBUTES: &[&str] = &[
    "xmlns",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "d",
    "points",
    "dx",
    "dy",
    "transform",
    "fill",
    "fill-opacity",
    "fill-rule",
    "clip-rule",
    "clip-path",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "opacity",
    "marker-start",
    "marker-mid",
    "marker-end",
    "markerWidth",
    "markerHeight",
    "markerUnits",
    "refX",
    "refY",
    "orient",
    "offset",
    "stop-color",
    "stop-opacity",
    "gradientUnits",
    "gradientTransform",
    "text-anchor",
    "dominant-baseline",
    "alignment-baseline",
    "font-size",
    "font-weight",
    "font-style",
    "text-decoration",
    "textLength",
    "id",
    "href",
    "preserveAspectRatio",
    "paint-order",
    "letter-spacing",
];

/// The SVG with only what is allowed, or why it cannot be read.
pub(super) fn finish(drawn: &str, source: &str) -> Result<String, String> {
    // Two diagrams on a page must not share ids; the same diagram may.
    let prefix = format!("d{}-", &hash(&[source.as_bytes()])[..8]);
    let mut out = String::with_capacity(drawn.len());
    // Names of the open elements, with whether they were written.
    let mut open: Vec<(&str, bool)> = Vec::new();
    let mut rest = drawn;
    // Depth at which everything is left out, if it is.
    let mut removing: Option<usize> = None;
    while let Some(at) = rest.find('<') {
        if removing.is_none() && !open.is_empty() {
            out.push_str(&rest[..at]);
        }
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = tag_end(rest).ok_or("the renderer wrote a tag without an end")?;
        let tag = &rest[1..end];
        rest = &rest[end + 1..];
        if tag.starts_with(['?', '!']) {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let (opened, written) = open.pop().ok_or("the renderer closed what it had not opened")?;
            if opened != name.trim() {
                return Err(format!("the renderer closed {name} where {opened} was open"));
            }
            match removing {
                Some(depth) if depth == open.len() => removing = None,
                None if written => {
                    out.push_str("</");
                    out.push_str(opened);
                    out.push('>');
                }
                _ => {}
            }
            continue;
        }
        let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let name_end = tag.find(char::is_whitespace).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(name_end);
        let written = ELEMENTS.contains(&name) && removing.is_none() && !is_backdrop(name, attributes);
        if written {
            element(name, attributes, empty, open.is_empty(), &prefix, &mut out);
        } else if !empty && removing.is_none() && REMOVED.contains(&name) {
            removing = Some(open.len());
        }
        if !empty {
            open.push((name, written));
        }
    }
    if open.is_empty() && out.starts_with("<svg") {
        Ok(out)
    } else {
        Err("the renderer wrote no whole SVG".to_owned())
    }
}

/// Where the tag that `text` begins with ends; `>` inside quotes is none.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// A rectangle that paints nothing behind everything.
fn is_backdrop(name: &str, attributes: &str) -> bool {
    name == "rect" && attributes.contains("fill=\"none\"") && !attributes.contains("stroke")
}

fn element(name: &str, attributes: &str, empty: bool, root: bool, prefix: &str, out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (key, value) in Attributes(attributes) {
        let key = if key == "xlink:href" { "href" } else { key };
        if !ATTRIBUTES.contains(&key) || key == "href" && !value.starts_with('#') {
            continue;
        }
        out.push(' ');
        out.push_str(key);
        out.push_str("=\"");
        self::value(key, value, prefix, out);
        out.push('"');
    }
    if root {
        // Fonts are inherited from here; text was measured for a sans-serif face.
        out.push_str(" font-family=\"var(--sans, sans-serif)\"");
    }
    out.push_str(if empty { "/>" } else { ">" });
}

fn value(key: &str, value: &str, prefix: &str, out: &mut String) {
    let value = value.trim();
    match key {
        "id" => {
            out.push_str(prefix);
            out.push_str(value);
        }
        "href" => {
            out.push('#');
            out.push_str(prefix);
            out.push_str(&value[1..]);
        }
        "fill" | "stroke" | "stop-color" if !value.contains("url(") => {
            out.push_str(colour::both(value).as_deref().unwrap_or(value));
        }
        _ => match value.split_once("url(#") {
            Some((before, id)) => {
                out.push_str(before);
                out.push_str("url(#");
                out.push_str(prefix);
                out.push_str(id);
            }
            // An address elsewhere.
            None if value.contains("url(") => out.push_str("none"),
            None => out.push_str(value),
        },
    }
}

/// Names and raw values of attributes.
struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (key, rest) = self.0.split_once('=')?;
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, rest) = rest[1..].split_once(quote)?;
        self.0 = rest;
        // A double quote inside single ones would end the value that is written.
        Some((key.trim(), if value.contains('"') { "" } else { value }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finished(inside: &str) -> String {
        let svg = finish(&format!("<svg width=\"1\">{inside}</svg>"), "s").unwrap();
        let start = svg.find('>').unwrap() + 1;
        svg[start..svg.len() - "</svg>".len()].replace(&hash(&[b"s"])[..8], "")
    }

    #[test]
    fn what_draws_stays() {
        let drawn = "<g transform=\"scale(2)\"><path d=\"M 0 0\" stroke-width='2'/><text>a &lt; b</text></g>";
        assert_eq!(finished(drawn), drawn.replace('\'', "\""));
    }

    #[test]
    fn what_acts_or_leads_away_goes() {
        for (drawn, left) in [
            ("<script>alert(1)</script><g/>", "<g/>"),
            ("<style>@import url(x);</style>", ""),
            ("<foreignObject><div onclick=\"x\">a</div></foreignObject>", ""),
            ("<a href=\"https://example.com\"><text>a</text></a>", "<text>a</text>"),
            ("<g onclick=\"x\" ONLOAD=\"y\" style=\"a\" data-x=\"1\" class=\"c\"/>", "<g/>"),
            ("<image href=\"x.png\"/><use href=\"https://a/#b\"/>", "<use/>"),
            ("<rect fill=\"url(https://a)\"/>", "<rect fill=\"none\"/>"),
            ("<!-- a > b --><?x?>", ""),
            ("<text title=\"a>b\" x=\"1\">t</text>", "<text x=\"1\">t</text>"),
            ("<g id='a\"onload=\"x'/>", "<g id=\"d-\"/>"),
        ] {
            assert_eq!(finished(drawn), left, "{drawn}");
        }
    }

    #[test]
    fn ids_and_references_agree() {
        let svg = finished("<marker id=\"a\"/><path marker-end=\"url(#a)\"/><use xlink:href=\"#a\"/>");
        assert_eq!(svg, "<marker id=\"d-a\"/><path marker-end=\"url(#d-a)\"/><use href=\"#d-a\"/>");
        assert_ne!(finish("<svg><g id=\"a\"/></svg>", "1"), finish("<svg><g id=\"a\"/></svg>", "2"));
    }

    #[test]
    fn colours_follow_the_theme() {
        assert_eq!(
            finished("<g fill=\"white\" stroke=\"var(--ink)\"/>"),
            "<g fill=\"light-dark(white, hsl(0 0% 14%))\" stroke=\"var(--ink)\"/>"
        );
    }

    #[test]
    fn broken_markup_is_refused() {
        for drawn in ["", "text", "<svg>", "<svg></g></svg>", "</svg>", "<g></g>", "<svg", "<svg a=\"></svg>"]
        {
            assert!(finish(drawn, "").is_err(), "{drawn}");
        }
    }

    proptest! {
        #[test]
        fn nothing_unsafe_comes_through(parts in prop::collection::vec(prop::sample::select(vec![
            "<svg>", "</svg>", "<g ", ">", "/>", "</g>", "<script>", "</script>", "onload=\"x\"", " href='", "javascript:", "'",
            "\"", "<a>", "</a>", "url(", "fill=", "é", "<!--", "-->", " ", "=",
        ]), 0..20)) {
            if let Ok(svg) = finish(&format!("<svg>{}</svg>", parts.concat()), "") {
                prop_assert!(!svg.contains("<script") && !svg.contains("<a"), "{}", svg);
                for tag in svg.split('<').filter_map(|tag| tag.split('>').next()) {
                    let outside: String = tag.split('"').step_by(2).collect();
                    prop_assert!(!outside.contains("onload"), "{}", svg);
                }
            }
        }
    }
}
