//! The books `lead-times` and `freight-rates`: parameters that no open table gives are assumptions written here, each with
//! its reason; border days and shocks of passages are worked out from published series.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::context::{About, Context, Error, Made};

const EXPORT_DAYS: &str = "macro/wdi/lp.exp.durs.md.csv";
const IMPORT_DAYS: &str = "macro/wdi/lp.imp.durs.md.csv";
const CHOKEPOINTS: &str = "events/portwatch_chokepoints_daily.csv.zst";

const PARAMETERS: &str = "key,low,mid,high,unit,basis,source
sea.headway.hub,3,4,7,days,modelled,several weekly services share a pair of hubs (LSCI 300 and more)
sea.headway.served,7,7,10,days,modelled,one weekly service: the norm of liner shipping (LSCI 60 to 300)
sea.headway.feeder,7,14,21,days,modelled,weekly or fortnightly feeders (LSCI below 60)
sea.headway.unlisted,14,21,35,days,assumed,a port outside the connectivity index has no regular liner service that is known
sea.calls-on-the-way,1,4,8,days,assumed,calls at other ports on a service of 20000 km; shorter ways in proportion
sea.dwell.export,2,4,7,days,assumed,container yard before loading; used where the World Bank survey has no median
sea.dwell.import,2,4,9,days,assumed,discharge to gate-out; used where the World Bank survey has no median
sea.on-time,0.45,0.55,0.7,share,assumed,order of magnitude of industry reports of schedule reliability in 2023 and 2024
sea.late,3,5,7,days,assumed,order of magnitude of industry reports of the mean delay of late vessels in 2023 and 2024
air.km-per-day,6000,9000,14000,km per day,assumed,freighter at 850 km/h with transit stops and night closures
air.headway,0.5,1,2,days,assumed,daily flights between main airports
air.dwell.export,0.7,1.5,3,days,assumed,acceptance; security screening and build-up of pallets
air.dwell.import,0.5,1,2.5,days,assumed,breakdown and release
air.on-time,0.75,0.85,0.92,share,assumed,typical share flown as booked
air.late,0.7,1.5,3,days,assumed,next flights with free space
road.km-per-day,350,550,700,km per day,assumed,one driver within nine hours of driving a day
road.headway,0,0.5,1,days,assumed,a truck can be had within a day
road.dwell.export,0,0.2,0.5,days,assumed,loading
road.dwell.import,0,0.2,0.5,days,assumed,unloading
road.on-time,0.8,0.9,0.96,share,assumed,typical share within the slot
road.late,0.3,0.7,1.5,days,assumed,waiting for a new slot
rail.km-per-day,450,700,1000,km per day,assumed,block trains with changes of gauge and crew
rail.headway,1,3,7,days,assumed,two or three block trains a week
rail.dwell.export,1,2,4,days,assumed,terminal before departure
rail.dwell.import,1,2,4,days,assumed,terminal after arrival
rail.on-time,0.6,0.75,0.85,share,assumed,typical for block trains
rail.late,1,3,6,days,assumed,queues at changes of gauge
border.green,0,0.3,1,days,assumed,released on documents
border.inspected,1,3,7,days,assumed,physical or document inspection
border.inspected-share,0.02,0.05,0.15,share,assumed,share of consignments inspected; differs by goods and country
";

const VESSELS: &str = "class,name,length_m,beam_m,draft_m,speed_low_kn,speed_mid_kn,speed_high_kn,basis,source
feeder,Feeder container ship (1000 TEU),148,23,8.5,12,14,17,assumed,typical ship of the class
handysize,Handysize bulk carrier,180,28,10.2,11,12.5,14,assumed,typical ship of the class
panamax,Panamax container ship (4500 TEU),294,32.3,12,13,15.5,19,assumed,largest ship of the first locks of Panama; slow steaming
neopanamax,Neopanamax container ship (13000 TEU),366,51,15.2,13,16,19,assumed,largest ship of the new locks of Panama; slow steaming
ultra-large,Ultra large container ship (23000 TEU),400,61.5,16.5,13,16,19,assumed,typical ship of the class
capesize,Capesize bulk carrier,292,45,18.2,10.5,12,13.5,assumed,typical ship of the class
suezmax,Suezmax tanker,274,48,17,11,12.5,14,assumed,typical ship of the class
vlcc,Very large crude carrier,333,60,22,11,12.5,14,assumed,typical ship of the class
";

const LIMITS: &str = "passage,length_m,beam_m,draft_m,valid_from,basis,source
panama,294.13,32.31,12.04,1914-08-15,assumed,Panama Canal Authority: first locks
panama,366,49,15.2,2016-06-26,assumed,Panama Canal Authority: Neopanamax locks at their opening
panama,370.33,51.25,15.24,2021-05-21,assumed,Panama Canal Authority: Neopanamax locks; length and draught as widened in 2021
suez,,77.5,20.1,2010-01-01,assumed,Suez Canal Authority: 66 feet of draught; wide ships less
kiel,235,32.5,9.5,2000-01-01,assumed,Kiel Canal administration: largest dimensions; long ships less draught
corinth,,17.6,7.3,2000-01-01,assumed,Corinth Canal company: largest beam and draught
st-lawrence-seaway,225.5,23.8,8.08,2000-01-01,assumed,St Lawrence Seaway handbook
malacca,,,20.5,2000-01-01,assumed,shallows of One Fathom Bank with 3.5 m under the keel; ships called Malaccamax
torres,,,12.2,2000-01-01,assumed,Australian Maritime Safety Authority: under-keel clearance in the Prince of Wales Channel
oresund,,,7.7,2000-01-01,assumed,Drogden channel is dredged to 8 m
great-belt,,,15.4,2000-01-01,assumed,Route T has 17 m; ships called Baltimax
";

/// Passages without a published series of transits: one week in two hundred, with the detour or wait a fortnight.
const ASSUMED_SHOCKS: &[&str] = &[
    "panama",
    "sunda",
    "lombok",
    "torres",
    "taiwan-strait",
    "gibraltar",
    "dardanelles",
    "bosporus",
    "kerch",
    "dover",
    "kiel",
    "oresund",
    "great-belt",
];
/// Days that a disturbed passage costs on average: about the way round the Cape instead of Suez at 15 knots.
const SHOCK_DAYS: f64 = 9.0;
/// A week is disturbed when transits fall by this share below the median of the weeks before.
const DISTURBED: f64 = 0.7;
const WEEKS_BEFORE: usize = 12;

/// Economies joined by land, and those whose railways take goods across borders.
const LANDMASSES: &[(&str, &str, &str)] = &[
    (
        "eurasia",
        "AL AT BA BE BG BY CH CZ DE DK EE ES FI FR GB GR HR HU IT LI LT LU LV MC MD ME MK NL NO PL PT RO RS RU SE SI SK SM TR UA XK AM AZ GE KZ KG MN TJ TM UZ CN VN LA",
        "AD AF BD BT IN IR IQ IL JO KH KW LB MM MY NP OM PK PS QA SA SG SY TH YE AE HK MO",
    ),
    (
        "africa",
        "",
        "DZ AO BJ BW BF BI CM CF TD CG CD CI DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MW ML MR MA MZ NA NE NG RW SN SL SO ZA SS SD TZ TG TN UG ZM ZW EH",
    ),
    ("north-america", "US CA MX", "GT BZ SV HN NI CR PA"),
    ("south-america", "", "AR BO BR CL CO EC GY GF PY PE SR UY VE"),
    ("australia", "AU", ""),
    ("ireland", "IE", ""),
    ("korea", "KR", ""),
    ("japan", "JP", ""),
    ("new-zealand", "NZ", ""),
    ("hispaniola", "", "DO HT"),
    ("borneo", "", "BN"),
    ("new-guinea", "", "PG"),
];

const RATES: &str = "tariff,fixed_low,fixed_mid,fixed_high,km_low,km_mid,km_high,least_low,least_mid,least_high,basis,source
sea-container,350,600,1100,0.05,0.09,0.2,400,700,1300,assumed,per twenty-foot container with both terminal handling charges; spans quiet and tight markets of 2019 to 2024
sea-part,60,110,220,0.002,0.004,0.008,90,160,300,assumed,per revenue tonne in a groupage container with both freight stations
air,0.5,0.9,1.6,0.00018,0.0003,0.00055,80,130,220,assumed,per kilogram with handling and surcharges
road-truck,60,110,200,0.9,1.5,2.6,120,200,350,assumed,per full truck
road-part,12,25,50,0.07,0.13,0.26,60,110,200,assumed,per tonne of a part load
rail-container,300,500,900,0.22,0.4,0.75,600,1000,1800,assumed,per twenty-foot container with both terminals
";

pub fn lead_times(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("lead-times");
    let economies = cx.book_text("economies", "economies.csv")?;
    let borders = borders(&economies, &book.text(EXPORT_DAYS)?, &book.text(IMPORT_DAYS)?)?;
    let shocks = shocks(&book.text(CHOKEPOINTS)?)?;
    book.input_terms(EXPORT_DAYS, "World Bank", "CC BY 4.0");
    book.input_terms(IMPORT_DAYS, "World Bank", "CC BY 4.0");
    book.input_terms(
        CHOKEPOINTS,
        "IMF PortWatch",
        "free with attribution; only rates of disturbance are worked out, no series is kept",
    );
    book.table("parameters.csv", PARAMETERS.to_owned());
    book.table("vessels.csv", VESSELS.to_owned());
    book.table("limits.csv", LIMITS.to_owned());
    book.table("borders.csv", borders);
    book.table("shocks.csv", shocks);
    book.table("landmasses.csv", landmasses());
    Ok(vec![book.finish(&About {
        title: "Lead times: parameters, ships, limits of canals, border days, shocks of passages, landmasses",
        publisher: "Periplus, with World Bank and IMF PortWatch",
        licence: "Apache-2.0; border days: World Bank, CC BY 4.0",
        licence_url: None,
        vintage: "2026-08",
        basis: domain::Basis::Assumed,
        how: "Parameters and ships are assumptions with a reason each, for no open table gives them. Limits of canals are those their \
              administrations publish. Border days are the newest medians of the World Bank's logistics surveys. Shocks: share of weeks \
              since 2019 in which daily transits fell to less than 70 % of the median of the twelve weeks before (Suez, Bab-el-Mandeb, \
              Hormuz, Malacca; at least one week), one half of a percent assumed for other straits and canals; the nine days they cost \
              are the way round the Cape instead of Suez at 15 knots. Landmasses: economies that roads join; y where through freight \
              trains run.",
    })])
}

pub fn freight_rates(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("freight-rates");
    book.table("rates.csv", RATES.to_owned());
    Ok(vec![book.finish(&About {
        title: "Freight rates, wide ranges",
        publisher: "Periplus",
        licence: "Apache-2.0",
        licence_url: None,
        vintage: "2024",
        basis: domain::Basis::Assumed,
        how: "No open book of freight rates exists. P10, P50 and P90 in US dollars as a forwarder would expect them over the markets of \
              2019 to 2024 without the peak of 2021; a fixed part and a part per kilometre, and a least charge. Assumptions: replace them \
              with quotes.",
    })])
}

fn borders(economies: &str, export: &str, import: &str) -> Result<String, Error> {
    let mut iso2 = BTreeMap::new();
    let mut table = csv::Reader::from_reader(economies.as_bytes());
    for row in table.records() {
        let row = row?;
        iso2.insert(row.get(1).unwrap_or("").to_owned(), row.get(0).unwrap_or("").to_owned());
    }
    let mut newest: BTreeMap<String, [Option<(u16, String)>; 2]> = BTreeMap::new();
    for (side, text) in [export, import].into_iter().enumerate() {
        let mut table = csv::Reader::from_reader(text.as_bytes());
        for row in table.records() {
            let row = row?;
            let (Some(code), Ok(year)) = (iso2.get(&row[1]), row[2].parse::<u16>()) else { continue };
            let kept = &mut newest.entry(code.clone()).or_default()[side];
            if kept.as_ref().is_none_or(|it| it.0 < year) {
                *kept = Some((year, row[3].to_owned()));
            }
        }
    }
    let mut out = String::from("economy,export_days,import_days,year\n");
    for (code, sides) in newest {
        let year = sides.iter().flatten().map(|it| it.0).max().unwrap_or(0);
        let [export, import] = sides.map(|it| it.map_or_else(String::new, |it| it.1));
        let _ = writeln!(out, "{code},{export},{import},{year}");
    }
    Ok(out)
}

fn shocks(text: &str) -> Result<String, Error> {
    let mut days: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    let mut table = csv::Reader::from_reader(text.as_bytes());
    for row in table.records() {
        let row = row?;
        if let Ok(count) = row[2].parse::<f64>() {
            days.entry(row[1].replace('_', "-")).or_default().insert(row[0].to_owned(), count);
        }
    }
    let mut out = String::from("passage,share_of_weeks,mean_delay_days,basis,source\n");
    for (passage, series) in days {
        let values: Vec<f64> = series.into_values().collect();
        let weeks: Vec<f64> = values.chunks_exact(7).map(|week| week.iter().sum::<f64>() / 7.0).collect();
        let before = |at: usize| {
            let mut past = weeks[at - WEEKS_BEFORE..at].to_vec();
            past.sort_by(f64::total_cmp);
            f64::midpoint(past[WEEKS_BEFORE / 2 - 1], past[WEEKS_BEFORE / 2])
        };
        let counted = weeks.len().saturating_sub(WEEKS_BEFORE).max(1);
        let low = (WEEKS_BEFORE..weeks.len()).filter(|&at| weeks[at] < DISTURBED * before(at)).count();
        let share = low.max(1) as f64 / counted as f64;
        let _ = writeln!(
            out,
            "{passage},{share:.4},{SHOCK_DAYS},modelled,{low} of {counted} weeks disturbed in the daily transits of IMF PortWatch; delay assumed"
        );
    }
    for passage in ASSUMED_SHOCKS {
        let _ = writeln!(
            out,
            "{passage},0.005,{SHOCK_DAYS},assumed,no series of transits at hand: one week in two hundred"
        );
    }
    Ok(out)
}

fn landmasses() -> String {
    let mut rows = BTreeMap::new();
    for (name, rail, road) in LANDMASSES {
        for (list, through) in [(rail, "y"), (road, "")] {
            list.split_whitespace().for_each(|code| {
                rows.insert(code, format!("{code},{name},{through}\n"));
            });
        }
    }
    rows.into_values().fold(String::from("economy,landmass,rail\n"), |text, row| text + &row)
}
