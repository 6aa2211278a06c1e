//! Tests of reading, assembling and printing.
