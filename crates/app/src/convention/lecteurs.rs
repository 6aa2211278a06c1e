//! Every parameter that differs has a reader.
