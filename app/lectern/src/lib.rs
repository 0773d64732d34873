//! The `lectern` program as a library, so that tests reach every part of it.

pub mod output;
