//! How far a run is, for whoever shows it.

/// Is told how far a run is. Called from many threads.
pub trait Progress: Sync {
    /// A step begins: what it does, as in "converting", and how many items it has, if that is known.
    fn begin(&self, step: &str, items: Option<u64>);

    /// So many more items of the step are done.
    fn advance(&self, items: u64);
}

/// Shows nothing.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _step: &str, _items: Option<u64>) {}
    fn advance(&self, _items: u64) {}
}
