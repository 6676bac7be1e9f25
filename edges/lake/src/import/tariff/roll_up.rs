//! Makes a book shorter without changing what it says: when every line under a heading has the same rows of a programme, the
//! heading gets them instead.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use domain::HsCode;

use super::measure::{Measure, MeasureKind};

/// Rows without their code.
type Profile = BTreeSet<Measure>;
/// What rows must share to displace each other: rows of one kind and programme compete by length of code.
type Family = (MeasureKind, Cow<'static, str>);

/// `lines` are all lines of the tariff; those in `indifferent` may be covered or not (a preference says nothing about a line that
/// is free for all). A code is only shortened when no other row of its kind and programme lies under the shorter code, since the
/// longest code applies.
pub fn roll_up(
    measures: Vec<Measure>,
    lines: &BTreeSet<HsCode>,
    indifferent: &BTreeSet<HsCode>,
) -> Vec<Measure> {
    let mut families: BTreeMap<Family, BTreeMap<HsCode, Profile>> = BTreeMap::new();
    let mut out = Vec::new();
    for mut measure in measures {
        match measure.hs.take() {
            Some(hs) if lines.contains(&hs) => {
                let family = (measure.kind, measure.programme.clone());
                families.entry(family).or_default().entry(hs).or_default().insert(measure);
            }
            hs => {
                measure.hs = hs;
                out.push(measure);
            }
        }
    }
    // A family that has rows for codes that are no lines keeps its lines as they are.
    let mixed: BTreeSet<Family> =
        out.iter().filter(|it| it.hs.is_some()).map(|it| (it.kind, it.programme.clone())).collect();
    for (family, profiles) in families {
        let profiles = if mixed.contains(&family) { profiles } else { shorten(profiles, lines, indifferent) };
        for (hs, profile) in profiles {
            out.extend(profile.into_iter().map(|it| Measure { hs: Some(hs), ..it }));
        }
    }
    out
}

fn shorten(
    mut profiles: BTreeMap<HsCode, Profile>,
    lines: &BTreeSet<HsCode>,
    indifferent: &BTreeSet<HsCode>,
) -> BTreeMap<HsCode, Profile> {
    for digits in [2_u8, 4, 6] {
        let prefixes: BTreeSet<HsCode> =
            profiles.keys().filter(|it| it.digits() > 6).filter_map(|it| it.cut(digits)).collect();
        for prefix in prefixes {
            let under: Vec<HsCode> =
                lines.range(prefix..).copied().take_while(|it| prefix.covers(*it)).collect();
            let stated: Vec<&Profile> = under.iter().filter_map(|it| profiles.get(it)).collect();
            let Some(first) = stated.first().copied().cloned() else { continue };
            let covers_all = under.iter().all(|it| profiles.contains_key(it) || indifferent.contains(it));
            let shortens = stated.len() > 1;
            if shortens && covers_all && stated.iter().all(|it| **it == first) {
                for line in &under {
                    profiles.remove(line);
                }
                profiles.insert(prefix, first);
            }
        }
    }
    profiles
}
