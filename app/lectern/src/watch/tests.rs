//! Changes to real folders.

use std::fs;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use tempfile::TempDir;

use super::*;

/// Long enough for a busy machine; a test that passes waits for none of it.
const LONG: Duration = Duration::from_secs(20);

/// Twice the time in which a change is told.
const QUIET: Duration = Duration::from_millis(600);

struct Book {
    root: PathBuf,
    changes: Receiver<Vec<PathBuf>>,
    _dir: TempDir,
}

impl Book {
    /// A book watched by `watcher`, which is to be told apart from what happened before.
    fn watched(watcher: impl FnOnce(PathBuf, &mut dyn FnMut(Vec<PathBuf>)) + Send + 'static) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = real(dir.path());
        fs::create_dir_all(root.join("src/img")).unwrap();
        fs::write(root.join("src/a.md"), "one").unwrap();
        let (sender, changes) = channel();
        let watched = root.clone();
        thread::spawn(move || {
            watcher(watched, &mut |paths| {
                // The test may have ended.
                let _ = sender.send(paths);
            });
        });
        let book = Self { root, changes, _dir: dir };
        book.wait_until_watched();
        book
    }

    /// Touches a file until that is noticed, then lets the dust settle.
    fn wait_until_watched(&self) {
        let started = Instant::now();
        while self.changes.recv_timeout(Duration::from_millis(700)).is_err() {
            assert!(started.elapsed() < LONG, "nothing is noticed");
            fs::write(self.root.join("src/start.md"), format!("{:?}", started.elapsed())).unwrap();
        }
        while self.changes.recv_timeout(QUIET).is_ok() {}
    }

    fn write(&self, path: &str, content: &str) {
        fs::write(self.root.join(path), content).unwrap();
    }

    fn next(&self) -> Vec<String> {
        let paths = self.changes.recv_timeout(LONG).expect("a change that is told");
        let below = |path: &PathBuf| path.strip_prefix(&self.root).unwrap().to_string_lossy().into_owned();
        paths.iter().map(below).collect()
    }

    fn is_quiet(&self) -> bool {
        self.changes.recv_timeout(QUIET).is_err()
    }
}

fn by_the_system(root: PathBuf, on_change: &mut dyn FnMut(Vec<PathBuf>)) {
    watch_except(vec![root.clone()], vec![root.join("dist")], on_change).unwrap();
}

fn by_looking(root: PathBuf, mut on_change: &mut dyn FnMut(Vec<PathBuf>)) {
    let filter = Filter::new(std::slice::from_ref(&root), &[root.join("dist")]);
    poll(&filter, Duration::from_millis(20), &mut on_change);
}

fn changes_are_told(book: &Book) {
    book.write("src/a.md", "one and two");
    assert_eq!(book.next(), ["src/a.md"]);

    book.write("src/new.md", "new");
    assert_eq!(book.next(), ["src/new.md"]);
    fs::remove_file(book.root.join("src/new.md")).unwrap();
    assert_eq!(book.next(), ["src/new.md"]);

    // As editors save: a new file takes the place of the old one.
    book.write(".a.md.tmp", "three");
    fs::rename(book.root.join(".a.md.tmp"), book.root.join("src/a.md")).unwrap();
    assert_eq!(book.next(), ["src/a.md"]);
    assert!(book.is_quiet());
}

fn what_does_not_count_is_not_told(book: &Book) {
    fs::create_dir_all(book.root.join("dist")).unwrap();
    fs::create_dir_all(book.root.join("target")).unwrap();
    for path in ["dist/a.html", "target/x", "src/.a.md.swp", "src/a.md~"] {
        book.write(path, "x");
    }
    fs::read(book.root.join("src/a.md")).unwrap();
    fs::read_dir(book.root.join("src")).unwrap().count();
    assert!(book.is_quiet());
}

#[test]
fn the_system_tells_of_changes() {
    let book = Book::watched(by_the_system);
    changes_are_told(&book);
    what_does_not_count_is_not_told(&book);
}

#[test]
fn looking_finds_the_same_changes() {
    let book = Book::watched(by_looking);
    changes_are_told(&book);
    what_does_not_count_is_not_told(&book);
}

#[test]
fn changes_close_together_are_told_once() {
    let book = Book::watched(by_the_system);
    for name in ["src/one.md", "src/two.md", "src/img/a.svg"] {
        book.write(name, "x");
        thread::sleep(PAUSE / 5);
    }
    assert_eq!(book.next(), ["src/img/a.svg", "src/one.md", "src/two.md"]);
    assert!(book.is_quiet());
}

#[test]
fn a_new_folder_is_watched_too() {
    let book = Book::watched(by_the_system);
    fs::create_dir_all(book.root.join("src/part")).unwrap();
    assert!(book.next().contains(&"src/part".to_owned()));
    book.write("src/part/b.md", "x");
    assert!(book.next().contains(&"src/part/b.md".to_owned()));
}

#[test]
fn nothing_to_watch_is_an_error() {
    let error = watch(vec!["/no/such/folder".into()], |_| ()).unwrap_err();
    assert!(error.to_string().contains("/no/such/folder"));
}

#[test]
fn paths_are_made_real_as_far_as_they_exist() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().canonicalize().unwrap();
    assert_eq!(real(&root.join("gone/deeper")), root.join("gone/deeper"));
    assert_eq!(real(dir.path()), root);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&root, root.join("link")).unwrap();
        assert_eq!(real(&root.join("link/gone")), root.join("gone"));
    }
}
