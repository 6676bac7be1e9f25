//! Incoterms 2020 (ICC publication 723): who does and pays what, and where the risk passes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::DomainError;
use crate::suggest::nearest;

/// The eleven rules of Incoterms 2020.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Incoterm {
    Exw,
    Fca,
    Fas,
    Fob,
    Cfr,
    Cif,
    Cpt,
    Cip,
    Dap,
    Dpu,
    Ddp,
}

/// The two sides of the contract of sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Party {
    Seller,
    Buyer,
}

/// What has to be done and paid between the seller's gate and the buyer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    Packing,
    LoadingAtSeller,
    OriginCarriage,
    ExportClearance,
    OriginTerminal,
    MainCarriage,
    Insurance,
    DestinationTerminal,
    ImportClearance,
    DutyAndTax,
    DestinationCarriage,
    UnloadingAtBuyer,
}

/// What insurance the rule obliges the seller to buy: articles A5 of CIF (Institute Cargo Clauses C) and CIP (clauses A).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InsuranceDuty {
    None,
    ClausesC,
    ClausesA,
}

impl Incoterm {
    pub const ALL: [Self; 11] = [
        Self::Exw,
        Self::Fca,
        Self::Fas,
        Self::Fob,
        Self::Cfr,
        Self::Cif,
        Self::Cpt,
        Self::Cip,
        Self::Dap,
        Self::Dpu,
        Self::Ddp,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Exw => "EXW",
            Self::Fca => "FCA",
            Self::Fas => "FAS",
            Self::Fob => "FOB",
            Self::Cfr => "CFR",
            Self::Cif => "CIF",
            Self::Cpt => "CPT",
            Self::Cip => "CIP",
            Self::Dap => "DAP",
            Self::Dpu => "DPU",
            Self::Ddp => "DDP",
        }
    }

    /// The four rules that are for sea and inland waterway only.
    pub fn sea_only(self) -> bool {
        matches!(self, Self::Fas | Self::Fob | Self::Cfr | Self::Cif)
    }

    /// Who pays for `task` under this rule (articles A9/B9; loading A2, clearance A7/B7, insurance A5).
    /// Destination terminal charges under CPT, CIP, CFR and CIF are the buyer's unless the contract of carriage
    /// puts them on the seller; this table takes the rule's default.
    pub fn payer(self, task: Task) -> Party {
        use Task::{
            DestinationCarriage, DestinationTerminal, DutyAndTax, ExportClearance, ImportClearance,
            Insurance, LoadingAtSeller, MainCarriage, OriginCarriage, OriginTerminal, Packing,
            UnloadingAtBuyer,
        };
        let seller = match task {
            Packing => true,
            LoadingAtSeller => self != Self::Exw,
            ExportClearance => self != Self::Exw,
            // FCA named at the seller's premises hands over there; FCA elsewhere and all later rules bring goods to the terminal.
            OriginCarriage => self != Self::Exw,
            // On board means that the origin terminal is behind the goods; under FCA and FAS it is the buyer's carrier that charges it.
            OriginTerminal => !matches!(self, Self::Exw | Self::Fca | Self::Fas),
            MainCarriage => !matches!(self, Self::Exw | Self::Fca | Self::Fas | Self::Fob),
            // Nobody is obliged under the D rules, yet the seller bears the risk to destination and so insures for himself.
            Insurance => matches!(self, Self::Cif | Self::Cip | Self::Dap | Self::Dpu | Self::Ddp),
            DestinationTerminal | DestinationCarriage => matches!(self, Self::Dap | Self::Dpu | Self::Ddp),
            UnloadingAtBuyer => self == Self::Dpu,
            ImportClearance | DutyAndTax => self == Self::Ddp,
        };
        if seller { Party::Seller } else { Party::Buyer }
    }

    /// The last task before risk passes to the buyer (articles A3/B3); tasks are in the order of [`Task`].
    pub fn risk_passes_after(self) -> Task {
        match self {
            Self::Exw => Task::Packing,
            Self::Fca | Self::Fas | Self::Cpt | Self::Cip => Task::OriginCarriage,
            Self::Fob | Self::Cfr | Self::Cif => Task::OriginTerminal,
            Self::Dap | Self::Ddp => Task::DestinationCarriage,
            Self::Dpu => Task::UnloadingAtBuyer,
        }
    }

    pub fn insurance_duty(self) -> InsuranceDuty {
        match self {
            Self::Cif => InsuranceDuty::ClausesC,
            Self::Cip => InsuranceDuty::ClausesA,
            _ => InsuranceDuty::None,
        }
    }
}

impl FromStr for Incoterm {
    type Err = DomainError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = text.trim().to_ascii_uppercase();
        Self::ALL.into_iter().find(|it| it.code() == code).ok_or_else(|| DomainError::Incoterm {
            given: text.trim().to_owned(),
            nearest: nearest(&code, Self::ALL.iter().map(|it| it.code())).map(str::to_owned),
        })
    }
}

impl fmt::Display for Incoterm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cost columns of the wall chart of Incoterms 2020, S for seller, in the order of `Task`.
    #[test]
    fn costs_fall_where_the_rules_say() {
        let tasks = [
            Task::Packing,
            Task::LoadingAtSeller,
            Task::OriginCarriage,
            Task::ExportClearance,
            Task::OriginTerminal,
            Task::MainCarriage,
            Task::Insurance,
            Task::DestinationTerminal,
            Task::ImportClearance,
            Task::DutyAndTax,
            Task::DestinationCarriage,
            Task::UnloadingAtBuyer,
        ];
        let check = |rule: Incoterm, expect: &str| {
            let row: String =
                tasks.iter().map(|&task| if rule.payer(task) == Party::Seller { 'S' } else { 'b' }).collect();
            assert_eq!(row, expect, "{rule}");
        };
        check(Incoterm::Exw, "Sbbbbbbbbbbb");
        check(Incoterm::Fca, "SSSSbbbbbbbb");
        check(Incoterm::Fas, "SSSSbbbbbbbb");
        check(Incoterm::Fob, "SSSSSbbbbbbb");
        check(Incoterm::Cfr, "SSSSSSbbbbbb");
        check(Incoterm::Cif, "SSSSSSSbbbbb");
        check(Incoterm::Cpt, "SSSSSSbbbbbb");
        check(Incoterm::Cip, "SSSSSSSbbbbb");
        check(Incoterm::Dap, "SSSSSSSSbbSb");
        check(Incoterm::Dpu, "SSSSSSSSbbSS");
        check(Incoterm::Ddp, "SSSSSSSSSSSb");
    }

    #[test]
    fn a_misspelt_rule_is_named_with_the_nearest() {
        let error = "FOBB".parse::<Incoterm>().unwrap_err().to_string();
        assert!(error.ends_with("did you mean FOB?"), "{error}");
    }
}
