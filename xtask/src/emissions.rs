//! The books `freight-factors` (UK government conversion factors, freight) and `product-carbon` (US EPA supply-chain factors).

use std::collections::BTreeMap;

use domain::Basis;
use lake::csv_text::Table;
use lake::import::workbook::worksheet;

use crate::context::{About, Context, Error, Made};

const DESNZ: &str = "emissions/ghg-conversion-factors-2024-full_set__for_advanced_users__v1_1.xlsx";
const EPA: &str = "emissions/SupplyChainGHGEmissionFactors_v1.3.0_NAICS_CO2e_USD2022.csv";

/// HS code, NAICS 2017 industry, and why that industry stands for the goods. Our own mapping, kept to goods for which the
/// industry's definition in the NAICS manual names the product or its making.
const INDUSTRIES: &[(&str, &str, &str)] = &[
    ("2833", "325180", "NAICS 325180 makes inorganic salts"),
    ("2836", "325180", "NAICS 325180 makes inorganic chemicals; carbonates such as lithium carbonate"),
    ("280461", "325180", "NAICS 325180 makes basic inorganic chemicals; elemental silicon"),
    ("280469", "325180", "NAICS 325180 makes basic inorganic chemicals; elemental silicon"),
    ("2822", "325180", "NAICS 325180 makes basic inorganic chemicals; oxides of heading 2822"),
    ("7202", "331110", "NAICS 331110 includes ferroalloys"),
    ("7403", "331410", "NAICS 331410 smelts and refines copper; cathodes of heading 7403"),
    ("7502", "331410", "NAICS 331410 smelts and refines nonferrous metals; unwrought nickel"),
    ("7601", "331313", "NAICS 331313 makes primary aluminium"),
    ("7901", "331410", "NAICS 331410 smelts and refines nonferrous metals; unwrought zinc"),
    ("8101", "331410", "NAICS 331410 smelts and refines nonferrous metals; unwrought tungsten"),
    ("8105", "331410", "NAICS 331410 smelts and refines nonferrous metals; cobalt"),
    ("850511", "332999", "NAICS 332999 includes permanent metallic magnets"),
    ("850760", "335911", "NAICS 335911 makes storage batteries, lithium-ion among them"),
];

/// Mode, class and well-to-tank or tank-to-wheel factor, as read from one sheet.
type Factors = BTreeMap<(&'static str, String), (f64, String)>;

/// Freight factors per tonne-kilometre.
pub fn freight(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("freight-factors");
    let input = book.input(DESNZ)?;
    let ttw = worksheet(&input, Some("Freighting goods"))?;
    let wtt = worksheet(&input, Some("WTT- delivery vehs & freight"))?;
    let ttw = factors(&ttw.rows, ttw.first_row, 4)?;
    let wtt = factors(&wtt.rows, wtt.first_row, 1)?;
    let mut table = Table::new(&["mode", "class", "ttw_kg_tkm", "wtt_kg_tkm", "distance_convention", "note"]);
    for ((mode, class), (value, note)) in &ttw {
        let (upstream, _) = wtt
            .get(&(*mode, class.clone()))
            .ok_or_else(|| format!("{DESNZ}: no well-to-tank factor for {mode} {class}"))?;
        let convention = if *mode == "air" { "gcd" } else { "actual" };
        table.row([*mode, class, &value.to_string(), &upstream.to_string(), convention, note]);
    }
    if ttw.len() != wtt.len() {
        return Err(format!("{DESNZ}: {} factors, but {} well-to-tank factors", ttw.len(), wtt.len()).into());
    }
    book.table("factors.csv", table.finish());
    Ok(vec![book.finish(&About {
        title: "Greenhouse gas conversion factors 2024, freighting goods",
        publisher: "UK Department for Energy Security and Net Zero",
        licence: "Open Government Licence v3.0",
        licence_url: Some("https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"),
        vintage: "2024",
        basis: Basis::Benchmark,
        how: "Kilograms CO2e per tonne-kilometre of the sheets 'Freighting goods' (tank to wheel or wake) and 'WTT- delivery vehs \
& freight' (well to tank), joined by vehicle and size. Vans: diesel. Lorries: half, fully and average laden. Flights: with and \
without the effects other than CO2 (RF, 70 % of the CO2); their factors hold an uplift of 8 % for detours and are for \
great-circle kilometres. The others are for kilometres travelled. Left out: factors by the vehicle-kilometre and the mile, \
other fuels of vans, and the split by gas.",
    })])
}

/// Every factor per tonne-kilometre of a sheet. `step` is how many columns one factor takes: four where it is split by gas.
fn factors(rows: &[Vec<String>], first_row: usize, step: usize) -> Result<Factors, Error> {
    let mut all = Factors::new();
    let (mut activity, mut kind) = (String::new(), String::new());
    for (index, row) in rows.iter().enumerate() {
        let cell = |at: usize| row.get(at).map_or("", |it| it.trim());
        if !cell(0).is_empty() {
            cell(0).trim_start_matches("WTT- ").clone_into(&mut activity);
        }
        if !cell(1).is_empty() {
            cell(1).clone_into(&mut kind);
        }
        let Some(unit) = (2..4).find(|&at| cell(at) == "tonne.km") else { continue };
        let size = if unit == 3 { cell(2) } else { "" };
        let line = first_row + index;
        for (mode, class, offset) in classes(&activity, &kind, size) {
            let at = unit + 1 + offset * step;
            let value: f64 =
                cell(at).parse().map_err(|_| format!("row {line}: '{}' is not a factor", cell(at)))?;
            let note =
                format!("row {line}: {activity}, {kind}{}{size}", if size.is_empty() { "" } else { ", " });
            if all.insert((mode, class.clone()), (value, note)).is_some() {
                return Err(format!("row {line}: {mode} {class} stands twice").into());
            }
        }
    }
    Ok(all)
}

/// Mode, class and place (in factors, from the unit) of what a row of this activity gives.
fn classes(activity: &str, kind: &str, size: &str) -> Vec<(&'static str, String, usize)> {
    let named = |prefix: &str, variant: &str| format!("{prefix}{}/{variant}", slug(kind));
    match activity.to_lowercase().as_str() {
        "vans" => vec![("road", named("van-", "diesel"), 0)],
        it if it.starts_with("hgv") => {
            let prefix = if it.contains("refrigerated") { "hgv-refrigerated-" } else { "hgv-" };
            ["50-laden", "100-laden", "average-laden"]
                .into_iter()
                .enumerate()
                .map(|(at, laden)| ("road", named(prefix, laden), at + 1))
                .collect()
        }
        "freight flights" => {
            vec![
                ("air", named("freight-flight-", "with-rf"), 0),
                ("air", named("freight-flight-", "without-rf"), 1),
            ]
        }
        "rail" => vec![("rail", named("", "average"), 0)],
        "sea tanker" | "cargo ship" => vec![("sea", named("", &slug(size)), 0)],
        _ => Vec::new(),
    }
}

/// Small letters, digits and single hyphens: "Articulated (>33t)" is "articulated-over-33t".
fn slug(text: &str) -> String {
    let text = text.to_lowercase().replace('+', " plus ").replace('>', " over ").replace(',', "");
    let words: Vec<&str> =
        text.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty()).collect();
    words.join("-")
}

/// Product factors per dollar.
pub fn products(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("product-carbon");
    let text = book.text(EPA)?;
    let mut known: BTreeMap<String, (String, String)> = BTreeMap::new();
    let columns = ["2017 NAICS Code", "2017 NAICS Title", "Supply Chain Emission Factors without Margins"];
    domain::table::each_row(&text, &columns, |row| {
        known.insert(row.text(0).to_owned(), (row.text(1).to_owned(), row.text(2).to_owned()));
        Ok::<(), domain::table::TableError>(())
    })?;
    let mut table = Table::new(&["hs", "naics", "kg_per_usd2022", "title", "why"]);
    for (hs, naics, why) in INDUSTRIES {
        let (title, factor) = known.get(*naics).ok_or_else(|| format!("{EPA}: no industry {naics}"))?;
        table.row([*hs, naics, factor, title, why]);
    }
    book.table("factors.csv", table.finish());
    Ok(vec![book.finish(&About {
        title: "Supply Chain Greenhouse Gas Emission Factors v1.3 by NAICS-6",
        publisher: "US Environmental Protection Agency",
        licence: "US public domain",
        licence_url: None,
        vintage: "2022",
        basis: Basis::Benchmark,
        how: "Kilograms CO2e (all greenhouse gases) per 2022 US dollar at purchaser price, without margins (trade and transport \
after the maker's gate are counted elsewhere), of the industry that makes the goods. Which industry stands for which HS code is our \
own mapping, with the reason in each row. Averages of US industries by spending: no maker's and no other origin's footprint. Left \
out: industries without a mapping.",
    })])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_slugs() {
        for (text, expect) in [
            ("Articulated (>33t)", "articulated-over-33t"),
            ("60,000\u{2013}99,999 dwt", "60000-99999-dwt"),
            ("8000+ TEU", "8000-plus-teu"),
            (" All dwt", "all-dwt"),
            ("Long-haul, to/from UK", "long-haul-to-from-uk"),
        ] {
            assert_eq!(slug(text), expect);
        }
    }

    /// Values read by eye in the workbook: "Freighting goods" rows 57, 100, 106, 159; the well-to-tank sheet rows 51, 94, 100, 153.
    #[test]
    fn the_workbook_s_values_come_out() {
        let cx = Context::find();
        if !cx.data.join(DESNZ).is_file() {
            assert!(std::env::var_os("CI").is_none(), "{} is missing", cx.data.join(DESNZ).display());
            return;
        }
        let made = freight(&cx).unwrap_or_else(|error| panic!("{error}"));
        let text = &made[0].tables[0].1;
        for expect in [
            "road,hgv-articulated-over-33t/average-laden,0.07447,0.01799,actual,",
            "air,freight-flight-long-haul-to-from-uk/with-rf,1.09904,0.13516,gcd,",
            "air,freight-flight-long-haul-to-from-uk/without-rf,0.64875,0.13516,gcd,",
            "rail,freight-train/average,0.02779,0.00691,actual,",
            "sea,container-ship/average,0.01612,0.00365,actual,",
            "sea,bulk-carrier/60000-99999-dwt,0.00415,0.00094,actual,",
        ] {
            assert!(text.contains(expect), "{expect} is not in\n{text}");
        }
    }
}
