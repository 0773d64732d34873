//! From the tables of `book.toml` to a [`Config`].

use toml::de::DeTable;

use super::table::{Notes, Table};
use super::{Build, Config, Direction, Html, Playground, Preprocessors, Redirect, Search};
use crate::diagnostic::Diagnostic;
use crate::path;
use crate::wire::MathSyntax;

/// Most syntax errors reported: after that a file is beyond being read line by line.
const MOST_ERRORS: usize = 8;

pub fn parse(text: &str) -> (Config, Vec<Diagnostic>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let notes = Notes::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors.iter().take(MOST_ERRORS) {
        let line = error.span().map_or(0, |span| notes.line(&span));
        notes.error(
            "config-syntax",
            line,
            format!("this is not TOML: {}", error.message().replace('\n', ", ")),
            "correct the line; until then what it says is not used".to_owned(),
        );
    }
    let mut config = Config::default();
    read_root(&Table::root(&notes, table.get_ref()), &mut config);
    Table::root(&notes, table.get_ref()).finish(&["book", "build", "rust", "output", "preprocessor"]);
    (config, notes.into_diagnostics())
}

fn read_root(root: &Table, config: &mut Config) {
    if let Some(table) = root.table("book") {
        read_book(table, config);
    }
    if let Some(table) = root.table("build") {
        read_build(table, &mut config.build);
    }
    if let Some(table) = root.table("rust") {
        config.rust_edition = table.text("edition");
        table.finish(&[]);
    }
    // Other outputs belong to other programs.
    if let Some(html) = root.table("output").and_then(|output| output.table("html")) {
        read_html(html, &mut config.html);
    }
    let by_default = config.build.use_default_preprocessors;
    config.preprocessors.links = by_default;
    config.preprocessors.index = by_default;
    if let Some(table) = root.table("preprocessor") {
        read_preprocessors(&table, &mut config.preprocessors);
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

fn read_book(table: Table, config: &mut Config) {
    let book = &mut config.book;
    set(&mut book.title, table.text("title"));
    let authors = table.texts("authors").or_else(|| {
        table.renamed("author", "book.authors");
        table.text("author").map(|value| vec![super::Located { value, line: 0 }])
    });
    set(&mut book.authors, authors.map(|authors| authors.into_iter().map(|author| author.value).collect()));
    set(&mut book.description, table.text("description"));
    set(&mut book.language, table.text("language"));
    set(&mut book.src, table.text("src").map(|src| path::normalise(&src)));
    book.direction = match table.text("text-direction").as_deref() {
        Some("ltr") => Direction::LeftToRight,
        Some("rtl") => Direction::RightToLeft,
        given => {
            if let Some(given) = given {
                table.invalid("text-direction", given, "`ltr` or `rtl`");
            }
            Direction::of_language(&book.language)
        }
    };
    table.removed("multilingual", "remove it: a book has one language, named by `book.language`");
    table.finish(&[]);
}

fn read_build(table: Table, build: &mut Build) {
    set(&mut build.build_dir, table.text("build-dir").map(|folder| path::normalise(&folder)));
    set(&mut build.create_missing, table.flag("create-missing"));
    set(&mut build.use_default_preprocessors, table.flag("use-default-preprocessors"));
    let watched = table.texts("extra-watch-dirs").unwrap_or_default();
    build.extra_watch_dirs = watched.into_iter().map(|folder| folder.value).collect();
    table.finish(&[]);
}

fn read_html(table: Table, html: &mut Html) {
    table.renamed("curly-quotes", "output.html.smart-punctuation");
    set(&mut html.smart_punctuation, table.flag("curly-quotes"));
    set(&mut html.smart_punctuation, table.flag("smart-punctuation"));
    set(&mut html.definition_lists, table.flag("definition-lists"));
    set(&mut html.admonitions, table.flag("admonitions"));
    set(&mut html.mathjax_support, table.flag("mathjax-support"));
    if let Some(fold) = table.table("fold") {
        let level = fold.number("level").unwrap_or(0);
        html.fold = fold.flag("enable").unwrap_or(false).then_some(level);
        fold.finish(&[]);
    }
    if let Some(code) = table.table("code") {
        html.hidden_lines = code.entries("hidelines").into_iter().map(|(name, v)| (name, v.value)).collect();
        code.finish(&[]);
    }
    table.renamed("playpen", "output.html.playground");
    for name in ["playpen", "playground"] {
        if let Some(playground) = table.table(name) {
            read_playground(playground, &mut html.playground);
        }
    }
    html.default_theme = table.text("default-theme");
    html.preferred_dark_theme = table.text("preferred-dark-theme");
    html.additional_css = table.texts("additional-css").unwrap_or_default();
    html.additional_js = table.texts("additional-js").unwrap_or_default();
    set(&mut html.no_section_label, table.flag("no-section-label"));
    html.git_repository_url = filled(table.text("git-repository-url"));
    html.git_repository_icon = filled(table.text("git-repository-icon"));
    html.edit_url_template = filled(table.text("edit-url-template"));
    html.site_url = filled(table.text("site-url"));
    html.cname = filled(table.text("cname"));
    html.input_404 = table.text("input-404");
    html.redirects = table
        .entries("redirect")
        .into_iter()
        .map(|(from, to)| Redirect { from, to: to.value, line: to.line })
        .collect();
    if let Some(search) = table.table("search") {
        read_search(search, &mut html.search);
    }
    if let Some(print) = table.table("print") {
        set(&mut html.print, print.flag("enable"));
        print.finish(&["page-break"]);
    }
    table.removed("google-analytics", "remove it: a page contacts nobody");
    table.removed("copy-fonts", "remove it: fonts come with the reader");
    table.finish(&["theme", "hash-files", "sidebar-header-nav", "live-reload-endpoint", "livereload-url"]);
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

fn read_playground(table: Table, playground: &mut Playground) {
    set(&mut playground.editable, table.flag("editable"));
    set(&mut playground.copyable, table.flag("copyable"));
    set(&mut playground.line_numbers, table.flag("line-numbers"));
    set(&mut playground.runnable, table.flag("runnable"));
    table.finish(&["copy-js", "editor"]);
}

fn read_search(table: Table, search: &mut Search) {
    set(&mut search.enable, table.flag("enable"));
    set(&mut search.limit_results, table.number("limit-results"));
    set(&mut search.teaser_word_count, table.number("teaser-word-count"));
    set(&mut search.use_boolean_and, table.flag("use-boolean-and"));
    set(&mut search.boost_title, table.number("boost-title"));
    set(&mut search.boost_hierarchy, table.number("boost-hierarchy"));
    set(&mut search.boost_paragraph, table.number("boost-paragraph"));
    set(&mut search.expand, table.flag("expand"));
    set(&mut search.heading_split_level, table.number("heading-split-level"));
    if let Some(chapters) = table.table("chapter") {
        for (name, _) in chapters.keys() {
            let Some(settings) = chapters.table_named(name) else { continue };
            if let Some(enable) = settings.flag("enable") {
                search.chapters.insert(path::normalise(name), enable);
            }
            settings.finish(&[]);
        }
    }
    table.finish(&["copy-js", "searcher"]);
}

fn read_preprocessors(all: &Table, preprocessors: &mut Preprocessors) {
    for (name, line) in all.keys() {
        let Some(table) = all.table_named(name) else { continue };
        let elsewhere = table
            .texts("renderers")
            .is_some_and(|renderers| !renderers.iter().any(|renderer| renderer.value == "html"));
        if elsewhere {
            continue;
        }
        match name {
            "links" => preprocessors.links = true,
            "index" => preprocessors.index = true,
            "admonish" => preprocessors.admonish = true,
            "mermaid" => preprocessors.mermaid = true,
            "katex" => {
                preprocessors.katex = Some(katex_syntax(&table));
                preprocessors.katex_macros = table.located_text("macros");
            }
            "lectern" => {
                preprocessors.bibliography = table.located_text("bibliography");
                preprocessors.quizzes = table.located_text("quizzes");
                table.finish(&["before", "after", "command", "optional", "renderers"]);
            }
            // Quizzes are directives of their own here, whichever program a book used for them.
            name if name == "quiz" || name.starts_with("quiz-") => {
                let by_name = name.strip_prefix("quiz-").map(str::to_owned);
                set(&mut preprocessors.quiz_language, table.text("default-language").or(by_name));
            }
            name => {
                preprocessors.unknown.push(name.to_owned());
                all.warn_of_preprocessor(name, line);
            }
        }
    }
}

/// mdbook-katex's delimiters are free; the two pairs that people use are told apart by the one for a line.
fn katex_syntax(table: &Table) -> MathSyntax {
    let left = table.table("inline-delimiter").and_then(|delimiter| delimiter.text("left"));
    match left.as_deref() {
        None | Some("$") => MathSyntax::Dollar,
        Some("\\(" | "\\\\(") => MathSyntax::Mathjax,
        Some(other) => {
            table.invalid("inline-delimiter", other, "`$` or `\\\\(`");
            MathSyntax::Dollar
        }
    }
}

impl Table<'_> {
    fn invalid(&self, key: &str, given: &str, wanted: &str) {
        self.error(
            "config-value",
            key,
            format!("`{}` is `{given}` and should be {wanted}", self.full(key)),
            format!("write {wanted}; until then the default holds"),
        );
    }

    fn warn_of_preprocessor(&self, name: &str, line: u32) {
        self.warning(
            "unknown-preprocessor",
            line,
            format!("the preprocessor `{name}` does not run here"),
            "nothing needs doing if its work is not missed: directives that only it knows stay in the text \
             as they are written"
                .to_owned(),
        );
    }
}
