//! The rows of the list of results, as HTML: made in the worker, so that the page has only to show them.

use book::navigation::escape;
use book::search::{Document, Hit};

/// Appends the row numbered `index` for `hit` in `document`.
pub fn write(index: usize, document: &Document, hit: &Hit, out: &mut String) {
    out.push_str("<li role=\"option\" aria-selected=\"false\" id=\"hit-");
    out.push_str(&index.to_string());
    out.push_str("\" data-page=\"");
    escape(&document.page, out);
    out.push_str("\" data-anchor=\"");
    escape(&document.anchor, out);
    out.push_str("\"><strong>");
    pieces(&hit.title, out);
    out.push_str("</strong>");
    if !document.path.is_empty() {
        out.push_str("<small>");
        escape(&document.path.join(" › "), out);
        out.push_str("</small>");
    }
    out.push_str("<span class=\"snippet\">");
    pieces(&hit.snippet, out);
    out.push_str("</span></li>");
}

/// Text with what was asked for marked.
fn pieces(pieces: &[(String, bool)], out: &mut String) {
    for (text, is_match) in pieces {
        if *is_match {
            out.push_str("<mark>");
        }
        escape(text, out);
        if *is_match {
            out.push_str("</mark>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_shows_the_words_and_never_the_markup_of_a_book() {
        let document = Document {
            page: "a\"b.html".to_owned(),
            anchor: "x".to_owned(),
            path: vec!["Part".to_owned(), "<b>".to_owned()],
            ..Document::default()
        };
        let hit = Hit {
            document: 0,
            score: 1.0,
            title: vec![("Vec<T> & ".to_owned(), false), ("drop".to_owned(), true)],
            snippet: vec![("<script>".to_owned(), true)],
        };
        let mut row = String::new();
        write(3, &document, &hit, &mut row);
        assert_eq!(
            row,
            "<li role=\"option\" aria-selected=\"false\" id=\"hit-3\" data-page=\"a&quot;b.html\" data-anchor=\"x\">\
             <strong>Vec&lt;T&gt; &amp; <mark>drop</mark></strong><small>Part › &lt;b&gt;</small>\
             <span class=\"snippet\"><mark>&lt;script&gt;</mark></span></li>"
        );
    }
}
