//! The book `economies`: codes, names in five languages, currencies and other names of the world's economies.

use std::collections::BTreeMap;

use domain::Basis;
use lake::csv_text::Table;
use lake::import::Options;
use lake::import::sheet::{Sheet, must};

use crate::context::{About, Context, Error, Made};

const FILE: &str = "macro/country-codes.csv";
const BACI: &str = "trade/country_codes_V202601.csv";

/// Short names where the source has long ones: code, English, Chinese, French, Arabic, Spanish; empty keeps the source's.
const SHORT: &[[&str; 6]] = &[
    ["AE", "", "阿联酋", "Émirats arabes unis", "الإمارات العربية المتحدة", "Emiratos Árabes Unidos"],
    ["BA", "Bosnia and Herzegovina", "波黑", "Bosnie-Herzégovine", "", ""],
    ["BN", "", "文莱", "Brunei", "بروناي", "Brunéi"],
    ["BO", "", "玻利维亚", "Bolivie", "بوليفيا", "Bolivia"],
    ["CC", "Cocos Islands", "科科斯群岛", "Îles Cocos", "", "Islas Cocos"],
    ["CD", "DR Congo", "刚果（金）", "RD Congo", "الكونغو الديمقراطية", "RD del Congo"],
    ["CG", "Congo", "刚果（布）", "Congo", "الكونغو", "Congo"],
    ["CI", "Côte d'Ivoire", "", "Côte d'Ivoire", "", "Costa de Marfil"],
    ["CK", "", "库克群岛", "Îles Cook", "جزر كوك", "Islas Cook"],
    ["CZ", "Czechia", "捷克", "Tchéquie", "", "Chequia"],
    ["FK", "Falkland Islands", "福克兰群岛", "Îles Falkland", "جزر فوكلاند", "Islas Malvinas"],
    ["FM", "", "密克罗尼西亚", "Micronésie", "ميكرونيزيا", "Micronesia"],
    ["GB", "United Kingdom", "英国", "Royaume-Uni", "المملكة المتحدة", "Reino Unido"],
    ["HK", "Hong Kong", "中国香港", "Hong Kong", "هونغ كونغ", "Hong Kong"],
    ["IR", "", "伊朗", "Iran", "إيران", "Irán"],
    ["KP", "North Korea", "朝鲜", "Corée du Nord", "كوريا الشمالية", "Corea del Norte"],
    ["KR", "South Korea", "韩国", "Corée du Sud", "كوريا الجنوبية", "Corea del Sur"],
    ["LA", "Laos", "老挝", "Laos", "لاوس", "Laos"],
    ["MD", "Moldova", "摩尔多瓦", "Moldavie", "مولدوفا", "Moldavia"],
    ["MF", "St. Martin", "法属圣马丁", "Saint-Martin", "", "San Martín"],
    ["MO", "Macao", "中国澳门", "Macao", "ماكاو", "Macao"],
    ["NL", "", "荷兰", "Pays-Bas", "هولندا", "Países Bajos"],
    ["NU", "", "纽埃", "Nioué", "نيوي", "Niue"],
    ["PS", "Palestine", "巴勒斯坦", "Palestine", "فلسطين", "Palestina"],
    ["RU", "Russia", "俄罗斯", "Russie", "روسيا", "Rusia"],
    ["SX", "Sint Maarten", "荷属圣马丁", "Sint Maarten", "", "Sint Maarten"],
    ["SY", "", "叙利亚", "Syrie", "سوريا", "Siria"],
    ["TW", "Taiwan", "台湾", "Taïwan", "تايوان", "Taiwán"],
    ["TZ", "", "坦桑尼亚", "Tanzanie", "تنزانيا", "Tanzania"],
    ["US", "United States", "美国", "États-Unis", "الولايات المتحدة", "Estados Unidos"],
    ["VA", "", "梵蒂冈", "Vatican", "الفاتيكان", "Vaticano"],
    ["VE", "", "委内瑞拉", "Venezuela", "فنزويلا", "Venezuela"],
];

/// Other names, our own list. BACI's and the source's long names are added to these.
const ALIASES: &[(&str, &str)] = &[
    ("AE", "UAE|Emirates|Dubai and the Emirates|阿拉伯联合酋长国"),
    ("BA", "Bosnia"),
    ("BY", "Belorussia"),
    ("CD", "DRC|Congo-Kinshasa|Congo Kinshasa|Zaire|Democratic Republic of Congo|民主刚果"),
    ("CG", "Congo-Brazzaville|Congo Brazzaville|Republic of the Congo|Republic of Congo"),
    ("CI", "Ivory Coast|象牙海岸"),
    ("CN", "PRC|P.R. China|PR China|Mainland China|People's Republic of China|中国大陆|中华人民共和国"),
    ("CV", "Cabo Verde"),
    ("CZ", "Czech Republic|捷克共和国"),
    ("DE", "Federal Republic of Germany"),
    ("FK", "Malvinas"),
    ("GB", "UK|U.K.|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|大不列颠|英格兰"),
    ("HK", "Hong Kong SAR|Hongkong|香港"),
    ("IR", "Persia"),
    ("KP", "DPRK|北韩|北朝鲜"),
    ("KR", "Korea|Republic of Korea|ROK|Korea, Republic of|南韩|南朝鲜"),
    ("LA", "Lao PDR"),
    ("MK", "Macedonia"),
    ("MM", "Burma"),
    ("MO", "Macau|Macao SAR|澳门"),
    ("NL", "Holland|The Netherlands|荷蘭"),
    ("PS", "State of Palestine"),
    ("RU", "Russian Federation|俄国"),
    ("SA", "KSA|沙特"),
    ("SZ", "Swaziland"),
    ("TL", "East Timor"),
    ("TR", "Turkey|Turkiye"),
    ("TW", "Chinese Taipei|Taiwan, Province of China|Other Asia, nes|中国台湾|中华台北|台灣"),
    ("US", "America|United States of America|U.S.|U.S.A.|the States|美利坚"),
    ("VA", "Holy See"),
    ("VN", "Viet Nam"),
    ("ZA", "RSA"),
];

/// Currencies where the source names several or none: what trade is invoiced in at home.
const CURRENCIES: &[(&str, &str)] = &[
    ("BG", "EUR"),
    ("BT", "BTN"),
    ("CU", "CUP"),
    ("HT", "HTG"),
    ("LS", "LSL"),
    ("NA", "NAD"),
    ("PA", "USD"),
    ("PS", "ILS"),
    ("SV", "USD"),
    ("TR", "TRY"),
    ("TW", "TWD"),
    ("UY", "UYU"),
    ("VE", "VES"),
];

/// Numbers of trade statistics that are not M49, our own reading of BACI's list and of UN Comtrade's: BACI's historical
/// areas ("...1998") are not the economies of today and are left out.
const TRADE_CODES: &[(&str, &str)] = &[
    ("CH", "757"),
    ("FR", "251"),
    ("IN", "699"),
    ("IT", "381"),
    ("NO", "579"),
    ("TW", "490"),
    ("US", "842"),
];

const HEADER: [&str; 15] = [
    "iso2",
    "iso3",
    "m49",
    "en",
    "zh",
    "fr",
    "ar",
    "es",
    "currency",
    "region",
    "subregion",
    "ldc",
    "lldc",
    "trade_codes",
    "aliases",
];

pub fn run(cx: &Context) -> Result<Vec<Made>, Error> {
    let mut book = cx.draft("economies");
    let input = book.input(FILE)?;
    let baci = book.text(BACI)?;
    book.input_terms(BACI, "CEPII", "Etalab 2.0");
    let sheet = Sheet::read("country-codes", &input, Options::default().encoding.as_deref())?;
    let baci_names = baci_names(&baci);
    let mut table = Table::new(&HEADER);
    for row in rows(&sheet)? {
        table.row(line(&row, &baci_names).iter().map(String::as_str));
    }
    let text = table.finish();
    // A book that cannot be read back is not written.
    domain::EconomyBook::from_csv(&text)?;
    book.table("economies.csv", text);
    Ok(vec![book.finish(&About {
        title: "Economies: codes, names, currencies",
        publisher: "Datopian (datahub.io country-codes, from UN Statistics Division, UNTERM, ISO and SIX)",
        licence: "PDDL",
        licence_url: Some("https://opendatacommons.org/licenses/pddl/1-0/"),
        vintage: "2026-05",
        basis: Basis::Observed,
        how: "ISO 3166 codes, M49 numbers, currency, UN region and sub-region, LDC and LLDC marks as the source has them. English names are \
those of CLDR, names in Chinese, French, Arabic and Spanish the short ones of UNTERM without articles and notes; some thirty long ones are \
shortened, and other names by which people call an economy added, by a list of our own. Names of BACI are added where they differ. \
Numbers of trade statistics that are not M49 (842 United States, 490 for Taiwan as \"Other Asia, nes\", 251 France, 757 Switzerland, 579 \
Norway, 699 India, 381 Italy) are added; BACI's areas that have ceased to be and its regional residues (697, 849) are left out. Where the \
source names several currencies or none, one is chosen by a list of our own. A name in a list is separated by |.",
    })])
}

struct Source {
    cells: [String; 18],
}

/// The columns of the source that are used, row by row.
fn rows(sheet: &Sheet<'_>) -> Result<Vec<Source>, Error> {
    let columns = sheet.columns([
        must(&["ISO3166-1-Alpha-2"]),
        must(&["ISO3166-1-Alpha-3"]),
        must(&["M49"]),
        must(&["CLDR display name"]),
        must(&["UNTERM Chinese Short"]),
        must(&["official_name_cn"]),
        must(&["UNTERM French Short"]),
        must(&["official_name_fr"]),
        must(&["UNTERM Arabic Short"]),
        must(&["official_name_ar"]),
        must(&["UNTERM Spanish Short"]),
        must(&["official_name_es"]),
        must(&["ISO4217-currency_alphabetic_code"]),
        must(&["Region Name"]),
        must(&["Sub-region Name"]),
        must(&["Least Developed Countries (LDC)"]),
        must(&["Land Locked Developing Countries (LLDC)"]),
        must(&["official_name_en"]),
    ])?;
    let mut found = Vec::new();
    for row in sheet.rows() {
        let row = row?;
        found.push(Source { cells: columns.map(|it| row.find(it).to_owned()) });
    }
    found.sort_by(|a, b| a.cells[0].cmp(&b.cells[0]));
    Ok(found)
}

fn line(row: &Source, baci: &BTreeMap<String, String>) -> Vec<String> {
    let [
        iso2,
        iso3,
        m49,
        en,
        zh,
        zh_long,
        fr,
        fr_long,
        ar,
        ar_long,
        es,
        es_long,
        currency,
        region,
        sub,
        ldc,
        lldc,
        long,
    ] = &row.cells;
    let short = SHORT.iter().find(|it| it[0] == iso2);
    let name = |at: usize, first: &str, second: &str| {
        let own = short.map_or("", |it| it[at]);
        if own.is_empty() { tidy(if first.is_empty() { second } else { first }) } else { own.to_owned() }
    };
    let names = [
        name(1, en, long),
        name(2, zh, zh_long),
        name(3, fr, fr_long),
        name(4, ar, ar_long),
        name(5, es, es_long),
    ];
    let own = CURRENCIES.iter().find(|it| it.0 == iso2).map_or(currency.as_str(), |it| it.1);
    let codes = TRADE_CODES.iter().find(|it| it.0 == iso2).map_or("", |it| it.1);
    let mut aliases: Vec<String> = Vec::new();
    let listed = ALIASES.iter().filter(|it| it.0 == iso2).flat_map(|it| it.1.split('|')).map(str::to_owned);
    let published = [tidy(long), tidy(zh_long), baci.get(iso2).cloned().unwrap_or_default()];
    let spelled = names[0].contains(" & ").then(|| names[0].replace(" & ", " and "));
    for alias in listed.chain(published).chain(spelled) {
        if !alias.is_empty() && !names.contains(&alias) && !aliases.contains(&alias) && !alias.contains('|') {
            aliases.push(alias);
        }
    }
    let [en, zh, fr, ar, es] = names;
    let mark = |it: &str| if it.trim() == "x" { "x".to_owned() } else { String::new() };
    vec![
        iso2.clone(),
        iso3.clone(),
        m49.clone(),
        en,
        zh,
        fr,
        ar,
        es,
        own.to_owned(),
        region.clone(),
        sub.clone(),
        mark(ldc),
        mark(lldc),
        codes.to_owned(),
        aliases.join("|"),
    ]
}

/// Takes articles "(le)", remarks "(State of)" and marks "**" off the end of a name.
fn tidy(name: &str) -> String {
    let cut = name.find(['(', '*', '（']).filter(|&at| at > 0).unwrap_or(name.len());
    name[..cut].trim().replace('’', "'")
}

/// BACI's names by ISO code, without areas that have ceased to be.
fn baci_names(text: &str) -> BTreeMap<String, String> {
    domain::csv::records(text)
        .skip(1)
        .filter_map(|(_, cells)| Some((cells.get(2)?.to_string(), cells.get(1)?.to_string())))
        .filter(|(iso2, name)| iso2.len() == 2 && !name.contains("(..."))
        .collect()
}
