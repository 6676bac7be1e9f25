//! A scenario is a Markdown page: prose for people, fenced blocks for the machine.
//!
//! | fence | what it holds |
//! |---|---|
//! | `need` | the need, as a sentence or as TOML |
//! | `settings` | TOML: `as_of`, `seed` and other settings of the scan; optional |
//! | `csv BOOK/FILE` | replaces that table of that book, for scenarios with invented data; optional, any number |
//! | `expect` | TOML of [`Expect`]: what the answer must say |

use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

/// A fenced block and where it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Words after the fence: `["csv", "flows/flows.csv"]`.
    pub info: Vec<String>,
    /// Line of the opening fence, from 1.
    pub line: usize,
    pub text: String,
}

/// What the answer to a scenario must say. What is left out is not checked.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expect {
    /// Exit code of the command line.
    pub exit: Option<u8>,
    pub plans_at_least: Option<usize>,
    pub plans_at_most: Option<usize>,
    /// Origin (market, when selling) of the first plan.
    pub first_origin: Option<String>,
    pub first_mode: Option<String>,
    /// Origins that some shown plan must have, and that none may have.
    pub origins: Vec<String>,
    pub no_origins: Vec<String>,
    /// Reason for which plans were dropped, and how many at least.
    pub dropped: BTreeMap<String, u64>,
    /// Codes of findings that some plan, or the answer, must carry.
    pub findings: Vec<String>,
    /// "exactly" or "at_least": the totals of all plans.
    pub totals: Option<String>,
    /// Words that must stand in the list of missing facts.
    pub missing: Vec<String>,
    /// Passages that every sea leg of the first plan must, or no leg may, use.
    pub passages: Vec<String>,
    pub no_passages: Vec<String>,
    /// Kinds of relaxations that must be offered.
    pub relaxations: Vec<String>,
    /// Kind of a cost line of the first plan, and the words its label or evidence must hold.
    pub lines: BTreeMap<String, String>,
    /// Bounds on the first plan, in major units of the currency and in days.
    pub landed_between: Option<(f64, f64)>,
    pub days_p50_between: Option<(f64, f64)>,
}

/// A page, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    pub title: String,
    pub need: String,
    pub settings: String,
    /// (book, file, text)
    pub tables: Vec<(String, String, String)>,
    pub expect: Expect,
}

/// Why a page is not a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScenarioError {
    #[error("the page has no '# title'")]
    NoTitle,
    #[error("the page has no ```{0} block")]
    NoBlock(&'static str),
    #[error("line {line}: the fence is never closed")]
    OpenFence { line: usize },
    #[error("line {line}: a csv block names its table as BOOK/FILE")]
    TableName { line: usize },
    #[error("line {line}: {why}")]
    Expect { line: usize, why: String },
}

impl Scenario {
    pub fn parse(page: &str) -> Result<Self, ScenarioError> {
        let title = page
            .lines()
            .find_map(|line| line.strip_prefix("# "))
            .ok_or(ScenarioError::NoTitle)?
            .trim()
            .to_owned();
        let blocks = blocks(page)?;
        let find = |name: &str| blocks.iter().find(|block| block.info.first().is_some_and(|it| it == name));
        let need = find("need").ok_or(ScenarioError::NoBlock("need"))?.text.clone();
        let expect = find("expect").ok_or(ScenarioError::NoBlock("expect"))?;
        let expect = toml::from_str(&expect.text)
            .map_err(|error| ScenarioError::Expect { line: expect.line, why: error.to_string() })?;
        let tables = blocks
            .iter()
            .filter(|block| block.info.first().is_some_and(|it| it == "csv"))
            .map(table)
            .collect::<Result<_, _>>()?;
        let settings = find("settings").map(|it| it.text.clone()).unwrap_or_default();
        Ok(Self { title, need, settings, tables, expect })
    }
}

fn table(block: &Block) -> Result<(String, String, String), ScenarioError> {
    let name = block.info.get(1).and_then(|it| it.split_once('/'));
    let (book, file) = name.ok_or(ScenarioError::TableName { line: block.line })?;
    Ok((book.to_owned(), file.to_owned(), block.text.clone()))
}

/// All fenced blocks of a page, in order.
pub fn blocks(page: &str) -> Result<Vec<Block>, ScenarioError> {
    let mut found = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in page.lines().enumerate() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                let info = info.split_whitespace().map(str::to_owned).collect();
                open = Some(Block { info, line: index + 1, text: String::new() });
            }
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(block), None) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) => {}
        }
    }
    match open {
        Some(block) => Err(ScenarioError::OpenFence { line: block.line }),
        None => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Two origins\n\nProse.\n\n```need\nbuy 5 t\n```\n\n```csv flows/flows.csv\na,b\n1,2\n```\n\n```expect\nexit = 0\nfirst_origin = \"XA\"\n```\n";

    #[test]
    fn a_page_is_taken_apart() {
        let scenario = Scenario::parse(PAGE).unwrap();
        assert_eq!(scenario.title, "Two origins");
        assert_eq!(scenario.need, "buy 5 t\n");
        assert_eq!(scenario.tables, [("flows".to_owned(), "flows.csv".to_owned(), "a,b\n1,2\n".to_owned())]);
        assert_eq!(scenario.expect.first_origin.as_deref(), Some("XA"));
    }

    #[test]
    fn what_is_wrong_with_a_page_is_said() {
        let check =
            |page: &str, expect: &str| assert_eq!(Scenario::parse(page).unwrap_err().to_string(), expect);
        check("no title", "the page has no '# title'");
        check("# T\n```need\n", "line 2: the fence is never closed");
        check("# T\n", "the page has no ```need block");
        check(&PAGE.replace("flows/flows.csv", "flows"), "line 9: a csv block names its table as BOOK/FILE");
        assert!(
            Scenario::parse(&PAGE.replace("exit", "exti")).unwrap_err().to_string().contains("unknown field")
        );
    }
}
