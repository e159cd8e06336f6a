//! Faults by chance, from a seed.
