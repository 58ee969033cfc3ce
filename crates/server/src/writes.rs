//! The pool of threads on which requests wait for the disk, so that no loop of connections ever does.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::Semaphore;

use crate::limits::WRITES_WAITING_MAX;

/// A bounded pool. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Writes {
    /// The runtime whose blocking threads are the pool.
    runtime: Handle,
    places: Arc<Semaphore>,
}

/// Why a task has no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotRun {
    /// As many wait as may.
    #[error("too many writes wait")]
    Full,
    /// The server is stopping, or the task panicked.
    #[error("the task was not finished")]
    Lost,
}

impl Writes {
    /// A pool on the blocking threads of `runtime`, which bounds how many run at once.
    pub(crate) fn on(runtime: Handle) -> Self {
        Self { runtime, places: Arc::new(Semaphore::new(WRITES_WAITING_MAX)) }
    }

    /// Runs `task` on a thread of the pool.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        task: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotRun> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| NotRun::Full)?;
        let work = move || {
            let _place = place;
            task()
        };
        // A client that goes away does not stop a write that has begun.
        self.runtime.spawn_blocking(work).await.map_err(|_| NotRun::Lost)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn the_pool_is_bounded_and_recovers() {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.max_blocking_threads(1).build().unwrap();
        let pool = Writes::on(runtime.handle().clone());
        let (release, held) = channel::<()>();
        runtime.block_on(async {
            let blocker = tokio::spawn({
                let pool = pool.clone();
                async move { pool.run(move || held.recv().is_ok()).await }
            });
            let full = async |left| {
                while pool.places.available_permits() > left {
                    tokio::task::yield_now().await;
                }
            };
            full(WRITES_WAITING_MAX - 1).await;
            let waiting: Vec<_> = (1..WRITES_WAITING_MAX)
                .map(|number| {
                    let pool = pool.clone();
                    tokio::spawn(async move { pool.run(move || number).await })
                })
                .collect();
            full(0).await;
            assert_eq!(pool.run(|| 0).await, Err(NotRun::Full));
            release.send(()).unwrap();
            assert_eq!(blocker.await.unwrap(), Ok(true));
            for (task, number) in waiting.into_iter().zip(1..) {
                assert_eq!(task.await.unwrap(), Ok(number));
            }
            assert_eq!(pool.run(|| panic!("as it may")).await, Err::<(), _>(NotRun::Lost));
            assert_eq!(pool.run(|| 7).await, Ok(7));
        });
    }
}
