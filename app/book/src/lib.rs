//! The book as data: text goes in, values and diagnostics come out.
//!
//! Pure: nothing here touches a file, a clock, a network or a browser. Files are read through [`Files`],
//! which the caller implements. The same [`markdown::render`] makes the pages that `lectern build` writes
//! and the chapters that the reader draws in the browser, so both are equal by construction.
//!
//! The way of a book, in order: [`config`] → [`summary`] → [`expand`] → [`markdown`] → [`check`].

#[cfg(feature = "source")]
pub mod bibliography;
#[cfg(feature = "source")]
pub mod check;
#[cfg(feature = "source")]
pub mod config;
pub mod diagnostic;
#[cfg(feature = "source")]
pub mod expand;
#[cfg(feature = "source")]
pub mod glossary;
pub mod highlight;
#[cfg(feature = "source")]
mod line_index;
#[cfg(feature = "source")]
pub mod load;
pub mod markdown;
#[cfg(all(test, feature = "source"))]
mod memory;
pub mod navigation;
#[cfg(feature = "source")]
mod nearest;
pub mod path;
pub mod phrases;
pub mod quiz;
pub mod search;
#[cfg(feature = "source")]
pub mod summary;
pub mod wire;

pub use diagnostic::{Diagnostic, Severity};
#[cfg(feature = "source")]
pub use load::{Book, Chapter, Files, ReadError};
