//! Binary `espace-partenaires`: configuration, wiring and command line; no rules.

fn main() {}
