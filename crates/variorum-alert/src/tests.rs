//! What a desk relies on that asked to be told.

mod desk;
mod sent;
mod story;
