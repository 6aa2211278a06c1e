//! Keys, sealing and blind indexes.
