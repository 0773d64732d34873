//! A rendered chapter's sections as documents to search.

use super::Document;
use crate::markdown::Rendered;

/// The sections of the chapter at `address`, made from `source` and called `title`, which stands under the
/// chapters named in `parents`. A section that is empty but for its title is found by that.
#[must_use]
pub fn documents(
    address: &str,
    source: &str,
    title: &str,
    parents: &[String],
    rendered: &Rendered,
) -> Vec<Document> {
    rendered
        .sections
        .iter()
        .filter(|section| !(section.title.is_empty() && section.text.is_empty() && section.code.is_empty()))
        .map(|section| {
            let is_chapter = section.title.is_empty()
                || (section.path.is_empty() && rendered.title.as_deref() == Some(&section.title));
            let mut path = parents.to_vec();
            if !is_chapter {
                path.push(title.to_owned());
            }
            // The chapter's own heading says again what its name says.
            path.extend(section.path.iter().filter(|above| rendered.title.as_ref() != Some(above)).cloned());
            Document {
                page: address.to_owned(),
                source: source.to_owned(),
                anchor: section.id.clone(),
                title: if section.title.is_empty() { title.to_owned() } else { section.title.clone() },
                path,
                text: section.text.clone(),
                code: section.code.clone(),
            }
        })
        .collect()
}
