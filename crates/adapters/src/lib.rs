//! The ports of app made real.
