//! `portal`: see [`portal::cli`].

fn main() -> std::process::ExitCode {
    portal::cli::main()
}
