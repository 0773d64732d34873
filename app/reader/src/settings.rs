//! How the reader wants the text to look.

use serde::{Deserialize, Serialize};

use crate::dom;

/// Where settings are stored; `public/early.js` reads the same key before the first paint.
pub const KEY: &str = "lectern:settings";

/// Text sizes in per cent of the normal one.
pub const SIZES: [u16; 8] = [80, 90, 100, 110, 125, 140, 160, 180];

/// Everything the settings panel sets. Unknown names from other versions fall back to the defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// `auto`, `light`, `sepia`, `dark` or `contrast`.
    pub theme: String,
    /// `serif`, `sans` or `system`.
    pub typeface: String,
    /// `narrow`, `medium` or `wide`.
    pub width: String,
    /// Text size in per cent.
    pub size: u16,
    /// Whether the contents stand beside the text on wide screens.
    pub contents: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: "auto".to_owned(),
            typeface: "serif".to_owned(),
            width: "medium".to_owned(),
            size: 100,
            contents: true,
        }
    }
}

impl Settings {
    /// The size that is `steps` away from the present one among [`SIZES`].
    pub fn resized(&self, steps: isize) -> u16 {
        let now = SIZES.iter().position(|size| *size >= self.size).unwrap_or(SIZES.len() - 1);
        SIZES[now.saturating_add_signed(steps).min(SIZES.len() - 1)]
    }

    /// Puts them into effect on `<html>`.
    pub fn apply(&self) {
        let Some(html) = dom::html() else { return };
        for (name, value) in
            [("data-theme", &self.theme), ("data-typeface", &self.typeface), ("data-width", &self.width)]
        {
            let _ = html.set_attribute(name, value);
        }
        let scale = format!("{}.{:02}", self.size / 100, self.size % 100);
        let _ = html.style().set_property("--text-scale", &scale);
        let _ = html.class_list().toggle_with_force("no-contents", !self.contents);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_step_and_stop_at_the_ends() {
        let mut settings = Settings::default();
        assert_eq!(settings.resized(1), 110);
        settings.size = 180;
        assert_eq!(settings.resized(1), 180);
        settings.size = 80;
        assert_eq!(settings.resized(-1), 80);
        settings.size = 95;
        assert_eq!(settings.resized(0), 100);
    }

    #[test]
    fn settings_of_other_versions_keep_what_they_know() {
        let settings: Settings = serde_json::from_str("{\"theme\":\"dark\",\"glow\":3}").unwrap();
        assert_eq!(settings, Settings { theme: "dark".to_owned(), ..Settings::default() });
    }
}
