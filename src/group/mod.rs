//! Stage 2, `[Article] → Archive`: one file per grouping.

pub mod related;
