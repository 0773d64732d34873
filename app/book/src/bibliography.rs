//! Works that a book cites: from a BibTeX or BibLaTeX file to citations in the text and a list.
//!
//! `[@jacob2018; @han2016, p. 5]` becomes (Jacob et al., 2018; Han & Mao, 2016, p. 5), each linked to the
//! work's entry on the page that holds `{{#bibliography}}`; `[-@jacob2018]` leaves the names out. In order:
//! [`cite`] finds citations, [`read`] reads the file, [`work`] words an entry, and [`resolve`] puts all of it
//! into the pages.

mod cite;
mod read;
mod resolve;
#[cfg(test)]
mod tests;
mod work;

pub use resolve::{Page, resolve};
