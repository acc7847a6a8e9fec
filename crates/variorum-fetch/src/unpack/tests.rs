//! As a stranger would try it.
