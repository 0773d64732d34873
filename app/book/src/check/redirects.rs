//! Following every entry of `[output.html.redirect]`.

use std::collections::{HashMap, HashSet};

use super::site::{Site, There, clean};
use crate::config::{FILE, Redirect};
use crate::diagnostic::Diagnostic;
use crate::path;

/// Adds a diagnostic for each redirect that nobody reaches or that leads nowhere.
pub fn check(site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    let redirects = &site.book.config.html.redirects;
    let by_address: HashMap<String, &Redirect> =
        redirects.iter().map(|redirect| (clean(&redirect.from), redirect)).collect();
    for redirect in redirects {
        let found = problem_of_source(site, redirect, &by_address)
            .or_else(|| problem_of_target(site, redirect, &by_address));
        diagnostics.extend(found);
    }
}

fn error(redirect: &Redirect, code: &'static str, message: String, help: &str) -> Option<Diagnostic> {
    Some(Diagnostic::error(code, FILE, redirect.line, message, help))
}

fn problem_of_source(
    site: &Site,
    redirect: &Redirect,
    by_address: &HashMap<String, &Redirect>,
) -> Option<Diagnostic> {
    let from = clean(&redirect.from);
    let (page, fragment) = from.split_once('#').map_or((from.as_str(), None), |(page, id)| (page, Some(id)));
    let there = site.book.chapter(page);
    match (there, fragment) {
        (Some(chapter), None) => error(
            redirect,
            "redirect-shadow",
            format!("`{from}` is the page of `{}`, so that nobody is redirected", chapter.source),
            "remove the redirect, or rename the chapter",
        ),
        (None, Some(_)) if !by_address.contains_key(page) => error(
            redirect,
            "redirect-fragment",
            format!("there is no page `{page}`, and nothing says where to go without the fragment"),
            "add a redirect for the page itself",
        ),
        _ => None,
    }
}

fn problem_of_target(
    site: &Site,
    redirect: &Redirect,
    by_address: &HashMap<String, &Redirect>,
) -> Option<Diagnostic> {
    let mut seen = HashSet::new();
    let mut from = clean(&redirect.from);
    let mut to = redirect.to.as_str();
    // A redirect may lead to another one.
    while seen.insert(from.clone()) {
        let (written, fragment) = path::split_link(to);
        if path::is_external(to) {
            return None;
        }
        let page = from.split('#').next().unwrap_or("");
        let address = match written {
            "" => page.to_owned(),
            _ if written.starts_with('/') => address_on_host(site, written)?,
            _ => path::join(path::folder(page), &path::percent_decode(written)),
        };
        let target = fragment.map_or_else(|| address.clone(), |fragment| format!("{address}#{fragment}"));
        if let Some(next) = by_address.get(&target).or_else(|| by_address.get(&address)) {
            from = clean(&next.from);
            to = &next.to;
            continue;
        }
        return match site.at(&address) {
            There::Page(page) if !site.has_id(page, fragment.unwrap_or("")) => error(
                redirect,
                "redirect-target",
                format!("`{to}`: `{address}` has no place called `#{}`", fragment.unwrap_or("")),
                "redirect to a heading that exists, or to the page alone",
            ),
            There::Page(_) | There::File | There::Redirect => None,
            There::Unlisted => error(
                redirect,
                "redirect-target",
                format!("`{to}` leads nowhere: the source of `{address}` is not in SUMMARY.md"),
                "add it there, or redirect to a chapter",
            ),
            There::Nothing => {
                let help = match site.nearest_file(&address) {
                    Some(meant) => format!("did you mean `{}`?", path::relative(page, &meant)),
                    None => "correct it: a target is relative to the page that is redirected".to_owned(),
                };
                error(
                    redirect,
                    "redirect-target",
                    format!("`{to}` leads nowhere: there is no page `{address}`"),
                    &help,
                )
            }
        };
    }
    error(
        redirect,
        "redirect-loop",
        format!("`{}` leads back to itself", redirect.from),
        "redirect to a page",
    )
}

/// The address in the book of a path from the host's root; `None` where it is not in the book as far as one
/// can tell. A book that does not say where it is hosted is taken to be in a folder of any name.
fn address_on_host(site: &Site, written: &str) -> Option<String> {
    let path = path::normalise(&path::percent_decode(written));
    let is_there = |address: &str| site.at(address) != There::Nothing;
    if let Some(base) = &site.book.config.html.site_url {
        let base = path::normalise(base);
        let inside = path.strip_prefix(&base)?;
        return Some(inside.trim_start_matches('/').to_owned());
    }
    if is_there(&path) {
        return Some(path);
    }
    let (_, inside) = path.split_once('/')?;
    is_there(inside).then(|| inside.to_owned())
}
