//! The files that `book.toml` names.

use crate::config::FILE;
use crate::diagnostic::Diagnostic;
use crate::load::{Book, Files};
use crate::path;

/// Adds a diagnostic for each that is missing.
pub fn check(book: &Book, files: &dyn Files, diagnostics: &mut Vec<Diagnostic>) {
    let html = &book.config.html;
    for sheet in html.additional_css.iter().chain(&html.additional_js) {
        if !files.exists(&path::normalise(&sheet.value)) {
            diagnostics.push(Diagnostic::warning(
                "missing-file",
                FILE,
                sheet.line,
                format!("there is no `{}`", sheet.value),
                "remove it, or correct the path, which is relative to the folder of `book.toml`",
            ));
        }
    }
    if let Some(macros) = &book.config.preprocessors.katex_macros
        && !files.exists(&path::normalise(&macros.value))
    {
        diagnostics.push(Diagnostic::error(
            "missing-file",
            FILE,
            macros.line,
            format!("there is no `{}`, so that formulas lack their macros", macros.value),
            "correct the path, which is relative to the folder of `book.toml`",
        ));
    }
    if let Some(page) = html.input_404.as_deref().filter(|page| !page.is_empty())
        && !files.exists(&book.config.in_src(page))
    {
        diagnostics.push(Diagnostic::warning(
            "missing-file",
            FILE,
            0,
            format!("there is no `{page}` for addresses that are not there"),
            "remove `input-404`, or correct the path, which is relative to the source folder",
        ));
    }
}
