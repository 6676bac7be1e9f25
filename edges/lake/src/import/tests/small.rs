//! Small files of every kind, with what became of each row.

use super::report::Fate;
use super::*;

/// Accepted, repaired, set aside, rejected.
fn counts(made: &Imported) -> [u64; 4] {
    let it = &made.report;
    assert_eq!(it.rows_read, it.accepted + it.repaired + it.set_aside + it.rejected);
    assert_eq!(it.reasons.iter().map(|it| it.rows).sum::<u64>() + it.accepted, it.rows_read);
    [it.accepted, it.repaired, it.set_aside, it.rejected]
}

#[test]
fn ecb_rates_with_every_fault() {
    let made = import_text(
        "eurofxref-hist.csv",
        "Date,USD,JPY,BGN,CYP,GBP,\n\
         2026-04-13,1.1684,186.75,N/A,N/A,0.87058,\n\
         2026-04-13,1.1684,186.75,N/A,N/A,0.87058,\n\
         10/04/26,1.1711,\"1,186.43\",N/A,N/A,0.87105,\n\
         2026-04-09,zero,186.43,N/A,N/A,0.87105,\n\
         2026-04-08,-1,186.43,N/A,N/A,0.87105,\n",
    );
    assert_eq!(counts(&made), [1, 1, 1, 2]);
    assert_eq!(made.source.vintage, "2026-04-13");
    assert_eq!(made.tables[0].0, "rates.csv");
    assert!(made.tables[0].1.contains("2026-04-10,JPY,1186.43\n"), "{}", made.tables[0].1);
    let issue = made.report.rows.iter().find(|it| it.line == 5).unwrap();
    assert_eq!(
        (issue.fate, issue.column.as_str(), issue.reason.as_str()),
        (Fate::Rejected, "USD", "not a number")
    );
    assert_eq!(issue.found, "zero");
    let repaired = made.report.rows.iter().find(|it| it.fate == Fate::Repaired).unwrap();
    assert_eq!((repaired.line, repaired.repaired_to.as_deref()), (4, Some("2026-04-10")));
}

#[test]
fn ecb_rates_of_one_day_and_of_sdmx() {
    let day =
        import_text("eurofxref.csv", "Date, USD, JPY, GBP, \n13 April 2026, 1.1684, 186.75, 0.87058, \n");
    assert_eq!(day.tables[0].1.lines().count(), 4);
    let sdmx = import_text(
        "data.csv",
        "KEY,FREQ,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE\n\
         EXR.M.USD.EUR.SP00.A,M,USD,EUR,2026-02,1.05\n\
         EXR.M.USD.EUR.SP00.A,M,USD,EUR,2026-03-31,1.06\n\
         EXR.M.USD.GBP.SP00.A,M,USD,GBP,2026-03,1.25\n\
         EXR.M.USD.EUR.SP00.A,M,USD,EUR,2026-01,\n",
    );
    assert_eq!(counts(&sdmx), [2, 0, 2, 0]);
    assert_eq!(sdmx.tables[0].1, "date,currency,units_per_eur\n2026-02-28,USD,1.05\n2026-03-31,USD,1.06\n");
}

#[test]
fn world_bank_long_and_wide() {
    let long = import_text(
        "fr.inr.lend.csv",
        "Country Name,Country Code,Year,Value\nChina,CHN,2024,3.1\nChina,CHN,2024,3.1\nArab World,ARB,2024,5\n\
         Atlantis,ATL,2024,1\nUnited Kingdom,GBR,24,\"5,25\"\nUnited Kingdom,GBR,2023,\n",
    );
    assert_eq!(counts(&long), [1, 1, 3, 1]);
    assert_eq!(
        long.tables,
        [(
            "fr.inr.lend.csv".to_owned(),
            "indicator,economy,year,value\nfr.inr.lend,CN,2024,3.1\nfr.inr.lend,GB,2024,5.25\n".to_owned()
        )]
    );
    let wide = import_text(
        "API_LP.LPI.OVRL.XQ_DS2_en_csv_v2_1.csv",
        "\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2026-07-01\",\n\n\
         \"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2018\",\"2022\",\n\
         \"China\",\"CHN\",\"LPI\",\"LP.LPI.OVRL.XQ\",\"3.61\",\"3.7\",\n\
         \"Papua New Guinea\",\"PNG\",\"LPI\",\"LP.LPI.OVRL.XQ\",\"\",\"\",\n",
    );
    assert_eq!(counts(&wide), [2, 0, 1, 0]);
    assert_eq!(wide.report.rows[0].line, 7);
    assert_eq!(
        wide.tables[0].1,
        "indicator,economy,year,value\nlp.lpi.ovrl.xq,CN,2018,3.61\nlp.lpi.ovrl.xq,CN,2022,3.7\n"
    );
    let told = import(
        None,
        &input("data.csv", b"Country Name,Country Code,Year,Value\nChina,CHN,2024,3.1\n"),
        &options(),
    );
    let told = told.unwrap_err().to_string();
    assert!(told.contains("name the file as the indicator's code, for example fr.inr.lend.csv"), "{told}");
}

#[test]
fn an_importer_says_which_book_it_needs() {
    let file = input("fr.inr.lend.csv", b"Country Name,Country Code,Year,Value\nChina,CHN,2024,3.1\n");
    assert_eq!(
        import(None, &file, &Options::default()).unwrap_err().to_string(),
        "PRP-1427: cannot import fr.inr.lend.csv yet: it needs the book economies (it turns the World Bank's three-letter codes \
into economies)"
    );
}

#[test]
fn grid_intensity() {
    let made = import_text(
        "carbon-intensity-electricity.csv",
        "Entity,Code,Year,carbon_intensity\nASEAN (Ember),,2024,570\nChina,CHN,2024,560.1\nWorld,OWID_WRL,2024,480\n\
         United Kingdom,GBR,2024,-1\nKosovo,OWID_KOS,2024,900\n",
    );
    assert_eq!(counts(&made), [2, 0, 2, 1]);
    assert_eq!(made.tables[0].1, "economy,year,g_per_kwh\nCN,2024,560.1\nXK,2024,900\n");
    let ember = import_text(
        "yearly_full_release_long_format.csv",
        "Area,ISO 3 code,Year,Category,Variable,Unit,Value\nChina,CHN,2024,Power sector emissions,CO2 intensity,gCO2/kWh,560.1\n\
         China,CHN,2024,Electricity demand,Demand,TWh,9000\n",
    );
    assert_eq!(counts(&ember), [1, 0, 1, 0]);
}

#[test]
fn connectivity_by_economy_and_port() {
    let economies = import_text(
        "liner_connectivity.csv",
        "economy_label,quarter_label,index_value,missingvalue\nChina,Q4 2024,1200.5,\n\"China, Hong Kong SAR\",Q4 2024,400,\n\
         Atlantis,Q4 2024,1,\nChina,Q3 2024,,Not available\nChina,Q9 2024,3,\n",
    );
    assert_eq!(counts(&economies), [2, 0, 1, 2]);
    assert_eq!(economies.tables[0].1, "economy,quarter,index\nCN,2024-Q4,1200.5\nHK,2024-Q4,400\n");
    let ports = import_text(
        "port_liner.csv",
        "port_label,quarter_label,index_label,MissingValue\n\"China, Shanghai\",Q4 2024,150.1,\n\
         \"China, Hong Kong SAR, Hong Kong\",Q4 2024,90,\n",
    );
    assert_eq!(
        ports.tables[0].1,
        "economy,port,quarter,index\nCN,Shanghai,2024-Q4,150.1\nHK,Hong Kong,2024-Q4,90\n"
    );
}

#[test]
fn airports_and_routes() {
    let airports = import_text(
        "airports.dat",
        "1,\"Goroka Airport\",\"Goroka\",\"Papua New Guinea\",\"GKA\",\"AYGA\",-6.081689834590001,145.391998291,5282,10,\"U\",\
\"Pacific/Port_Moresby\",\"airport\",\"OurAirports\"\n\
         2,\"Strip\",\"X\",\"Papua New Guinea\",\\N,\"AYXX\",-6,145,1,10,\"U\",\"P\",\"airport\",\"O\"\n\
         3,\"Lost\",\"X\",\"Papua New Guinea\",\"LST\",\"AYLT\",-96,145,1,10,\"U\",\"P\",\"airport\",\"O\"\n",
    );
    assert_eq!(counts(&airports), [1, 0, 1, 1]);
    assert_eq!(
        airports.tables[0].1,
        "iata,icao,name,city,economy,lat,lon\nGKA,AYGA,Goroka Airport,Goroka,PG,-6.0817,145.3920\n"
    );
    let routes = import_text(
        "routes.dat",
        "2B,410,AER,2965,KZN,2990,,0,CR2\n3C,411,AER,2965,KZN,2990,,0,CR2\n4D,1,AER,2965,KZN,2990,Y,0,CR2\n\
         4D,1,AER,2965,KZN,2990,,1,CR2\n2B,410,AER,2965,KZN,2990,,0,CR2\n",
    );
    assert_eq!(counts(&routes), [2, 0, 3, 0]);
    assert_eq!(routes.tables[0].1, "from,to,airlines\nAER,KZN,2\n");
}

#[test]
fn chokepoints_and_distances() {
    let made = import_text(
        "portwatch.csv",
        "date,chokepoint,n_total,n_tanker,n_cargo,capacity\n2019-01-01,bab_el_mandeb,50,21,29,2742136\n\
         2019-01-01,bab_el_mandeb,50,21,29,2742136\n2019-01-02,suez,-1,1,1,1\n",
    );
    assert_eq!(counts(&made), [1, 0, 1, 1]);
    assert_eq!(
        made.tables[0].1,
        "date,passage,calls,tanker_calls,cargo_calls,capacity_t\n2019-01-01,bab-el-mandeb,50,21,29,2742136\n"
    );
    let made = import_text(
        "dist_cepii.csv",
        "iso_o,iso_d,contig,comlang_off,comlang_ethno,colony,comcol,curcol,col45,smctry,dist,distcap,distw,distwces\n\
         CHN,GBR,0,0,0,0,0,0,0,0,9217.54,8145.9,8622.11,8600\nCHN,YUG,0,0,0,0,0,0,0,0,1,1,1,1\nCHN,HKG,1,1,1,0,0,0,0,0,1,1,.,.\n",
    );
    assert_eq!(counts(&made), [2, 0, 0, 1]);
    assert_eq!(
        made.tables[0].1,
        "from,to,km,km_weighted,border,common_language,colonial_tie\nCN,GB,9217.5,8622.1,0,0,0\nCN,HK,1,,1,1,0\n"
    );
}
