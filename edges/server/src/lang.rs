//! The language of an answer: `?lang=`, else the cookie `lang`, else `Accept-Language`, else English.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use desk::words::{Lang, Words};
use domain::EconomyBook;

/// Languages of the page. Where their words are not written yet, English stands in.
pub const TAGS: [&str; 5] = ["en", "zh", "fr", "ar", "es"];

/// What a person reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    pub tag: &'static str,
    pub words: Lang,
}

impl Default for Language {
    fn default() -> Self {
        Self::of("en")
    }
}

impl Language {
    fn of(tag: &'static str) -> Self {
        Self { tag, words: Lang::of_tag(tag).unwrap_or(Lang::En) }
    }

    /// From a tag such as "zh-Hans-CN"; `None` for what the page does not speak.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().trim();
        TAGS.into_iter().find(|it| it.eq_ignore_ascii_case(primary)).map(Self::of)
    }

    pub fn of_request(uri: &Uri, headers: &HeaderMap) -> Self {
        let asked = uri.query().and_then(|it| it.split('&').find_map(|it| it.strip_prefix("lang=")));
        asked
            .and_then(Self::of_tag)
            .or_else(|| cookie(headers, "lang").and_then(Self::of_tag))
            .or_else(|| accepted(headers))
            .unwrap_or_default()
    }

    pub fn is_english(self) -> bool {
        self.words == Lang::En
    }
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|it| it.to_str().ok());
    all.flat_map(|it| it.split(';'))
        .filter_map(|it| it.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The best of `Accept-Language` that we speak.
fn accepted(headers: &HeaderMap) -> Option<Language> {
    let text = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(f32, Language)> = None;
    for part in text.split(',').take(32) {
        let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
        let weight: f32 = weight.trim().parse().unwrap_or(0.0);
        let Some(language) = Language::of_tag(tag.trim()) else { continue };
        if weight > 0.0 && best.is_none_or(|(it, _)| weight > it) {
            best = Some((weight, language));
        }
    }
    best.map(|it| it.1)
}

impl<S: Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of_request(&parts.uri, &parts.headers))
    }
}

/// Words with the book of economies that they know.
type Known = (Lang, Option<Arc<EconomyBook>>, Rc<Words>);

thread_local! {
    /// A bundle of words is not shared between threads; each keeps its own.
    static WORDS: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

/// Runs with the words of a language, which name economies by `book`.
pub fn with_words<T>(lang: Lang, book: Option<&Arc<EconomyBook>>, run: impl FnOnce(&Words) -> T) -> T {
    run(&words(lang, book))
}

fn words(lang: Lang, book: Option<&Arc<EconomyBook>>) -> Rc<Words> {
    let same = |it: &Known| {
        it.0 == lang
            && match (&it.1, book) {
                (Some(mine), Some(other)) => Arc::ptr_eq(mine, other),
                (None, None) => true,
                _ => false,
            }
    };
    WORDS.with_borrow_mut(|all| {
        if let Some(found) = all.iter().find(|it| same(it)) {
            return Rc::clone(&found.2);
        }
        // Words that know an older book are of no use any more.
        all.retain(|it| it.0 != lang || it.1.is_some() != book.is_some());
        let mut words = Words::new(lang);
        if let Some(book) = book {
            words.know_economies(Arc::clone(book));
        }
        let words = Rc::new(words);
        all.push((lang, book.map(Arc::clone), Rc::clone(&words)));
        words
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_comes_before_the_cookie_and_that_before_the_browser() {
        let check = |uri: &str, cookie: &str, accept: &str, expect: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, cookie.parse().unwrap());
            headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
            assert_eq!(
                Language::of_request(&uri.parse().unwrap(), &headers).tag,
                expect,
                "{uri} {cookie} {accept}"
            );
        };
        check("/x?lang=zh", "lang=fr", "es", "zh");
        check("/x?lang=xx", "a=b; lang=fr", "es", "fr");
        check("/x", "", "de, es;q=0.5, ar-EG;q=0.9", "ar");
        check("/x", "", "de", "en");
        check("/x", "", "zh;q=0, en;q=0.1", "en");
    }
}
