//! The rulepacks that are shipped, embedded in the program.

use std::sync::{Arc, OnceLock};

use rules::RuleBook;

use crate::rule::{ComplianceBook, ComplianceError};

macro_rules! pack {
    ($path:literal) => {
        ($path, include_str!(concat!("../../../rulepacks/compliance/", $path)))
    };
}

/// File name and text of every shipped rulepack.
pub fn rulepacks() -> &'static [(&'static str, &'static str)] {
    &[
        pack!("cd/cobalt.md"),
        pack!("cn/antimony.md"),
        pack!("cn/gallium-germanium.md"),
        pack!("cn/graphite.md"),
        pack!("cn/rare-earths.md"),
        pack!("cn/tungsten.md"),
        pack!("eu/russia.md"),
        pack!("gb/russia.md"),
        pack!("id/ores.md"),
        pack!("intl/dangerous-goods.md"),
        pack!("intl/exports-to-russia.md"),
        pack!("intl/iran.md"),
        pack!("intl/north-korea.md"),
        pack!("intl/transit.md"),
        pack!("us/embargoes.md"),
        pack!("us/forced-labour.md"),
        pack!("us/russia.md"),
    ]
}

/// The shipped rules. A test reads each of them, so that reading cannot fail in use; were it to, the error is handed on.
///
/// # Errors
/// A shipped rulepack that cannot be read.
pub fn shipped() -> Result<Arc<ComplianceBook>, ComplianceError> {
    static SHIPPED: OnceLock<Result<Arc<ComplianceBook>, ComplianceError>> = OnceLock::new();
    SHIPPED
        .get_or_init(|| {
            let book = RuleBook::read(rulepacks().iter().copied())
                .map_err(|(id, error)| ComplianceError::Rule { id, why: error.to_string() })?;
            ComplianceBook::from_rules(&book).map(Arc::new)
        })
        .clone()
}
