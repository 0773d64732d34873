//! What the conformance suites share: running mdBook, reading pages and comparing them.

#[path = "conformance/chance.rs"]
pub mod chance;
#[path = "conformance/compare.rs"]
pub mod compare;
#[path = "commonmark/examples.rs"]
pub mod examples;
#[path = "conformance/folder.rs"]
pub mod folder;
#[path = "conformance/oracle.rs"]
pub mod oracle;
#[path = "conformance/page.rs"]
pub mod page;
