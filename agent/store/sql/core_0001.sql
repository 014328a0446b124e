-- What a handheld must never lose: its facts, where central stands with them, and the view (design/sync-protocol.md).

-- One unbroken life of this database; the row with the highest ordinal is the current one.
CREATE TABLE epoch (
    ordinal     INTEGER PRIMARY KEY,
    epoch       BLOB NOT NULL UNIQUE,
    acked       INTEGER NOT NULL,  -- central made facts 1 … acked durable
    acked_hash  BLOB NOT NULL,     -- of fact `acked`; zeros when that is 0
    last        INTEGER NOT NULL,  -- newest number given
    last_hash   BLOB NOT NULL      -- what the next fact names as `prev`
) STRICT;

CREATE TABLE fact (
    ordinal     INTEGER NOT NULL REFERENCES epoch (ordinal),
    seq         INTEGER NOT NULL,
    last_seq    INTEGER NOT NULL,  -- = seq; of a fact.gap the last number it stands for
    event_id    BLOB NOT NULL,
    type        TEXT NOT NULL,
    hash        BLOB NOT NULL,     -- SHA-256 of the body
    record      BLOB NOT NULL,     -- [body, sig] exactly as sent
    acked_us    INTEGER,           -- central's clock in the ack; NULL = not acked
    PRIMARY KEY (ordinal, seq)
) STRICT;
CREATE INDEX fact_event ON fact (event_id);
CREATE INDEX fact_unacked ON fact (ordinal, seq) WHERE acked_us IS NULL;

CREATE TABLE setting (
    name        TEXT PRIMARY KEY,
    number      INTEGER,
    bytes       BLOB
) STRICT;

-- What the screen shows, changed in the transaction of the fact that changes it.
CREATE TABLE note (
    name        TEXT PRIMARY KEY,
    value       BLOB NOT NULL
) STRICT;

-- Bytes handed to the broker per day (days since 1970, UTC by the device's clock).
CREATE TABLE traffic (
    day         INTEGER PRIMARY KEY,
    bytes       INTEGER NOT NULL
) STRICT;

CREATE TABLE view_row (
    kind        INTEGER NOT NULL,
    id          BLOB NOT NULL,
    version     INTEGER NOT NULL,
    body        BLOB NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;

-- Parts of a delta or snapshot that is not complete yet.
CREATE TABLE view_part (
    part        INTEGER PRIMARY KEY,
    body        BLOB NOT NULL
) STRICT;
