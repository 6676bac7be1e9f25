//! "Did you mean": the nearest known word to one that was not found.

/// The candidate most like `given`, when one is near enough to be worth saying (Jaro-Winkler at least 0.78).
/// Ties go to the first in the order of `candidates`, so the answer does not depend on chance.
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const NEAR_ENOUGH: f64 = 0.78;
    let given = fold(given);
    let mut best: Option<(f64, &str)> = None;
    for candidate in candidates {
        let likeness = strsim::jaro_winkler(&given, &fold(candidate));
        if likeness >= NEAR_ENOUGH && best.is_none_or(|(top, _)| likeness > top) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// How alike two folded words are, from 0 to 1 (Jaro-Winkler: Winkler 1990): a long common beginning counts most.
pub fn likeness(left: &str, right: &str) -> f64 {
    strsim::jaro_winkler(left, right)
}

/// Lower case, without diacritics or punctuation, single spaces: how names of places and goods are compared.
/// Scripts other than Latin are kept as they are.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            match plain(letter) {
                Some(ascii) => out.push_str(ascii),
                None => out.push(letter),
            }
        } else if !is_combining(letter) {
            gap = true;
        }
    }
    out
}

fn is_combining(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\'' | '\u{2019}')
}

/// The plain Latin spelling of the accented letters that occur in names of places.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' | 'ĉ' | 'ċ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_or_nothing_is_said() {
        let ports = ["Rotterdam", "Antwerp", "Birmingham"];
        assert_eq!(nearest("Roterdam", ports), Some("Rotterdam"));
        assert_eq!(nearest("birmingam", ports), Some("Birmingham"));
        assert_eq!(nearest("xyzzy", ports), None);
    }

    #[test]
    fn names_fold_to_a_common_spelling() {
        assert_eq!(fold("  São-Paulo "), "sao paulo");
        assert_eq!(fold("Gdańsk"), "gdansk");
        assert_eq!(fold("L'Aquila"), "laquila");
        assert_eq!(fold("上海"), "上海");
    }
}
