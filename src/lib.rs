//! Backfile: raw articles of any format in, a finished news archive out.
#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod archive;
pub mod article;
pub mod config;
pub mod convert;
pub mod date;
pub mod diagnostic;
pub mod disk;
pub mod group;
pub mod markup;
pub mod page;
pub mod plan;
pub mod progress;
pub mod render;
pub mod run;
