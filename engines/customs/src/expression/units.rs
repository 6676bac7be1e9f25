//! Measures by which specific duties are counted.

use domain::{Decimal, Unit};

/// What one amount of a specific duty is counted by: so many of a measure ("100 kg", "1000 p/st", "hl").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Per {
    pub count: Decimal,
    pub measure: Measure,
}

/// What has to be known of the goods to count a specific duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    Of(Unit),
    /// Litres times per cent of alcohol by volume: "% vol/hl" is 100 of it.
    LitrePercentAlcohol,
    /// Litres of pure alcohol above a strength in per cent by volume (1.15 for Australian beer, 0 for most).
    LitreAlcohol {
        over: Decimal,
    },
    /// Litres at 50 per cent alcohol by volume (HTSUS chapter 22, additional U.S. notes, "proof liter").
    ProofLitre,
    /// Kilograms times per cent of sugar: "100 kg/net/%sacchar." is 100 of it.
    KilogramPercentSugar,
    /// A measure that only a declared fact can give: "kg on lead content", "kg drained". The name of the fact is `quantity.` and this.
    Named(Box<str>),
}

const fn whole(count: i64) -> Decimal {
    Decimal::from_parts(count as u32, 0, 0, false, 0)
}

/// Spellings without blanks, capitals or final dots, with count and measure.
const KNOWN: &[(&[&str], i64, Unit)] = &[
    (&["kg", "kgm", "kilogram", "kgs", "kgnet", "kg/net"], 1, Unit::Kilogram),
    (&["g", "grm", "gram"], 1, Unit::Gram),
    (&["dtn", "100kg", "100kgs", "100kg/net"], 100, Unit::Kilogram),
    (&["t", "tne", "tonne", "1000kg", "metricton"], 1000, Unit::Kilogram),
    (&["lb", "pound"], 1, Unit::Pound),
    (&["l", "ltr", "liter", "litre", "liters", "litres"], 1, Unit::Litre),
    (&["hl", "hlt", "hectolitre", "hectoliter", "100l"], 100, Unit::Litre),
    (&["1000l", "kl"], 1000, Unit::Litre),
    (&["m", "mtr", "metre", "meter"], 1, Unit::Metre),
    (&["100m"], 100, Unit::Metre),
    (&["m2", "m²", "mtk", "msq", "squaremeter", "squaremetre"], 1, Unit::SquareMetre),
    (&["m3", "m³", "mtq", "cubicmeter", "cubicmetre"], 1, Unit::CubicMetre),
    (
        &["each", "p/st", "nar", "no", "piece", "pieces", "pcs", "unit", "head", "article", "item", "stick"],
        1,
        Unit::Piece,
    ),
    (&["cen", "100p/st"], 100, Unit::Piece),
    (&["mil", "1000p/st", "1000", "thousand"], 1000, Unit::Piece),
    (&["1000pins"], 1000, Unit::Piece),
    (&["gross"], 144, Unit::Piece),
    (&["doz", "dozen"], 1, Unit::Dozen),
    (&["pr", "npr", "pair", "pa"], 1, Unit::Pair),
    (&["dozpr", "dozenpairs", "dozpairs"], 12, Unit::Pair),
    (&["ct", "ctm", "carat"], 1, Unit::Carat),
    (&["kwh"], 1, Unit::KilowattHour),
    (&["mwh", "1000kwh"], 1000, Unit::KilowattHour),
];

/// First words after which a qualifier may follow; the whole is then a measure that has to be declared.
const QUALIFIED: &[&str] =
    &["100kg", "100 kg", "kg", "clean kg", "liter", "litre", "l", "t", "hl", "dtn", "m2", "jewel", "piece"];

/// Reads a measure ("100 kg/net/%sacchar.", "pf.liter", "kg on lead content"). `None` when it is not one.
pub(super) fn find_per(text: &str) -> Option<Per> {
    let text = text.trim().trim_end_matches(['.', ',']).trim();
    let folded: String =
        text.chars().filter(|it| !it.is_whitespace() && *it != ',').flat_map(char::to_lowercase).collect();
    let folded = folded.replace("pf.", "pf").replace("doz.", "doz");
    let folded = folded.trim_end_matches('.');
    if let Some((_, count, unit)) = KNOWN.iter().find(|(words, _, _)| words.contains(&folded)) {
        return Some(Per { count: whole(*count), measure: Measure::Of(*unit) });
    }
    let one = |measure| Some(Per { count: Decimal::ONE, measure });
    let hundred = |measure| Some(Per { count: Decimal::ONE_HUNDRED, measure });
    match folded {
        "bbl" => Some(Per { count: BARREL_LITRES, measure: Measure::Of(Unit::Litre) }),
        "%vol/hl" | "%volhl" | "asv/hlt" | "asvx" => hundred(Measure::LitrePercentAlcohol),
        "lpa" | "lofalcohol" | "litreofalcohol" | "litreofpurealcohol" | "lalc" | "l/alc" | "lalc100%" => {
            one(Measure::LitreAlcohol { over: Decimal::ZERO })
        }
        "pfl"
        | "pfliter"
        | "pflitre"
        | "proofliter"
        | "proofliteronethylalcoholcontent"
        | "pfliteronethylalcoholcontent" => one(Measure::ProofLitre),
        "100kg/net/%sacchar" | "100kg/%sacchar" | "dtnz" => hundred(Measure::KilogramPercentSugar),
        _ => over(folded).or_else(|| named(text)),
    }
}

/// 42 US gallons of 3.785411784 l (15 CFR, NIST Handbook 44).
const BARREL_LITRES: Decimal = Decimal::from_parts(73_504_976, 37, 0, false, 9);

/// "L of alcohol, calculated on that alcohol content by which the percentage by volume of alcohol of the goods exceeds 1.15".
fn over(folded: &str) -> Option<Per> {
    let rest = folded.strip_prefix(
        "lofalcoholcalculatedonthatalcoholcontentbywhichthepercentagebyvolumeofalcoholofthegoodsexceeds",
    )?;
    Some(Per { count: Decimal::ONE, measure: Measure::LitreAlcohol { over: rest.parse().ok()? } })
}

/// A measure with words that narrow it: "kg on lead content", "100 kg/br", "kg TSS".
fn named(text: &str) -> Option<Per> {
    const LONGEST: usize = 60;
    let lower = text.to_lowercase();
    let letters = lower.chars().all(|it| it.is_alphanumeric() || " /.,%".contains(it));
    if !letters || lower.len() > LONGEST {
        return None;
    }
    let starts = QUALIFIED.iter().any(|word| {
        lower.strip_prefix(word).is_some_and(|rest| {
            let apart = rest.is_empty() || rest.starts_with([' ', '/']) || word.ends_with("kg");
            apart && !rest.contains(|it: char| it.is_ascii_digit())
        })
    });
    starts.then(|| Per { count: Decimal::ONE, measure: Measure::Named(lower.into()) })
}
