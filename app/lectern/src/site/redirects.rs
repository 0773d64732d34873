//! Pages that only say where another page went (`output.html.redirect`).

use super::{Shell, page};
use crate::output::{File, Output};

/// Adds a page for each redirect whose address is free.
pub fn add(shell: &Shell<'_>, output: &mut Output) {
    for (from, to) in &shell.contents.redirects {
        // A redirect of a fragment is followed on the page that has the fragment, or on the redirect's own.
        let address = from.split('#').next().unwrap_or_default();
        if address.is_empty() || from.contains('#') || output.files.contains_key(address) {
            continue;
        }
        output.add(address, File::from(page::redirect(shell, to, address)));
    }
}
