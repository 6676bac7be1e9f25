//! The books that gathering walks through, opened from a shelf. Only what the need's goods take is read of the large tables.

use std::sync::Arc;

use domain::{EconomyBook, HsCode, Shelf};
use market::FlowBook;
use routes::{AirportBook, FreightBook, LeadTimeBook, LeadTimeTables, PortBook, RouteBooks, SeaNetwork};

use crate::gather::{Afresh, Books, GatherError};

/// Typed books, ready for any number of needs for the same goods. A copy shares them.
#[derive(Clone, Debug)]
pub struct Opened {
    pub economies: Arc<EconomyBook>,
    pub flows: Arc<FlowBook>,
    pub network: Arc<SeaNetwork>,
    pub ports: Arc<PortBook>,
    pub airports: Arc<AirportBook>,
    pub lead: Arc<LeadTimeBook>,
    pub freight: Arc<FreightBook>,
}

impl Opened {
    /// Reads the books from the shelf; of the trade flows, only those of the goods.
    ///
    /// # Errors
    /// A book is missing or cannot be read.
    pub fn from_shelf(shelf: &(dyn Shelf + Sync), hs: HsCode) -> Result<Self, GatherError> {
        let text = |book: &'static str, file: &'static str| {
            shelf
                .table(book, file)
                .ok_or_else(|| GatherError::NoTable { book: book.to_owned(), file: file.to_owned() })
        };
        let unreadable = |book: &str, why: &dyn std::fmt::Display| GatherError::Unreadable {
            book: book.to_owned(),
            why: why.to_string(),
        };
        // The network is by far the largest to open; the others are read beside it.
        let (network, others) = rayon::join(
            || {
                SeaNetwork::from_csv(&text("sea-network", "nodes.csv")?, &text("sea-network", "edges.csv")?)
                    .map_err(GatherError::from)
            },
            || -> Result<_, GatherError> {
                let economies = EconomyBook::from_csv(&text("economies", "economies.csv")?)
                    .map_err(|why| unreadable("economies", &why))?;
                let flows = flows_of(shelf, hs)?;
                let ports = PortBook::from_csv(&text("ports", "ports.csv")?)?;
                let airports = AirportBook::from_csv(&text("airports", "airports.csv")?)?;
                let lead = LeadTimeBook::from_csv(LeadTimeTables {
                    parameters: &text("lead-times", "parameters.csv")?,
                    vessels: &text("lead-times", "vessels.csv")?,
                    limits: &text("lead-times", "limits.csv")?,
                    borders: &text("lead-times", "borders.csv")?,
                    shocks: &text("lead-times", "shocks.csv")?,
                    landmasses: &text("lead-times", "landmasses.csv")?,
                })?;
                let freight = FreightBook::from_csv(&text("freight-rates", "rates.csv")?)?;
                Ok((economies, flows, ports, airports, lead, freight))
            },
        );
        let (economies, flows, ports, airports, lead, freight) = others?;
        Ok(Self {
            economies,
            flows,
            network: Arc::new(network?),
            ports: Arc::new(ports),
            airports: Arc::new(airports),
            lead: Arc::new(lead),
            freight: Arc::new(freight),
        })
    }

    /// The same books with the trade flows of other goods.
    ///
    /// # Errors
    /// The flows are missing or cannot be read.
    pub fn for_goods(&self, shelf: &(dyn Shelf + Sync), hs: HsCode) -> Result<Self, GatherError> {
        Ok(Self { flows: flows_of(shelf, hs)?, ..self.clone() })
    }

    /// The books as gathering takes them.
    pub fn books<'b>(&'b self, shelf: &'b (dyn Shelf + Sync)) -> Books<'b> {
        Books {
            shelf,
            economies: &self.economies,
            flows: &self.flows,
            routes: RouteBooks {
                network: &self.network,
                ports: &self.ports,
                airports: &self.airports,
                lead: &self.lead,
                freight: &self.freight,
            },
            freight: &self.freight,
            ways: &Afresh,
        }
    }
}

fn flows_of(shelf: &(dyn Shelf + Sync), hs: HsCode) -> Result<Arc<FlowBook>, GatherError> {
    let missing = |file: &str| GatherError::NoTable { book: "flows".to_owned(), file: file.to_owned() };
    let source = shelf.source("flows").ok_or_else(|| missing("source.toml"))?;
    let text = shelf.table("flows", "flows.csv").ok_or_else(|| missing("flows.csv"))?;
    Ok(FlowBook::from_csv(&of_goods(&text, hs), source)?)
}

/// Header and rows of the flow table of the subheading: a search in text is many times faster than reading all rows. The book
/// leaves a code out where it is the same as in the row before.
fn of_goods(text: &str, hs: HsCode) -> String {
    let wanted = hs.subheading().unwrap_or(hs).to_string();
    let mut lines = text.split_inclusive('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    let mut inside = false;
    for line in lines {
        let code = line.split(',').next().unwrap_or_default();
        inside = if code.is_empty() { inside } else { code == wanted };
        if inside {
            out.push_str(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_the_goods_are_kept_with_those_that_repeat_their_code() {
        let text =
            "hs,exporter,importer,usd\n850510,AE,BH,1\n,,CN,2\n850511,AE,BH,3\n,AF,CN,4\n850519,AE,BH,5\n";
        let kept = of_goods(text, "850511".parse().unwrap());
        assert_eq!(kept, "hs,exporter,importer,usd\n850511,AE,BH,3\n,AF,CN,4\n");
    }
}
