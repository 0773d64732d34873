//! Interim.
fn main() -> std::process::ExitCode {
    let a: Vec<String> = std::env::args().collect();
    lectern::commands::build::run(&lectern::commands::build::Request { book: (&a[1]).into(), out: (&a[2]).into(), base: None, strict: false, force: false, trust: true })
}
