-- Who carries what: couriers, handhelds, their keys and certificates (docs/protocol.md, "Enrolment and keys").

-- One row: the life of this database. server_gen changes only by `plus7-central restore`.
CREATE TABLE server (
    one        {int} PRIMARY KEY CHECK (one = 1),
    server_gen {bytes} NOT NULL,
    made_us    {int} NOT NULL
) {strict};

CREATE TABLE courier (
    courier_id TEXT PRIMARY KEY,           -- UUID text
    code       TEXT NOT NULL UNIQUE,       -- what people call out: "C-017"
    name       TEXT NOT NULL,
    name_fold  TEXT NOT NULL,              -- folded in code, for searching
    phone      TEXT,                       -- E.164
    state      TEXT NOT NULL CHECK (state IN ('active', 'blocked')),
    version    {int} NOT NULL,             -- ETag
    created_us {int} NOT NULL
) {strict};

CREATE TABLE device (
    device_id        TEXT PRIMARY KEY,     -- 13 characters; also MQTT user, client id and certificate CN
    label            TEXT NOT NULL,
    label_fold       TEXT NOT NULL DEFAULT '', -- folded in code, for searching
    state            TEXT NOT NULL CHECK (state IN ('created', 'enrolled', 'locked', 'revoked')),
    reason           TEXT,                 -- why it is locked or revoked
    courier_id       TEXT REFERENCES courier (courier_id),
    record_key       {bytes},              -- Ed25519 public key in force; NULL until enrolled
    version          {int} NOT NULL,       -- ETag
    created_us       {int} NOT NULL,
    enrolled_us      {int},
    -- The connection of now; a Will with another nonce is stale and ignored.
    online           {int} NOT NULL DEFAULT 0,
    connection_nonce {bytes},
    boot             {bytes},
    boot_before      {bytes},              -- the boot before this one: two handhelds with one identity alternate
    boot_flips       {int} NOT NULL DEFAULT 0,
    last_seen_us     {int},
    unacked          {int},
    agent_version    TEXT,
    -- The replicated table sent down (docs/protocol.md, "View").
    view_head        {int} NOT NULL DEFAULT 0,
    view_acked       {int} NOT NULL DEFAULT 0,
    view_acked_hash  {bytes},
    view_sent        {int} NOT NULL DEFAULT 0,  -- the version sent last, and its hash: what the device's answer is held against
    view_sent_hash   {bytes}
) {strict};
CREATE INDEX device_courier ON device (courier_id);

-- Every record key a device ever had: old facts stay verifiable.
CREATE TABLE device_key (
    device_id  TEXT NOT NULL REFERENCES device (device_id),
    public_key {bytes} NOT NULL,
    from_us    {int} NOT NULL,
    until_us   {int},
    PRIMARY KEY (device_id, public_key)
) {strict};

-- One-time enrolment tokens; only the hash is kept. csr_key binds the token to the first CSR that finished.
CREATE TABLE enrolment (
    token_hash  {bytes} PRIMARY KEY,
    device_id   TEXT NOT NULL REFERENCES device (device_id),
    created_us  {int} NOT NULL,
    expires_us  {int} NOT NULL,
    nonce       {bytes},
    csr_key     {bytes},                   -- SHA-256 of the public key that finished it
    certificate TEXT,                      -- PEM given in answer; given again for the same key within 24 h
    finished_us {int}
) {strict};
CREATE INDEX enrolment_device ON enrolment (device_id);

CREATE TABLE certificate (
    serial       TEXT PRIMARY KEY,         -- hex
    device_id    TEXT NOT NULL REFERENCES device (device_id),
    csr_key      {bytes} NOT NULL,         -- SHA-256 of the public key it certifies
    pem          TEXT NOT NULL,
    issued_us    {int} NOT NULL,
    not_after_us {int} NOT NULL,
    revoked_us   {int}                     -- the list of the CA folder follows (app/devices/revocations)
) {strict};
CREATE INDEX certificate_device ON certificate (device_id);
