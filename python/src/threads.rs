//! Threads that share the work of a call.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// The threads of this process, with its number.
static POOL: Mutex<Option<(u32, Arc<ThreadPool>)>> = Mutex::new(None);

/// Values that are worked on before Python is asked whether somebody pressed Ctrl-C.
const BATCH: usize = 256;

/// Returns the threads of this process.
///
/// A process that was forked, as `multiprocessing` and Spark do, has none of its parent's threads, and whoever gives
/// them work waits for ever; so it gets its own.
pub fn pool() -> PyResult<Arc<ThreadPool>> {
    let process = std::process::id();
    let mut kept = POOL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((owner, pool)) = kept.as_ref()
        && *owner == process
    {
        return Ok(Arc::clone(pool));
    }
    let pool = ThreadPoolBuilder::new().build().map_err(|error| {
        PyRuntimeError::new_err(format!(
            "cannot start threads ({error})\nhint: allow more processes, or set RAYON_NUM_THREADS=1"
        ))
    })?;
    let pool = Arc::new(pool);
    // The parent's pool is forgotten: there are no threads that could be told to end.
    std::mem::forget(kept.replace((process, Arc::clone(&pool))));
    Ok(pool)
}

/// Does work on all threads while Python goes on with other things.
pub fn free<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    let pool = pool()?;
    Ok(py.detach(|| pool.install(work)))
}

/// Returns the answer to every one of many, in their order; `answer` is given it and its place.
pub fn each<I: Sync, T: Send>(py: Python<'_>, many: &[I], answer: impl Fn(&I, usize) -> T + Sync) -> PyResult<Vec<T>> {
    if let [one] = many {
        return Ok(vec![py.detach(|| answer(one, 0))]);
    }
    let mut answers = Vec::with_capacity(many.len());
    for (n, batch) in many.chunks(BATCH).enumerate() {
        let place = |(k, one): (usize, &I)| answer(one, n * BATCH + k);
        answers.extend(free(py, || batch.par_iter().enumerate().map(place).collect::<Vec<T>>())?);
        py.check_signals()?;
    }
    Ok(answers)
}
