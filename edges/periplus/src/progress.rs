//! A spinner on a terminal for what takes longer than a second; silence everywhere else.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::ProgressBar;

use crate::around::Surroundings;

/// Nothing is shown for work that ends sooner.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(120);

/// Does the work, with a spinner on stderr after a second when that is a terminal.
pub fn during<T>(around: &Surroundings, what: &str, work: impl FnOnce() -> T) -> T {
    if !around.err_is_terminal {
        return work();
    }
    let (done, ended) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if ended.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let spinner = ProgressBar::new_spinner().with_message(what.to_owned());
            while ended.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                spinner.tick();
            }
            spinner.finish_and_clear();
        });
        let value = work();
        drop(done);
        value
    })
}
