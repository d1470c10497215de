//! Wire types of both services.
