use std::sync::Arc;

use domain::{Economy, EconomyBook, Locode};

use super::*;

const PLACES: &str = "locode,name,lat,lon,functions,rank\n\
    GBBHM,Birmingham,52.47,-1.92,2345,7\n\
    USBHM,Birmingham,33.56,-86.75,34,4\n\
    USBIZ,Birmingham,,,3,0\n\
    NLRTM,Rotterdam,51.92,4.5,12345,20\n\
    USRAJ,Rotterdam,42.78,-73.97,123,3\n\
    USLAX,Los Angeles,34.05,-118.25,145,19\n\
    PALGE,Los Ángeles,8.52,-82.2,3,1\n\
    CNSHA,Shanghai,31.23,121.47,14,20\n\
    CNSGH,Shanghai,31.2,121.5,1,18\n\
    IDJKT,\"Jakarta, Java\",-6.1,106.8,1,15\n\
    CASAL,Salem,45.1,-74.5,3,2\n\
    INSAL,Salem,11.65,78.15,3,2\n\
    MXPAR,Paris,20.1,-99.1,3,1\n\
    PARIS,Rio Sereno,8.8,-82.8,3,0\n";
const NAMES: &str = "locode,name\nNLRTM,鹿特丹\nGBBHM,伯明翰\nCNSHA,上海\nZZZZZ,nowhere\n";
const ECONOMIES: &str = "iso2,iso3,m49,en,zh,fr,ar,es,currency,region,subregion,ldc,lldc,trade_codes,aliases\n\
    GB,GBR,826,United Kingdom,英国,,,,GBP,,,,,,UK|Great Britain\n\
    US,USA,840,United States,美国,,,,USD,,,,,842,\n\
    CA,CAN,124,Canada,加拿大,,,,CAD,,,,,,\n\
    IN,IND,356,India,印度,,,,INR,,,,,699,\n\
    NL,NLD,528,Netherlands,荷兰,,,,EUR,,,,,,Holland\n\
    CN,CHN,156,China,中国,,,,CNY,,,,,,\n";

fn book() -> PlaceBook {
    PlaceBook::from_csv(PLACES).unwrap().with_names(NAMES).unwrap()
}

fn economies() -> Arc<EconomyBook> {
    EconomyBook::from_csv(ECONOMIES).unwrap()
}

#[test]
fn one_place_is_found_however_it_is_written() {
    let (book, economies) = (book(), economies());
    let check = |text: &str, expect: &str| match book.resolve(text, &economies, &[]) {
        Ok(found) => {
            assert_eq!(found.place.locode.map(|it| it.to_string()).as_deref(), Some(expect), "{text}")
        }
        Err(error) => panic!("{text}: {error}"),
    };
    check("GBBHM", "GBBHM");
    check("gb bhm", "GBBHM");
    check("Birmingham, GB", "GBBHM");
    check("Birmingham UK", "GBBHM");
    check("Birmingham (Great Britain)", "GBBHM");
    check("birmingham, united kingdom", "GBBHM");
    check("伯明翰", "GBBHM");
    check("英国伯明翰", "GBBHM");
    check("伯明翰，英国", "GBBHM");
    check("Birmingham, US", "USBHM");
    check("Birmingham, AL", "USBHM");
    check("Rotterdam", "NLRTM");
    check("ROTTERDAM.", "NLRTM");
    check("Rotterdam, NY", "USRAJ");
    check("鹿特丹", "NLRTM");
    check("Los Angeles", "USLAX");
    check("Los Angeles, CA", "USLAX");
    check("Shanghai", "CNSHA");
    check("Jakarta", "IDJKT");
    check("Salem, India", "INSAL");
    // A code in small letters that is also a name is the name.
    check("Paris", "MXPAR");
    check("PARIS", "PARIS");
}

#[test]
fn the_choice_between_namesakes_is_told() {
    let (book, economies) = (book(), economies());
    let found = book.resolve("Rotterdam", &economies, &[]).unwrap();
    assert_eq!(
        found.findings[0].text,
        "'Rotterdam' is taken as Rotterdam (NLRTM) in Netherlands, by far the weightiest in trade; 1 other place has that name"
    );
    let hinted = book.resolve("Birmingham", &economies, &[Economy::new(*b"GB")]).unwrap();
    assert_eq!(hinted.place.locode, Some("GBBHM".parse().unwrap()));
    assert_eq!(
        hinted.findings[0].text,
        "'Birmingham' is taken as Birmingham (GBBHM) in United Kingdom, because of the currency; 2 other places have that name"
    );
    // Paying in dollars does not move the harbour to New York.
    let dollars = book.resolve("Rotterdam", &economies, &[Economy::new(*b"US")]).unwrap();
    assert_eq!(dollars.place.locode, Some("NLRTM".parse().unwrap()));
}

#[test]
fn what_is_not_one_place_says_how_to_mend_it() {
    let (book, economies) = (book(), economies());
    let check = |text: &str, expect: &str| {
        assert_eq!(book.resolve(text, &economies, &[]).unwrap_err().to_string(), expect, "{text}");
    };
    check(
        "Birmingham",
        "PRP-1121: 'Birmingham' could be Birmingham in United Kingdom (GBBHM; rail, road, airport, postal exchange); \
         Birmingham in United States (USBHM; road, airport); Birmingham in United States (USBIZ; road); \
         write the UN/LOCODE, or the economy after the name: 'Birmingham, GB'",
    );
    check(
        "Salem",
        "PRP-1121: 'Salem' could be Salem in Canada (CASAL; road); Salem in India (INSAL; road); \
         write the UN/LOCODE, or the economy after the name: 'Salem, CA'",
    );
    check(
        "Roterdam",
        "PRP-1120: no place called 'Roterdam' is known; did you mean Rotterdam (NLRTM) or Rotterdam (USRAJ)?; \
         write its UN/LOCODE (for example GBBHM), 'name, economy', or its coordinates (52.48,-1.9)",
    );
    check(
        "Netherlands",
        "PRP-1122: 'Netherlands' is a whole economy; name a place in it, for example Rotterdam (NLRTM)",
    );
    check("", "PRP-1123: no place is named; write for example 'Birmingham, GB', GBBHM or 52.48,-1.9");
    check(
        &"x".repeat(200),
        "PRP-1124: the name of a place has 200 characters, more than 120; write its UN/LOCODE",
    );
    check(
        "121.47,31.23",
        "PRP-1008: '121.47,31.23' is not a point on Earth: latitude comes first, and the two look swapped; did you mean '31.23,121.47'?",
    );
    check("NaN,0", "PRP-1008: latitude NaN and longitude 0 are not a point on Earth: they are not numbers");
    check(
        "51.5,-300",
        "PRP-1008: latitude 51.5 and longitude -300 are not a point on Earth: longitude goes from -180 to 180",
    );
}

#[test]
fn a_point_is_a_place_in_the_economy_of_its_nearest_neighbour() {
    let found = book().resolve("52.48,-1.9", &economies(), &[]).unwrap();
    assert_eq!(found.place.economy, Economy::new(*b"GB"));
    assert_eq!(found.place.name, "52.48,-1.9");
    assert_eq!(
        found.findings[0].text,
        "52.48,-1.9 is taken to lie in GB, as Birmingham (GBBHM), 2 km away, does"
    );
}

#[test]
fn coordinates_and_functions_survive_packing() {
    let book = book();
    let row = book.find("USLAX".parse::<Locode>().unwrap()).unwrap();
    let at = row.at.unwrap();
    assert_eq!((at.lat(), at.lon()), (34.05, -118.25));
    assert_eq!(row.functions.digits(), "145");
    assert!(row.functions.port() && row.functions.airport() && !row.functions.rail());
    assert!(book.find("USBIZ".parse().unwrap()).unwrap().at.is_none());
    assert_eq!(book.list_of(Economy::new(*b"GB"), 9).len(), 1);
}

#[test]
fn a_bad_table_names_its_line() {
    let check = |text: &str, expect: &str| {
        let error = PlaceBook::from_csv(text).unwrap_err().to_string();
        assert!(error.contains(expect), "{error}");
    };
    let header = "locode,name,lat,lon,functions,rank";
    check("", "line 1: it is empty");
    check("code,name", "line 1: the header must be locode,name");
    check(&format!("{header}\nGBBHM,Birmingham"), "line 2: it has 2 fields instead of 6");
    check(&format!("{header}\nGB,B,1,1,1,1"), "line 2: PRP-1007");
    check(&format!("{header}\nGBBHM,,1,1,1,1"), "line 2: the name is empty");
    check(&format!("{header}\n\nGBBHM,B,north,1,1,1"), "line 3: 'north' is not a number of degrees");
    check(&format!("{header}\nGBBHM,B,91,0,1,1"), "line 2: PRP-1008");
    check(&format!("{header}\nGBBHM,B,NaN,0,1,1"), "they are not numbers");
    check(&format!("{header}\nGBBHM,B,1,1,9,1"), "line 2: '9' is not a list of functions");
    check(&format!("{header}\nGBBHM,B,1,1,1,300"), "line 2: '300' is not a rank");
    check(&format!("{header}\nGBBHM,{},1,1,1,1", "x".repeat(300)), "longer than 250 bytes");
}

#[test]
fn an_imported_part_replaces_rows_and_keeps_the_rest() {
    let part = "locode,name,lat,lon,functions,rank\nGBBHM,Birmingham New,52.5,-1.9,23,2\nDEHAJ,Hannover,52.37,9.73,234,4\n";
    let book = PlaceBook::from_tables([NAMES, PLACES, part]).unwrap();
    let row = book.find("GBBHM".parse().unwrap()).unwrap();
    assert_eq!((row.name, row.rank), ("Birmingham New", 7));
    assert_eq!(book.list_named("Birmingham").len(), 2);
    assert_eq!(book.list_named("伯明翰")[0].name, "Birmingham New");
    assert!(book.find("DEHAJ".parse().unwrap()).is_some());
    assert_eq!(book.len(), book.list_all().count());
}
