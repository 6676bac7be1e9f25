//! Which column of a quotation table holds what, by its header in English or Chinese.

use domain::{Finding, Severity};
use serde::Serialize;

/// How many rows from the top are looked at for a header: letterheads come first in real quotations.
const HEADER_WITHIN: usize = 25;
/// A row with fewer known headers is no header.
const LEAST_KNOWN: usize = 2;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Supplier,
    Hs,
    Goods,
    Price,
    Unit,
    Currency,
    Incoterm,
    Place,
    Country,
    LeadTime,
    Minimum,
    Validity,
    Certificates,
    UnitWeight,
}

/// Headers under which people write each column; compared in lower case without spaces, punctuation and what stands in brackets.
const WORDS: &[(Field, &[&str])] = &[
    (
        Field::Supplier,
        &[
            "supplier",
            "suppliername",
            "vendor",
            "vendorname",
            "seller",
            "manufacturer",
            "company",
            "companyname",
            "firm",
            "factory",
            "供应商",
            "供应商名称",
            "卖方",
            "厂家",
            "厂商",
            "公司",
            "公司名称",
            "生产商",
        ],
    ),
    (
        Field::Hs,
        &[
            "hs",
            "hscode",
            "hs6",
            "hts",
            "htscode",
            "cncode",
            "tariffcode",
            "commoditycode",
            "goodscode",
            "hs编码",
            "海关编码",
            "商品编码",
            "税号",
            "税则号",
            "hs码",
        ],
    ),
    (
        Field::Goods,
        &[
            "goods",
            "product",
            "productname",
            "item",
            "description",
            "descriptionofgoods",
            "productdescription",
            "commodity",
            "material",
            "text",
            "品名",
            "商品",
            "商品名称",
            "产品",
            "产品名称",
            "货物",
            "货物名称",
            "描述",
            "名称",
        ],
    ),
    (
        Field::Price,
        &[
            "price",
            "unitprice",
            "quote",
            "quotation",
            "offer",
            "quotedprice",
            "pricequoted",
            "offerprice",
            "unitcost",
            "priceperkg",
            "pricekg",
            "priceperunit",
            "rate",
            "单价",
            "价格",
            "报价",
            "价钱",
        ],
    ),
    (
        Field::Unit,
        &[
            "unit",
            "uom",
            "units",
            "unitofmeasure",
            "priceunit",
            "per",
            "perunit",
            "单位",
            "计量单位",
            "计价单位",
        ],
    ),
    (Field::Currency, &["currency", "ccy", "cur", "curr", "currencycode", "币种", "货币", "币别"]),
    (
        Field::Incoterm,
        &[
            "incoterm",
            "incoterms",
            "incoterms2020",
            "terms",
            "tradeterm",
            "tradeterms",
            "deliveryterm",
            "deliveryterms",
            "termsofdelivery",
            "贸易术语",
            "价格条款",
            "交货条件",
            "贸易条款",
            "价格术语",
            "成交方式",
        ],
    ),
    (
        Field::Place,
        &[
            "place",
            "port",
            "namedplace",
            "loadingport",
            "portofloading",
            "pol",
            "deliveryplace",
            "placeofdelivery",
            "location",
            "city",
            "incotermplace",
            "交货地",
            "地点",
            "港口",
            "装运港",
            "起运港",
            "交货地点",
            "装货港",
        ],
    ),
    (
        Field::Country,
        &[
            "country",
            "origin",
            "countryoforigin",
            "economy",
            "origincountry",
            "suppliercountry",
            "madein",
            "国家",
            "原产国",
            "原产地",
            "产地",
            "国别",
        ],
    ),
    (
        Field::LeadTime,
        &[
            "leadtime",
            "lead",
            "leadtimedays",
            "leaddays",
            "delivery",
            "deliverytime",
            "deliverydays",
            "productiontime",
            "readyin",
            "交货期",
            "交期",
            "货期",
            "生产周期",
            "交货时间",
            "备货期",
        ],
    ),
    (
        Field::Minimum,
        &[
            "minimumorder",
            "minimumorderquantity",
            "moq",
            "minorder",
            "minqty",
            "minorderqty",
            "minimumquantity",
            "minimum",
            "最小起订量",
            "起订量",
            "最低订货量",
            "最小订单",
            "最小订购量",
        ],
    ),
    (
        Field::Validity,
        &[
            "validity",
            "validuntil",
            "valid",
            "validto",
            "validthrough",
            "expiry",
            "expires",
            "expirydate",
            "quotevalidity",
            "有效期",
            "报价有效期",
            "有效期至",
            "有效日期",
        ],
    ),
    (
        Field::Certificates,
        &[
            "certificates",
            "certificate",
            "certs",
            "certification",
            "certifications",
            "proofs",
            "证书",
            "认证",
            "资质",
            "资质证书",
        ],
    ),
    (
        Field::UnitWeight,
        &[
            "unitweight",
            "weightperunit",
            "weightperpiece",
            "pieceweight",
            "netweightperunit",
            "kgperpiece",
            "kgperunit",
            "netweight",
            "单重",
            "单件重量",
            "单位重量",
            "净重",
        ],
    ),
];

/// Where each field is.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    headers: Vec<String>,
    fields: Vec<Option<Field>>,
}

impl Layout {
    fn of(row: &[String]) -> Self {
        let mut fields: Vec<Option<Field>> = Vec::with_capacity(row.len());
        for cell in row {
            // The first column of a kind keeps it; a second one is listed as not understood.
            let field = field_of(cell).filter(|it| !fields.contains(&Some(*it)));
            fields.push(field);
        }
        Self { headers: row.iter().map(|it| it.trim().to_owned()).collect(), fields }
    }

    fn known(&self) -> usize {
        self.fields.iter().flatten().count()
    }

    pub(super) fn at(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|it| *it == Some(field))
    }

    pub(super) fn header(&self, field: Field) -> Option<&str> {
        self.at(field).map(|it| self.headers[it].as_str())
    }

    pub(super) fn list(&self) -> Vec<(String, Option<Field>)> {
        let pairs = self.headers.iter().cloned().zip(self.fields.iter().copied());
        pairs.filter(|(header, _)| !header.is_empty()).collect()
    }

    /// What to say when the table has no price column: every row will be rejected for it.
    pub(super) fn lacks(&self) -> Option<Finding> {
        if self.at(Field::Price).is_some() {
            return None;
        }
        let unknown: Vec<&str> = self
            .headers
            .iter()
            .zip(&self.fields)
            .filter(|(header, field)| field.is_none() && !header.is_empty())
            .map(|(header, _)| header.as_str())
            .collect();
        let text = format!("no column holds the price; columns not understood: {}", unknown.join(", "));
        Some(Finding::new(1310, Severity::Barrier, text).hint("name one of them 'price'"))
    }
}

/// The first row near the top with enough known headers; the one with most of them, when several have.
pub(super) fn find_header(rows: &[Vec<String>]) -> Option<(usize, Layout)> {
    let mut best: Option<(usize, Layout)> = None;
    for (index, row) in rows.iter().enumerate().take(HEADER_WITHIN) {
        let layout = Layout::of(row);
        let better = best.as_ref().is_none_or(|(_, it)| layout.known() > it.known());
        if layout.known() >= LEAST_KNOWN && better {
            best = Some((index, layout));
        }
    }
    best
}

fn field_of(header: &str) -> Option<Field> {
    // "Price (USD/kg)" and "单价（美元/公斤）" are headers with a remark.
    let plain = header.split(['(', '（', '[', '/']).next().unwrap_or_default();
    let key: String = plain.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let named = WORDS.iter().find(|(_, words)| words.contains(&key.as_str())).map(|it| it.0);
    named.or_else(|| leading_word(&plain.to_lowercase()))
}

/// "Price USD per kg", "FOB price", "Lead time days", "MOQ kg": known words with more around them.
fn leading_word(header: &str) -> Option<Field> {
    const HINTS: &[(&str, Field)] = &[
        ("lead time", Field::LeadTime),
        ("valid", Field::Validity),
        ("moq", Field::Minimum),
        ("minimum order", Field::Minimum),
        ("weight per", Field::UnitWeight),
        ("price", Field::Price),
        ("hs code", Field::Hs),
        ("supplier", Field::Supplier),
        ("incoterm", Field::Incoterm),
        ("certificat", Field::Certificates),
        ("单价", Field::Price),
        ("报价", Field::Price),
        ("交货期", Field::LeadTime),
        ("起订量", Field::Minimum),
    ];
    HINTS.iter().find(|(word, _)| header.contains(word)).map(|it| it.1)
}
