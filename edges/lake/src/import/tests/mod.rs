use std::fs;
use std::io::Write;
use std::path::PathBuf;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

mod cells;
mod damaged;
mod files;
mod real;
mod small;

/// A handful of economies, enough for the small files.
fn economies() -> Arc<EconomyBook> {
    EconomyBook::from_csv(
        "iso2,iso3,m49,en,zh,fr,ar,es,currency,region,subregion,ldc,lldc,trade_codes,aliases\n\
         CN,CHN,156,China,中国,Chine,,China,CNY,Asia,Eastern Asia,0,0,,\n\
         GB,GBR,826,United Kingdom,英国,Royaume-Uni,,Reino Unido,GBP,Europe,Northern Europe,0,0,,UK\n\
         HK,HKG,344,Hong Kong,香港,Hong Kong,,Hong Kong,HKD,Asia,Eastern Asia,0,0,,\n\
         PG,PNG,598,Papua New Guinea,,,,,PGK,Oceania,Melanesia,0,0,,\n",
    )
    .unwrap()
}

fn options() -> Options {
    Options { economies: Some(economies()), ..Options::default() }
}

fn input(name: &str, bytes: &[u8]) -> Input {
    Input::new(name, bytes.to_vec()).unwrap()
}

/// Imports text as the kind that is guessed.
fn import_text(name: &str, text: &str) -> Imported {
    import(None, &input(name, text.as_bytes()), &options()).unwrap()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

fn zstandard(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

/// The folder of official files, when this machine has it.
fn shared(file: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var_os("PERIPLUS_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let path = folder.join("data").join(file);
    if fs::exists(&path).unwrap_or(false) {
        return Some(path);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is missing", path.display());
    None
}
