//! What an assistant can ask for: each tool is one request to the API, so that it gives the same figures and asks the same permission.

use axum::http::Method;
use serde_json::{Map, Value as Json, json};

/// A tool: its words, its schemas, and the request it stands for.
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    /// Keeps something: an answer.
    pub(super) keeps: bool,
    pub(super) input: fn() -> Json,
    pub(super) output: fn() -> Json,
    pub(super) ask: fn(&Args) -> Result<Ask, String>,
    pub(super) shape: fn(Json, &Args) -> Result<Json, String>,
}

impl std::fmt::Debug for Tool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

pub(super) type Args = Map<String, Json>;

/// A request to the API.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ask {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Json>,
}

impl Ask {
    fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), query: Vec::new(), body: None }
    }

    fn post(path: impl Into<String>, body: Json) -> Self {
        Self { method: Method::POST, path: path.into(), query: Vec::new(), body: Some(body) }
    }

    /// Hands arguments on as they are named.
    fn with(mut self, args: &Args, names: &[&'static str]) -> Self {
        for name in names {
            match args.get(*name) {
                None | Some(Json::Null) => {}
                Some(Json::String(text)) => self.query.push((name, text.clone())),
                Some(other) => self.query.push((name, other.to_string())),
            }
        }
        self
    }
}

fn text<'a>(args: &'a Args, name: &str) -> Result<&'a str, String> {
    let found = args.get(name).and_then(Json::as_str).filter(|it| !it.trim().is_empty());
    found.ok_or_else(|| format!("{name} is missing: a text is expected"))
}

/// A part of a path: what a stranger sends stays one part.
fn part(args: &Args, name: &str) -> Result<String, String> {
    let text = text(args, name)?;
    if text == "." || text == ".." {
        return Err(format!("{name} cannot be {text}"));
    }
    Ok(super::encoded(text))
}

fn only(args: &Args, names: &[&str]) -> Json {
    let kept = names.iter().filter_map(|it| Some(((*it).to_owned(), args.get(*it)?.clone())));
    Json::Object(kept.filter(|it| !it.1.is_null()).collect())
}

#[expect(clippy::needless_pass_by_value, reason = "it is made in the call")]
fn object(required: &[&str], properties: Json) -> Json {
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// What a tool gives back; it may hold more than is named here.
#[expect(clippy::needless_pass_by_value, reason = "it is made in the call")]
fn gives(required: &[&str], properties: Json) -> Json {
    json!({ "type": "object", "properties": properties, "required": required })
}

fn words(text: &str) -> Json {
    json!({ "type": "string", "description": text })
}

#[expect(clippy::unnecessary_wraps, reason = "tools that shape their answer may fail")]
fn as_is(answer: Json, _: &Args) -> Result<Json, String> {
    Ok(answer)
}

fn money() -> Json {
    json!({ "type": "object", "properties": { "amount": { "type": "string" }, "currency": { "type": "string" } } })
}

fn list() -> Json {
    json!({ "type": "array", "items": { "type": "object" } })
}

const ANSWER: &str = "id of an answer, as scan gives it";

pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "read_need",
        title: "Read a need",
        text: "Turns a sentence in English or Chinese about buying or selling goods across a border into a structured need, and says how \
               each part was understood. Nothing is scanned or kept.",
        keeps: false,
        input: || {
            object(
                &["text"],
                json!({ "text": words("e.g. buy 5 t HS 850511 to Birmingham DAP within 12 weeks in GBP"), "as_of": words("day, YYYY-MM-DD; today when left out") }),
            )
        },
        output: || {
            gives(
                &["need", "sentence"],
                json!({ "need": { "type": "object" }, "sentence": { "type": "string" }, "understood": list(), "findings": list() }),
            )
        },
        ask: |args| Ok(Ask::post("/needs/read", only(args, &["text", "as_of"]))),
        shape: as_is,
    },
    Tool {
        name: "scan",
        title: "Scan for plans",
        text: "Finds, prices and ranks complete plans for a need: supplier, route, terms, payment, landed cost, arrival, carbon. Gives the \
               plans in short with the ids of their evidence; the answer is kept under its id. No feasible plan is an answer too: then \
               relaxations say what would make one feasible. Planning estimates, not rulings.",
        keeps: true,
        input: || {
            object(
                &[],
                json!({ "text": words("the need as a sentence; either this or need"), "need": { "type": "object", "description": "a need as read_need gives it" },
            "as_of": words("day, YYYY-MM-DD; today when left out"), "use_quotes": { "type": "boolean", "description": "use the firm's own quotes; true when left out" } }),
            )
        },
        output: || {
            gives(
                &["answer_id", "sentence", "plans"],
                json!({ "answer_id": { "type": "string" }, "sentence": { "type": "string" },
            "plans": { "type": "array", "items": { "type": "object", "properties": { "id": { "type": "string" }, "rank": { "type": "integer" }, "title": { "type": "string" },
                "landed": { "type": "object" }, "arrival": { "type": "object" }, "evidence_ids": { "type": "array", "items": { "type": "string" } } }, "required": ["id", "rank", "evidence_ids"] } },
            "counts": { "type": "object" }, "relaxations": list(), "findings": list(), "missing": { "type": "array" }, "books": list() }),
            )
        },
        ask: |args| Ok(Ask::post("/scans", only(args, &["text", "need", "as_of", "use_quotes"]))),
        shape: |answer, _| Ok(short(&answer)),
    },
    Tool {
        name: "get_plan",
        title: "One plan in full",
        text: "A plan of an answer with its landed cost line by line, legs, dates, proofs to bring, and what would flip it. Each line has an \
               evidence_id, to be asked about with why.",
        keeps: false,
        input: || {
            object(
                &["answer_id", "plan"],
                json!({ "answer_id": words(ANSWER), "plan": words("id of a plan, e.g. CN-sea-1") }),
            )
        },
        output: || {
            gives(
                &["plan"],
                json!({ "answer_id": { "type": "string" }, "need": { "type": "object" }, "plan": { "type": "object" } }),
            )
        },
        ask: |args| {
            Ok(Ask::get(format!("/answers/{}/plans/{}", part(args, "answer_id")?, part(args, "plan")?)))
        },
        shape: |mut answer, _| {
            number(&mut answer["plan"]);
            Ok(answer)
        },
    },
    Tool {
        name: "why",
        title: "Where a figure comes from",
        text: "The evidence behind one figure of a plan: whether it was observed, is a benchmark, modelled or assumed; source, publisher, \
               vintage, edition of the book, formula with its inputs, and legal reference.",
        keeps: false,
        input: || {
            object(
                &["answer_id", "evidence_id"],
                json!({ "answer_id": words(ANSWER), "evidence_id": words("as scan and get_plan give them, e.g. CN-sea-1.duty") }),
            )
        },
        output: || {
            gives(&["evidence_id", "lines"], json!({ "evidence_id": { "type": "string" }, "lines": list() }))
        },
        ask: |args| {
            let id = text(args, "evidence_id")?;
            let (plan, _) = id.split_once('.').ok_or("evidence_id is PLAN.FIGURE, e.g. CN-sea-1.duty")?;
            Ok(Ask::get(format!("/answers/{}/plans/{}", part(args, "answer_id")?, super::encoded(plan))))
        },
        shape: evidence,
    },
    Tool {
        name: "why_not",
        title: "Why something is not among the plans",
        text: "What became of an origin, a mode, a passage or anything else that is not among the plans: out of time, forbidden, dearer, beaten \
               by another plan, without a way, not enumerated.",
        keeps: false,
        input: || {
            object(
                &["answer_id", "what"],
                json!({ "answer_id": words(ANSWER), "what": words("e.g. DE, air, suez") }),
            )
        },
        output: || gives(&["text"], json!({ "text": { "type": "string" }, "items": list() })),
        ask: |args| {
            text(args, "what")?;
            Ok(Ask::get(format!("/answers/{}/why-not", part(args, "answer_id")?)).with(args, &["what"]))
        },
        shape: as_is,
    },
    Tool {
        name: "compare_answers",
        title: "Compare two answers",
        text: "What changed between two answers: need, plans that came and went, ranks, landed costs, cost lines, arrivals.",
        keeps: false,
        input: || object(&["from", "to"], json!({ "from": words(ANSWER), "to": words(ANSWER) })),
        output: || {
            gives(
                &["changes"],
                json!({ "from": { "type": "string" }, "to": { "type": "string" }, "changes": list() }),
            )
        },
        ask: |args| Ok(Ask::get(format!("/answers/{}/diff", part(args, "from")?)).with(args, &["to"])),
        shape: as_is,
    },
    Tool {
        name: "duty",
        title: "Duty and tax on a consignment",
        text: "Duty, additional and anti-dumping duties, and import taxes on one consignment, with preferences and what they ask to be proved.",
        keeps: false,
        input: || {
            object(
                &["importer", "origin", "hs", "value"],
                json!({ "importer": words("economy of import, ISO 3166 or a name"), "origin": words("economy of origin"),
            "hs": words("HS code, as many digits as are known"), "value": money(), "quantity": words("e.g. 5 t"), "mode": words("sea, air, road or rail"),
            "facts": { "type": "object", "description": "what can be proved, e.g. {\"origin.rule_met\": \"yes\"}" } }),
            )
        },
        output: || gives(&[], json!({ "lines": list(), "findings": list() })),
        ask: |args| {
            Ok(Ask::post(
                "/duties",
                only(args, &["importer", "origin", "hs", "value", "quantity", "mode", "facts"]),
            ))
        },
        shape: as_is,
    },
    Tool {
        name: "tariff_lines",
        title: "Lines of a tariff",
        text: "Measures of an importer's tariff for goods: rates by origin, programme, dates, conditions, and the book they are from.",
        keeps: false,
        input: || {
            object(
                &["importer", "hs"],
                json!({ "importer": words("economy of import, or EU"), "hs": words("HS code"), "origin": words("only measures for this origin") }),
            )
        },
        output: || gives(&["items"], json!({ "items": list(), "source": { "type": "object" } })),
        ask: |args| {
            Ok(Ask::get(format!("/tariffs/{}/{}", part(args, "importer")?, part(args, "hs")?))
                .with(args, &["origin"]))
        },
        shape: as_is,
    },
    Tool {
        name: "routes",
        title: "Ways between two places",
        text: "Ways between two places by sea, air, rail and road: distance, passages, days (P10, P50, P90), freight, and ways that fell out.",
        keeps: false,
        input: || {
            object(
                &["from", "to"],
                json!({ "from": words("place, port or economy, e.g. Shanghai"), "to": words("e.g. Birmingham"), "shut": words("passages that are shut, e.g. suez"),
            "tonnes": { "type": "number", "description": "mass of the goods" }, "modes": words("only these, e.g. sea,air") }),
            )
        },
        output: || gives(&["options"], json!({ "options": list(), "dropped": list() })),
        ask: |args| Ok(Ask::get("/routes").with(args, &["from", "to", "shut", "tonnes", "modes"])),
        shape: as_is,
    },
    Tool {
        name: "suppliers",
        title: "Who supplies the world",
        text: "Economies that export goods, to the world or to one importer: value, mass, share, growth, unit value, concentration.",
        keeps: false,
        input: || {
            object(
                &["hs"],
                json!({ "hs": words("HS code of six digits"), "importer": words("only to this economy") }),
            )
        },
        output: || {
            gives(
                &["items"],
                json!({ "items": list(), "total_usd": { "type": "integer" }, "year": { "type": "integer" } }),
            )
        },
        ask: |args| Ok(Ask::get("/markets/suppliers").with(args, &["hs", "importer"])),
        shape: as_is,
    },
    Tool {
        name: "price_band",
        title: "What goods cost",
        text: "Unit values of goods in trade between two economies or of all trade: P10, P50, P90, how many flows, and what was left out.",
        keeps: false,
        input: || {
            object(
                &["hs"],
                json!({ "hs": words("HS code of six digits"), "exporter": words("economy"), "importer": words("economy") }),
            )
        },
        output: || {
            gives(
                &["hs"],
                json!({ "hs": { "type": "string" }, "band": { "type": ["object", "null"] }, "year": { "type": "integer" } }),
            )
        },
        ask: |args| Ok(Ask::get("/markets/price").with(args, &["hs", "exporter", "importer"])),
        shape: as_is,
    },
    Tool {
        name: "list_books",
        title: "Books that answers rest on",
        text: "Every dataset with publisher, edition, vintage, licence, rows and health, so that it can be said how old a figure is.",
        keeps: false,
        input: || object(&[], json!({})),
        output: || gives(&["items"], json!({ "items": list() })),
        ask: |_| Ok(Ask::get("/books")),
        shape: as_is,
    },
    Tool {
        name: "explain_code",
        title: "What a code means",
        text: "What an error or finding code such as PRP-1203 means and how to mend it.",
        keeps: false,
        input: || object(&["code"], json!({ "code": words("e.g. PRP-1203") })),
        output: || {
            gives(
                &["code", "title", "text"],
                json!({ "code": { "type": "string" }, "title": { "type": "string" }, "text": { "type": "string" }, "mend": { "type": ["string", "null"] } }),
            )
        },
        ask: |args| Ok(Ask::get(format!("/explain/{}", part(args, "code")?))),
        shape: as_is,
    },
    Tool {
        name: "list_alerts",
        title: "Alerts of watches",
        text: "What changed in watched answers since books got new editions: order or feasibility, before and after, with the figures.",
        keeps: false,
        input: || {
            object(
                &[],
                json!({ "unseen": { "type": "boolean", "description": "only what nobody has seen yet" }, "limit": { "type": "integer", "minimum": 1, "maximum": 500 } }),
            )
        },
        output: || gives(&["items"], json!({ "items": list() })),
        ask: |args| Ok(Ask::get("/alerts").with(args, &["unseen", "limit"])),
        shape: as_is,
    },
];

/// An answer without the lines of its plans: an assistant reads what it needs, and asks for the rest.
fn short(answer: &Json) -> Json {
    let deals = &answer["deals"];
    let plans = deals["plans"].as_array().map(Vec::as_slice).unwrap_or_default();
    let plan = |plan: &Json| {
        let mut plan = plan.clone();
        number(&mut plan);
        json!({
            "id": plan["id"], "rank": plan["rank"], "title": plan["labels"]["way"], "origin": plan["origin"],
            "destination": plan["destination"], "incoterm": plan["incoterm"], "landed": plan["landed"], "per_unit": plan["per_unit"],
            "arrival": plan["arrival"], "carbon": plan["carbon"]["transport_kg"], "first_percent": plan["first_percent"],
            "evidence_ids": lines(&plan).iter().map(|it| it["evidence_id"].clone()).collect::<Vec<_>>(),
        })
    };
    json!({
        "answer_id": answer["id"], "sentence": answer["sentence"], "as_of": deals["as_of"], "counts": deals["counts"],
        "plans": plans.iter().map(plan).collect::<Vec<_>>(), "relaxations": deals.get("relaxations").cloned().unwrap_or(json!([])),
        "findings": answer["findings"], "missing": deals["missing"], "questions": deals["questions"], "books": answer["books"],
    })
}

fn lines(plan: &Json) -> &[Json] {
    plan["lines"].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Gives every cost line the id under which its evidence is asked for: `CN-sea-1.duty`, the second of a kind `CN-sea-1.duty-2`.
fn number(plan: &mut Json) {
    let id = plan["id"].as_str().unwrap_or_default().to_owned();
    let mut seen = std::collections::BTreeMap::<String, u32>::new();
    for line in plan["lines"].as_array_mut().map(Vec::as_mut_slice).unwrap_or_default() {
        let kind = line["kind"].as_str().unwrap_or_default().to_owned();
        let count = seen.entry(kind.clone()).or_default();
        *count += 1;
        let figure = if *count == 1 { kind } else { format!("{kind}-{count}") };
        line["evidence_id"] = json!(format!("{id}.{figure}"));
    }
}

fn evidence(mut answer: Json, args: &Args) -> Result<Json, String> {
    let wanted = text(args, "evidence_id")?.to_owned();
    let plan = &mut answer["plan"];
    number(plan);
    let same = |it: &&Json| it["evidence_id"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(&wanted));
    let found: Vec<Json> = lines(plan).iter().filter(same).cloned().collect();
    if found.is_empty() {
        let known: Vec<&str> = lines(plan).iter().filter_map(|it| it["evidence_id"].as_str()).collect();
        return Err(format!("there is no figure {wanted}; known: {}", known.join(", ")));
    }
    Ok(json!({ "evidence_id": wanted, "lines": found }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(json: Json) -> Args {
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn what_a_stranger_sends_stays_one_part_of_a_path() {
        let tool = |name: &str| TOOLS.iter().find(|it| it.name == name).unwrap();
        let ask =
            (tool("get_plan").ask)(&args(json!({ "answer_id": "a/../../people", "plan": "x?y#z" }))).unwrap();
        assert_eq!(ask.path, "/answers/a%2F..%2F..%2Fpeople/plans/x%3Fy%23z");
        assert!((tool("get_plan").ask)(&args(json!({ "answer_id": "..", "plan": "x" }))).is_err());
        assert!((tool("why").ask)(&args(json!({ "answer_id": "a", "evidence_id": "duty" }))).is_err());
        assert!((tool("explain_code").ask)(&args(json!({}))).unwrap_err().contains("code"));
    }

    #[test]
    fn lines_of_one_kind_have_ids_of_their_own_and_are_found_by_them() {
        let answer = json!({ "plan": { "id": "CN-sea-1", "lines": [
            { "kind": "duty", "label": "a" }, { "kind": "tax", "label": "b" }, { "kind": "duty", "label": "c" }] } });
        let found = |id: &str| evidence(answer.clone(), &args(json!({ "evidence_id": id })));
        assert_eq!(found("CN-sea-1.duty-2").unwrap()["lines"][0]["label"], "c");
        assert_eq!(found("cn-SEA-1.tax").unwrap()["lines"][0]["label"], "b");
        assert!(found("CN-sea-1.freight").unwrap_err().contains("CN-sea-1.duty-2"));
    }

    #[test]
    fn schemas_are_objects_whose_required_names_exist() {
        for tool in TOOLS {
            for schema in [(tool.input)(), (tool.output)()] {
                assert_eq!(schema["type"], "object", "{}", tool.name);
                for name in schema["required"].as_array().unwrap() {
                    assert!(
                        schema["properties"].get(name.as_str().unwrap()).is_some(),
                        "{}: {name}",
                        tool.name
                    );
                }
            }
        }
        assert!((12..=16).contains(&TOOLS.len()));
    }
}
