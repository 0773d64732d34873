//! Text made safe inside HTML.

/// Appends `text` fit to stand between tags.
pub(super) fn text(text: &str, out: &mut String) {
    escape(text, out, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Appends `text` fit to stand inside double quotes.
pub(super) fn attribute(text: &str, out: &mut String) {
    escape(text, out, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

#[inline]
fn escape(text: &str, out: &mut String, replacement: impl Fn(u8) -> Option<&'static str>) {
    let mut copied = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(entity) = replacement(byte) {
            // Only ASCII bytes are replaced, so both ends of the slice are character boundaries.
            out.push_str(&text[copied..at]);
            out.push_str(entity);
            copied = at + 1;
        }
    }
    out.push_str(&text[copied..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_quotes_and_attributes_do_not() {
        let (mut between, mut inside) = (String::new(), String::new());
        text("a < \"b\" & ü > c", &mut between);
        attribute("a < \"b\" & ü > c", &mut inside);
        assert_eq!(between, "a &lt; \"b\" &amp; ü &gt; c");
        assert_eq!(inside, "a &lt; &quot;b&quot; &amp; ü &gt; c");
    }
}
