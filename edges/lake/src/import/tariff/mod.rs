//! Importers of official tariffs and rules of origin. Each turns a publisher's own file into rows of `customs::book`, keeps the duty in
//! the publisher's words, and tells what became of every row.

pub mod australia;
mod codes;
mod json;
pub mod measure;
pub mod origin_rules;
pub mod roll_up;
pub mod uk_api;
pub mod ukgt;
pub mod us_lists;
pub mod usitc;

#[cfg(test)]
mod tests;
