//! `python-executor health`: asks a running service how it is, for health checks of containers, which have no curl.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;

/// Ask the service of this machine, or container, how it is.
#[derive(Debug, Args)]
#[command(after_help = "Exit code: 0 when programs can be run, 1 when not or when nobody answers.")]
pub struct HealthArgs {
    /// Address that the service listens on
    #[arg(long, env, default_value = "127.0.0.1")]
    host: IpAddr,
    /// Its port
    #[arg(long, env, default_value = "3001")]
    port: u16,
}

const PATIENCE: Duration = Duration::from_secs(5);

/// Does it: the exit code.
pub fn health(args: &HealthArgs) -> ExitCode {
    match ask(SocketAddr::new(reachable(args.host), args.port)) {
        Ok((200, body)) => {
            println!("{body}");
            ExitCode::SUCCESS
        }
        Ok((_, body)) => {
            println!("{body}");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("python-executor: nobody answers on port {}: {error}", args.port);
            ExitCode::FAILURE
        }
    }
}

/// Where a service that listens on every address is reached from here.
fn reachable(host: IpAddr) -> IpAddr {
    match host {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        other => other,
    }
}

/// `GET /health`: status and body.
fn ask(address: SocketAddr) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET /health HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(1 << 20).read_to_string(&mut answer)?;
    let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok());
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.trim().to_owned());
    status.zip(body).ok_or_else(|| std::io::ErrorKind::InvalidData.into())
}
