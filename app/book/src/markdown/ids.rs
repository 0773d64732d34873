//! Names for places in a page: made from a heading's text as mdBook makes them, and each used once.

use std::collections::BTreeSet;

/// The id for a heading that reads `text`.
pub fn id_from_content(text: &str) -> String {
    let letters = text.trim().to_lowercase();
    let kept = letters.chars().filter_map(|letter| {
        if letter.is_alphanumeric() || letter == '_' || letter == '-' {
            Some(letter)
        } else {
            letter.is_whitespace().then_some('-')
        }
    });
    kept.collect()
}

/// The ids of one page.
#[derive(Default)]
pub(super) struct Ids {
    used: BTreeSet<String>,
    empty: bool,
}

impl Ids {
    /// Takes `id` if no place of the page has it yet.
    pub(super) fn claim(&mut self, id: &str) -> bool {
        self.used.insert(id.to_owned())
    }

    /// Takes `id`, or the first of `id-1`, `id-2`, … that is free.
    pub(super) fn unique(&mut self, id: &str) -> String {
        if self.claim(id) {
            return id.to_owned();
        }
        let mut number = 1_u32;
        loop {
            let candidate = format!("{id}-{number}");
            if self.claim(&candidate) {
                return candidate;
            }
            number += 1;
        }
    }

    /// An id for a heading that reads `text`. A heading without letters gets `section` where mdBook writes
    /// an empty id, which no link can reach; its followers are `-1`, `-2`, … as there.
    pub(super) fn heading(&mut self, text: &str) -> String {
        let id = id_from_content(text);
        if id.is_empty() && !self.empty {
            self.empty = true;
            self.claim("");
            return self.unique("section");
        }
        self.unique(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_any_script_stay_and_spaces_become_hyphens() {
        assert_eq!(id_from_content("What is `unsafe`, really?"), "what-is-unsafe-really");
        assert_eq!(id_from_content("  Größe 2.0\tund mehr "), "größe-20-und-mehr");
        assert_eq!(id_from_content("量化 模型"), "量化-模型");
        assert_eq!(id_from_content("🦀!"), "");
    }

    #[test]
    fn the_same_heading_twice_gets_two_ids() {
        let mut ids = Ids::default();
        assert_eq!(ids.heading("Use"), "use");
        assert_eq!(ids.heading("Use"), "use-1");
        assert_eq!(ids.heading("Use 1"), "use-1-1");
        assert_eq!(ids.heading("Use"), "use-2");
    }

    #[test]
    fn a_heading_without_letters_can_be_linked() {
        let mut ids = Ids::default();
        assert_eq!(ids.heading("🦀"), "section");
        assert_eq!(ids.heading("?"), "-1");
        assert_eq!(ids.heading("Section"), "section-1");
    }
}
