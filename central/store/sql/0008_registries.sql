-- What partners told us to expect, and how their files were read.

-- A partner's list of parcels to expect at one depot.
CREATE TABLE registry (
    registry_id  TEXT PRIMARY KEY,         -- UUID text
    number       TEXT NOT NULL UNIQUE,     -- ours: R-104
    outer_number TEXT,                     -- the partner's
    sender       TEXT NOT NULL,
    site_id      TEXT NOT NULL REFERENCES site (site_id),
    state        TEXT NOT NULL CHECK (state IN ('reading', 'open', 'closed')),
    total        {int} NOT NULL,           -- lines listed, so far or in all
    version      {int} NOT NULL,           -- ETag
    created_us   {int} NOT NULL,
    created_by   TEXT,                     -- staff
    closed_us    {int}
) {strict};
CREATE INDEX registry_created ON registry (created_us, registry_id);
CREATE INDEX registry_partner ON registry (sender, outer_number);

CREATE TABLE registry_line (
    registry_id TEXT NOT NULL REFERENCES registry (registry_id),
    line        {int} NOT NULL,            -- from 1
    parcel_id   TEXT NOT NULL REFERENCES parcel (parcel_id),
    PRIMARY KEY (registry_id, line, parcel_id)
) {strict};
CREATE INDEX registry_line_parcel ON registry_line (parcel_id);

-- The last number given to a registry.
CREATE TABLE registry_number (
    one  {int} PRIMARY KEY CHECK (one = 1),
    last {int} NOT NULL
) {strict};
INSERT INTO registry_number (one, last) VALUES (1, 100);

-- How far the last file of a registry was read. `alive_us` grows while somebody reads; a file that is neither done nor
-- alive was interrupted.
CREATE TABLE registry_import (
    registry_id TEXT PRIMARY KEY REFERENCES registry (registry_id),
    run_id      TEXT NOT NULL,             -- UUID text: another one has taken over when it differs
    file_hash   {bytes} NOT NULL,          -- SHA-256
    header      TEXT NOT NULL,             -- the file's own columns, a line of CSV
    lines       {int} NOT NULL,            -- of the file
    done        {int} NOT NULL,            -- of them
    created     {int} NOT NULL,
    updated     {int} NOT NULL,
    unchanged   {int} NOT NULL,
    rejected    {int} NOT NULL,
    started_us  {int} NOT NULL,
    alive_us    {int} NOT NULL,
    ended_us    {int}
) {strict};
CREATE INDEX registry_import_file ON registry_import (file_hash);

-- Lines of that file that were not taken, as they came, with what is wrong: they are given back as a file.
CREATE TABLE registry_reject (
    registry_id TEXT NOT NULL REFERENCES registry (registry_id),
    line        {int} NOT NULL,            -- of the file, its header is 1
    cells       TEXT NOT NULL,             -- a line of CSV
    faults      TEXT NOT NULL,             -- "phone:malformed;slot_to:required;:other_line:7"
    PRIMARY KEY (registry_id, line)
) {strict};

-- A sender's own number names one order of his.
CREATE UNIQUE INDEX customer_order_sender_ref ON customer_order (sender, outer_ref);
