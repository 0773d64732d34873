//! mdBook itself, run on a book.

use std::collections::BTreeMap;
use std::path::Path;
use std::str::FromStr;

use mdbook_core::config::Config;
use mdbook_driver::MDBook;

/// The pages that mdBook makes of the book at `root`: address → the inside of `<main>`.
///
/// Preprocessors and renderers that are programs of their own are not installed here and left out, as are
/// styles, scripts and search, which are not part of a chapter.
///
/// # Errors
/// Says what mdBook could not read or write.
pub fn build(root: &Path) -> Result<BTreeMap<String, String>, String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = root.join("book.toml");
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let config = Config::from_str(&adjusted(&text, out.path())?).map_err(|error| format!("{error:#}"))?;
    let mdbook = MDBook::load_with_config(root, config).map_err(|error| format!("{error:#}"))?;
    mdbook.build().map_err(|error| format!("{error:#}"))?;
    let mut pages = BTreeMap::new();
    for item in mdbook.iter() {
        if let mdbook_core::book::BookItem::Chapter(chapter) = item
            && let Some(path) = &chapter.path
        {
            let address = address(path);
            let page = std::fs::read_to_string(out.path().join(&address))
                .map_err(|error| format!("{address}: {error}"))?;
            pages.insert(address, main_of(&page)?);
        }
    }
    Ok(pages)
}

/// Where mdBook writes the chapter at `path`.
fn address(path: &Path) -> String {
    let readme = path.file_stem().is_some_and(|stem| stem.eq_ignore_ascii_case("readme"));
    let path = if readme { path.with_file_name("index.md") } else { path.to_owned() };
    path.with_extension("html").to_string_lossy().replace('\\', "/")
}

/// `book.toml` with everything taken out that needs a program or a file that is not here.
fn adjusted(text: &str, out: &Path) -> Result<String, String> {
    let mut table: toml::Table = text.parse().map_err(|error| format!("book.toml: {error}"))?;
    table.remove("preprocessor");
    let html = table
        .get("output")
        .and_then(|output| output.get("html"))
        .and_then(toml::Value::as_table)
        .cloned()
        .unwrap_or_default();
    let mut html = html;
    for key in ["additional-css", "additional-js", "theme", "cname"] {
        html.remove(key);
    }
    for key in ["search", "print"] {
        html.insert(key.to_owned(), toml::Table::from_iter([("enable".to_owned(), false.into())]).into());
    }
    table.insert("output".to_owned(), toml::Table::from_iter([("html".to_owned(), html.into())]).into());
    let build = [
        ("build-dir".to_owned(), out.to_string_lossy().into_owned().into()),
        ("create-missing".to_owned(), false.into()),
    ];
    table.insert("build".to_owned(), toml::Table::from_iter(build).into());
    toml::to_string(&table).map_err(|error| error.to_string())
}

/// What stands in the page's `<main>`, as mdBook wrote it.
fn main_of(page: &str) -> Result<String, String> {
    let (_, rest) = page.split_once("<main>").ok_or("mdBook's page has no <main>")?;
    let (main, _) = rest.rsplit_once("</main>").ok_or("mdBook's page has no </main>")?;
    Ok(main.to_owned())
}
