//! How often one may ask: a bucket of tokens for everyone who asks, in bounded memory.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Askers remembered in each of two generations: some 8 MB when full. Who is forgotten begins with a full bucket.
const REMEMBERED: usize = 50_000;

/// What one asker may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// At once, after a pause.
    pub burst: u32,
    /// One more each so often.
    pub every: Duration,
}

/// Who asks, as far as limits are concerned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Asker {
    Address(IpAddr),
    Name(Box<str>),
}

impl Asker {
    /// An address; of IPv6 the network of 64 bits, since whoever has one has all of it.
    pub fn address(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(it) => {
                let [a, b, c, d, ..] = it.segments();
                IpAddr::from([a, b, c, d, 0, 0, 0, 0])
            }
            v4 @ IpAddr::V4(_) => v4,
        })
    }

    pub fn name(name: &str) -> Self {
        Self::Name(name.into())
    }
}

/// Buckets of one kind. A bucket is one number: the time at which it is full again.
#[derive(Debug)]
pub struct Limiter {
    rate: Rate,
    most: usize,
    begun: Instant,
    inside: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Asker, u64>,
    old: HashMap<Asker, u64>,
}

impl Limiter {
    pub fn new(rate: Rate) -> Self {
        Self::remembering(rate, REMEMBERED)
    }

    fn remembering(rate: Rate, most: usize) -> Self {
        Self { rate, most, begun: Instant::now(), inside: Mutex::default() }
    }

    /// Takes one token.
    ///
    /// # Errors
    /// There is none; how long until there is.
    pub fn take(&self, asker: &Asker) -> Result<(), Duration> {
        self.take_at(asker, Instant::now())
    }

    fn take_at(&self, asker: &Asker, now: Instant) -> Result<(), Duration> {
        let now = now.saturating_duration_since(self.begun).as_micros() as u64;
        let each = self.rate.every.as_micros() as u64;
        let room = each * u64::from(self.rate.burst.saturating_sub(1));
        let mut inside = self.lock();
        let full_at = inside.find(asker).max(now);
        if full_at - now > room {
            return Err(Duration::from_micros(full_at - now - room));
        }
        inside.put(asker, full_at + each, self.most);
        Ok(())
    }

    /// Whether a token is there, without taking it.
    ///
    /// # Errors
    /// There is none; how long until there is.
    pub fn look(&self, asker: &Asker) -> Result<(), Duration> {
        let now = self.begun.elapsed().as_micros() as u64;
        let room = self.rate.every.as_micros() as u64 * u64::from(self.rate.burst.saturating_sub(1));
        let ahead = self.lock().find(asker).saturating_sub(now);
        if ahead > room { Err(Duration::from_micros(ahead - room)) } else { Ok(()) }
    }

    /// Gives all tokens back: the right password was given.
    pub fn forgive(&self, asker: &Asker) {
        let mut inside = self.lock();
        inside.young.remove(asker);
        inside.old.remove(asker);
    }

    fn lock(&self) -> MutexGuard<'_, Generations> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    fn find(&self, asker: &Asker) -> u64 {
        self.young.get(asker).or_else(|| self.old.get(asker)).copied().unwrap_or(0)
    }

    /// Those not seen for a whole generation are forgotten together: nothing is ever searched for the oldest.
    fn put(&mut self, asker: &Asker, full_at: u64, most: usize) {
        if let Some(found) = self.young.get_mut(asker) {
            *found = full_at;
            return;
        }
        if self.young.len() >= most {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(asker.clone(), full_at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { burst: 3, every: Duration::from_secs(2) };

    #[test]
    fn a_burst_then_one_each_so_often() {
        let limiter = Limiter::new(RATE);
        let asker = Asker::name("key/1");
        let at = |seconds: u64| limiter.begun + Duration::from_secs(seconds);
        let took: Vec<bool> = [0, 0, 0, 0, 1, 2, 2, 4, 60, 60, 60, 60]
            .iter()
            .map(|it| limiter.take_at(&asker, at(*it)).is_ok())
            .collect();
        assert_eq!(took, [true, true, true, false, false, true, false, true, true, true, true, false]);
        assert_eq!(limiter.take_at(&asker, at(60)), Err(Duration::from_secs(2)));
        assert!(limiter.take_at(&Asker::name("key/2"), at(60)).is_ok(), "each has a bucket");
    }

    #[test]
    fn a_crowd_of_addresses_takes_bounded_memory() {
        let limiter = Limiter::remembering(RATE, 100);
        for at in 0..10_000_u32 {
            let _ = limiter.take(&Asker::Address(IpAddr::from(at.to_be_bytes())));
        }
        let inside = limiter.lock();
        assert!(inside.young.len() <= 100 && inside.old.len() <= 100);
    }

    #[test]
    fn a_network_of_ipv6_is_one_asker() {
        let of = |text: &str| Asker::address(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3::4"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
    }
}
