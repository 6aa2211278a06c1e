//! Use cases on demandes.
