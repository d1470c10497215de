//! A resolver of a test's own: names with addresses that change, as an engine's for containers.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, UdpSocket};
use std::sync::{Arc, Mutex};

/// Addresses by name.
type Table = Arc<Mutex<BTreeMap<String, Vec<Ipv4Addr>>>>;

/// Answers for as long as the test runs.
pub struct Names {
    table: Table,
    /// Where it is asked, at port 53.
    pub address: Ipv4Addr,
}

impl Names {
    /// Starts one.
    ///
    /// # Panics
    /// Port 53 of this address cannot be had: that takes root.
    pub fn start(address: Ipv4Addr) -> Names {
        let socket = UdpSocket::bind((address, 53)).expect("port 53 of an address of loopback: run this as root");
        let table = Table::default();
        let known = Arc::clone(&table);
        std::thread::spawn(move || {
            let mut question = [0; 1500];
            while let Ok((length, from)) = socket.recv_from(&mut question) {
                if let Some(answer) = answer(&question[..length], &known) {
                    let _ = socket.send_to(&answer, from);
                }
            }
        });
        Names { table, address }
    }

    /// From now on this name has these addresses.
    pub fn set(&self, name: &str, addresses: &[Ipv4Addr]) {
        self.table.lock().expect("no thread panics with it").insert(name.into(), addresses.to_vec());
    }
}

/// RFC 1035: the header, the question as it came, and each address with a time to live of nothing.
fn answer(question: &[u8], known: &Table) -> Option<Vec<u8>> {
    let mut at = 12;
    let mut name = Vec::new();
    while let length @ 1.. = usize::from(*question.get(at)?) {
        name.push(String::from_utf8_lossy(question.get(at + 1..=at + length)?).to_lowercase());
        at += length + 1;
    }
    let is_for_addresses = question.get(at + 1..at + 3)? == [0, 1];
    let known = known.lock().expect("no thread panics with it").get(&name.join(".")).cloned();
    let code = if known.is_some() { 0 } else { 3 };
    let addresses = known.filter(|_| is_for_addresses).unwrap_or_default();
    let mut answer = question.get(..2)?.to_vec();
    answer.extend([0x85, 0x80 | code, 0, 1, 0, u8::try_from(addresses.len()).ok()?, 0, 0, 0, 0]);
    answer.extend(question.get(12..at + 5)?);
    for address in addresses {
        answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4]);
        answer.extend(address.octets());
    }
    Some(answer)
}
