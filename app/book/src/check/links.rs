//! Following every link and picture of every page.

use std::collections::BTreeMap;

use super::site::{Site, There};
use crate::diagnostic::Diagnostic;
use crate::glossary::is_glossary;
use crate::load::Chapter;
use crate::markdown::{Link, LinkKind, page_address};
use crate::path;

/// Adds a diagnostic for each link that leads nowhere.
pub fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let mut outside = Outside::default();
    for (index, (chapter, rendered)) in site.book.chapters.iter().zip(site.rendered).enumerate() {
        for link in &rendered.links {
            let follow = Follow { site, page: index, chapter, link };
            match follow.run() {
                Verdict::Good => {}
                Verdict::Bad(diagnostic) => diagnostics.push(diagnostic),
                Verdict::Outside(place) => outside.add(place, chapter.origins.at(link.line)),
            }
        }
    }
    outside.report(diagnostics);
}

/// What comes of a link.
enum Verdict {
    Good,
    Bad(Diagnostic),
    /// It leaves the book for this place beside it, which cannot be checked.
    Outside(String),
}

/// A link on its page.
struct Follow<'a> {
    site: &'a Site<'a>,
    page: usize,
    chapter: &'a Chapter,
    link: &'a Link,
}

impl Follow<'_> {
    fn run(&self) -> Verdict {
        let target = self.link.target.as_str();
        if target.is_empty() {
            return self.bad(
                "empty-link",
                "a link without a target".to_owned(),
                "put the target between the parentheses, or remove the link".to_owned(),
            );
        }
        if path::is_external(target) {
            return Verdict::Good;
        }
        let (written, fragment) = path::split_link(target);
        if written.is_empty() {
            return self.check_fragment(self.page, fragment.unwrap_or(""));
        }
        if written.starts_with('/') {
            return self.check_absolute(written, fragment);
        }
        let folder = path::folder(&self.chapter.address);
        let address = path::join(folder, &path::percent_decode(&page_address(written)));
        if address == ".." || address.starts_with("../") {
            return self.check_outside(written, address);
        }
        self.check_address(&address, &path::join(folder, &path::percent_decode(written)), fragment)
    }

    /// A link from the host's root: into the book if that says where it is hosted, else unknown.
    fn check_absolute(&self, written: &str, fragment: Option<&str>) -> Verdict {
        let base = self.site.book.config.html.site_url.as_deref().unwrap_or("/");
        let base = format!("/{}", base.trim_matches('/'));
        let inside = written
            .strip_prefix(&base)
            .filter(|rest| base == "/" || rest.is_empty() || rest.starts_with('/'));
        let address = inside.map(|inside| path::normalise(&path::percent_decode(&page_address(inside))));
        match address.map(|address| (self.site.at(&address), address)) {
            Some((There::Page(page), _)) if base != "/" => self.check_fragment(page, fragment.unwrap_or("")),
            Some((There::File | There::Redirect, _)) if base != "/" => Verdict::Good,
            Some((There::Page(_) | There::File | There::Redirect, address)) => self.warn(
                "absolute-link",
                format!("`{written}` works only where the book is at its host's root"),
                format!("write `{}`", path::relative(&self.chapter.address, &address)),
            ),
            _ => Verdict::Outside(written.to_owned()),
        }
    }

    fn check_outside(&self, written: &str, address: String) -> Verdict {
        if self.link.kind != LinkKind::Image {
            return Verdict::Outside(address);
        }
        self.bad(
            "missing-image",
            format!("the picture `{written}` is outside the source folder and not part of the site"),
            "move it into the source folder".to_owned(),
        )
    }

    /// `address` is where the browser goes, `file` what the author wrote, both from the site's root.
    fn check_address(&self, address: &str, file: &str, fragment: Option<&str>) -> Verdict {
        match self.site.at(address) {
            There::Page(page) if self.link.kind != LinkKind::Image => {
                self.check_fragment(page, fragment.unwrap_or(""))
            }
            There::Page(_) | There::File | There::Redirect => Verdict::Good,
            There::Unlisted => self.bad(
                "unlisted-page",
                format!("`{file}` is not in SUMMARY.md, and so has no page"),
                "add it there, or link to a chapter".to_owned(),
            ),
            There::Nothing if self.link.kind == LinkKind::Image => self.bad(
                "missing-image",
                format!("there is no picture `{}`", self.site.book.config.in_src(file)),
                self.suggest(address, "add it, or correct the path, which is relative to the chapter"),
            ),
            There::Nothing => self.bad(
                "broken-link",
                format!("`{}` leads nowhere: there is no `{file}`", self.link.target),
                self.suggest(file, "correct the path, which is relative to the chapter, or remove the link"),
            ),
        }
    }

    /// The nearest file as a link from this page, or else `help`.
    fn suggest(&self, file: &str, help: &str) -> String {
        match self.site.nearest_file(file) {
            Some(meant) => format!("did you mean `{}`?", path::relative(&self.chapter.address, &meant)),
            None => help.to_owned(),
        }
    }

    fn check_fragment(&self, page: usize, fragment: &str) -> Verdict {
        let Some(target) = self.site.book.chapters.get(page) else { return Verdict::Good };
        if self.site.has_id(page, fragment) || self.site.is_redirected(&target.address, fragment) {
            return Verdict::Good;
        }
        let name = path::percent_decode(fragment);
        if page != self.page && is_glossary(target) {
            let help = match self.site.nearest_id(page, fragment) {
                Some(meant) => {
                    format!("did you mean `#{meant}`? Otherwise add the term to `{}`", target.source)
                }
                None => format!("add the term to `{}`", target.source),
            };
            return self.bad("missing-term", format!("the glossary has no entry `{name}`"), help);
        }
        let place = if page == self.page { "this page".to_owned() } else { format!("`{}`", target.source) };
        let help = match self.site.nearest_id(page, fragment) {
            Some(meant) => format!("did you mean `#{meant}`?"),
            None => {
                format!("link to a heading of {place}, or give the place an id: `## Heading {{#{name}}}`")
            }
        };
        self.bad("broken-anchor", format!("{place} has no place called `#{name}`"), help)
    }

    fn bad(&self, code: &'static str, message: String, help: String) -> Verdict {
        let (file, line) = self.chapter.origins.at(self.link.line);
        Verdict::Bad(Diagnostic::error(code, file, line, message, help))
    }

    fn warn(&self, code: &'static str, message: String, help: String) -> Verdict {
        let (file, line) = self.chapter.origins.at(self.link.line);
        Verdict::Bad(Diagnostic::warning(code, file, line, message, help))
    }
}

/// Links that leave the book, by the folder beside it that they lead to.
#[derive(Default)]
struct Outside {
    places: BTreeMap<String, (u32, String, u32)>,
}

impl Outside {
    fn add(&mut self, address: String, (file, line): (&str, u32)) {
        let is_folder = |part: &&str| *part == "..";
        let up = address.split('/').take_while(is_folder).count();
        let kept = if address.starts_with('/') { 2 } else { up + 1 };
        let place = address.split('/').take(kept).collect::<Vec<_>>().join("/");
        let (count, ..) = self.places.entry(place).or_insert_with(|| (0, file.to_owned(), line));
        *count += 1;
    }

    /// One warning for each place: nothing is known to be wrong, and a book may have hundreds of them.
    fn report(self, diagnostics: &mut Vec<Diagnostic>) {
        for (place, (count, file, line)) in self.places {
            let links = if count == 1 { "a link leads".to_owned() } else { format!("{count} links lead") };
            diagnostics.push(Diagnostic::warning(
                "outside-link",
                &file,
                line,
                format!("{links} out of the book, to `{place}`"),
                "give the whole address, `https://…`, so that it works wherever the book is hosted",
            ));
        }
    }
}
