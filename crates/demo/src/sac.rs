//! A bag to draw from without putting back, filled again when it is empty: shares come out exact, not about right.

use crate::hasard::HasardSeme;

/// A bag.
#[derive(Debug)]
pub(crate) struct Sac<T> {
    plein: Vec<T>,
    reste: Vec<T>,
}

impl<T: Copy> Sac<T> {
    /// A bag with so many of each; nobody draws from one without anything.
    pub(crate) fn new(parts: impl IntoIterator<Item = (T, usize)>) -> Self {
        let plein = parts.into_iter().flat_map(|(value, count)| std::iter::repeat_n(value, count)).collect();
        Self { plein, reste: Vec::new() }
    }

    /// The next.
    pub(crate) fn draw(&mut self, hasard: &HasardSeme) -> Option<T> {
        if self.plein.is_empty() {
            return None;
        }
        if self.reste.is_empty() {
            self.reste.clone_from(&self.plein);
        }
        Some(self.reste.swap_remove(hasard.below(self.reste.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bag_gives_each_thing_as_often_as_it_holds_it() {
        let hasard = HasardSeme::new(1);
        let mut sac = Sac::new([('a', 3), ('b', 1)]);
        let drawn: String = (0..40).filter_map(|_| sac.draw(&hasard)).collect();
        assert_eq!((drawn.matches('a').count(), drawn.matches('b').count()), (30, 10));
        assert_eq!(Sac::<char>::new([]).draw(&hasard), None);
    }
}
