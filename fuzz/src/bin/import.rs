//! Every importer on any bytes: the first byte chooses the importer; a number beyond them leaves the kind to be guessed.
#![no_main]

use std::sync::LazyLock;

use lake::import::{IMPORTERS, Input, Options, import};
use libfuzzer_sys::fuzz_target;

static OPTIONS: LazyLock<Options> = LazyLock::new(|| lake::Library::bundled().options());

fuzz_target!(|bytes: &[u8]| {
    let [choice, rest @ ..] = bytes else { return };
    let Ok(input) = Input::new("fuzz.csv", rest.to_vec()) else { return };
    let kind = IMPORTERS.get(usize::from(*choice)).map(|it| it.name);
    let Ok(made) = import(kind, &input, &OPTIONS) else { return };
    let it = &made.report;
    assert_eq!(it.rows_read, it.accepted + it.repaired + it.set_aside + it.rejected, "rows are lost");
    assert_eq!(
        it.reasons.iter().map(|it| it.rows).sum::<u64>() + it.accepted,
        it.rows_read,
        "reasons are lost"
    );
    for (table, (_, text)) in made.source.tables.iter().zip(&made.tables) {
        assert_eq!(lake::csv_text::count_rows(text), table.rows);
    }
    assert!(lake::SourceToml::parse("source.toml", &made.source.to_text().unwrap()).unwrap() == made.source);
});
