//! Sea ports and airports, and which of them carriers use.

use std::collections::BTreeMap;

use domain::suggest::{fold, nearest};
use domain::{Coordinates, Economy, Locode};
use serde::Serialize;

use crate::error::RouteError;
use crate::network::data_rows;

/// A sea port.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Port {
    pub locode: Locode,
    pub name: String,
    pub at: Coordinates,
    pub size: HarbourSize,
    /// Deepest draught, metres, where known.
    pub draft_m: Option<f64>,
    pub container: bool,
    /// UNCTAD port liner shipping connectivity index, where the port is in it.
    pub lsci: Option<f64>,
}

impl Port {
    pub fn economy(&self) -> Economy {
        self.locode.economy()
    }

    /// How likely carriers are to call: connectivity first, then the size of the harbour.
    fn standing(&self) -> (f64, HarbourSize, bool) {
        (self.lsci.unwrap_or(0.0), self.size, self.container)
    }
}

/// Harbour size of the World Port Index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HarbourSize {
    Unknown,
    VerySmall,
    Small,
    Medium,
    Large,
}

#[derive(Clone, Debug, Default)]
pub struct PortBook {
    /// In order of UN/LOCODE.
    ports: Vec<Port>,
    by_economy: BTreeMap<Economy, Vec<u32>>,
    by_word: BTreeMap<String, Vec<u32>>,
}

impl PortBook {
    /// Columns `locode,name,lat,lon,size,draft_m,container,lsci,rank`.
    pub fn from_csv(text: &str) -> Result<Self, RouteError> {
        let mut ports = Vec::new();
        for (line, row) in data_rows(text) {
            let bad = |why: &str| RouteError::Table { table: "ports", line, why: why.to_owned() };
            let cells: Vec<&str> = row.split(',').map(str::trim).collect();
            let [locode, name, lat, lon, size, draft, container, lsci, _rank] = cells[..] else {
                return Err(bad("expected nine cells"));
            };
            let number = |text: &str| text.parse::<f64>().map_err(|_| bad("not a number"));
            let known = |text: &str| if text.is_empty() { Ok(None) } else { number(text).map(Some) };
            ports.push(Port {
                locode: locode.parse()?,
                name: name.to_owned(),
                at: Coordinates::new(number(lat)?, number(lon)?)?,
                size: match size {
                    "L" => HarbourSize::Large,
                    "M" => HarbourSize::Medium,
                    "S" => HarbourSize::Small,
                    "V" => HarbourSize::VerySmall,
                    _ => HarbourSize::Unknown,
                },
                draft_m: known(draft)?,
                container: container == "y",
                lsci: known(lsci)?,
            });
        }
        Ok(Self::new(ports))
    }

    pub fn new(mut ports: Vec<Port>) -> Self {
        ports.sort_by_key(|it| it.locode);
        let mut by_economy: BTreeMap<Economy, Vec<u32>> = BTreeMap::new();
        let mut by_word: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (index, port) in ports.iter().enumerate() {
            by_economy.entry(port.economy()).or_default().push(index as u32);
            by_word.entry(fold(&port.name)).or_default().push(index as u32);
        }
        for list in by_economy.values_mut() {
            list.sort_by(|&a, &b| {
                let (p, q) = (ports[a as usize].standing(), ports[b as usize].standing());
                q.0.total_cmp(&p.0).then(q.1.cmp(&p.1)).then(q.2.cmp(&p.2)).then(a.cmp(&b))
            });
        }
        Self { ports, by_economy, by_word }
    }

    pub fn list_all(&self) -> &[Port] {
        &self.ports
    }

    pub fn find(&self, locode: Locode) -> Option<&Port> {
        self.ports.binary_search_by_key(&locode, |it| it.locode).ok().map(|at| &self.ports[at])
    }

    /// By UN/LOCODE or name; the nearest name in the error, all codes when several ports bear the name and none of
    /// them is far better connected than the others.
    pub fn get_word(&self, word: &str) -> Result<&Port, RouteError> {
        if let Some(port) = word.parse::<Locode>().ok().and_then(|it| self.find(it)) {
            return Ok(port);
        }
        let Some(found) = self.by_word.get(&fold(word)) else {
            let near = nearest(word, self.by_word.keys().map(String::as_str));
            return Err(RouteError::UnknownPlace {
                given: word.trim().to_owned(),
                nearest: near.map(str::to_owned),
            });
        };
        let mut ports: Vec<&Port> = found.iter().map(|&at| &self.ports[at as usize]).collect();
        ports.sort_by(|a, b| b.standing().0.total_cmp(&a.standing().0).then(a.locode.cmp(&b.locode)));
        let (first, rest) = ports
            .split_first()
            .ok_or_else(|| RouteError::UnknownPlace { given: word.trim().to_owned(), nearest: None })?;
        let runner_up = rest.first().map_or(0.0, |it| it.standing().0);
        if rest.is_empty() || first.standing().0 > 3.0 * runner_up {
            return Ok(first);
        }
        let candidates =
            ports.iter().map(|it| format!("{} ({})", it.locode, it.economy())).collect::<Vec<_>>();
        Err(RouteError::AmbiguousPlace { given: word.trim().to_owned(), candidates: candidates.join(", ") })
    }

    /// Ports of an economy, best connected first.
    pub fn hubs(&self, economy: Economy) -> impl Iterator<Item = &Port> {
        self.by_economy.get(&economy).into_iter().flatten().map(|&at| &self.ports[at as usize])
    }

    /// Ports with container service within `km` of a point, nearest first.
    pub fn near(&self, at: Coordinates, km: f64) -> Vec<(&Port, f64)> {
        let mut found: Vec<(&Port, f64)> = self
            .ports
            .iter()
            .filter(|port| port.lsci.is_some() || port.size >= HarbourSize::Medium)
            .filter(|port| (port.at.lat() - at.lat()).abs() * 111.0 <= km)
            .map(|port| (port, port.at.great_circle_km(at)))
            .filter(|it| it.1 <= km)
            .collect();
        found.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.locode.cmp(&b.0.locode)));
        found
    }

    /// The best connected ports of the world, for transshipment.
    pub fn best_connected(&self, count: usize) -> Vec<&Port> {
        let mut ports: Vec<&Port> = self.ports.iter().filter(|it| it.lsci.is_some()).collect();
        ports.sort_by(|a, b| b.standing().0.total_cmp(&a.standing().0).then(a.locode.cmp(&b.locode)));
        ports.truncate(count);
        ports
    }
}

/// A civil airport.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Airport {
    pub iata: String,
    pub name: String,
    pub economy: Economy,
    pub at: Coordinates,
    /// Natural Earth's rank: 2 for the greatest, 9 for the least.
    pub scale: u8,
}

#[derive(Clone, Debug, Default)]
pub struct AirportBook {
    airports: Vec<Airport>,
}

impl AirportBook {
    /// Columns `iata,name,economy,lat,lon,scale`.
    pub fn from_csv(text: &str) -> Result<Self, RouteError> {
        let mut airports = Vec::new();
        for (line, row) in data_rows(text) {
            let bad = |why: &str| RouteError::Table { table: "airports", line, why: why.to_owned() };
            let cells: Vec<&str> = row.split(',').map(str::trim).collect();
            let [iata, name, economy, lat, lon, scale] = cells[..] else {
                return Err(bad("expected six cells"));
            };
            let number = |text: &str| text.parse::<f64>().map_err(|_| bad("not a number"));
            airports.push(Airport {
                iata: iata.to_owned(),
                name: name.to_owned(),
                economy: economy.parse()?,
                at: Coordinates::new(number(lat)?, number(lon)?)?,
                scale: scale.parse().map_err(|_| bad("scale is not a number"))?,
            });
        }
        Ok(Self { airports })
    }

    pub fn list_all(&self) -> &[Airport] {
        &self.airports
    }

    /// Great airports first within `km`, each step of Natural Earth's rank counting as 60 km.
    pub fn near(&self, at: Coordinates, economy: Economy, km: f64) -> Option<(&Airport, f64)> {
        const KM_PER_RANK: f64 = 60.0;
        let measured = self.airports.iter().map(|it| (it, it.at.great_circle_km(at)));
        let weigh = |it: &(&Airport, f64)| {
            let abroad = if it.0.economy == economy { 0.0 } else { 300.0 };
            it.1 + KM_PER_RANK * f64::from(it.0.scale) + abroad
        };
        measured
            .filter(|it| it.1 <= km)
            .min_by(|a, b| weigh(a).total_cmp(&weigh(b)).then(a.0.iata.cmp(&b.0.iata)))
    }
}
