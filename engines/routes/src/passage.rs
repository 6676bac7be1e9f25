//! Straits and canals that can be closed, as bits; the sizes of ship that pass them.

use std::fmt;
use std::str::FromStr;

use domain::suggest::{fold, nearest};
use serde::{Deserialize, Serialize};

use crate::error::RouteError;

/// Canals, straits and capes that shipping depends on. The discriminant is the bit in a [`PassageSet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Passage {
    Suez,
    Panama,
    BabElMandeb,
    Hormuz,
    Malacca,
    Sunda,
    Lombok,
    Torres,
    Taiwan,
    Gibraltar,
    Dardanelles,
    Bosporus,
    Kerch,
    Dover,
    Kiel,
    Oresund,
    GreatBelt,
    Corinth,
    Magellan,
    CapeHorn,
    GoodHope,
    Bering,
    NorthwestPassage,
    NorthernSeaRoute,
    StLawrenceSeaway,
}

struct Names {
    passage: Passage,
    /// How it is written in files and answers.
    key: &'static str,
    english: &'static str,
    chinese: &'static str,
    also: &'static [&'static str],
}

const fn names(
    passage: Passage,
    key: &'static str,
    english: &'static str,
    chinese: &'static str,
    also: &'static [&'static str],
) -> Names {
    Names { passage, key, english, chinese, also }
}

const NAMES: [Names; 25] = [
    names(Passage::Suez, "suez", "Suez Canal", "苏伊士运河", &["苏伊士"]),
    names(Passage::Panama, "panama", "Panama Canal", "巴拿马运河", &["巴拿马"]),
    names(
        Passage::BabElMandeb,
        "bab-el-mandeb",
        "Bab-el-Mandeb",
        "曼德海峡",
        &["bab al mandab", "babalmandab", "bab el mandab", "mandeb", "曼德"],
    ),
    names(
        Passage::Hormuz,
        "hormuz",
        "Strait of Hormuz",
        "霍尔木兹海峡",
        &["ormuz", "hormuz strait", "霍尔木兹"],
    ),
    names(
        Passage::Malacca,
        "malacca",
        "Strait of Malacca",
        "马六甲海峡",
        &["melaka", "malacca strait", "马六甲"],
    ),
    names(Passage::Sunda, "sunda", "Sunda Strait", "巽他海峡", &["strait of sunda", "巽他"]),
    names(Passage::Lombok, "lombok", "Lombok Strait", "龙目海峡", &["strait of lombok", "龙目"]),
    names(Passage::Torres, "torres", "Torres Strait", "托雷斯海峡", &[]),
    names(
        Passage::Taiwan,
        "taiwan-strait",
        "Taiwan Strait",
        "台湾海峡",
        &["formosa strait", "strait of taiwan"],
    ),
    names(
        Passage::Gibraltar,
        "gibraltar",
        "Strait of Gibraltar",
        "直布罗陀海峡",
        &["gibraltar strait", "直布罗陀"],
    ),
    names(
        Passage::Dardanelles,
        "dardanelles",
        "Dardanelles",
        "达达尼尔海峡",
        &["canakkale", "达达尼尔", "turkish straits"],
    ),
    names(
        Passage::Bosporus,
        "bosporus",
        "Bosporus",
        "博斯普鲁斯海峡",
        &["bosphorus", "istanbul strait", "博斯普鲁斯"],
    ),
    names(Passage::Kerch, "kerch", "Kerch Strait", "刻赤海峡", &["刻赤"]),
    names(
        Passage::Dover,
        "dover",
        "Dover Strait",
        "多佛尔海峡",
        &["pas de calais", "strait of dover", "多佛尔"],
    ),
    names(Passage::Kiel, "kiel", "Kiel Canal", "基尔运河", &["nord ostsee kanal", "nok", "基尔"]),
    names(Passage::Oresund, "oresund", "Oresund", "厄勒海峡", &["the sound", "øresund", "厄勒"]),
    names(
        Passage::GreatBelt,
        "great-belt",
        "Great Belt",
        "大贝尔特海峡",
        &["storebaelt", "storebælt", "大贝尔特"],
    ),
    names(Passage::Corinth, "corinth", "Corinth Canal", "科林斯运河", &["科林斯"]),
    names(
        Passage::Magellan,
        "magellan",
        "Strait of Magellan",
        "麦哲伦海峡",
        &["magellan strait", "magallanes", "麦哲伦"],
    ),
    names(Passage::CapeHorn, "cape-horn", "Cape Horn", "合恩角", &["drake passage", "horn", "德雷克海峡"]),
    names(
        Passage::GoodHope,
        "good-hope",
        "Cape of Good Hope",
        "好望角",
        &["cape", "the cape", "cape good hope"],
    ),
    names(Passage::Bering, "bering", "Bering Strait", "白令海峡", &["白令"]),
    names(
        Passage::NorthwestPassage,
        "northwest-passage",
        "Northwest Passage",
        "西北航道",
        &["northwest", "nwp"],
    ),
    names(
        Passage::NorthernSeaRoute,
        "northern-sea-route",
        "Northern Sea Route",
        "北方海航道",
        &["northern sea", "nsr", "northeast passage", "东北航道", "北极航道"],
    ),
    names(
        Passage::StLawrenceSeaway,
        "st-lawrence-seaway",
        "St Lawrence Seaway",
        "圣劳伦斯航道",
        &["st lawrence", "seaway", "great lakes"],
    ),
];

impl Passage {
    pub const ALL: [Self; 25] = {
        let mut all = [Self::Suez; 25];
        let mut index = 0;
        while index < 25 {
            all[index] = NAMES[index].passage;
            index += 1;
        }
        all
    };

    fn names(self) -> &'static Names {
        &NAMES[self as usize]
    }

    /// The word for files and commands: `bab-el-mandeb`.
    pub fn key(self) -> &'static str {
        self.names().key
    }

    pub fn name(self) -> &'static str {
        self.names().english
    }

    pub fn name_zh(self) -> &'static str {
        self.names().chinese
    }
}

impl fmt::Display for Passage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Passage {
    type Err = RouteError;
    /// By key, English or Chinese name, or a common other name; case, accents and hyphens do not matter.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wanted = fold(text);
        for row in &NAMES {
            let known = [row.key, row.english, row.chinese];
            if known.iter().chain(row.also).any(|it| fold(it) == wanted) {
                return Ok(row.passage);
            }
        }
        let words = NAMES
            .iter()
            .flat_map(|row| [row.key, row.english, row.chinese].into_iter().chain(row.also.iter().copied()));
        let near = nearest(text, words).and_then(|word| {
            NAMES.iter().find(|row| {
                row.key == word || row.english == word || row.chinese == word || row.also.contains(&word)
            })
        });
        let known = NAMES.iter().map(|row| row.key).collect::<Vec<_>>().join(", ");
        Err(RouteError::UnknownPassage {
            given: text.trim().to_owned(),
            nearest: near.map(|row| row.key.to_owned()),
            known,
        })
    }
}

impl Serialize for Passage {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Passage {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A set of passages: those a route goes through, or those that are closed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageSet(pub u32);

impl PassageSet {
    pub const EMPTY: Self = Self(0);
    /// No regular cargo goes through the Arctic: both sea routes are shut unless a question opens them.
    pub const ARCTIC: Self = Self::EMPTY.with(Passage::NorthwestPassage).with(Passage::NorthernSeaRoute);

    #[must_use]
    pub const fn with(self, passage: Passage) -> Self {
        Self(self.0 | 1 << passage as u32)
    }

    #[must_use]
    pub const fn without(self, passage: Passage) -> Self {
        Self(self.0 & !(1 << passage as u32))
    }

    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub const fn contains(self, passage: Passage) -> bool {
        self.0 & (1 << passage as u32) != 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub fn iter(self) -> impl Iterator<Item = Passage> {
        Passage::ALL.into_iter().filter(move |&it| self.contains(it))
    }

    /// Names separated by commas, semicolons, plus signs or the Chinese commas.
    pub fn parse(text: &str) -> Result<Self, RouteError> {
        text.split([',', ';', '+', '、', '，'])
            .filter(|it| !it.trim().is_empty())
            .try_fold(Self::EMPTY, |set, word| Ok(set.with(word.parse()?)))
    }

    /// Keys joined by `+`, as the edge table and CSV answers write them.
    pub fn keys(self) -> String {
        self.iter().map(Passage::key).collect::<Vec<_>>().join("+")
    }
}

impl fmt::Display for PassageSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.pad("nothing");
        }
        f.pad(&self.iter().map(Passage::name).collect::<Vec<_>>().join(", "))
    }
}

impl FromIterator<Passage> for PassageSet {
    fn from_iter<I: IntoIterator<Item = Passage>>(passages: I) -> Self {
        passages.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl Serialize for PassageSet {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for PassageSet {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Vec::<Passage>::deserialize(from)?.into_iter().collect())
    }
}
