//! A list for each of many things, without an allocation for each.

/// A list for each article, one after the other: four bytes for each list beside what it holds.
#[derive(Clone, Debug)]
pub struct Lists<T> {
    values: Vec<T>,
    /// Where each begins; one more at the end.
    starts: Vec<u32>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { values: Vec::new(), starts: vec![0] }
    }
}

impl<T: Clone> Lists<T> {
    /// Without a list, with room for so many and what they hold.
    pub fn with_capacity(lists: usize, values: usize) -> Self {
        let mut starts = Vec::with_capacity(lists + 1);
        starts.push(0);
        Self { values: Vec::with_capacity(values), starts }
    }

    /// Adds one more list.
    pub fn push(&mut self, list: impl IntoIterator<Item = T>) {
        self.values.extend(list);
        self.starts.push(self.values.len() as u32);
    }

    /// The list of that number; an empty one where there is none.
    pub fn get(&self, number: usize) -> &[T] {
        let bounds = self.starts.get(number).zip(self.starts.get(number + 1));
        bounds.and_then(|(from, to)| self.values.get(*from as usize..*to as usize)).unwrap_or_default()
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
