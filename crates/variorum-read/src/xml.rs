//! XML as it is written: a tolerant tree with limits, for feeds, sitemaps and agency formats.
