//! The rulepacks that are shipped, embedded in the program.

use std::sync::{Arc, OnceLock};

use rules::RuleBook;

macro_rules! pack {
    ($path:literal) => {
        ($path, include_str!(concat!("../../../rulepacks/customs/", $path)))
    };
}

/// Name and text of every rulepack of customs.
pub fn rulepacks() -> &'static [(&'static str, &'static str)] {
    &[
        pack!("au/gst.md"),
        pack!("au/small-consignments.md"),
        pack!("au/territory.md"),
        pack!("au/valuation.md"),
        pack!("eu/preferences.md"),
        pack!("eu/small-consignments.md"),
        pack!("eu/territory.md"),
        pack!("eu/valuation.md"),
        pack!("eu/vat.md"),
        pack!("gb/preferences.md"),
        pack!("gb/small-consignments.md"),
        pack!("gb/territory.md"),
        pack!("gb/valuation.md"),
        pack!("gb/vat.md"),
        pack!("ma/territory.md"),
        pack!("ma/valuation.md"),
        pack!("us/harbor-maintenance-fee.md"),
        pack!("us/merchandise-processing-fee.md"),
        pack!("us/small-consignments.md"),
        pack!("us/tax.md"),
        pack!("us/territory.md"),
        pack!("us/valuation.md"),
    ]
}

/// The shipped rules, read once. A rulepack that cannot be read is a fault of the build, which a test catches; it is then left out.
pub fn shipped() -> Arc<RuleBook> {
    static SHIPPED: OnceLock<Arc<RuleBook>> = OnceLock::new();
    Arc::clone(
        SHIPPED.get_or_init(|| Arc::new(RuleBook::read(rulepacks().iter().copied()).unwrap_or_default())),
    )
}
