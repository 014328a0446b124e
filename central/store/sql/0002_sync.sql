-- What handhelds sent: lanes, records, effects, and what could not be taken (docs/protocol.md).

-- One unbroken life of a device's database; its row is the cursor and the lock of ingest.
CREATE TABLE epoch (
    device_id   TEXT NOT NULL REFERENCES device (device_id),
    epoch       {bytes} NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'sealed', 'frozen')),
    parent      {bytes},
    parent_upto {int},
    parent_hash {bytes},
    fact_upto   {int} NOT NULL DEFAULT 0,  -- facts 1 … fact_upto are durable here
    fact_hash   {bytes},                   -- hash of fact fact_upto
    track_upto  {int} NOT NULL DEFAULT 0,  -- contiguous prefix; what lies beyond is found in the rows
    blob_upto   {int} NOT NULL DEFAULT 0,
    opened_us   {int} NOT NULL,
    PRIMARY KEY (device_id, epoch)
) {strict};

CREATE TABLE fact_record (
    device_id   TEXT NOT NULL,
    epoch       {bytes} NOT NULL,
    seq         {int} NOT NULL,
    hash        {bytes} NOT NULL,          -- SHA-256 of the body
    event_id    {bytes},                   -- NULL: the record could not be read (see quarantine)
    flags       TEXT NOT NULL,             -- '' or words: after_gap, late, repeat, disputed, poison, unknown_type
    bytes       {bytes} NOT NULL,          -- [body, sig] exactly as received
    received_us {int} NOT NULL,
    PRIMARY KEY (device_id, epoch, seq)
) {strict};

-- A second record under the same seq, a second body under the same event id, what came for an epoch that was over: kept,
-- without effect.
CREATE TABLE disputed_record (
    device_id   TEXT NOT NULL,
    epoch       {bytes} NOT NULL,
    lane        {int} NOT NULL,
    seq         {int} NOT NULL,
    hash        {bytes} NOT NULL,
    bytes       {bytes} NOT NULL,
    reason      TEXT NOT NULL,             -- fork, event, sealed, frozen
    received_us {int} NOT NULL,
    PRIMARY KEY (device_id, epoch, lane, seq, hash)
) {strict};

-- Effects: an event id has at most one.
CREATE TABLE event (
    event_id    {bytes} PRIMARY KEY,
    device_id   TEXT NOT NULL,
    epoch       {bytes} NOT NULL,
    seq         {int} NOT NULL,
    type        TEXT NOT NULL,
    digest      {bytes} NOT NULL,          -- SHA-256 over (type, at, who, about, data): tells a repeat from a dispute
    received_us {int} NOT NULL
) {strict};

-- The ordered log that projections are rebuilt from: one row per subject of an event (docs/architecture.md).
CREATE TABLE event_log (
    subject_kind TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    subject_seq  {int} NOT NULL,
    event_id     {bytes} NOT NULL,
    origin       TEXT NOT NULL CHECK (origin IN ('device', 'staff', 'customer', 'job', 'provider')),
    received_us  {int} NOT NULL,
    bytes        {bytes} NOT NULL,
    PRIMARY KEY (subject_kind, subject_id, subject_seq)
) {strict};
CREATE INDEX event_log_event ON event_log (event_id);

CREATE TABLE subject (
    subject_kind TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    last_seq     {int} NOT NULL,
    PRIMARY KEY (subject_kind, subject_id)
) {strict};

CREATE TABLE track_record (
    device_id   TEXT NOT NULL,
    epoch       {bytes} NOT NULL,
    seq         {int} NOT NULL,
    kind        {int} NOT NULL,            -- 1 block, 2 gap, 0 unreadable, others of later versions
    t0_us       {int} NOT NULL,
    t1_us       {int} NOT NULL,
    fixes       {int} NOT NULL,
    bytes       {bytes} NOT NULL,          -- the record exactly as received
    received_us {int} NOT NULL,
    PRIMARY KEY (device_id, epoch, seq)
) {strict};
CREATE INDEX track_record_time ON track_record (device_id, t1_us);

-- Seqs that a gap record declared as never coming: they count as received.
CREATE TABLE track_never (
    device_id TEXT NOT NULL,
    epoch     {bytes} NOT NULL,
    first_seq {int} NOT NULL,
    last_seq  {int} NOT NULL,
    PRIMARY KEY (device_id, epoch, first_seq)
) {strict};

CREATE TABLE blob_chunk (
    device_id   TEXT NOT NULL,
    epoch       {bytes} NOT NULL,
    seq         {int} NOT NULL,
    hash        {bytes} NOT NULL,          -- SHA-256 of the record: tells a repeat from a fork
    sha256      {bytes} NOT NULL,          -- of the whole blob; zeros: the record could not be read
    total       {int} NOT NULL,
    at_offset   {int} NOT NULL,
    bytes       {bytes} NOT NULL,          -- empty once spent
    spent       {int} NOT NULL,            -- 1: assembled, or found broken and asked for again
    received_us {int} NOT NULL,
    PRIMARY KEY (device_id, epoch, seq)
) {strict};
CREATE INDEX blob_chunk_whole ON blob_chunk (device_id, sha256, at_offset);

-- A blob whose chunks were assembled and whose hash was checked.
CREATE TABLE blob (
    sha256      {bytes} PRIMARY KEY,
    bytes       {bytes} NOT NULL,
    received_us {int} NOT NULL
) {strict};

-- Frames and records that could not be read or verified, as they came.
CREATE TABLE quarantine (
    quarantine_id {bytes} PRIMARY KEY,     -- UUIDv7
    device_id     TEXT,
    topic         TEXT NOT NULL,
    epoch         {bytes},
    seq           {int},
    reason        TEXT NOT NULL,
    bytes         {bytes} NOT NULL,
    received_us   {int} NOT NULL
) {strict};
CREATE INDEX quarantine_device ON quarantine (device_id, received_us);

-- Batches whose ingest did not end: after the third time a batch is split, then its record is set aside.
CREATE TABLE ingest_attempt (
    device_id TEXT NOT NULL,
    epoch     {bytes} NOT NULL,
    lane      {int} NOT NULL,
    first_seq {int} NOT NULL,
    records   {int} NOT NULL,
    tries     {int} NOT NULL,
    PRIMARY KEY (device_id, epoch, lane, first_seq, records)
) {strict};

-- What a human has to look at: forks, clones, gaps, poison, disputes.
CREATE TABLE casefile (
    case_id   {bytes} PRIMARY KEY,         -- UUIDv5 of kind and subject: a repeat opens nothing new
    kind      TEXT NOT NULL,
    device_id TEXT,
    detail    TEXT NOT NULL,               -- JSON, no personal data
    opened_us {int} NOT NULL,
    closed_us {int},
    closed_by TEXT
) {strict};
CREATE INDEX casefile_open ON casefile (closed_us, opened_us);

-- Rows of the view as a device must have them; removed rows stay as tombstones until acknowledged.
CREATE TABLE view_row (
    device_id TEXT NOT NULL REFERENCES device (device_id),
    kind      {int} NOT NULL,              -- wire::RowKind
    row_id    {bytes} NOT NULL,            -- 16 bytes
    version   {int} NOT NULL,
    body      {bytes},                     -- NULL: removed
    PRIMARY KEY (device_id, kind, row_id)
) {strict};
CREATE INDEX view_row_version ON view_row (device_id, version);
