//! A sheet as an Arrow IPC stream, for programs that read columns without parsing them.
//!
//! The format is small where only plain columns are written: a schema message and batches, each a flatbuffer with a body of
//! buffers (Apache Arrow columnar format 1.5, "Serialization and Interprocess Communication"). It is written here, because the
//! crates that write all of Arrow take longer to build than this server. Types are those of our Parquet files: whole numbers,
//! floats, and text; exact figures are text, so that no reader rounds them.

use desk::sheet::{Cell, Kind, Sheet};

/// Rows of a batch: few enough for 32-bit offsets of text.
const BATCH_ROWS: usize = 16_384;

/// Metadata version V5.
const V5: i16 = 4;
const SCHEMA: u8 = 1;
const RECORD_BATCH: u8 = 3;
const INT: u8 = 2;
const FLOATING_POINT: u8 = 3;
const UTF8: u8 = 5;
/// Precision of a floating point type.
const DOUBLE: i16 = 2;

/// The sheet as a stream.
pub fn stream(sheet: &Sheet) -> Vec<u8> {
    let mut out = Vec::new();
    message(&mut out, SCHEMA, &[], |flat| schema(flat, sheet));
    for rows in sheet.rows.chunks(BATCH_ROWS) {
        let mut batch = Batch::default();
        for (at, column) in sheet.columns.iter().enumerate() {
            batch.column(column.kind, rows.iter().map(|row| &row[at]));
        }
        message(&mut out, RECORD_BATCH, &batch.body, |flat| batch.header(flat, rows.len()));
    }
    // The end of the stream: a message of no length.
    out.extend_from_slice(&u32::MAX.to_le_bytes());
    out.extend_from_slice(&0_u32.to_le_bytes());
    out
}

/// Frames a message: marker, length of the metadata, metadata, body; all of them at multiples of eight.
fn message(out: &mut Vec<u8>, kind: u8, body: &[u8], header: impl FnOnce(&mut Flat) -> usize) {
    let mut flat = Flat::new();
    let root = flat.table(&[Slot::I16(V5), Slot::U8(kind), Slot::Ref, Slot::I64(body.len() as i64)]);
    flat.point(0, root.at);
    let held = header(&mut flat);
    flat.point(root.refs[0], held);
    flat.align(8, 0);
    out.extend_from_slice(&u32::MAX.to_le_bytes());
    out.extend_from_slice(&(flat.bytes.len() as u32).to_le_bytes());
    out.extend_from_slice(&flat.bytes);
    out.extend_from_slice(body);
}

fn schema(flat: &mut Flat, sheet: &Sheet) -> usize {
    // Little endian, fields.
    let schema = flat.table(&[Slot::I16(0), Slot::Ref]);
    let refs = flat.references(schema.refs[0], sheet.columns.len());
    for (column, place) in sheet.columns.iter().zip(refs) {
        let kind = match column.kind {
            Kind::Whole => INT,
            Kind::Real(_) => FLOATING_POINT,
            _ => UTF8,
        };
        // Name, nullable, type, no dictionary, no children.
        let field = flat.table(&[Slot::Ref, Slot::U8(1), Slot::U8(kind), Slot::Ref, Slot::None, Slot::Ref]);
        flat.point(place, field.at);
        flat.text(field.refs[0], &column.key);
        let held = match kind {
            INT => flat.table(&[Slot::I32(64), Slot::U8(1)]),
            FLOATING_POINT => flat.table(&[Slot::I16(DOUBLE)]),
            _ => flat.table(&[]),
        };
        flat.point(field.refs[1], held.at);
        flat.references(field.refs[2], 0);
    }
    schema.at
}

/// Buffers of a batch, and what its header says of them.
#[derive(Debug, Default)]
struct Batch {
    body: Vec<u8>,
    /// Length and number of nulls of each column.
    nodes: Vec<(i64, i64)>,
    /// Offset and length of each buffer.
    buffers: Vec<(i64, i64)>,
}

impl Batch {
    fn header(&self, flat: &mut Flat, rows: usize) -> usize {
        let batch = flat.table(&[Slot::I64(rows as i64), Slot::Ref, Slot::Ref]);
        flat.pairs(batch.refs[0], &self.nodes);
        flat.pairs(batch.refs[1], &self.buffers);
        batch.at
    }

    fn column<'c>(&mut self, kind: Kind, cells: impl Iterator<Item = &'c Cell> + Clone) {
        let rows = cells.clone().count();
        let nulls = cells.clone().filter(|it| **it == Cell::Unknown).count();
        self.nodes.push((rows as i64, nulls as i64));
        self.validity(nulls, cells.clone());
        match kind {
            Kind::Whole => {
                let value = |it: &Cell| if let Cell::Whole(value) = it { *value } else { 0 };
                self.buffer(cells.flat_map(|it| value(it).to_le_bytes()));
            }
            Kind::Real(_) => {
                let value = |it: &Cell| if let Cell::Real(value) = it { *value } else { 0.0 };
                self.buffer(cells.flat_map(|it| value(it).to_le_bytes()));
            }
            Kind::Text | Kind::Code | Kind::Exact | Kind::Day => self.texts(cells),
        }
    }

    /// One bit for each row, set where there is a value; left out where all are there.
    fn validity<'c>(&mut self, nulls: usize, cells: impl Iterator<Item = &'c Cell>) {
        let mut bits = Vec::new();
        if nulls > 0 {
            for (at, cell) in cells.enumerate() {
                if at % 8 == 0 {
                    bits.push(0_u8);
                }
                if let Some(last) = bits.last_mut().filter(|_| *cell != Cell::Unknown) {
                    *last |= 1 << (at % 8);
                }
            }
        }
        self.buffer(bits.into_iter());
    }

    fn texts<'c>(&mut self, cells: impl Iterator<Item = &'c Cell>) {
        let (mut offsets, mut data) = (vec![0_i32], String::new());
        for cell in cells {
            match cell {
                Cell::Unknown => {}
                Cell::Text(text) => data.push_str(text),
                Cell::Whole(value) => data.push_str(&value.to_string()),
                Cell::Real(value) => data.push_str(&value.to_string()),
                Cell::Exact(value) => data.push_str(&value.to_string()),
                Cell::Day(day) => data.push_str(&day.to_string()),
            }
            offsets.push(i32::try_from(data.len()).unwrap_or(i32::MAX));
        }
        self.buffer(offsets.into_iter().flat_map(i32::to_le_bytes));
        self.buffer(data.into_bytes().into_iter());
    }

    fn buffer(&mut self, bytes: impl Iterator<Item = u8>) {
        let from = self.body.len();
        self.body.extend(bytes);
        self.buffers.push((from as i64, (self.body.len() - from) as i64));
        while !self.body.len().is_multiple_of(8) {
            self.body.push(0);
        }
    }
}

/// A value in a flatbuffer table, in the order of its slots.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// Left out: its default holds.
    None,
    U8(u8),
    I16(i16),
    I32(i32),
    I64(i64),
    /// An offset to something that follows.
    Ref,
}

impl Slot {
    fn size(self) -> usize {
        match self {
            Self::None => 0,
            Self::U8(_) => 1,
            Self::I16(_) => 2,
            Self::I32(_) | Self::Ref => 4,
            Self::I64(_) => 8,
        }
    }
}

/// Where a table begins, and where its offsets stand that are still to be filled.
#[derive(Debug)]
struct Table {
    at: usize,
    refs: Vec<usize>,
}

/// A flatbuffer written from front to back: everything stands behind what refers to it, so that all offsets are positive.
#[derive(Debug)]
struct Flat {
    bytes: Vec<u8>,
}

impl Flat {
    fn new() -> Self {
        // Room for the offset of the root.
        Self { bytes: vec![0; 4] }
    }

    /// Pads until `ahead` bytes further on is a multiple of `to`.
    fn align(&mut self, to: usize, ahead: usize) {
        while !(self.bytes.len() + ahead).is_multiple_of(to) {
            self.bytes.push(0);
        }
    }

    /// Fills the offset that stands at `place`.
    fn point(&mut self, place: usize, target: usize) {
        let offset = (target - place) as u32;
        self.bytes[place..place + 4].copy_from_slice(&offset.to_le_bytes());
    }

    fn table(&mut self, slots: &[Slot]) -> Table {
        let mut size = 4_usize;
        let offsets: Vec<usize> = slots
            .iter()
            .map(|slot| match slot.size() {
                0 => 0,
                width => {
                    size = size.next_multiple_of(width);
                    size += width;
                    size - width
                }
            })
            .collect();
        // The vtable stands right before its table, which begins at a multiple of eight.
        let vtable_bytes = 4 + 2 * slots.len();
        self.align(8, vtable_bytes);
        let vtable = self.bytes.len();
        for word in [vtable_bytes, size].into_iter().chain(offsets.iter().copied()) {
            self.bytes.extend_from_slice(&(word as u16).to_le_bytes());
        }
        let at = self.bytes.len();
        self.bytes.resize(at + size, 0);
        self.bytes[at..at + 4].copy_from_slice(&((at - vtable) as i32).to_le_bytes());
        let mut refs = Vec::new();
        for (slot, offset) in slots.iter().zip(offsets) {
            let place = at + offset;
            match *slot {
                Slot::None => {}
                Slot::U8(it) => self.bytes[place] = it,
                Slot::I16(it) => self.bytes[place..place + 2].copy_from_slice(&it.to_le_bytes()),
                Slot::I32(it) => self.bytes[place..place + 4].copy_from_slice(&it.to_le_bytes()),
                Slot::I64(it) => self.bytes[place..place + 8].copy_from_slice(&it.to_le_bytes()),
                Slot::Ref => refs.push(place),
            }
        }
        Table { at, refs }
    }

    fn text(&mut self, place: usize, text: &str) {
        self.align(4, 0);
        self.point(place, self.bytes.len());
        self.bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(0);
    }

    /// A vector of offsets, to be filled.
    fn references(&mut self, place: usize, count: usize) -> Vec<usize> {
        self.align(4, 0);
        self.point(place, self.bytes.len());
        self.bytes.extend_from_slice(&(count as u32).to_le_bytes());
        let first = self.bytes.len();
        self.bytes.resize(first + 4 * count, 0);
        (0..count).map(|it| first + 4 * it).collect()
    }

    /// A vector of structs of two long numbers.
    fn pairs(&mut self, place: usize, pairs: &[(i64, i64)]) {
        self.align(8, 4);
        self.point(place, self.bytes.len());
        self.bytes.extend_from_slice(&(pairs.len() as u32).to_le_bytes());
        for (a, b) in pairs {
            self.bytes.extend_from_slice(&a.to_le_bytes());
            self.bytes.extend_from_slice(&b.to_le_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use desk::sheet::Column;

    use super::*;

    fn sheet(rows: usize) -> Sheet {
        let column = |key: &str, kind| Column { key: key.to_owned(), title: String::new(), kind };
        let columns = vec![
            column("name", Kind::Text),
            column("count", Kind::Whole),
            column("share", Kind::Real(1)),
            column("price", Kind::Exact),
        ];
        let mut sheet = Sheet::new("t", columns);
        for at in 0..rows {
            let known = at % 3 != 1;
            sheet.rows.push(vec![
                if known { Cell::text(format!("行 {at}")) } else { Cell::Unknown },
                Cell::Whole(at as i64 - 5),
                if known { Cell::Real(at as f64 / 4.0) } else { Cell::Unknown },
                Cell::Exact("31.50".parse().unwrap()),
            ]);
        }
        sheet
    }

    fn u32_at(bytes: &[u8], at: usize) -> usize {
        u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
    }

    /// Where a field of a table stands; `None` when it is left out.
    fn field(flat: &[u8], table: usize, slot: usize) -> Option<usize> {
        let vtable = table - u32_at(flat, table);
        let offset = u16::from_le_bytes(flat[vtable + 4 + 2 * slot..][..2].try_into().unwrap()) as usize;
        (offset > 0).then_some(table + offset)
    }

    /// Messages as (kind, flatbuffer, body), read as the format says.
    fn messages(stream: &[u8]) -> Vec<(u8, Vec<u8>, Vec<u8>)> {
        let (mut at, mut all) = (0, Vec::new());
        loop {
            assert_eq!(u32_at(stream, at), u32::MAX as usize, "marker at {at}");
            let length = u32_at(stream, at + 4);
            if length == 0 {
                assert_eq!(at + 8, stream.len(), "nothing follows the end");
                return all;
            }
            assert!(length.is_multiple_of(8));
            let flat = stream[at + 8..at + 8 + length].to_vec();
            let root = u32_at(&flat, 0);
            let kind = flat[field(&flat, root, 1).unwrap()];
            let place = field(&flat, root, 3).unwrap();
            let body = i64::from_le_bytes(flat[place..place + 8].try_into().unwrap()) as usize;
            at += 8 + length;
            all.push((kind, flat, stream[at..at + body].to_vec()));
            at += body;
        }
    }

    #[test]
    fn a_stream_is_a_schema_batches_and_an_end() {
        for rows in [0, 1, 9, BATCH_ROWS, BATCH_ROWS + 3] {
            let all = messages(&stream(&sheet(rows)));
            assert_eq!(all[0].0, SCHEMA);
            assert_eq!(all.len() - 1, rows.div_ceil(BATCH_ROWS), "{rows}");
            assert!(all[1..].iter().all(|it| it.0 == RECORD_BATCH));
        }
    }

    #[test]
    fn names_and_values_stand_where_the_header_says() {
        let all = messages(&stream(&sheet(9)));
        let (_, flat, _) = &all[0];
        let message = u32_at(flat, 0);
        let follow = |flat: &[u8], place: usize| place + u32_at(flat, place);
        let schema = follow(flat, field(flat, message, 2).unwrap());
        let fields = follow(flat, field(flat, schema, 1).unwrap());
        assert_eq!(u32_at(flat, fields), 4);
        let second = follow(flat, fields + 8);
        let name = follow(flat, field(flat, second, 0).unwrap());
        assert_eq!(&flat[name + 4..name + 4 + u32_at(flat, name)], b"count");

        let (_, flat, body) = &all[1];
        let batch = follow(flat, field(flat, u32_at(flat, 0), 2).unwrap());
        let nodes = follow(flat, field(flat, batch, 1).unwrap());
        let long = |at: usize| i64::from_le_bytes(flat[at..at + 8].try_into().unwrap());
        assert_eq!((long(nodes + 4), long(nodes + 12)), (9, 3), "nine names, three unknown");
        let buffers = follow(flat, field(flat, batch, 2).unwrap());
        let buffer = |at: usize| {
            let place = buffers + 4 + 16 * at;
            &body[long(place) as usize..(long(place) + long(place + 8)) as usize]
        };
        assert_eq!(buffer(0), [0b0110_1101, 0b1], "rows 1, 4 and 7 are unknown");
        assert!(std::str::from_utf8(buffer(2)).unwrap().starts_with("行 0行 2"));
        let counts: Vec<i64> =
            buffer(4).chunks(8).map(|it| i64::from_le_bytes(it.try_into().unwrap())).collect();
        assert_eq!(counts, [-5, -4, -3, -2, -1, 0, 1, 2, 3]);
    }
}
