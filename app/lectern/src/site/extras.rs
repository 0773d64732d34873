//! What `book.toml` and the theme folder add to every page: style sheets, scripts, icons, the page for missing
//! addresses, the host's name.

use book::config::{Config, FILE, Located};
use book::markdown::{self, Rendered};
use book::phrases::Language;
use book::{Diagnostic, Files};

use crate::disk::DiskFiles;
use crate::output::{File, Output};

/// The book's own parts of every page's head, as paths from the site's root.
#[derive(Debug, Default)]
pub struct Extras {
    /// `additional-css`.
    pub sheets: Vec<String>,
    /// `additional-js`, of a trusted book only.
    pub scripts: Vec<String>,
    /// `theme/favicon.svg` and `theme/favicon.png`.
    pub icons: Vec<String>,
}

impl Extras {
    /// Adds the files to `output`. A file that is not there is missing from the pages too.
    pub fn add(files: &DiskFiles, config: &Config, trust: bool, output: &mut Output) -> Self {
        let mut copy = |from: &str, to: &str| {
            files.bytes(from).is_ok_and(|bytes| output.add(to, File::from(bytes))).then(|| to.to_owned())
        };
        let mut all = |named: &[Located<String>]| {
            named.iter().filter_map(|file| copy(&file.value, &file.value)).collect::<Vec<_>>()
        };
        let sheets = all(&config.html.additional_css);
        // A script may do on the host's pages whatever it likes: that is for the host to decide.
        let scripts = if trust { all(&config.html.additional_js) } else { Vec::new() };
        let icons = ["favicon.svg", "favicon.png"]
            .iter()
            .filter_map(|name| copy(&format!("theme/{name}"), name))
            .collect();
        if let Some(host) = &config.html.cname {
            output.add("CNAME", File::from(format!("{host}\n")));
        }
        Self { sheets, scripts, icons }
    }
}

/// Says which scripts are left out because the book is not trusted.
pub fn left_out(config: &Config, trust: bool) -> Option<Diagnostic> {
    let first = config.html.additional_js.first().filter(|_| !trust)?;
    let others = config.html.additional_js.len() - 1;
    let named = if others == 0 {
        format!("`{}`", first.value)
    } else {
        format!("`{}` and {others} more", first.value)
    };
    Some(Diagnostic::warning(
        "untrusted-script",
        FILE,
        first.line,
        format!("scripts of the book do not run: {named}"),
        "pass `--trust` if you know what they do: a script may read and change whatever a reader's browser keeps here",
    ))
}

/// The book's own text for addresses that are not there: `input-404`, or `404.md`.
pub fn missing_page(files: &DiskFiles, config: &Config, language: Language) -> Option<Rendered> {
    let name = config.html.input_404.as_deref().unwrap_or("404.md");
    if name.is_empty() {
        return None;
    }
    let text = files.read(&config.in_src(name)).ok()?;
    let page = markdown::Page { address: "404.html", language };
    Some(markdown::render(&text, &page, &config.render_options(), &()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const CONFIG: &str = "[output.html]\nadditional-css = [\"a.css\", \"../up.css\", \"no.css\"]\nadditional-js = [\"a.js\", \"b.js\"]\ncname = \"books.example.org\"\n";

    fn book() -> (tempfile::TempDir, DiskFiles, Config) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("book");
        fs::create_dir_all(root.join("theme")).unwrap();
        fs::create_dir_all(root.join("src")).unwrap();
        for name in ["a.css", "../up.css", "a.js", "theme/favicon.png", "src/404.md"] {
            fs::write(root.join(name), "# Lost\n").unwrap();
        }
        let files = DiskFiles::new(&root);
        (folder, files, Config::parse(CONFIG).0)
    }

    #[test]
    fn what_the_book_names_is_on_every_page() {
        let (_folder, files, config) = book();
        let mut output = Output::default();
        let extras = Extras::add(&files, &config, false, &mut output);
        assert_eq!(extras.sheets, ["a.css"]);
        assert_eq!(extras.icons, ["favicon.png"]);
        assert_eq!(output.files["CNAME"].bytes, "books.example.org\n");
        assert_eq!(missing_page(&files, &config, Language::English).unwrap().title.as_deref(), Some("Lost"));
    }

    #[test]
    fn scripts_run_only_where_the_book_is_trusted() {
        let (_folder, files, config) = book();
        let mut output = Output::default();
        assert!(Extras::add(&files, &config, false, &mut output).scripts.is_empty());
        assert!(!output.files.contains_key("a.js"));
        let finding = left_out(&config, false).unwrap();
        assert_eq!(
            (finding.line, finding.message.as_str()),
            (3, "scripts of the book do not run: `a.js` and 1 more")
        );
        assert_eq!(Extras::add(&files, &config, true, &mut output).scripts, ["a.js"]);
        assert_eq!(left_out(&config, true), None);
    }
}
