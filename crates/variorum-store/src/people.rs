//! People: who may read, edit and administer, and what each did.
