//! What a word means: places, goods, economies.

use axum::extract::State;
use domain::EconomyBook;
use routes::places::{PlaceBook, PlaceRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::lang::Language;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::take::Args;
use crate::who::Who;

/// What is typed, and how many answers are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FindArgs {
    #[param(min_length = 1, max_length = 200)]
    pub q: String,
    #[param(minimum = 1, maximum = 50, default = 10)]
    #[serde(default)]
    pub limit: Option<usize>,
}

/// More would not fit under a field that is typed into.
const MOST: usize = 50;
const USUAL: usize = 10;

impl FindArgs {
    fn read(&self) -> Result<(&str, usize), Problem> {
        let q = self.q.trim();
        if q.is_empty() || q.chars().count() > 200 {
            return Err(Problem::address("q", "must have 1 to 200 characters"));
        }
        match self.limit.unwrap_or(USUAL) {
            limit @ 1..=MOST => Ok((q, limit)),
            _ => Err(Problem::address("limit", &format!("must be 1 to {MOST}"))),
        }
    }
}

/// A place that the words may mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceHit {
    name: String,
    #[schema(example = "GB")]
    economy: String,
    economy_name: String,
    #[schema(example = "GBBHM")]
    locode: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(required = false, schema_with = crate::openapi::coordinates)]
    at: Option<domain::Coordinates>,
    /// Port, airport, rail terminal and so on.
    kind: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceHits {
    items: Vec<PlaceHit>,
}

/// Places by name or UN/LOCODE, the likeliest first
#[utoipa::path(get, path = "/places", tag = "words", params(FindArgs),
    responses((status = 200, description = "Places", body = PlaceHits)))]
pub async fn find_places(
    State(app): State<App>,
    _who: Who,
    language: Language,
    Args(args): Args<FindArgs>,
) -> Result<Reply, Problem> {
    let (q, limit) = args.read()?;
    let (hall, q) = (app.hall().await?, q.to_owned());
    let find = move || {
        let economies = &hall.room.tables.economies;
        let rows = like(&hall.room.tables.places, &q, limit);
        rows.iter().map(|it| hit(it, economies, language)).collect()
    };
    Reply::json(&PlaceHits { items: app.pool().run(find).await? })
}

fn hit(row: &PlaceRow<'_>, economies: &EconomyBook, language: Language) -> PlaceHit {
    let economy = row.locode.economy();
    PlaceHit {
        name: row.name.to_owned(),
        economy: economy.code().to_owned(),
        economy_name: desk::books::economy_name(economies, economy, language.words),
        locode: row.locode.to_string(),
        at: row.at,
        kind: row.functions.words(),
    }
}

/// Places of exactly that code or name first, then those whose name begins so, then those that have it in them; the weightiest first.
fn like<'p>(book: &'p PlaceBook, q: &str, limit: usize) -> Vec<PlaceRow<'p>> {
    let mut found: Vec<PlaceRow<'p>> = Vec::new();
    found.extend(q.parse().ok().and_then(|it| book.find(it)));
    found.extend(book.list_named(q));
    let wanted = q.to_lowercase();
    let mut near: Vec<(bool, PlaceRow<'p>)> = book
        .list_all()
        .filter_map(|row| row.name.to_lowercase().find(&wanted).map(|at| (at > 0, row)))
        .collect();
    near.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.rank.cmp(&a.1.rank)).then(a.1.locode.cmp(&b.1.locode)));
    found.extend(near.into_iter().map(|it| it.1));
    let mut seen = Vec::new();
    found.retain(|row| {
        let new = seen.len() < limit && !seen.contains(&row.locode);
        seen.extend(new.then_some(row.locode));
        new
    });
    found
}

/// Goods that the words may mean.
#[derive(Debug, Serialize, ToSchema)]
pub struct GoodsHit {
    #[schema(example = "850511")]
    code: String,
    text: String,
    /// 0 to 1; 1 is the exact name or code.
    score: f64,
    /// What in the words led here.
    why: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct GoodsHits {
    items: Vec<GoodsHit>,
}

/// Goods of the Harmonized System by name or code, the likeliest first
#[utoipa::path(get, path = "/hs", tag = "words", params(FindArgs),
    responses((status = 200, description = "Goods", body = GoodsHits)))]
pub async fn find_goods(
    State(app): State<App>,
    _who: Who,
    Args(args): Args<FindArgs>,
) -> Result<Reply, Problem> {
    let (q, limit) = args.read()?;
    let (hall, q) = (app.hall().await?, q.to_owned());
    let find = move || {
        let book = &hall.room.tables.nomenclature;
        let digits: String = q.chars().filter(char::is_ascii_digit).collect();
        let is_code = !digits.is_empty() && q.chars().all(|it| it.is_ascii_digit() || ". ".contains(it));
        if is_code {
            let all = book.list_all().filter(|it| it.0.to_string().starts_with(&digits)).take(limit);
            let hit = |(hs, text): (domain::HsCode, &str)| GoodsHit {
                code: hs.to_string(),
                text: text.to_owned(),
                score: 1.0,
                why: String::new(),
            };
            return all.map(hit).collect();
        }
        let hit = |it: customs::classify::Match| GoodsHit {
            code: it.hs.to_string(),
            text: it.description,
            score: it.score,
            why: it.why,
        };
        book.classify(&q, limit).into_iter().map(hit).collect()
    };
    Reply::json(&GoodsHits { items: app.pool().run(find).await? })
}

/// An economy with its codes.
#[derive(Debug, Serialize, ToSchema)]
pub struct EconomyItem {
    #[schema(example = "GB")]
    code: String,
    alpha3: String,
    name: String,
    #[schema(required)]
    currency: Option<String>,
    region: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct EconomyList {
    items: Vec<EconomyItem>,
}

/// All economies, in the order of their codes
#[utoipa::path(get, path = "/economies", tag = "words", responses((status = 200, description = "Economies", body = EconomyList)))]
pub async fn list_economies(State(app): State<App>, _who: Who, language: Language) -> Result<Reply, Problem> {
    let hall = app.hall().await?;
    let book = &hall.room.tables.economies;
    let item = |it: &domain::EconomyRow| EconomyItem {
        code: it.economy.code().to_owned(),
        alpha3: it.alpha3.clone(),
        name: desk::books::economy_name(book, it.economy, language.words),
        currency: it.currency.map(|it| it.to_string()),
        region: it.region.clone(),
    };
    let mut items: Vec<EconomyItem> = book.list_all().iter().map(item).collect();
    items.sort_by(|a, b| a.code.cmp(&b.code));
    Reply::json(&EconomyList { items })
}
