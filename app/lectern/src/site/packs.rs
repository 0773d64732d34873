//! Chapters grouped into the files that the reader fetches.

use std::collections::BTreeMap;

use book::Book;
use book::markdown::{LinkKind, Maker, Rendered, picture_file};
use book::wire::{ChapterText, Made, Pack, PackText};

use super::formulas::Wanted;
use super::short_hash;
use crate::output::{File, Output};

/// A pack is closed once it holds this much markdown: about what one round trip brings, compressed.
const PACK_BYTES: usize = 48 * 1024;

/// Adds the packs of `book` to `output`; gives them in order, and the pack of each page address. `wanted` has
/// the formulas and diagrams of each chapter.
pub fn make(
    book: &Book,
    rendered: &[Rendered],
    wanted: &[Wanted],
    made: &Made,
    output: &mut Output,
) -> (Vec<Pack>, BTreeMap<String, usize>) {
    let mut packs = Vec::new();
    let mut pack_of = BTreeMap::new();
    let mut current = PackText::default();
    let mut size = 0;
    for ((chapter, rendered), wanted) in book.chapters.iter().zip(rendered).zip(wanted) {
        size += chapter.markdown.len();
        pack_of.insert(chapter.address.clone(), packs.len());
        take(wanted, made, &mut current.made);
        take_pictures(&chapter.address, rendered, made, &mut current.made);
        current.chapters.push(ChapterText {
            address: chapter.address.clone(),
            markdown: chapter.markdown.clone(),
            page_title: chapter.page_title.clone(),
        });
        if size >= PACK_BYTES {
            packs.push(close(&mut current, output));
            size = 0;
        }
    }
    if !current.chapters.is_empty() {
        packs.push(close(&mut current, output));
    }
    (packs, pack_of)
}

/// Copies what one chapter needs from everything made for the book.
fn take(wanted: &Wanted, made: &Made, into: &mut Made) {
    for (tex, display) in &wanted.formulas {
        let (from, to) =
            if *display { (&made.display, &mut into.display) } else { (&made.inline, &mut into.inline) };
        if let Some(html) = from.get(tex) {
            to.insert(tex.clone(), html.clone());
        }
    }
    for source in &wanted.diagrams {
        if let Some(svg) = made.diagrams.get(source) {
            into.diagrams.insert(source.clone(), svg.clone());
        }
    }
}

/// Copies the sizes of the pictures that the chapter at `address` shows.
fn take_pictures(address: &str, rendered: &Rendered, made: &Made, into: &mut Made) {
    // A picture in raw HTML is a link of kind `Image` too.
    for link in rendered.links.iter().filter(|link| link.kind == LinkKind::Image) {
        let file = picture_file(address, &link.target);
        if let Some((width, height)) = made.picture(&file) {
            into.pictures.push((file, width, height));
        }
    }
}

fn close(current: &mut PackText, output: &mut Output) -> Pack {
    current.made.pictures.sort();
    current.made.pictures.dedup();
    // Plain data: serialization cannot fail.
    let json = serde_json::to_vec(&std::mem::take(current)).unwrap_or_default();
    let file = format!("pack-{}.json", short_hash(&json));
    let bytes = u32::try_from(json.len()).unwrap_or(u32::MAX);
    output.add(&format!("lectern/{file}"), File::from(json));
    Pack { file, bytes }
}
