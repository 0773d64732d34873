//! Names of events: unique across devices, so that logs merge as sets.

use std::fmt;

/// Which device recorded an event, and as which of its events.
///
/// Written `9f3c21aa.12`: the device in hexadecimal, a dot, the counter in decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId {
    /// A random number that the browser profile drew once.
    pub device: u64,
    /// Counts the device's events, from 1; see [`crate::Log::next_id`].
    pub counter: u32,
}

impl EventId {
    /// Reads what [`fmt::Display`] writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (device, counter) = text.split_once('.')?;
        let plain = device.bytes().all(|byte| byte.is_ascii_hexdigit())
            && counter.bytes().all(|byte| byte.is_ascii_digit());
        if !plain {
            return None;
        }
        Some(Self { device: u64::from_str_radix(device, 16).ok()?, counter: counter.parse().ok()? })
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{:x}.{}", self.device, self.counter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn strange_names_are_refused() {
        for text in ["", ".", "12", "x.1", "1.x", "+1.1", "1.-1", "11111111111111111.1", "1.4294967296"] {
            assert_eq!(EventId::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(device: u64, counter: u32) {
            let id = EventId { device, counter };
            prop_assert_eq!(EventId::parse(&id.to_string()), Some(id));
        }
    }
}
