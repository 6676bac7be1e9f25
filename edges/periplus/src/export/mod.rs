//! Answers to take away: a page to print, a workbook that computes.

pub mod html;
pub mod xlsx;
