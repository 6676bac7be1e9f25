//! Damaged bytes never make an importer panic or lose a row. The seeds are those of the fuzz target.

use domain::draw::{Draws, Purpose};

use super::*;

/// Damaged copies of each seed that each importer reads.
const COPIES: u32 = 25;

/// One to four places overwritten, filled in, doubled or cut off; copy 0 is sound.
fn damaged(seed: &[u8], copy: u32) -> Vec<u8> {
    let draw = |key: u64| Draws::new(1402).bits(copy, Purpose::Schedule, key);
    let mut bytes = seed.to_vec();
    if copy == 0 {
        return bytes;
    }
    for round in 0..=draw(0) % 4 {
        let at = draw(round * 4 + 1) as usize % bytes.len().max(1);
        let letter = b"\"\n,;\0\xff.-9A\r\t"[draw(round * 4 + 2) as usize % 12];
        match draw(round * 4 + 3) % 4 {
            0 if at < bytes.len() => bytes[at] = letter,
            1 => bytes.insert(at, letter),
            2 => bytes.truncate(at),
            _ => bytes.extend_from_within(at..),
        }
    }
    bytes
}

#[test]
fn no_importer_panics_or_loses_rows() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/import");
    let mut seeds: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    seeds.sort();
    assert!(seeds.len() >= 9);
    let options = options();
    let mut read = std::collections::BTreeSet::new();
    for path in seeds {
        // The first byte is the fuzz target's choice of importer.
        let seed = fs::read(path).unwrap().split_off(1);
        for copy in 0..COPIES {
            let Ok(input) = Input::new("damaged.csv", damaged(&seed, copy)) else { continue };
            for importer in IMPORTERS {
                let Ok(made) = (importer.import)(&input, &options) else { continue };
                let it = &made.report;
                assert_eq!(
                    it.rows_read,
                    it.accepted + it.repaired + it.set_aside + it.rejected,
                    "{}",
                    importer.name
                );
                read.insert(importer.name);
            }
        }
    }
    assert!(read.len() >= 16, "only {read:?} could read any copy");
}
