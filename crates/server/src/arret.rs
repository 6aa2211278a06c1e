//! Graceful stop: who asked for it, and until when what is running may go on.
