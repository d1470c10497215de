//! `portal health`: for container health checks, where there is no curl.

use std::process::ExitCode;
use std::time::Duration;

use axum::http::Uri;
use bytes::Bytes;
use clap::Args;
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio::time::timeout;

use super::{complain, print};

/// For the whole answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Of the answer, in bytes.
const ANSWER_MAX: usize = 1 << 20;

#[derive(Debug, Args)]
pub struct HealthArgs {
    /// Port of the portal on this machine
    #[arg(long, env, default_value = "3000")]
    port: u16,
    /// Its address, if it is elsewhere, such as `http://10.0.0.7:3000`
    #[arg(long)]
    url: Option<String>,
}

pub async fn ask(args: HealthArgs) -> ExitCode {
    let url = args.url.unwrap_or_else(|| format!("http://127.0.0.1:{}", args.port));
    let Ok(uri) = format!("{}/health", url.trim_end_matches('/')).parse::<Uri>() else {
        return complain(format!("--url {url:?} is no address"), super::USAGE);
    };
    let client = Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>();
    let exchange = async {
        let response = client.get(uri).await.map_err(|error| executor::pool::chain(&error))?;
        let status = response.status();
        let body = Limited::new(response.into_body(), ANSWER_MAX).collect().await.map_err(|error| error.to_string())?;
        Ok::<_, String>((status, body.to_bytes()))
    };
    match timeout(PATIENCE, exchange).await {
        Ok(Ok((status, body))) => {
            print(&format!("{}\n", String::from_utf8_lossy(&body)));
            if status.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Ok(Err(problem)) => complain(format!("{url}: {problem}"), 1),
        Err(_) => complain(format!("{url}: no answer in {PATIENCE:?}"), 1),
    }
}
