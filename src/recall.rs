//! A table of fixed size that keeps what was made lately, so that it need not be made again: it saves time and decides
//! nothing. The archive of a million articles does not fit in it, and need not: what is asked for again is asked for
//! soon, since pages that lie beside each other show the same articles.

use std::sync::{Mutex, PoisonError};

/// Answers by key, each at a place that its key decides; a later one takes the place of an earlier one. May be used from
/// many threads.
#[derive(Debug)]
pub struct Recall<K, V> {
    places: Box<[Place<K, V>]>,
}

type Place<K, V> = Mutex<Option<(K, V)>>;

impl<K: Eq, V: Clone> Recall<K, V> {
    /// A table with so many places.
    pub fn new(places: usize) -> Self {
        Self { places: (0..places.max(1)).map(|_| Mutex::default()).collect() }
    }

    /// The answer kept under `key`, which is looked for at `place`.
    pub fn get(&self, place: u64, key: &K) -> Option<V> {
        let place = self.place(place).lock().unwrap_or_else(PoisonError::into_inner);
        place.as_ref().filter(|(kept, _)| kept == key).map(|(_, answer)| answer.clone())
    }

    /// Keeps an answer.
    pub fn keep(&self, place: u64, key: K, answer: V) {
        // What had the place is dropped when the place is free for others.
        let _former = self.place(place).lock().unwrap_or_else(PoisonError::into_inner).replace((key, answer));
    }

    fn place(&self, place: u64) -> &Place<K, V> {
        &self.places[(place % self.places.len() as u64) as usize]
    }
}
