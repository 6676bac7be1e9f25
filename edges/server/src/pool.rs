//! Where deciding happens: as many at once as there are cores, a short queue before them, and never on the threads that serve.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::StatusCode;
use tokio::sync::Semaphore;

use crate::problem::Problem;

/// Requests that may wait for each core; a scan takes a tenth of a second, so the last waits some seconds.
const QUEUE_PER_CORE: usize = 32;

/// A bounded pool of blocking work.
#[derive(Clone, Debug)]
pub struct Pool {
    seats: Arc<Semaphore>,
    inside: Arc<AtomicUsize>,
    most: usize,
}

/// One who waits or works; leaving counts down however one leaves.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Pool {
    pub fn new(seats: usize) -> Self {
        let seats = seats.max(1);
        Self {
            seats: Arc::new(Semaphore::new(seats)),
            inside: Arc::default(),
            most: seats * (1 + QUEUE_PER_CORE),
        }
    }

    /// As many seats as the machine has cores.
    pub fn of_machine() -> Self {
        Self::new(std::thread::available_parallelism().map_or(2, usize::from))
    }

    /// Runs work that takes a core. PRP-2011 with `Retry-After` when too many wait already.
    ///
    /// # Errors
    /// The queue is full, or the work ended early.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let before = self.inside.fetch_add(1, Ordering::Relaxed);
        let place = Place(Arc::clone(&self.inside));
        if before >= self.most {
            return Err(Problem::ours(StatusCode::SERVICE_UNAVAILABLE, 2011, &[]).retry_after(2));
        }
        let seat = Arc::clone(&self.seats).acquire_owned().await;
        let seat = seat.map_err(|_| Problem::internal("the pool is closed"))?;
        // Seat and place go along: when the client hangs up, the work goes on and is counted until it ends.
        let running = tokio::task::spawn_blocking(move || {
            let done = work();
            drop((seat, place));
            done
        });
        running.await.map_err(|it| Problem::internal(&format!("blocking work ended early: {it}")))
    }

    /// How many wait or work.
    pub fn inside(&self) -> usize {
        self.inside.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn too_many_are_sent_away_and_the_others_are_served() {
        let pool = Pool { seats: Arc::new(Semaphore::new(1)), inside: Arc::default(), most: 3 };
        let (open, shut) = std::sync::mpsc::channel::<()>();
        let shut = Arc::new(std::sync::Mutex::new(shut));
        let mut waiting = Vec::new();
        for _ in 0..3 {
            let (pool, shut) = (pool.clone(), Arc::clone(&shut));
            waiting.push(tokio::spawn(async move {
                pool.run(move || shut.lock().unwrap().recv().unwrap()).await.is_ok()
            }));
        }
        while pool.inside() < 3 {
            tokio::task::yield_now().await;
        }
        let sent_away = pool.run(|| ()).await.unwrap_err();
        assert_eq!(sent_away.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(sent_away.headers().len(), 1);
        (0..3).for_each(|_| open.send(()).unwrap());
        for it in waiting {
            assert!(it.await.unwrap());
        }
        assert_eq!(pool.inside(), 0);
    }

    #[tokio::test]
    async fn work_that_ends_early_is_a_problem_and_not_the_end() {
        let pool = Pool::new(1);
        let problem = pool.run(|| panic!("on purpose")).await.unwrap_err();
        assert_eq!(problem.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(pool.run(|| 7).await.unwrap(), 7);
    }
}
