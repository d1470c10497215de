//! What waiting costs in memory.

use serde::Serialize;
use tests::faults::{children_of, zygotes};

use crate::proc::Memory;
use crate::stats::median;

/// Of a service at rest, in KiB.
#[derive(Debug, Serialize)]
pub struct Waiting {
    /// Cells that wait, for programs and for tests.
    pub cells: usize,
    /// Pages of a waiting cell that no other process has: the median. Its holder has the same memory, and its keeper
    /// that of its zygote: they have none of their own.
    pub cell_private_kb: f64,
    /// A cell's share of all its pages.
    pub cell_proportional_kb: f64,
    /// The kernel's page tables of a cell.
    pub cell_tables_kb: f64,
    /// Pages that only the service's own process has.
    pub service_private_kb: f64,
    /// That process's share of all its pages.
    pub service_proportional_kb: f64,
    /// The same of all zygotes and launchers together.
    pub zygotes_proportional_kb: f64,
    /// Cells for each GB, by private pages and page tables.
    pub cells_per_gb: f64,
}

/// Looks at a service whose pool is full.
pub fn measure(service: u32) -> Waiting {
    let zygotes = zygotes(service);
    let keepers: Vec<u32> = zygotes.iter().flat_map(|zygote| children_of(*zygote)).collect();
    // The first child is the cell; the holder, which came second, has the same memory.
    let cells: Vec<Memory> =
        keepers.iter().filter_map(|keeper| children_of(*keeper).first().copied()).map(Memory::of).collect();
    let middle = |of: fn(&Memory) -> f64| median(cells.iter().map(of).collect());
    let own = Memory::of(service);
    let launchers = children_of(service).into_iter().filter(|pid| !zygotes.contains(pid));
    let around: f64 = launchers.chain(zygotes.iter().copied()).map(|pid| Memory::of(pid).proportional).sum();
    let (private, tables) = (middle(|cell| cell.private), middle(|cell| cell.tables));
    Waiting {
        cells: cells.len(),
        cell_private_kb: private,
        cell_proportional_kb: middle(|cell| cell.proportional),
        cell_tables_kb: tables,
        service_private_kb: own.private,
        service_proportional_kb: own.proportional,
        zygotes_proportional_kb: around,
        cells_per_gb: f64::from(1 << 20) / (private + tables),
    }
}
