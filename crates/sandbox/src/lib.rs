//! The sandbox: policy, plan, apply.
