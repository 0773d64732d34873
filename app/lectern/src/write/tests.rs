//! Builds into folders of every kind.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::*;
use crate::compress::tests::undo;

const OPTIONS: Options = Options { force: false };

fn site(files: &[(&str, &str)]) -> Output {
    let mut output = Output::default();
    for (path, content) in files {
        assert!(output.add(path, File::from((*content).to_owned())));
    }
    output
}

fn page(word: &str) -> String {
    format!("<p>{word}</p>\n").repeat(100)
}

/// Every file in `dir`, sorted, without the list.
fn listing(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = walkdir::WalkDir::new(dir)
        .into_iter()
        .flatten()
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| entry.path().strip_prefix(dir).unwrap().to_string_lossy().into_owned())
        .filter(|name| name != list::NAME)
        .collect();
    names.sort();
    names
}

fn modified(dir: &TempDir, path: &str) -> std::time::SystemTime {
    fs::metadata(dir.path().join(path)).unwrap().modified().unwrap()
}

#[test]
fn every_file_is_written_with_its_variants() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("deep/dist");
    let one = page("one");
    let report =
        write(&site(&[("a/one.html", &one), ("tiny.html", "x"), ("i.png", &one)]), &out, &OPTIONS).unwrap();

    assert_eq!(listing(&out), ["a/one.html", "a/one.html.br", "a/one.html.gz", "i.png", "tiny.html"]);
    for coding in Coding::ALL {
        let small = fs::read(out.join(variant_path("a/one.html", coding))).unwrap();
        assert_eq!(undo(&small, coding), one.as_bytes());
    }
    let size = |name: &str| fs::metadata(out.join(name)).unwrap().len();
    let expected = WriteReport {
        written: 3,
        unchanged: 0,
        removed: 0,
        bytes: 2 * one.len() as u64 + 1,
        brotli: size("a/one.html.br"),
        gzip: size("a/one.html.gz"),
    };
    assert_eq!(report, expected);
}

#[test]
fn variants_that_come_with_a_file_are_written_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let mut output = Output::default();
    let mut file = File::from(page("wasm"));
    file.brotli = Some("made before".into());
    output.add("r.wasm", file);
    write(&output, dir.path(), &OPTIONS).unwrap();
    assert_eq!(fs::read(dir.path().join("r.wasm.br")).unwrap(), b"made before");
}

#[test]
fn only_what_changed_is_rewritten_and_what_is_gone_is_removed() {
    let dir = tempfile::tempdir().unwrap();
    let (same, before, after) = (page("same"), page("before"), page("after"));
    write(
        &site(&[("same.html", &same), ("new.html", &before), ("old/gone.html", &same)]),
        dir.path(),
        &OPTIONS,
    )
    .unwrap();
    let written_at = modified(&dir, "same.html.br");
    let new_at = modified(&dir, "new.html");
    std::thread::sleep(std::time::Duration::from_millis(20));

    let second = site(&[("same.html", &same), ("new.html", &after)]);
    let report = write(&second, dir.path(), &OPTIONS).unwrap();
    assert_eq!((report.written, report.unchanged, report.removed), (1, 1, 3));
    assert_eq!(modified(&dir, "same.html.br"), written_at);
    assert!(modified(&dir, "new.html") > new_at);
    assert_eq!(undo(&fs::read(dir.path().join("new.html.gz")).unwrap(), Coding::Gzip), after.as_bytes());
    assert!(!dir.path().join("old").exists());

    let third = write(&second, dir.path(), &OPTIONS).unwrap();
    assert_eq!((third.written, third.unchanged, third.removed), (0, 2, 0));
    assert_eq!((third.bytes, third.brotli, third.gzip), (report.bytes, report.brotli, report.gzip));
}

#[test]
fn a_file_that_no_longer_shrinks_loses_its_variants() {
    let dir = tempfile::tempdir().unwrap();
    write(&site(&[("a.html", &page("long"))]), dir.path(), &OPTIONS).unwrap();
    let report = write(&site(&[("a.html", "short")]), dir.path(), &OPTIONS).unwrap();
    assert_eq!(listing(dir.path()), ["a.html"]);
    assert_eq!((report.written, report.removed, report.brotli), (1, 2, 0));
}

#[test]
fn a_lost_or_edited_file_is_written_again() {
    let dir = tempfile::tempdir().unwrap();
    let output = site(&[("a.html", &page("a")), ("b.html", &page("b"))]);
    write(&output, dir.path(), &OPTIONS).unwrap();
    let all = listing(dir.path());
    fs::remove_file(dir.path().join("a.html.br")).unwrap();
    fs::write(dir.path().join("b.html"), "edited").unwrap();
    assert_eq!(write(&output, dir.path(), &OPTIONS).unwrap().written, 2);
    assert_eq!(listing(dir.path()), all);
    assert_eq!(fs::read_to_string(dir.path().join("b.html")).unwrap(), page("b"));
}

#[test]
fn an_interrupted_build_is_repaired() {
    let dir = tempfile::tempdir().unwrap();
    let output = site(&[("a.html", &page("a"))]);
    write(&output, dir.path(), &OPTIONS).unwrap();
    // Cut off after the page and before its variants, with a file half written.
    fs::write(dir.path().join("a.html"), page("b")).unwrap();
    fs::write(dir.path().join("c.html.lectern-new"), "half").unwrap();
    let list = "lectern files 1 interrupted\na.html\na.html.br\na.html.gz\nc.html\n";
    fs::write(dir.path().join(list::NAME), list).unwrap();

    let report = write(&site(&[("a.html", &page("b"))]), dir.path(), &OPTIONS).unwrap();
    assert_eq!(report.written, 1);
    assert_eq!(listing(dir.path()), ["a.html", "a.html.br", "a.html.gz"]);
    let small = fs::read(dir.path().join("a.html.br")).unwrap();
    assert_eq!(undo(&small, Coding::Brotli), page("b").as_bytes());
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("thesis.tex"), "years of work").unwrap();
    fs::write(dir.path().join("index.html"), "my page").unwrap();
    let output = site(&[("index.html", "theirs")]);
    let error = write(&output, dir.path(), &OPTIONS).unwrap_err();
    assert!(matches!(error, WriteError::NotOurs { .. }) && error.to_string().contains("--force"), "{error}");
    assert_eq!(listing(dir.path()), ["index.html", "thesis.tex"]);
    assert!(!dir.path().join(list::NAME).exists());

    write(&output, dir.path(), &Options { force: true }).unwrap();
    assert_eq!(fs::read_to_string(dir.path().join("index.html")).unwrap(), "theirs");
    // From now on the folder is known; what the program did not write stays through every build.
    write(&site(&[("b.html", "b")]), dir.path(), &OPTIONS).unwrap();
    assert_eq!(listing(dir.path()), ["b.html", "thesis.tex"]);
}

#[test]
fn hidden_files_do_not_make_a_folder_somebody_elses() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(".git"), "gitdir: elsewhere").unwrap();
    write(&site(&[("a.html", "a")]), dir.path(), &OPTIONS).unwrap();
    assert_eq!(listing(dir.path()), [".git", "a.html"]);
}

#[test]
fn a_file_added_by_hand_is_neither_replaced_nor_removed() {
    let dir = tempfile::tempdir().unwrap();
    write(&site(&[("a.html", "a")]), dir.path(), &OPTIONS).unwrap();
    fs::write(dir.path().join("CNAME"), "book.example").unwrap();
    let error = write(&site(&[("CNAME", "other"), ("b.html", "b")]), dir.path(), &OPTIONS).unwrap_err();
    assert!(matches!(&error, WriteError::Foreign { path } if path.ends_with("CNAME")), "{error}");
    assert_eq!(listing(dir.path()), ["CNAME", "a.html"]);
    // So is what merely has the name of a variant.
    fs::write(dir.path().join("c.html.br"), "mine").unwrap();
    let error = write(&site(&[("c.html", &page("c"))]), dir.path(), &OPTIONS).unwrap_err();
    assert!(matches!(&error, WriteError::Foreign { path } if path.ends_with("c.html.br")), "{error}");
    write(&site(&[]), dir.path(), &OPTIONS).unwrap();
    assert_eq!(listing(dir.path()), ["CNAME", "c.html.br"]);
}

#[test]
fn a_variant_that_the_site_has_itself_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let output = site(&[("a.js", &page("a")), ("a.js.gz", "the author's")]);
    write(&output, dir.path(), &OPTIONS).unwrap();
    assert_eq!(fs::read_to_string(dir.path().join("a.js.gz")).unwrap(), "the author's");
    assert_eq!(listing(dir.path()), ["a.js", "a.js.br", "a.js.gz"]);
    assert_eq!(write(&output, dir.path(), &OPTIONS).unwrap().unchanged, 2);
}

#[test]
fn a_file_gives_way_to_a_folder_and_back() {
    let dir = tempfile::tempdir().unwrap();
    for files in [[("a", "file")], [("a/b.html", "page")], [("a", "file")]] {
        write(&site(&files), dir.path(), &OPTIONS).unwrap();
        assert_eq!(listing(dir.path()), [files[0].0]);
    }
}

#[test]
fn names_that_lead_out_or_clash_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    for path in ["../a.html", "/a.html", list::NAME, "a.lectern-new"] {
        let mut output = Output::default();
        output.files.insert(path.to_owned(), File::from("x"));
        let error = write(&output, &dir.path().join("out"), &OPTIONS).unwrap_err();
        assert!(matches!(error, WriteError::Name { .. }), "{path}: {error}");
    }
    assert_eq!(listing(dir.path()), [""; 0]);
}

#[test]
fn a_file_in_place_of_the_folder_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("out");
    fs::write(&file, "x").unwrap();
    let error = write(&site(&[("a.html", "a")]), &file, &OPTIONS).unwrap_err();
    assert!(matches!(error, WriteError::NotAFolder { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn links_lead_no_build_out_of_its_folder() {
    let dir = tempfile::tempdir().unwrap();
    let (out, outside) = (dir.path().join("out"), dir.path().join("outside"));
    fs::create_dir_all(&outside).unwrap();
    fs::create_dir_all(&out).unwrap();
    fs::write(outside.join("precious"), "x").unwrap();
    std::os::unix::fs::symlink(&outside, out.join("img")).unwrap();
    fs::write(out.join(list::NAME), "lectern files 1 complete\nimg/precious\nimg/a.png\n").unwrap();

    write(&site(&[("a.html", "a")]), &out, &OPTIONS).unwrap();
    assert_eq!(listing(&outside), ["precious"]);
    let error = write(&site(&[("img/a.png", "a")]), &out, &OPTIONS).unwrap_err();
    assert!(matches!(error, WriteError::Link { .. }), "{error}");
    assert_eq!(listing(&outside), ["precious"]);
}
