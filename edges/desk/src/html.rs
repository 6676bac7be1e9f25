//! The shell of a self-contained page: no script, no network, prints well.

use crate::screen::clean::html as esc;
use crate::words::Words;

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:15px/1.45 system-ui,'Noto Sans SC',sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2rem}h3{font-size:1rem}\
table{border-collapse:collapse;width:100%;margin:.6rem 0}\
th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;border-bottom:1px solid #8884}\
th{font-weight:600}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}\
.sum td{border-top:2px solid;font-weight:600}.note,.dim{opacity:.75;font-size:.9em}.unknown{font-style:italic}\
.barrier,.prohibited{font-weight:600}.formula{font-family:ui-monospace,monospace;font-size:.85em}\
footer{margin-top:2rem;border-top:1px solid #8884;padding-top:.5rem}\
@media print{body{max-width:none;margin:0;font-size:10pt}section{break-inside:avoid}h2{break-before:auto}}";

/// A whole document around `body`, which must be escaped already.
pub fn page(words: &Words, title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\">\
<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
<title>{}</title><style>{STYLE}</style></head><body>\n{body}\n<footer>{}</footer></body></html>\n",
        words.lang.code(),
        words.lang.dir(),
        esc(title),
        esc(&words.get("footer"))
    )
}
