//! Graded programs.
