//! Sources: what is watched, and how it is.
