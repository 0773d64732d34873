//! Scratch.
use std::time::Instant;
fn main() {
    for book in std::env::args().skip(1) {
        let files = lectern::disk::DiskFiles::new(std::path::Path::new(&book));
        let _ = book::Book::load(&files);
        let t = Instant::now();
        let loaded = book::Book::load(&files);
        eprintln!("{book}: {} chapters {:?}", loaded.chapters.len(), t.elapsed());
        for d in &loaded.diagnostics { println!("{d}"); }
    }
}
