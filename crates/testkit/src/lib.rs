//! TestApp, personas, builders and a database per test.
