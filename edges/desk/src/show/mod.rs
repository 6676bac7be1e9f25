//! How answers look: pages for a terminal, made of words, figures and tables. No figure is computed here but sums of lines.

pub mod diff;
pub mod figures;
pub mod plan;
pub mod scan;
pub mod sources;
pub mod table;
pub mod why;
pub mod why_not;
