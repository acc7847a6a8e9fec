//! The project's own chores: `cargo xtask schema`.

fn main() {}
