//! The binary: what it gathers from the machine, the library decides and prints.

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let around = periplus::Surroundings::of_this_process();
    let mut out = std::io::BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let mut err = std::io::stderr();
    let code = periplus::run(std::env::args_os(), &around, &mut out, &mut err);
    let flushed = out.flush();
    ExitCode::from(periplus::after_flush(code, &flushed))
}
