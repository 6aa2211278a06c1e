//! Use cases, ports, mails and jobs.
