//! Alerts: what a desk asked to be told, what was found, and what was sent.
