//! Identifiers: opaque lower-case text, UUIDv7 when made here, so that they sort by the time of their making.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Longer than any identifier made here; keeps what strangers send in bounds.
const LONGEST: usize = 64;

fn well_formed(text: &str) -> bool {
    (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// An identifier as a row holds it.
pub(crate) trait Id: Sized {
    fn trusted(text: String) -> Self;
}

macro_rules! ids {
    ($($name:ident $what:literal),+ $(,)?) => {$(
        #[doc = concat!("Names one ", $what, ".")]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub(crate) fn fresh() -> Self {
                Self(uuid::Uuid::now_v7().to_string())
            }

            /// What does not look like an identifier names nothing.
            pub fn parse(text: &str) -> Result<Self> {
                if !well_formed(text) {
                    return Err(Error::not_found($what, text.chars().take(LONGEST).collect::<String>()));
                }
                Ok(Self(text.to_owned()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Id for $name {
            fn trusted(text: String) -> Self {
                Self(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = Error;
            fn from_str(text: &str) -> Result<Self> {
                Self::parse(text)
            }
        }
    )+};
}

ids! {
    OrganisationId "organisation",
    PersonId "person",
    ApiKeyId "API key",
    AnswerId "answer",
    NeedId "need",
    DealId "deal",
    DealEventId "deal event",
    PaperId "paper",
    WatchId "watch",
    AlertId "alert",
    SheetId "quote sheet",
    QuoteId "quote",
    JobId "job",
    HookId "webhook",
    DeliveryId "delivery",
}

impl OrganisationId {
    /// The owner of what belongs to nobody in particular: books, sweeps, the instance's own settings.
    pub fn instance() -> Self {
        Self("instance".to_owned())
    }

    pub fn is_instance(&self) -> bool {
        self.0 == "instance"
    }
}
