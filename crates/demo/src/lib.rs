//! Conventions, personas and a year of activity, through use cases.
