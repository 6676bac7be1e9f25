//! What was made before and may be asked again, bounded by bytes: the least lately used goes first.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A bounded map from names to shared values.
#[derive(Debug)]
pub struct Cache<V> {
    most_bytes: usize,
    inside: Mutex<Inside<V>>,
}

#[derive(Debug)]
struct Inside<V> {
    by_key: BTreeMap<Arc<str>, Kept<V>>,
    /// Keys by when they were last used.
    by_use: BTreeMap<u64, Arc<str>>,
    clock: u64,
    bytes: usize,
}

#[derive(Debug)]
struct Kept<V> {
    value: Arc<V>,
    bytes: usize,
    used: u64,
}

/// What the two maps cost for each key, roughly.
const OVERHEAD_BYTES: usize = 256;

impl<V> Cache<V> {
    pub fn new(most_bytes: usize) -> Self {
        let inside = Inside { by_key: BTreeMap::new(), by_use: BTreeMap::new(), clock: 0, bytes: 0 };
        Self { most_bytes, inside: Mutex::new(inside) }
    }

    pub fn get(&self, key: &str) -> Option<Arc<V>> {
        let mut guard = self.lock();
        let inside = &mut *guard;
        let (name, _) = inside.by_key.get_key_value(key)?;
        let name = Arc::clone(name);
        let kept = inside.by_key.get_mut(key)?;
        inside.clock += 1;
        inside.by_use.remove(&kept.used);
        kept.used = inside.clock;
        inside.by_use.insert(inside.clock, name);
        Some(Arc::clone(&kept.value))
    }

    /// Keeps a value of so many bytes. One that would fill more than a quarter is handed back and not kept.
    pub fn put(&self, key: &str, value: Arc<V>, bytes: usize) {
        let bytes = bytes + key.len() + OVERHEAD_BYTES;
        let mut guard = self.lock();
        let inside = &mut *guard;
        inside.drop_key(key);
        if bytes > self.most_bytes / 4 {
            return;
        }
        while inside.bytes + bytes > self.most_bytes {
            let Some((_, oldest)) = inside.by_use.pop_first() else { break };
            if let Some(gone) = inside.by_key.remove(&oldest) {
                inside.bytes -= gone.bytes;
            }
        }
        inside.clock += 1;
        let (name, used): (Arc<str>, u64) = (key.into(), inside.clock);
        inside.by_use.insert(used, Arc::clone(&name));
        inside.by_key.insert(name, Kept { value, bytes, used });
        inside.bytes += bytes;
    }

    /// Forgets all keys that begin so.
    pub fn forget(&self, prefix: &str) {
        let mut inside = self.lock();
        let keys: Vec<Arc<str>> = inside
            .by_key
            .range::<str, _>((std::ops::Bound::Included(prefix), std::ops::Bound::Unbounded))
            .map(|(key, _)| Arc::clone(key))
            .take_while(|it| it.starts_with(prefix))
            .collect();
        for it in &keys {
            inside.drop_key(it);
        }
    }

    pub fn bytes(&self) -> usize {
        self.lock().bytes
    }

    fn lock(&self) -> MutexGuard<'_, Inside<V>> {
        // Every change is finished before anything that can fail.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V> Inside<V> {
    fn drop_key(&mut self, key: &str) {
        if let Some(gone) = self.by_key.remove(key) {
            self.by_use.remove(&gone.used);
            self.bytes -= gone.bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_lately_used_goes_first_and_bytes_stay_in_bounds() {
        let cache: Cache<u32> = Cache::new(10_000);
        for at in 0..100_u32 {
            cache.put(&format!("a/{at:03}"), Arc::new(at), 1_000);
            assert!(cache.bytes() <= 10_000);
            assert!(cache.get("a/000").is_some(), "used every time");
        }
        assert!(cache.get("a/001").is_none() && cache.get("a/099").is_some());
        cache.forget("a/09");
        assert!(cache.get("a/099").is_none() && cache.get("a/000").is_some());
        cache.put("large", Arc::new(1), 5_000);
        assert!(cache.get("large").is_none(), "one value does not push out all others");
    }

    #[test]
    fn a_new_value_takes_the_place_of_the_old() {
        let cache: Cache<u32> = Cache::new(10_000);
        (0..50).for_each(|at| cache.put("same", Arc::new(at), 1_000));
        assert_eq!(cache.get("same").as_deref(), Some(&49));
        assert_eq!(cache.bytes(), 1_000 + 4 + OVERHEAD_BYTES);
    }
}
