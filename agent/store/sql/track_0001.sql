-- Positions on their way to central: rows of about 10 s, sealed into records of the track lane.

CREATE TABLE lane (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    epoch       BLOB NOT NULL,
    last        INTEGER NOT NULL,  -- newest number given
    handed      INTEGER NOT NULL,  -- highest number ever handed over: central can know none above it
    digested    INTEGER NOT NULL,  -- a track.digest fact covers 1 … digested
    recording   INTEGER NOT NULL,  -- 1: a start that finds this declares a gap
    last_fix_ms INTEGER NOT NULL   -- of the newest fix that is durable
) STRICT;

CREATE TABLE open_row (
    id          INTEGER PRIMARY KEY,
    t0_ms       INTEGER NOT NULL,
    t1_ms       INTEGER NOT NULL,
    fixes       INTEGER NOT NULL,
    block       BLOB NOT NULL      -- these fixes as a small track block
) STRICT;

CREATE TABLE record (
    seq         INTEGER PRIMARY KEY,
    kind        INTEGER NOT NULL,  -- 1 block, 2 gap
    t0_ms       INTEGER NOT NULL,
    t1_ms       INTEGER NOT NULL,
    fixes       INTEGER NOT NULL,
    hash        BLOB NOT NULL,     -- SHA-256 of the record
    record      BLOB,              -- NULL: acked; the row stays 7 days to say what was here
    acked_us    INTEGER            -- central's clock
) STRICT;
CREATE INDEX record_unacked ON record (seq) WHERE record IS NOT NULL;
