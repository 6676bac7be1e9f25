//! What is said to a person, in their language: Fluent files shared with the web. English stands in for what is missing.

use std::fmt;
use std::sync::{Arc, OnceLock};

use domain::{Economy, EconomyBook};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// Files of one language, in the order in which they are read.
type Files = &'static [(&'static str, &'static str)];

macro_rules! locale {
    ($lang:literal: $($file:literal),+) => {
        &[$(($file, include_str!(concat!("../../../locales/", $lang, "/", $file)))),+]
    };
}

const EN: Files = locale!("en": "cli.ftl", "terms.ftl", "errors.ftl", "platform.ftl", "papers.ftl");
const ZH: Files = locale!("zh": "cli.ftl", "terms.ftl", "errors.ftl", "platform.ftl", "papers.ftl");
const FR: Files = locale!("fr": "terms.ftl");
const AR: Files = locale!("ar": "terms.ftl");
const ES: Files = locale!("es": "terms.ftl");

/// Languages that are spoken, wholly or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    En,
    Zh,
    Fr,
    Ar,
    Es,
}

impl Lang {
    pub const ALL: [Self; 5] = [Self::En, Self::Zh, Self::Fr, Self::Ar, Self::Es];

    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
            Self::Fr => "fr",
            Self::Ar => "ar",
            Self::Es => "es",
        }
    }

    /// Whether everything is said in it. In the others English stands in for what is missing.
    pub fn complete(self) -> bool {
        matches!(self, Self::En | Self::Zh)
    }

    /// The direction of writing, as HTML names it.
    pub fn dir(self) -> &'static str {
        match self {
            Self::Ar => "rtl",
            _ => "ltr",
        }
    }

    /// The codes of all languages, as they are listed to a person: "en, zh, fr, ar, es".
    pub fn list_codes() -> String {
        Self::ALL.map(Self::code).join(", ")
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
            Self::Fr => FR,
            Self::Ar => AR,
            Self::Es => ES,
        }
    }

    /// How this language says the sentences of engines; `None` for English, in which they speak, and where nobody has written it.
    pub(crate) fn phrases(self) -> Option<&'static str> {
        match self {
            Self::Zh => Some(include_str!("../../../locales/zh/phrases.ftl")),
            Self::En | Self::Fr | Self::Ar | Self::Es => None,
        }
    }

    pub(crate) fn identifier(self) -> unic_langid::LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }

    /// The files, parsed once.
    fn resources(self) -> &'static [Arc<FluentResource>] {
        static READY: [OnceLock<Vec<Arc<FluentResource>>>; Lang::ALL.len()] =
            [const { OnceLock::new() }; Lang::ALL.len()];
        READY[self as usize].get_or_init(|| {
            // A resource with an error keeps its good entries; a test refuses files with errors.
            let parse =
                |text: &str| FluentResource::try_new(text.to_owned()).unwrap_or_else(|(kept, _)| kept);
            self.files().iter().map(|(_, text)| Arc::new(parse(text))).collect()
        })
    }
}

/// The words of one language.
pub struct Words {
    pub lang: Lang,
    /// Names of economies in other languages than English, once a command has opened the book.
    economies: Option<Arc<EconomyBook>>,
    bundle: FluentBundle<Arc<FluentResource>>,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({})", self.lang.code())
    }
}

impl Words {
    pub fn new(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
        // Isolation marks are for mixed directions on the web; on a terminal they are noise.
        bundle.set_use_isolating(false);
        let own = if lang == Lang::En { &[][..] } else { lang.resources() };
        for resource in Lang::En.resources().iter().chain(own) {
            bundle.add_resource_overriding(Arc::clone(resource));
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
        own_name(row, self.lang).map(str::to_owned)
    }

    /// An economy, or a customs union, by its name in this language; its code where no book of names is open.
    pub fn economy_name(&self, economy: Economy) -> String {
        let key = format!("economy-{}", economy.code().to_ascii_lowercase());
        if self.has(&key) {
            return self.get(&key);
        }
        self.economies.as_ref().and_then(|it| it.find(economy)).map_or_else(
            || economy.to_string(),
            |row| own_name(row, self.lang).unwrap_or(&row.name_en).to_owned(),
        )
    }

    /// The economy that a text names by its code or in any language of the book.
    pub fn economy_of(&self, name: &str) -> Option<Economy> {
        let by_name = || self.economies.as_ref()?.find_word(name);
        name.parse().ok().or_else(by_name)
    }

    /// A sentence of an engine in this language; see [`crate::phrases`].
    pub fn say<'t>(&self, sentence: &'t str) -> std::borrow::Cow<'t, str> {
        crate::phrases::Phrasebook::of(self.lang).say(sentence, self)
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

/// What an economy is called in a language other than English, where the book says so.
pub fn own_name(row: &domain::EconomyRow, lang: Lang) -> Option<&str> {
    let name = match lang {
        Lang::En => return None,
        Lang::Zh => &row.name_zh,
        Lang::Fr => &row.name_fr,
        Lang::Ar => &row.name_ar,
        Lang::Es => &row.name_es,
    };
    (!name.is_empty()).then_some(name)
}

pub(crate) fn value_of(text: &str) -> FluentValue<'_> {
    match text.parse::<i32>() {
        // "007" and "+4" are texts, not numbers.
        Ok(number) if number.to_string() == text => FluentValue::from(number),
        _ => FluentValue::from(text),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

    use super::*;

    /// File and key, then the names of the arguments it takes, of all files of a language; those of the web and of papers too. The
    /// web has a bundle of its own, so a key may stand in two files.
    fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(lang.code());
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
        files.sort();
        let mut out = BTreeMap::new();
        for path in files {
            let file = path.display();
            let resource = FluentResource::try_new(std::fs::read_to_string(&path).unwrap())
                .unwrap_or_else(|(_, errors)| panic!("{file}: {errors:?}"));
            for entry in resource.entries() {
                let Entry::Message(message) = entry else { continue };
                let mut args = BTreeSet::new();
                if let Some(value) = &message.value {
                    arguments(value, &mut args);
                }
                let stem = path.file_stem().unwrap().to_string_lossy();
                let key = format!("{stem} {}", message.id.name);
                assert!(out.insert(key, args).is_none(), "{file}: {} twice", message.id.name);
            }
        }
        out
    }

    fn arguments(pattern: &Pattern<&str>, out: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            let PatternElement::Placeable { expression } = element else { continue };
            let inline = match expression {
                Expression::Inline(it) => it,
                Expression::Select { selector, variants } => {
                    for it in variants {
                        arguments(&it.value, out);
                    }
                    selector
                }
            };
            match inline {
                InlineExpression::VariableReference { id } => {
                    out.insert(id.name.to_owned());
                }
                InlineExpression::FunctionReference { arguments, .. } => {
                    for it in &arguments.positional {
                        if let InlineExpression::VariableReference { id } = it {
                            out.insert(id.name.to_owned());
                        }
                    }
                }
                _ => {}
            }
        }
    }

    #[test]
    fn complete_languages_say_everything_and_the_others_nothing_else() {
        let english = keys(Lang::En);
        assert!(english.len() > 500);
        for lang in Lang::ALL {
            let own = keys(lang);
            for (key, args) in &own {
                let meant =
                    english.get(key).unwrap_or_else(|| panic!("{} {key} is not English", lang.code()));
                // A number that only chooses between singular and plural may be needless in another language.
                let all = key.starts_with("phrases ");
                let fits = if all { args == meant } else { args.is_subset(meant) };
                assert!(fits, "{} {key}: {args:?} instead of {meant:?}", lang.code());
            }
            if lang.complete() {
                let missing: Vec<&String> = english.keys().filter(|it| !own.contains_key(*it)).collect();
                assert!(missing.is_empty(), "{}: {missing:#?}", lang.code());
            }
        }
    }

    #[test]
    fn what_a_partial_language_lacks_is_said_in_english() {
        let arabic = Words::new(Lang::Ar);
        assert_eq!(arabic.get("setting-seed"), Words::english().get("setting-seed"));
        assert_ne!(arabic.term("mode", "sea"), "sea");
        assert_eq!((Lang::Ar.dir(), Lang::Fr.dir()), ("rtl", "ltr"));
    }

    #[test]
    fn choices_are_said_in_both_languages() {
        for (label, expect) in [
            ("open account 60 days", "赊销 60 天"),
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
