//! The whole book on one page, `print.html`, for paper and for those who keep a book as one file.

use std::collections::{HashMap, HashSet};

use book::markdown::{Rendered, id_from_content};
use book::navigation::escape;
use book::{Book, path};

use super::tags::{Change, rewrite};

/// Address of the page, which is mdBook's.
pub const ADDRESS: &str = "print.html";

/// The inside of `<main>`: every chapter, with ids that are unique and links that stay on the page.
pub fn html(book: &Book, rendered: &[Rendered]) -> String {
    let mut names = Names::default();
    let chapters: Vec<_> = book
        .chapters
        .iter()
        .zip(rendered)
        .map(|(chapter, rendered)| {
            let html = names.claim(&chapter.address, &rendered.html);
            let top = names.top(&chapter.address, &chapter.title, rendered);
            (chapter.address.as_str(), html, top)
        })
        .collect();
    let mut out = String::new();
    for (address, html, title) in chapters {
        if !out.is_empty() {
            out.push_str("<div style=\"break-before: page\"></div>");
        }
        out.push_str(&title);
        out.push_str(&names.relink(address, &html));
    }
    out
}

/// Which id on the page stands for which id of which chapter.
#[derive(Default)]
struct Names {
    taken: HashSet<String>,
    /// Address → id → the id on this page, where it differs.
    renamed: HashMap<String, HashMap<String, String>>,
    /// Address → the id of the chapter's beginning.
    tops: HashMap<String, String>,
}

impl Names {
    fn unique(&mut self, id: &str) -> String {
        let mut name = id.to_owned();
        let mut number = 1;
        while !self.taken.insert(name.clone()) {
            name = format!("{id}-{number}");
            number += 1;
        }
        name
    }

    /// Gives every id of a chapter a name that is free.
    fn claim(&mut self, address: &str, html: &str) -> String {
        rewrite(html, |_, name, value| match name {
            "id" => {
                let unique = self.unique(value);
                if unique == value {
                    return Change::Keep;
                }
                self.renamed.entry(address.to_owned()).or_default().insert(value.to_owned(), unique.clone());
                Change::Value(unique)
            }
            // A picture that waits until it is near is not there when the page is printed.
            "loading" => Change::Drop,
            _ => Change::Keep,
        })
    }

    /// Where links to the chapter lead: its first heading, or one that is made where it begins with none.
    fn top(&mut self, address: &str, title: &str, rendered: &Rendered) -> String {
        if let Some(heading) = rendered.headings.first().filter(|heading| heading.level == 1) {
            let id = self.here(address, &heading.id).to_owned();
            self.tops.insert(address.to_owned(), id);
            return String::new();
        }
        let id = self.unique(&id_from_content(title));
        let mut html = format!("<h1 id=\"{id}\">");
        escape(title, &mut html);
        html.push_str("</h1>");
        self.tops.insert(address.to_owned(), id);
        html
    }

    fn here<'a>(&'a self, address: &str, id: &'a str) -> &'a str {
        self.renamed.get(address).and_then(|ids| ids.get(id)).map_or(id, String::as_str)
    }

    /// Makes the links of the chapter at `address` right for this page.
    fn relink(&self, address: &str, html: &str) -> String {
        let here = |id: &str| self.here(address, id).to_owned();
        rewrite(html, |element, name, value| match (element, name) {
            (_, "aria-labelledby" | "aria-describedby" | "aria-controls" | "for" | "headers") => {
                Change::Value(value.split_whitespace().map(here).collect::<Vec<_>>().join(" "))
            }
            (_, "href" | "src" | "poster" | "xlink:href") => match self.target(address, value) {
                Some(target) if target != value => Change::Value(target),
                _ => Change::Keep,
            },
            _ => match value.strip_prefix("url(#").and_then(|id| id.strip_suffix(')')) {
                Some(id) => Change::Value(format!("url(#{})", here(id))),
                None => Change::Keep,
            },
        })
    }

    /// The target, on this page, of a link on the page at `address`; `None` for one that leaves the book.
    fn target(&self, address: &str, link: &str) -> Option<String> {
        if let Some(id) = link.strip_prefix('#') {
            return Some(format!("#{}", self.here(address, id)));
        }
        if link.is_empty() || path::is_external(link) || link.starts_with('/') {
            return None;
        }
        let (file, _) = path::split_link(link);
        let target = path::join(path::folder(address), file);
        match (self.tops.get(&target), link.split_once('#')) {
            (Some(_), Some((_, id))) if !id.is_empty() => Some(format!("#{}", self.here(&target, id))),
            (Some(top), _) => Some(format!("#{top}")),
            (None, _) => Some(format!("{target}{}", &link[file.len()..])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(files: &[(&str, &str)]) -> String {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let book = Book::load(&crate::disk::DiskFiles::new(folder.path()));
        let options = book.config.render_options();
        let rendered: Vec<_> = book
            .chapters
            .iter()
            .map(|chapter| {
                let page = book::markdown::Page { address: &chapter.address, ..Default::default() };
                book::markdown::render(&chapter.markdown, &page, &options, &())
            })
            .collect();
        html(&book, &rendered)
    }

    #[test]
    fn links_stay_on_the_page_and_ids_are_there_once() {
        let html = print(&[
            ("src/SUMMARY.md", "- [A](a.md)\n- [B](sub/b.md)\n- [C](c.md)\n"),
            (
                "src/a.md",
                "# Start\n\n## More\n\n[b](sub/b.md) [more](sub/b.md#more) [own](#more) [out](https://example.org/a.md)\n",
            ),
            (
                "src/sub/b.md",
                "# Start\n\n## More\n\n[own](#more) [a](../a.md#more) ![p](img/p.png) [c](../c.md) [file](../d.txt?x#y)\n\n<svg aria-labelledby=\"m n\"><title id=\"m\">x</title><path marker-end=\"url(#m)\"/></svg>\n",
            ),
            ("src/c.md", "No heading. <b id=\"m\">m</b>\n"),
        ]);
        let ids: Vec<_> =
            html.match_indices(" id=\"").filter_map(|(at, _)| html[at + 5..].split('"').next()).collect();
        assert_eq!(ids, ["start", "more", "start-1", "more-1", "m", "c", "m-1"]);
        for (text, target) in [
            ("b", "#start-1"),
            ("more", "#more-1"),
            ("out", "https://example.org/a.md"),
            ("a", "#more"),
            ("c", "#c"),
            ("file", "d.txt?x#y"),
        ] {
            assert!(html.contains(&format!("<a href=\"{target}\">{text}</a>")), "{text}: {html}");
        }
        assert!(html.contains("<a href=\"#more\">own</a>") && html.contains("<a href=\"#more-1\">own</a>"));
        assert!(html.contains("src=\"sub/img/p.png\""));
        assert!(html.contains("aria-labelledby=\"m n\"") && html.contains("marker-end=\"url(#m)\""));
    }
}
