//! Just enough JSON for events: one flat object at a time, read from any text and written without a library.
//!
//! In the browser a library would cost more than the rest of this crate, and the browser's own parser gives up on
//! the first damaged byte of a file that we want to salvage. Numbers are whole; whatever else stands in a field that
//! this version does not know is checked and kept as it is.

use std::borrow::Cow;

/// Objects and lists may be nested this deep; nothing here needs it, and recursion stays bounded.
const DEEPEST: u32 = 32;

/// The members of an object, in order.
pub(crate) struct Fields<'a> {
    members: Vec<Member<'a>>,
}

struct Member<'a> {
    /// Name and value as they stand in the text: `"name":value`.
    name: Cow<'a, str>,
    name_text: &'a str,
    value: &'a str,
    taken: bool,
}

impl<'a> Fields<'a> {
    /// The object that begins at byte `at` of `text`, and the byte behind it.
    ///
    /// # Errors
    /// The byte where it stops being JSON.
    pub(crate) fn read(text: &'a str, at: usize) -> Result<(Self, usize), usize> {
        let mut cursor = Cursor { text, at };
        let mut members = Vec::new();
        cursor.items(b'{', b'}', |cursor| {
            let (start, name) = (cursor.at, cursor.string()?);
            let name_text = &text[start..cursor.at];
            cursor.skip_space();
            cursor.expect(b':')?;
            cursor.skip_space();
            let start = cursor.at;
            cursor.value(DEEPEST)?;
            members.push(Member { name, name_text, value: &text[start..cursor.at], taken: false });
            Ok(())
        })?;
        Ok((Self { members }, cursor.at))
    }

    /// The raw value of that name, which then no longer counts as unknown. Of several the last counts, as in
    /// JavaScript.
    pub(crate) fn take(&mut self, name: &str) -> Option<&'a str> {
        let mut found = None;
        for member in self.members.iter_mut().filter(|member| member.name == name) {
            member.taken = true;
            found = Some(member.value);
        }
        found.filter(|value| *value != "null")
    }

    /// A whole number; a fraction is cut off.
    pub(crate) fn number(&mut self, name: &str) -> Option<i64> {
        let value = self.take(name)?;
        let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
        fraction.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
        whole.parse().ok()
    }

    /// A text.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let value = self.take(name)?;
        value.starts_with('"').then_some(())?;
        Some(Cursor { text: value, at: 0 }.string().ok()?.into_owned())
    }

    /// Whether the value is `true`.
    pub(crate) fn truth(&mut self, name: &str) -> bool {
        self.take(name) == Some("true")
    }

    /// What nobody took, as members.
    pub(crate) fn rest(&self) -> String {
        let mut rest = String::new();
        for member in self.members.iter().filter(|member| !member.taken) {
            if !rest.is_empty() {
                rest.push(',');
            }
            rest.push_str(member.name_text);
            rest.push(':');
            rest.push_str(member.value);
        }
        rest
    }
}

/// A place in a text that is read as JSON. Every method fails with the byte where it stopped making sense.
pub(crate) struct Cursor<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: usize,
}

impl<'a> Cursor<'a> {
    #[inline]
    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(crate) fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    pub(crate) fn expect(&mut self, byte: u8) -> Result<(), usize> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(self.at)
    }

    /// `open`, items between commas, `close`.
    pub(crate) fn items(
        &mut self,
        open: u8,
        close: u8,
        mut item: impl FnMut(&mut Self) -> Result<(), usize>,
    ) -> Result<(), usize> {
        self.expect(open)?;
        self.skip_space();
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(());
        }
        loop {
            self.skip_space();
            item(self)?;
            self.skip_space();
            if self.peek() != Some(b',') {
                return self.expect(close);
            }
            self.at += 1;
        }
    }

    /// Steps over any value.
    pub(crate) fn value(&mut self, depth: u32) -> Result<(), usize> {
        let inner = depth.checked_sub(1).ok_or(self.at)?;
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'{') => self.items(b'{', b'}', |cursor| {
                cursor.string()?;
                cursor.skip_space();
                cursor.expect(b':')?;
                cursor.skip_space();
                cursor.value(inner)
            }),
            Some(b'[') => self.items(b'[', b']', |cursor| cursor.value(inner)),
            Some(b'-' | b'0'..=b'9') => self.numeral(),
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Result<(), usize> {
        for word in ["true", "false", "null"] {
            if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
                self.at += word.len();
                return Ok(());
            }
        }
        Err(self.at)
    }

    fn numeral(&mut self) -> Result<(), usize> {
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), usize> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err(start) } else { Ok(()) }
    }

    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, usize> {
        self.expect(b'"')?;
        let mut start = self.at;
        let mut owned = None::<String>;
        loop {
            match self.peek() {
                Some(b'"') => {
                    let rest = &self.text[start..self.at];
                    self.at += 1;
                    return Ok(match owned {
                        None => Cow::Borrowed(rest),
                        Some(text) => Cow::Owned(text + rest),
                    });
                }
                Some(b'\\') => {
                    let text = owned.get_or_insert_default();
                    text.push_str(&self.text[start..self.at]);
                    self.at += 1;
                    text.push(self.escape()?);
                    start = self.at;
                }
                // Most of a file is plain text in strings, so that this loop is worth being its own.
                Some(0x20..) => {
                    let rest = &self.text.as_bytes()[self.at..];
                    let is_plain = |byte: &u8| *byte >= 0x20 && *byte != b'"' && *byte != b'\\';
                    self.at += rest.iter().position(|byte| !is_plain(byte)).unwrap_or(rest.len());
                }
                _ => return Err(self.at),
            }
        }
    }

    fn escape(&mut self) -> Result<char, usize> {
        let byte = self.peek().ok_or(self.at)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => byte as char,
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => self.unicode()?,
            _ => return Err(self.at - 1),
        })
    }

    /// Half a surrogate pair, which JavaScript may write, becomes U+FFFD.
    fn unicode(&mut self) -> Result<char, usize> {
        let high = self.hex()?;
        if (0xd800..0xdc00).contains(&high) && self.text.as_bytes()[self.at..].starts_with(b"\\u") {
            let back = self.at;
            self.at += 2;
            let low = self.hex()?;
            if (0xdc00..0xe000).contains(&low) {
                let joined = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return Ok(char::from_u32(joined).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.at = back;
        }
        Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex(&mut self) -> Result<u32, usize> {
        let mut value = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| (byte as char).to_digit(16)).ok_or(self.at)?;
            value = value * 16 + digit;
            self.at += 1;
        }
        Ok(value)
    }
}

/// Writes `"name":"value"` behind a comma; nothing for an empty value.
pub(crate) fn write_text(to: &mut String, name: &str, value: &str) {
    if !value.is_empty() {
        write_any_text(to, name, value);
    }
}

/// Writes `"name":"value"` behind a comma, also for an empty value.
pub(crate) fn write_any_text(to: &mut String, name: &str, value: &str) {
    write_name(to, name);
    quote(to, value);
}

/// Writes `"name":value` behind a comma; nothing for zero.
pub(crate) fn write_number(to: &mut String, name: &str, value: i64) {
    if value != 0 {
        write_name(to, name);
        to.push_str(&value.to_string());
    }
}

/// Writes `"name":true` behind a comma; nothing for false.
pub(crate) fn write_truth(to: &mut String, name: &str, value: bool) {
    if value {
        write_name(to, name);
        to.push_str("true");
    }
}

fn write_name(to: &mut String, name: &str) {
    to.push_str(",\"");
    to.push_str(name);
    to.push_str("\":");
}

/// Writes a text between quotes.
pub(crate) fn quote(to: &mut String, text: &str) {
    to.push('"');
    for letter in text.chars() {
        match letter {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '\0'..='\u{1f}' => {
                to.push_str("\\u00");
                to.push(if letter < '\u{10}' { '0' } else { '1' });
                to.push(char::from_digit(letter as u32 % 16, 16).unwrap_or('0'));
            }
            // Line separators end a line in some editors and in old JavaScript.
            '\u{2028}' => to.push_str("\\u2028"),
            '\u{2029}' => to.push_str("\\u2029"),
            _ => to.push(letter),
        }
    }
    to.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<i32>().prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn deep_nesting_is_refused_not_followed() {
        let text = format!("{{\"a\":{}", "[".repeat(100_000));
        assert!(Fields::read(&text, 0).is_err());
    }

    #[test]
    fn half_a_surrogate_pair_is_replaced() {
        let (mut fields, _) =
            Fields::read(r#"{"a":"\ud83d\ude00","b":"\ud83d!","c":"\ud83d\u0041"}"#, 0).unwrap();
        assert_eq!(fields.text("a").unwrap(), "😀");
        assert_eq!(fields.text("b").unwrap(), "\u{fffd}!");
        assert_eq!(fields.text("c").unwrap(), "\u{fffd}A");
    }

    proptest! {
        #[test]
        fn objects_are_read_as_the_reference_reads_them(
            members in prop::collection::btree_map("[a-z\\\\\"é]{0,4}", any_json(), 0..5), pretty: bool,
        ) {
            let value = Value::Object(members.clone().into_iter().collect());
            let text = if pretty { serde_json::to_string_pretty(&value).unwrap() } else { value.to_string() };
            let (mut fields, end) = Fields::read(&text, 0).unwrap();
            prop_assert_eq!(end, text.len());
            let kept: Value = serde_json::from_str(&format!("{{{}}}", fields.rest())).unwrap();
            prop_assert_eq!(&kept, &value);
            for (name, value) in &members {
                if let Some(expected) = value.as_str() {
                    let read = fields.text(name);
                    prop_assert_eq!(read.as_deref(), Some(expected));
                } else if let Some(expected) = value.as_i64() {
                    prop_assert_eq!(fields.number(name), Some(expected));
                }
            }
        }

        #[test]
        fn what_is_accepted_is_json(text in "[{}\\[\\]:,\"a0-9e.\\-\\\\ u\u{1}tru]{0,24}") {
            let text = format!("{{\"a\":{text}}}");
            if let Ok((_, end)) = Fields::read(&text, 0) {
                let read = serde_json::from_str::<Value>(&text[..end]);
                prop_assert!(read.is_ok() || text.contains('e') || text.contains("\\u"), "{text}: {read:?}");
            }
        }

        #[test]
        fn quoted_text_is_json(text: String) {
            let mut quoted = String::new();
            quote(&mut quoted, &text);
            prop_assert!(!quoted.contains('\n'));
            prop_assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
        }
    }
}
