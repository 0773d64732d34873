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
    for (index, ((chapter, rendered), wanted)) in book.chapters.iter().zip(rendered).zip(wanted).enumerate() {
        size += chapter.markdown.len();
        pack_of.insert(chapter.address.clone(), packs.len());
        take(wanted, made, &mut current.made);
        take_pictures(&chapter.address, rendered, made, &mut current.made);
        let quizzes = book.quizzes.iter().filter(|placed| placed.chapter == index);
        current.made.quizzes.extend(quizzes.map(|placed| (placed.path.clone(), placed.quiz.clone())));
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
    current.made.quizzes.sort_by(|(left, _), (right, _)| left.cmp(right));
    current.made.quizzes.dedup_by(|(left, _), (right, _)| left == right);
    // Plain data: serialization cannot fail.
    let json = serde_json::to_vec(&std::mem::take(current)).unwrap_or_default();
    let file = format!("pack-{}.json", short_hash(&json));
    let bytes = u32::try_from(json.len()).unwrap_or(u32::MAX);
    output.add(&format!("lectern/{file}"), File::from(json));
    Pack { file, bytes }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use book::markdown::{Page, render};

    use super::*;
    use crate::disk::DiskFiles;
    use crate::site::formulas;

    #[test]
    fn quizzes_are_on_the_page_and_in_the_pack() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        let quiz = "[[questions]]\ntype = \"FillIn\"\nprompt.prompt = \"`x = ___` and $y^2$\"\nanswer.answer = \"<3\"\n";
        write(
            "content/book.toml",
            "[preprocessor.katex]\n[preprocessor.lectern]\nquizzes = \"../quizzes\"\n[preprocessor.quiz]\n",
        );
        write("content/src/SUMMARY.md", "- [A](a.md)\n");
        write("content/src/a.md", "# A\n\n{{#quiz q.toml}}\n\n## One\n\nx\n\n## Two\n");
        write("content/src/q.toml", quiz);
        write("quizzes/a/one.toml", &quiz.replace("x =", "z ="));
        let book = Book::load(&DiskFiles::new(&folder.path().join("content")));
        assert_eq!(book.diagnostics, []);
        let wanted = formulas::wanted(&book);
        let mut made = Made::default();
        made.inline.insert("y^2".to_owned(), "<i>y²</i>".to_owned());
        made.quizzes = book.quizzes.iter().map(|placed| (placed.path.clone(), placed.quiz.clone())).collect();
        let page = Page { address: "a.html", ..Page::default() };
        let rendered = render(&book.chapters[0].markdown, &page, &book.config.render_options(), &made);
        for part in [
            "<lectern-quiz data-quiz=\"src/q.toml\">",
            "<lectern-quiz data-quiz=\"../quizzes/a/one.toml\">",
            "<span class=\"gap\">____</span>",
            "<code>&lt;3</code>",
            "<i>y²</i>",
        ] {
            assert!(rendered.html.contains(part), "{part} in {}", rendered.html);
        }
        assert!(rendered.html.find("one.toml") < rendered.html.find("id=\"two\""));
        // What is asked is no text of the chapter: it is neither searched nor counted.
        assert_eq!(rendered.words, 4);

        let mut output = Output::default();
        make(&book, &[rendered], &wanted, &made, &mut output);
        let (_, pack) = output.files.iter().find(|(path, _)| path.contains("/pack-")).unwrap();
        let pack: PackText = serde_json::from_slice(&pack.bytes).unwrap();
        let quizzes = &pack.made.quizzes;
        let names: Vec<_> =
            quizzes.iter().map(|(path, quiz)| (path.as_str(), quiz.anchor.as_str())).collect();
        assert_eq!(names, [("../quizzes/a/one.toml", "one"), ("src/q.toml", "a")]);
        assert_eq!(quizzes[1].1, book.quizzes[0].quiz);
        assert_eq!(pack.made.inline.len(), 1);
        assert!(!pack.chapters[0].markdown.contains("y^2"));
    }
}
