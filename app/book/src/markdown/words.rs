//! How many words a reader has to read.

/// Words of `text`: runs of letters and digits, with apostrophes inside them. Scripts that write without
/// spaces count two characters as a word, which is close to what readers of Chinese and Japanese take for
/// the same content.
pub fn count(text: &str) -> u32 {
    let (mut words, mut unspaced, mut inside) = (0_u32, 0_u32, false);
    let mut at = 0;
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            at += 1;
            let kind = ASCII[usize::from(*byte)];
            words += u32::from(kind == LETTER && !inside);
            inside = kind == LETTER || (inside && kind == JOINT);
            continue;
        }
        let Some(letter) = text[at..].chars().next() else { break };
        at += letter.len_utf8();
        if is_unspaced(letter) {
            unspaced += 1;
            inside = false;
        } else {
            let is_letter = letter.is_alphanumeric();
            words += u32::from(is_letter && !inside);
            inside = is_letter || (inside && letter == '’');
        }
    }
    words + unspaced.div_ceil(2)
}

const LETTER: u8 = 1;
const JOINT: u8 = 2;

/// What an ASCII character is to a word; a table, because every character of a book comes through here.
const ASCII: [u8; 128] = {
    let mut kinds = [0; 128];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        if byte.is_ascii_alphanumeric() {
            kinds[at] = LETTER;
        } else if matches!(byte, b'\'' | b'_') {
            kinds[at] = JOINT;
        }
        at += 1;
    }
    kinds
};

/// Han, kana, bopomofo, Thai, Lao, Khmer and Burmese letters.
fn is_unspaced(letter: char) -> bool {
    matches!(letter,
        '\u{0E01}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3041}'..='\u{312F}' | '\u{31A0}'..='\u{31BF}' | '\u{31F0}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}')
        && letter.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters() {
        for (text, words) in [
            ("", 0),
            ("  — … ", 0),
            ("It's 2 o'clock, isn’t it?", 5),
            ("a_b state-of-the-art", 5),
            ("Größe naïve", 2),
            ("기계 학습", 2),
            ("机器学习系统", 3),
            ("機械学習とは。", 3),
            ("用 Rust 写", 2),
        ] {
            assert_eq!(count(text), words, "{text}");
        }
    }
}
