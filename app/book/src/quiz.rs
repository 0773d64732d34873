//! Quizzes: questions as data, their reading from TOML, grading, and questions made by rule from the text.
//!
//! The way of a quiz: [`read`](self::read()) makes a [`Quiz`] of a file → [`crate::load`] puts it in its
//! chapter → the build fills its element with [`fallback`](self::fallback()), for readers without scripts, and sends
//! it in the chapter's pack → the reader shows it in [`display_order`] and marks answers with [`grade`](self::grade()).
//! Reading, checking and placing need the `source` feature; the rest is what a browser has.

#[cfg(feature = "source")]
mod fallback;
#[cfg(feature = "source")]
mod generate;
mod grade;
mod hash;
#[cfg(feature = "source")]
mod node;
mod number;
mod order;
#[cfg(feature = "source")]
mod place;
mod question;
#[cfg(feature = "source")]
mod read;
mod show;
mod sound;
#[cfg(test)]
mod tests;
mod text;
mod units;

#[cfg(feature = "source")]
pub use fallback::fallback;
#[cfg(feature = "source")]
pub use generate::{Generated, Material, generate};
pub use grade::{Answer, Graded, Mark, Remark, grade};
pub use order::display_order;
#[cfg(feature = "source")]
pub use place::{Placed, bank_path};
#[cfg(feature = "source")]
pub(crate) use place::{element, place};
pub use question::{Choice, GAP, Kind, Question, Quiz, Response};
#[cfg(feature = "source")]
pub use read::{Read, read};
pub use show::{Showing, title};
pub use sound::{Flaw, flaws, stands_in};
