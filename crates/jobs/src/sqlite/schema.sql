-- Version 1. Times are milliseconds since 1970.

CREATE TABLE jobs (
    seq        INTEGER PRIMARY KEY,
    id         TEXT    NOT NULL UNIQUE,
    tenant     TEXT    NOT NULL,
    digest     TEXT    NOT NULL,
    -- 0 interactive, 1 bulk
    priority   INTEGER NOT NULL,
    -- 0 queued, 1 running, 2 done, 3 set aside, 4 cancelled
    state      INTEGER NOT NULL DEFAULT 0,
    exercise   TEXT,
    callback   TEXT,
    created    INTEGER NOT NULL,
    started    INTEGER,
    ended      INTEGER,
    -- How often it was delivered; the last delivery's number is its lease.
    deliveries INTEGER NOT NULL DEFAULT 0,
    -- How many of its leases ended without a word.
    deaths     INTEGER NOT NULL DEFAULT 0,
    reason     TEXT,
    -- What is to be run, until it has ended.
    body       BLOB,
    result     BLOB
) STRICT;

CREATE INDEX jobs_open ON jobs (seq) WHERE state < 2;
CREATE INDEX jobs_ended ON jobs (ended) WHERE state >= 2;

CREATE TABLE batches (
    id       TEXT    PRIMARY KEY,
    tenant   TEXT    NOT NULL,
    digest   TEXT    NOT NULL,
    callback TEXT,
    created  INTEGER NOT NULL,
    ended    INTEGER,
    total    INTEGER NOT NULL,
    -- How many of its jobs have ended: the number of its last event.
    events   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX batches_ended ON batches (ended) WHERE ended IS NOT NULL;

CREATE TABLE members (
    batch TEXT    NOT NULL REFERENCES batches ON DELETE CASCADE,
    place INTEGER NOT NULL,
    job   INTEGER NOT NULL REFERENCES jobs,
    -- The number of the event that told of its end.
    event INTEGER,
    PRIMARY KEY (batch, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX members_job ON members (job);
CREATE INDEX members_event ON members (batch, event) WHERE event IS NOT NULL;

CREATE TABLE calls (
    seq      INTEGER PRIMARY KEY,
    -- Of one of these.
    job      INTEGER UNIQUE REFERENCES jobs ON DELETE CASCADE,
    batch    TEXT    UNIQUE REFERENCES batches ON DELETE CASCADE,
    url      TEXT    NOT NULL,
    -- 0 pending, 1 delivered, 2 given up
    state    INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    due      INTEGER NOT NULL,
    error    TEXT
) STRICT;

CREATE INDEX calls_due ON calls (due) WHERE state = 0;

PRAGMA user_version = 1;
