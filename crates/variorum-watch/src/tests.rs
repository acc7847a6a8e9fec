//! What somebody who watches relies on.
