//! Questions made from books in memory.
