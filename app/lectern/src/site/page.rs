//! The HTML around a chapter: readable and navigable before any script has run, and without one.

use book::markdown::Rendered;
use book::navigation::{contents_html, escape, minutes, outline_html, page_title, pager_html};
use book::phrases::{Language, Phrase, fill, say};
use book::{Chapter, path};

use super::tags::{Change, rewrite};
use super::{Shell, whole};

/// The page of a chapter.
pub fn chapter(shell: &Shell<'_>, chapter: &Chapter, rendered: &Rendered) -> String {
    let contents = shell.contents;
    let title = page_title(chapter.page_title.as_deref(), &chapter.title, &contents.title);
    let root = path::root_of(&chapter.address);
    let mut body = Body { html: String::with_capacity(rendered.html.len() + 24 * 1024), shell, root: &root };
    let has_math = rendered.needs_math || rendered.html.contains("class=\"katex");
    body.head(&title, &contents.description, has_math, Some(&chapter.address));
    body.bar();
    body.contents(&chapter.address);
    body.html.push_str("<div class=\"page\"><main id=\"content\" tabindex=\"-1\">");
    body.html.push_str(&rendered.html);
    body.html.push_str("</main>");
    body.foot(&chapter.address, Some((chapter, rendered)));
    body.html.push_str("</div>");
    body.outline(rendered);
    body.html.push_str("</body></html>\n");
    body.html
}

/// The page for addresses that the book does not have, with the book's own text for it where it has one. It may be
/// shown at any depth, so its links start at the base path.
pub fn missing(shell: &Shell<'_>, own: Option<&Rendered>) -> String {
    let base = shell.base();
    let language = shell.language();
    let Some(own) = own else {
        let mut text = String::from("<h1>");
        escape(say(language, Phrase::MissingTitle), &mut text);
        text.push_str("</h1><p>");
        escape(say(language, Phrase::MissingHelp), &mut text);
        text.push_str("</p>");
        return plain(shell, &base, "404.html", say(language, Phrase::MissingTitle), &text);
    };
    let text = rewrite(&own.html, |_, name, value| match name {
        "href" | "src" if !path::is_external(value) && !value.starts_with(['/', '#']) => {
            Change::Value(format!("{base}{value}"))
        }
        _ => Change::Keep,
    });
    let title = own.title.as_deref().unwrap_or(say(language, Phrase::MissingTitle));
    plain(shell, &base, "404.html", title, &text)
}

/// The page with every chapter.
pub fn whole(shell: &Shell<'_>, html: &str) -> String {
    plain(shell, "", whole::ADDRESS, &shell.contents.title, html)
}

/// A page that is no chapter: `html` with the bar and the contents around it.
fn plain(shell: &Shell<'_>, root: &str, address: &str, title: &str, html: &str) -> String {
    let mut body = Body { html: String::with_capacity(html.len() + 24 * 1024), shell, root };
    let has_math = html.contains("class=\"katex") || html.contains("data-tex");
    body.head(title, "", has_math, Some(address));
    body.bar();
    body.contents("");
    body.html.push_str("<div class=\"page\"><main id=\"content\" tabindex=\"-1\">");
    body.html.push_str(html);
    body.html.push_str("</main></div></body></html>\n");
    body.html
}

/// A page that sends the browser to `target`, keeping the fragment; `from` is its own address, for fragments
/// that moved elsewhere.
pub fn redirect(shell: &Shell<'_>, target: &str, from: &str) -> String {
    let language = shell.language();
    let mut quoted = String::new();
    escape(target, &mut quoted);
    let moved: std::collections::BTreeMap<&str, &str> = shell
        .contents
        .redirects
        .iter()
        .filter_map(|(key, to)| {
            let (page, fragment) = key.split_once('#')?;
            (page == from).then_some((fragment, to.as_str()))
        })
        .collect();
    let map = serde_json::to_string(&(target, moved)).unwrap_or_default().replace('<', "\\u003c");
    format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>→ {quoted}</title>\
         <link rel=\"canonical\" href=\"{quoted}\">\
         <script type=\"application/json\" id=\"moved\">{map}</script><script>{}</script>\
         <noscript><meta http-equiv=\"refresh\" content=\"0; url={quoted}\"></noscript>\
         </head><body><p>{}</p></body></html>\n",
        shell.contents.language,
        shell.reader.text("redirect.js"),
        fill(say(language, Phrase::Redirected), &format!("<a href=\"{quoted}\">{quoted}</a>")),
    )
}

impl Shell<'_> {
    /// Path from the host's root to the site, with a slash at both ends.
    fn base(&self) -> String {
        let of_book = self.book.config.html.site_url.clone().filter(|_| !self.options.live);
        let base = self.options.base.clone().or(of_book).unwrap_or_default();
        format!("/{}/", base.trim_matches('/')).replace("//", "/")
    }

    fn language(&self) -> Language {
        Language::of_tag(&self.contents.language)
    }
}

struct Body<'a> {
    html: String,
    shell: &'a Shell<'a>,
    /// `../` for each folder of the page's address.
    root: &'a str,
}

impl Body<'_> {
    fn text(&mut self, text: &str) {
        escape(text, &mut self.html);
    }

    fn say(&mut self, phrase: Phrase) {
        self.text(say(self.shell.language(), phrase));
    }

    fn head(&mut self, title: &str, description: &str, has_math: bool, address: Option<&str>) {
        let (contents, reader, root) = (self.shell.contents, self.shell.reader, self.root);
        self.html.push_str("<!doctype html>\n<html lang=\"");
        self.text(&contents.language);
        self.html.push_str("\" dir=\"");
        self.text(&contents.direction);
        self.html.push_str(
            "\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <meta name=\"color-scheme\" content=\"light dark\"><title>",
        );
        self.text(title);
        self.html.push_str("</title>");
        if !description.is_empty() {
            self.html.push_str("<meta name=\"description\" content=\"");
            self.text(description);
            self.html.push_str("\">");
        }
        if address == Some(whole::ADDRESS) {
            // Its text is found at its own addresses.
            self.html.push_str("<meta name=\"robots\" content=\"noindex\">");
        }
        // The theme is set before the first paint, so that no page flashes in the wrong colours.
        self.html.push_str("<script>");
        self.html.push_str(reader.text("early.js"));
        self.html.push_str("</script><style>");
        let sheet = reader.text("page.css").replace("url(", &format!("url({root}lectern/"));
        self.html.push_str(&sheet);
        self.html.push_str("</style>");
        if has_math {
            self.link("stylesheet", &format!("lectern/{}", reader.name("katex.css")), "");
        }
        for sheet in &self.shell.extras.sheets {
            self.link("stylesheet", sheet, "");
        }
        if self.shell.extras.icons.is_empty() {
            self.link("icon", &format!("lectern/{}", reader.name("icon.svg")), " type=\"image/svg+xml\"");
        }
        for icon in &self.shell.extras.icons {
            self.link("icon", icon, if icon.ends_with(".svg") { " type=\"image/svg+xml\"" } else { "" });
        }
        let Some(address) = address else { return self.html.push_str("</head><body>") };
        self.link("modulepreload", &format!("lectern/{}", reader.name("reader.js")), "");
        let wasm = format!("lectern/{}", reader.name("reader.wasm"));
        self.link(
            "preload",
            &wasm,
            " as=\"fetch\" type=\"application/wasm\" crossorigin fetchpriority=\"low\"",
        );
        let data = serde_json::json!({
            "root": root,
            "address": address,
            "contents": self.shell.contents_file,
            "style": format!("lectern/{}", reader.name("app.css")),
            "mathStyle": format!("lectern/{}", reader.name("katex.css")),
            "mathScript": format!("lectern/{}", reader.name("katex.js")),
            "live": self.shell.options.live,
        });
        // `<` cannot end the script early when it is written as an escape.
        let data = data.to_string().replace('<', "\\u003c");
        self.html.push_str("<script type=\"application/json\" id=\"lectern\">");
        self.html.push_str(&data);
        self.html.push_str("</script><script type=\"module\" src=\"");
        self.text(&format!("{root}lectern/{}", reader.name("reader.js")));
        self.html.push_str("\"></script>");
        for script in &self.shell.extras.scripts {
            self.html.push_str("<script defer src=\"");
            self.text(&format!("{root}{script}"));
            self.html.push_str("\"></script>");
        }
        self.html.push_str("</head><body>");
    }

    fn link(&mut self, relation: &str, target: &str, extra: &str) {
        self.html.push_str(&format!("<link rel=\"{relation}\" href=\""));
        self.text(self.root);
        self.text(target);
        self.html.push_str(&format!("\"{extra}>"));
    }

    fn bar(&mut self) {
        self.html.push_str("<a class=\"skip\" href=\"#content\">");
        self.say(Phrase::SkipToText);
        self.html.push_str(
            "</a><header class=\"bar\"><a class=\"tool\" id=\"menu\" href=\"#contents\" aria-label=\"",
        );
        self.say(Phrase::ShowContents);
        self.html.push_str("\">");
        self.html.push_str(ICON_MENU);
        self.html.push_str("</a><a class=\"book-title\" href=\"");
        let first = self.shell.book.chapters.first().map_or("index.html", |chapter| chapter.address.as_str());
        self.text(&format!("{}{first}", self.root));
        self.html.push_str("\">");
        self.text(&self.shell.contents.title);
        self.html.push_str("</a><div class=\"tools\">");
        for (id, phrase, icon) in
            [("search", Phrase::SearchHint, ICON_SEARCH), ("settings", Phrase::Settings, ICON_SETTINGS)]
        {
            self.html.push_str(&format!("<button type=\"button\" class=\"tool\" id=\"{id}\" aria-label=\""));
            self.say(phrase);
            self.html.push_str(&format!("\" aria-haspopup=\"dialog\">{icon}"));
            if id == "search" {
                self.html.push_str("<span>");
                self.say(Phrase::Search);
                self.html.push_str("</span><kbd>/</kbd>");
            }
            self.html.push_str("</button>");
        }
        self.html.push_str("</div></header>");
    }

    fn contents(&mut self, current: &str) {
        self.html.push_str("<nav id=\"contents\" class=\"contents\" aria-label=\"");
        self.say(Phrase::Contents);
        self.html.push_str("\">");
        let language = self.shell.language();
        self.html.push_str(&contents_html(self.shell.contents, self.root, current, language));
        self.html.push_str("</nav><script>lecternPlace()</script>");
    }

    fn outline(&mut self, rendered: &Rendered) {
        self.html.push_str("<nav id=\"outline\" class=\"outline\" aria-label=\"");
        self.say(Phrase::OnThisPage);
        self.html.push_str("\">");
        self.html.push_str(&outline_html(&rendered.headings, self.shell.language()));
        self.html.push_str("</nav>");
    }

    fn foot(&mut self, address: &str, chapter: Option<(&Chapter, &Rendered)>) {
        self.html.push_str("<nav id=\"pager\" class=\"pager\" aria-label=\"");
        self.text(&format!(
            "{}, {}",
            say(self.shell.language(), Phrase::Previous),
            say(self.shell.language(), Phrase::Next)
        ));
        self.html.push_str("\">");
        let language = self.shell.language();
        self.html.push_str(&pager_html(self.shell.contents, self.root, address, language));
        self.html.push_str("</nav><footer class=\"colophon\"><span id=\"minutes\">");
        if let Some((_, rendered)) = chapter {
            let text = fill(say(language, Phrase::MinutesToRead), &minutes(rendered.words).to_string());
            self.text(&text);
        }
        self.html.push_str("</span>");
        if let (Some(template), Some((chapter, _))) = (&self.shell.contents.edit, chapter) {
            let source = self.shell.book.config.in_src(&chapter.source);
            self.html.push_str("<a id=\"edit\" href=\"");
            self.text(&template.replace("{path}", &source));
            self.html.push_str("\">");
            self.say(Phrase::EditPage);
            self.html.push_str("</a>");
        }
        if let Some(repository) = &self.shell.contents.repository {
            self.html.push_str("<a href=\"");
            self.text(repository);
            self.html.push_str("\">");
            self.say(Phrase::Repository);
            self.html.push_str("</a>");
        }
        if self.shell.book.config.html.print {
            self.html.push_str("<a href=\"");
            self.text(&format!("{}{}", self.root, whole::ADDRESS));
            self.html.push_str("\">");
            self.say(Phrase::WholeBook);
            self.html.push_str("</a>");
        }
        self.html.push_str("</footer>");
    }
}

const ICON_MENU: &str =
    "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M4 6.5h16M4 12h16M4 17.5h16\"/></svg>";
const ICON_SEARCH: &str = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><circle cx=\"10.5\" cy=\"10.5\" r=\"6\"/>\
     <path d=\"m15 15 5 5\"/></svg>";
const ICON_SETTINGS: &str = "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M3 18 8 6l5 12M4.7 14h6.6M14 18l3.5-8 3.5 8M15.1 15.5h4.8\"/></svg>";
