//! How many words a reader has to read.

/// Words of `text`: runs of letters and digits, with apostrophes inside them. Scripts that write without
/// spaces count two characters as a word, which is close to what readers of Chinese and Japanese take for
/// the same content.
pub fn count(text: &str) -> u32 {
    let (mut words, mut unspaced, mut inside) = (0_u32, 0_u32, false);
    for letter in text.chars() {
        if is_unspaced(letter) {
            unspaced += 1;
            inside = false;
        } else if letter.is_alphanumeric() {
            words += u32::from(!inside);
            inside = true;
        } else if !matches!(letter, '\'' | '’' | '_') {
            inside = false;
        }
    }
    words + unspaced.div_ceil(2)
}

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
