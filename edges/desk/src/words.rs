//! What is said to a person, in their language: Fluent files shared with the web. English stands in for what is missing.

use std::fmt;
use std::sync::Arc;

use domain::{Economy, EconomyBook};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

/// Files of one language, in the order in which they are read.
type Files = &'static [(&'static str, &'static str)];

const EN: Files = &[
    ("cli.ftl", include_str!("../../../locales/en/cli.ftl")),
    ("terms.ftl", include_str!("../../../locales/en/terms.ftl")),
    ("errors.ftl", include_str!("../../../locales/en/errors.ftl")),
    ("papers.ftl", include_str!("../../../locales/en/papers.ftl")),
];
const ZH: Files = &[
    ("cli.ftl", include_str!("../../../locales/zh/cli.ftl")),
    ("terms.ftl", include_str!("../../../locales/zh/terms.ftl")),
    ("errors.ftl", include_str!("../../../locales/zh/errors.ftl")),
    ("papers.ftl", include_str!("../../../locales/zh/papers.ftl")),
];

/// Languages that are complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    En,
    Zh,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::En, Self::Zh];

    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    /// From a language tag or a POSIX locale: "zh", "zh-Hans-CN", "zh_CN.UTF-8", "en_GB". `None` for what we do not speak.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or("").to_ascii_lowercase();
        Self::ALL.into_iter().find(|it| it.code() == primary)
    }

    fn files(self) -> Files {
        match self {
            Self::En => EN,
            Self::Zh => ZH,
        }
    }
}

/// The words of one language.
pub struct Words {
    pub lang: Lang,
    /// Names of economies in other languages than English, once a command has opened the book.
    economies: Option<Arc<EconomyBook>>,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.lang.code())
    }
}

impl Words {
    pub fn new(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new(vec![identifier(lang)]);
        // Isolation marks are for mixed directions on the web; on a terminal they are noise.
        bundle.set_use_isolating(false);
        for (_, text) in
            Lang::En.files().iter().chain(if lang == Lang::En { [].iter() } else { lang.files().iter() })
        {
            // A resource with an error keeps its good entries; a test refuses files with errors.
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(kept, _)| kept);
            bundle.add_resource_overriding(resource);
        }
        Self { lang, economies: None, bundle }
    }

    pub fn english() -> Self {
        Self::new(Lang::En)
    }

    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// The words under `key`; the key itself when nobody wrote them.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The words under `key`, with arguments put in. Whole numbers are given as numbers, so that plurals agree.
    pub fn with(&self, key: &str, args: &[(&str, &str)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|it| it.value()) else {
            return key.to_owned();
        };
        let mut values = FluentArgs::new();
        for (name, value) in args {
            values.set(*name, value_of(value));
        }
        let mut errors = Vec::new();
        self.bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
    }

    /// From now on economies are named in the language of these words.
    pub fn know_economies(&mut self, book: Arc<EconomyBook>) {
        self.economies = Some(book);
    }

    /// The economy that an answer names in English, named in this language; `None` where that is not known, and in English.
    pub fn economy(&self, name: &str) -> Option<String> {
        let book = self.economies.as_ref()?;
        let row = book.find(book.find_word(name)?)?;
        (self.lang == Lang::Zh && !row.name_zh.is_empty()).then(|| row.name_zh.clone())
    }

    /// An economy by its name in this language; its code where no book of names is open.
    pub fn economy_name(&self, economy: Economy) -> String {
        let Some(row) = self.economies.as_ref().and_then(|it| it.find(economy)) else {
            return economy.to_string();
        };
        match self.lang {
            Lang::Zh if !row.name_zh.is_empty() => row.name_zh.clone(),
            _ => row.name_en.clone(),
        }
    }

    /// The English name, in which engines speak; empty where it is not known.
    pub fn economy_name_en(&self, economy: Option<Economy>) -> String {
        economy
            .and_then(|it| self.economies.as_ref()?.find(it).map(|row| row.name_en.clone()))
            .unwrap_or_default()
    }

    /// The words for a choice of terms, payment, finance, hedge or cover, which the engines name in English:
    /// "open account 60 days" is `choice-open-account-n-days` with n = 60. An unknown label is kept.
    pub fn choice(&self, label: &str) -> String {
        let (key, number) = choice_key(label);
        if self.has(&key) { self.with(&key, &[("n", &number)]) } else { label.to_owned() }
    }

    /// The word for a term of the trade, such as `mode-sea`; the bare word when there is none.
    pub fn term(&self, family: &str, word: &str) -> String {
        let key = format!("{family}-{}", word.replace('_', "-"));
        if self.has(&key) { self.get(&key) } else { word.replace('_', " ") }
    }
}

/// `choice-` and the label in small letters with hyphens, its first number replaced by n; and that number.
fn choice_key(label: &str) -> (String, String) {
    let mut key = String::from("choice");
    let mut number = String::new();
    for word in label.split(|it: char| !it.is_alphanumeric() && it != '.').filter(|it| !it.is_empty()) {
        key.push('-');
        if word.starts_with(|it: char| it.is_ascii_digit()) {
            key.push('n');
            word.clone_into(&mut number);
        } else {
            key.push_str(&word.to_lowercase());
        }
    }
    (key, number)
}

fn value_of(text: &str) -> FluentValue<'_> {
    match text.parse::<i32>() {
        // "007" and "+4" are texts, not numbers.
        Ok(number) if number.to_string() == text => FluentValue::from(number),
        _ => FluentValue::from(text),
    }
}

fn identifier(lang: Lang) -> unic_langid::LanguageIdentifier {
    lang.code().parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Key, then the names of the arguments it takes.
    fn keys(lang: Lang) -> BTreeMap<String, Vec<String>> {
        let mut out = BTreeMap::new();
        for (file, text) in lang.files() {
            FluentResource::try_new((*text).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{} {file}: {errors:?}", lang.code()));
            let mut key = String::new();
            for line in text.lines() {
                if let Some((name, _)) =
                    line.split_once(" =").filter(|(it, _)| !it.starts_with([' ', '#', '[']))
                {
                    name.clone_into(&mut key);
                    assert!(
                        out.insert(key.clone(), Vec::new()).is_none(),
                        "{} {file}: {key} twice",
                        lang.code()
                    );
                }
                let args: &mut Vec<String> = match out.get_mut(&key) {
                    Some(args) => args,
                    None => continue,
                };
                for part in line.split('$').skip(1) {
                    let name: String =
                        part.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
                    if !args.contains(&name) {
                        args.push(name);
                    }
                }
                args.sort();
            }
        }
        out
    }

    #[test]
    fn every_language_says_everything_with_the_same_arguments() {
        let english = keys(Lang::En);
        for lang in Lang::ALL {
            assert_eq!(keys(lang), english, "{}", lang.code());
        }
    }

    #[test]
    fn choices_are_said_in_both_languages() {
        for (label, expect) in [
            ("open account 60 days", "赊账 60 天"),
            ("documentary collection, D/A 60 days", "跟单托收 D/A 60 天"),
            ("30 % in advance, rest on shipment", "预付 30 %，余款发货时付"),
            ("cargo insurance ICC (A)", "货物运输保险 ICC (A)"),
            ("something new", "something new"),
        ] {
            assert_eq!(Words::new(Lang::Zh).choice(label), expect);
            assert_eq!(Words::english().choice(label), label, "English is the engines' own");
        }
    }

    #[test]
    fn languages_are_read_from_tags_and_locales() {
        for (tag, expect) in [
            ("zh_CN.UTF-8", Some(Lang::Zh)),
            ("zh-Hant", Some(Lang::Zh)),
            ("en_GB", Some(Lang::En)),
            ("C.UTF-8", None),
            ("", None),
        ] {
            assert_eq!(Lang::of_tag(tag), expect, "{tag}");
        }
    }
}
