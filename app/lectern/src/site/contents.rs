//! The table of contents that the reader loads, from the summary and the rendered chapters.

use std::collections::BTreeMap;

use book::Book;
use book::markdown::Rendered;
use book::summary;
use book::wire::{ChapterEntry, Contents, Item, Pack, VERSION};

use super::short_hash;

/// The contents of `book`; `pack_of` gives each page's pack.
pub fn make(
    book: &Book,
    rendered: &[Rendered],
    packs: Vec<Pack>,
    pack_of: &BTreeMap<String, usize>,
) -> Contents {
    let html = &book.config.html;
    let mut items: Vec<Item> =
        book.summary.items.iter().map(|item| plain_item(item, html.no_section_label)).collect();
    for (chapter, rendered) in book.chapters.iter().zip(rendered) {
        if let Some(Item::Chapter(entry)) = items.get_mut(chapter.item) {
            entry.address = Some(chapter.address.clone());
            entry.source.clone_from(&chapter.source);
            entry.pack = pack_of.get(&chapter.address).copied().unwrap_or_default();
            entry.words = rendered.words;
        }
    }
    let mut contents = Contents {
        version: VERSION,
        edition: String::new(),
        title: book.config.book.title.clone(),
        description: book.config.book.description.clone(),
        authors: book.config.book.authors.clone(),
        language: book.config.book.language.clone(),
        direction: book.config.book.direction.as_str().to_owned(),
        items,
        packs,
        options: book.config.render_options(),
        source_folder: book.config.book.src.clone(),
        repository: html.git_repository_url.clone(),
        edit: html.edit_url_template.clone(),
        fold: html.fold,
        redirects: html
            .redirects
            .iter()
            .map(|redirect| (site_path(&redirect.from).to_owned(), redirect.to.clone()))
            .collect(),
    };
    let json = serde_json::to_vec(&contents).unwrap_or_default();
    contents.edition = short_hash(&json);
    contents
}

/// A redirect's address without the `/` or `./` that authors write before it.
fn site_path(path: &str) -> &str {
    path.trim_start_matches("./").trim_start_matches('/')
}

fn plain_item(item: &summary::Item, without_number: bool) -> Item {
    match item {
        summary::Item::Part { title, .. } => Item::Part { title: title.clone() },
        summary::Item::Separator => Item::Separator,
        summary::Item::Chapter(entry) => Item::Chapter(ChapterEntry {
            title: entry.title.clone(),
            number: if without_number { String::new() } else { entry.number_text() },
            level: entry.level,
            address: None,
            source: String::new(),
            pack: 0,
            words: 0,
        }),
    }
}
