//! Settings of the review, chosen by the reader and kept in the log like everything else.

/// How reviews are planned. Values outside their bounds are moved to the bound; what cannot be read is ignored.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// `retention`: the chance of recall, in percent, at which a card falls due. 70 to 97; usually 90.
    pub retention: u8,
    /// `new-per-day`: cards first reviewed on one day. 0 to 999; usually 10.
    pub new_per_day: u32,
    /// `reviews-per-day`: reviews asked for on one day, 0 for no limit. Usually 0.
    pub reviews_per_day: u32,
    /// `review-highlights`: `true` if highlights without a front are asked too, as the text with a gap. Usually so.
    pub review_highlights: bool,
    /// Every setting ever chosen, by name, also those that only the reader app knows.
    all: Vec<(String, String)>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { retention: 90, new_per_day: 10, reviews_per_day: 0, review_highlights: true, all: Vec::new() }
    }
}

impl Settings {
    /// The value chosen for a setting, if one was.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        let at = self.all.binary_search_by(|(known, _)| known.as_str().cmp(key)).ok()?;
        Some(&self.all[at].1)
    }

    pub(crate) fn set(&mut self, key: &str, value: &str) {
        match self.all.binary_search_by(|(known, _)| known.as_str().cmp(key)) {
            Ok(at) => self.all[at].1 = value.to_owned(),
            Err(at) => self.all.insert(at, (key.to_owned(), value.to_owned())),
        }
        let usual = Self::default();
        let number = |low: u32, high: u32| value.parse::<u32>().ok().map(|number| number.clamp(low, high));
        match key {
            "retention" => self.retention = number(70, 97).map_or(usual.retention, |percent| percent as u8),
            "new-per-day" => self.new_per_day = number(0, 999).unwrap_or(usual.new_per_day),
            "reviews-per-day" => self.reviews_per_day = number(0, 9_999).unwrap_or(usual.reviews_per_day),
            "review-highlights" => self.review_highlights = value != "false",
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_bounded_and_nonsense_is_the_usual_value() {
        let mut settings = Settings::default();
        settings.set("retention", "99");
        settings.set("new-per-day", "3");
        assert_eq!((settings.retention, settings.new_per_day), (97, 3));
        settings.set("retention", "much");
        settings.set("new-per-day", "-1");
        settings.set("review-highlights", "false");
        assert_eq!((settings.retention, settings.new_per_day, settings.review_highlights), (90, 10, false));
    }

    #[test]
    fn settings_of_the_reader_app_are_kept() {
        let mut settings = Settings::default();
        settings.set("theme", "sepia");
        settings.set("theme", "dark");
        assert_eq!((settings.get("theme"), settings.get("font")), (Some("dark"), None));
    }
}
