//! `python-executor`: see [`executor::cli`].

fn main() -> std::process::ExitCode {
    executor::cli::main()
}
