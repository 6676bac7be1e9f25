use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use super::*;
use crate::import::{Input, Options, import};

/// A folder of its own for each test, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("periplus-shelf-{}-{number}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn rates(day: &str, usd: &str) -> Imported {
    let text = format!("Date,USD,JPY,GBP\n{day},{usd},186.75,0.87058\n");
    let input = Input::new("eurofxref.csv", text.into_bytes()).unwrap();
    import(None, &input, &Options::default()).unwrap()
}

fn chokepoints() -> Imported {
    let text = "date,chokepoint,n_total,n_tanker,n_cargo,capacity\n2019-01-01,suez,50,21,29,2742136\n";
    import(None, &Input::new("p.csv", text.into()).unwrap(), &Options::default()).unwrap()
}

#[test]
fn every_bundled_book_is_what_its_source_says() {
    let library = Library::bundled();
    let all = library.verify();
    assert!(all.iter().any(|it| it.book == "rates"), "no bundled rates");
    for book in all {
        assert_eq!(book.health, Health::Sound, "{}", book.book);
        assert_eq!(book.origin, Origin::Bundled);
        assert!(book.rows > 0 && book.bytes > 0, "{}", book.book);
        let source = library.source_toml(&book.book).unwrap();
        for table in source.tables {
            let text = library.table(&book.book, &table.file).unwrap();
            assert_eq!(TableRef::of(&table.file, &text), table, "{}", book.book);
        }
    }
}

#[test]
fn an_import_takes_force_and_is_rolled_back() {
    let folder = Folder::new();
    let mut library = Library::open(&folder.0).unwrap();
    let bundled = library.edition("rates").unwrap();
    let first = library.install(rates("2026-05-01", "1.2")).unwrap();
    assert_eq!((first.before.as_ref(), first.unchanged), (Some(&bundled), false));
    assert_eq!(first.rows, 3);
    assert_eq!(
        first.findings[0].text,
        format!("the book rates now has 3 rows; the edition before had {}", first.rows_before)
    );
    assert!(library.table("rates", "rates.csv").unwrap().contains("2026-05-01,USD,1.2\n"));
    let second = library.install(rates("2026-05-02", "1.3")).unwrap();
    assert_eq!((second.before.clone(), second.findings.len()), (Some(first.edition.clone()), 0));
    // Another process sees the same.
    let other = Library::open(&folder.0).unwrap();
    assert_eq!(other.edition("rates").unwrap(), second.edition);
    let status = other.status().into_iter().find(|it| it.book == "rates").unwrap();
    assert_eq!((status.origin, status.rows, status.vintage.as_str()), (Origin::Imported, 3, "2026-05-02"));
    assert_eq!(status.older, [first.edition.clone(), BUNDLED.to_owned()]);
    assert_eq!(library.rollback("rates").unwrap().edition, first.edition);
    assert!(library.table("rates", "rates.csv").unwrap().contains("2026-05-01,USD,1.2\n"));
    assert_eq!(library.rollback("rates").unwrap().edition, bundled);
    assert_eq!(
        library.rollback("rates").unwrap_err().to_string(),
        "PRP-1417: book rates has nothing older to go back to; the bundled edition is in force"
    );
    let history = library.history("rates").unwrap();
    let deeds: Vec<_> = history.iter().map(|it| it.split_once(' ').unwrap().1).collect();
    assert_eq!(
        deeds,
        [
            format!("installed {}", first.edition),
            format!("installed {}", second.edition),
            format!("rolled back to {}", first.edition),
            "rolled back to bundled".to_owned()
        ]
    );
}

#[test]
fn the_same_import_again_changes_nothing() {
    let folder = Folder::new();
    let mut library = Library::open(&folder.0).unwrap();
    let first = library.install(rates("2026-05-01", "1.2")).unwrap();
    let again = library.install(rates("2026-05-01", "1.2")).unwrap();
    assert!(again.unchanged);
    assert_eq!(again.edition, first.edition);
    assert_eq!(library.history("rates").unwrap().len(), 1);
}

#[test]
fn a_book_that_is_not_bundled_has_nothing_below() {
    let folder = Folder::new();
    let mut library = Library::open(&folder.0).unwrap();
    library.install(chokepoints()).unwrap();
    assert_eq!(
        library.rollback("chokepoints").unwrap_err().to_string(),
        "PRP-1417: book chokepoints has nothing older to go back to; it was imported once and is not bundled"
    );
    assert_eq!(
        library.rollback("rate").unwrap_err().to_string(),
        "PRP-1416: there is no book 'rate'; did you mean rates?; periplus data status lists what is loaded"
    );
}

#[test]
fn a_failed_import_leaves_the_old_book_in_force() {
    let folder = Folder::new();
    let mut library = Library::open(&folder.0).unwrap();
    let old = library.install(rates("2026-05-01", "1.2")).unwrap();
    // The importer refuses: nothing reaches the disk.
    let bad = Input::new("eurofxref.csv", b"Date,USD,JPY,GBP\nnever,x,y,z\n".to_vec()).unwrap();
    import(None, &bad, &Options::default()).unwrap_err();
    // Writing fails half way: a folder stands where a table should be written.
    let mut new = rates("2026-05-02", "1.3");
    new.tables.push(("..".to_owned(), String::new()));
    assert!(library.install(new).unwrap_err().to_string().starts_with("PRP-1414: cannot use the name"));
    let mut new = rates("2026-05-02", "1.3");
    new.tables.push(("rates.csv/x.csv".to_owned(), String::new()));
    library.install(new).unwrap_err();
    let new = rates("2026-05-03", "1.4");
    let blocked = folder.0.join("books/rates").join(new.source.edition());
    fs::create_dir_all(folder.0.join("books/rates/.current-next/in-the-way")).unwrap();
    assert!(
        library.install(new).unwrap_err().to_string().starts_with("PRP-1414: cannot write"),
        "{}",
        blocked.display()
    );
    for library in [library, Library::open(&folder.0).unwrap()] {
        assert_eq!(library.edition("rates").unwrap(), old.edition);
        assert!(library.table("rates", "rates.csv").unwrap().contains("2026-05-01,USD,1.2\n"));
        assert!(library.verify().iter().all(|it| it.health == Health::Sound));
    }
}

#[test]
fn damage_on_disk_is_found_and_mended_by_importing_again() {
    let folder = Folder::new();
    let mut library = Library::open(&folder.0).unwrap();
    let done = library.install(rates("2026-05-01", "1.2")).unwrap();
    let path = folder.0.join("books/rates").join(&done.edition).join("rates.csv");
    fs::write(&path, "date,currency,units_per_eur\n2026-05-01,USD,9.9\n").unwrap();
    let told = library.table("rates", "rates.csv").unwrap_err().to_string();
    assert!(
        told.starts_with("PRP-1415: rates.csv of book rates is not what source.toml says it is (sha256 "),
        "{told}"
    );
    assert!(told.ends_with("run periplus data rollback rates, or import it again"), "{told}");
    let shelf: &dyn Shelf = &library;
    assert!(shelf.table("rates", "rates.csv").is_none());
    assert!(shelf.table("no-such-book", "x.csv").is_none());
    assert_eq!(library.faults(), [told]);
    let health =
        |library: &Library| library.verify().into_iter().find(|it| it.book == "rates").unwrap().health;
    assert!(matches!(health(&library), Health::Damaged(_)));
    assert!(!library.install(rates("2026-05-01", "1.2")).unwrap().unchanged);
    assert_eq!(health(&library), Health::Sound);
    fs::remove_file(&path).unwrap();
    assert!(matches!(health(&library), Health::Damaged(_)));
}

#[test]
fn one_file_of_several_leaves_the_others() {
    let folder = Folder::new();
    let mut library = Library::open(&folder.0).unwrap();
    let made = |name: &str| {
        let text = "Country Name,Country Code,Year,Value\nChina,CHN,2024,3.1\n";
        let options = library_options();
        import(None, &Input::new(name, text.into()).unwrap(), &options).unwrap()
    };
    library.install(made("fr.inr.lend.csv")).unwrap();
    library.install(made("lp.lpi.ovrl.xq.csv")).unwrap();
    let source = library.source_toml("wdi").unwrap();
    let files: Vec<_> = source.tables.iter().map(|it| it.file.as_str()).collect();
    assert!(files.contains(&"fr.inr.lend.csv") && files.contains(&"lp.lpi.ovrl.xq.csv"), "{files:?}");
    assert!(source.inputs.len() >= 2, "{:?}", source.inputs);
    assert_eq!(
        library.table("wdi", "fr.inr.lend.csv").unwrap(),
        "indicator,economy,year,value\nfr.inr.lend,CN,2024,3.1\n"
    );
}

fn library_options() -> Options {
    Library::bundled().options()
}

#[test]
fn only_so_many_editions_are_kept() {
    let folder = Folder::new();
    let mut library = Library::open(&folder.0).unwrap();
    for day in 1..=9 {
        library.install(rates(&format!("2026-05-0{day}"), "1.2")).unwrap();
    }
    let status = library.status().into_iter().find(|it| it.book == "rates").unwrap();
    assert_eq!(status.older.len(), 5, "four imported ones and the bundled one");
    let folders = fs::read_dir(folder.0.join("books/rates")).unwrap();
    let editions = folders.filter(|it| it.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(editions, 5);
}

#[test]
fn imports_at_the_same_time_do_not_mix() {
    let folder = Folder::new();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let path = &folder.0;
            scope.spawn(move || {
                let mut library = Library::open(path).unwrap();
                for turn in 1..=3 {
                    library.install(rates(&format!("2026-0{}-0{turn}", thread + 1), "1.2")).unwrap();
                }
            });
        }
    });
    let library = Library::open(&folder.0).unwrap();
    assert!(library.verify().iter().all(|it| it.health == Health::Sound));
    assert_eq!(library.history("rates").unwrap().len(), 12);
    assert_eq!(library.edition("rates").unwrap(), library.source_toml("rates").unwrap().edition());
}

#[test]
fn the_data_folder_follows_the_environment_of_the_platform() {
    // The variables themselves are the process's; the default must be absolute and end in the program's name.
    if std::env::var_os("PERIPLUS_DATA_DIR").is_none() {
        assert!(default_data_dir().is_none_or(|it| it.ends_with("periplus")));
    }
}
