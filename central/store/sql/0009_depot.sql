-- The depot floor: what intake and return need beside custody. Where parcels are, and damages: 0007_custody.sql.

-- Codes that were scanned at intake and that the registry (if one was chosen) does not have.
CREATE TABLE depot_extra (
    extra_id    TEXT PRIMARY KEY,          -- UUID text
    site_id     TEXT NOT NULL REFERENCES site (site_id),
    registry_id TEXT,
    code        TEXT NOT NULL,             -- as it was scanned
    parcel_id   TEXT,                      -- one of ours, of another registry or of none
    event_id    {bytes},                   -- the custody event with which it was taken in
    note        TEXT,                      -- what is wrong with it, of a code that is not ours
    staff_id    TEXT NOT NULL,
    scanned_us  {int} NOT NULL,
    undone      {int} NOT NULL
) {strict};
CREATE INDEX depot_extra_registry ON depot_extra (registry_id, scanned_us);
CREATE INDEX depot_extra_code ON depot_extra (site_id, code);

-- What a courier had left in the evening, counted by the depot.
CREATE TABLE return_count (
    count_id   TEXT PRIMARY KEY,           -- UUID text
    site_id    TEXT NOT NULL REFERENCES site (site_id),
    courier_id TEXT NOT NULL REFERENCES courier (courier_id),
    opened_us  {int} NOT NULL,
    opened_by  TEXT NOT NULL,
    closed_us  {int},
    closed_by  TEXT,
    expected   {int} NOT NULL,             -- 0 while it is open
    counted    {int} NOT NULL,
    reason     TEXT                        -- of a difference
) {strict};
CREATE UNIQUE INDEX return_count_open ON return_count (site_id, courier_id) WHERE closed_us IS NULL;
CREATE INDEX return_count_closed ON return_count (site_id, closed_us);

CREATE TABLE return_line (
    count_id  TEXT NOT NULL REFERENCES return_count (count_id),
    parcel_id TEXT NOT NULL,
    event_id  {bytes},                     -- the scan that counted it
    missing   {int} NOT NULL,              -- was still with the courier when the count was closed
    PRIMARY KEY (count_id, parcel_id)
) {strict};
CREATE INDEX return_line_event ON return_line (event_id);


-- Acts of discrepancies as they were printed when the registry was closed; closed again it gets another one.
CREATE TABLE depot_act (
    act_id      TEXT PRIMARY KEY,          -- UUID text
    registry_id TEXT NOT NULL,
    closed_us   {int} NOT NULL,
    closed_by   TEXT NOT NULL,
    pdf         {bytes} NOT NULL
) {strict};
CREATE INDEX depot_act_registry ON depot_act (registry_id, closed_us);

-- Damages are few: a registry of thousands asks for them with every scan.
CREATE INDEX parcel_event_damaged ON parcel_event (parcel_id) WHERE type = 'parcel.damaged';
