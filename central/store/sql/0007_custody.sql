-- Where parcels are and how they got there: derived from event_log (subject 'parcel'), rebuilt from it by
-- `plus7-central verify`.

CREATE TABLE custody (
    parcel_id       TEXT PRIMARY KEY,      -- UUID text
    order_id        TEXT NOT NULL,
    version         {int} NOT NULL,        -- what handhelds are told, and what they knew comes back with their facts
    events          {int} NOT NULL,        -- of the story
    holder_kind     TEXT NOT NULL,
    holder_id       {bytes},               -- of the depot, courier or point
    status          TEXT NOT NULL,         -- model::ParcelStatus
    state           {bytes} NOT NULL,      -- everything the rules need (custody_codec)
    changed_us      {int} NOT NULL
) {strict};
CREATE INDEX custody_order ON custody (order_id);
CREATE INDEX custody_holder ON custody (holder_kind, holder_id);

CREATE TABLE order_state (
    order_id   TEXT PRIMARY KEY,
    status     TEXT NOT NULL,
    changed_us {int} NOT NULL
) {strict};
CREATE INDEX order_state_status ON order_state (status);

-- The story of a parcel, one line per event of it.
CREATE TABLE parcel_event (
    parcel_id   TEXT NOT NULL,
    number      {int} NOT NULL,            -- as central took them, from 1
    order_id    TEXT NOT NULL,
    event_id    {bytes} NOT NULL,
    type        TEXT NOT NULL,
    by_kind     TEXT NOT NULL CHECK (by_kind IN ('courier', 'staff', 'system')),
    by_id       TEXT,
    device_id   TEXT,
    at_us       {int} NOT NULL,
    trust       TEXT NOT NULL,
    received_us {int} NOT NULL,
    lat_e7      {int},
    lon_e7      {int},
    from_kind   TEXT,
    from_id     {bytes},
    to_kind     TEXT,
    to_id       {bytes},
    reason      TEXT,
    proofs      TEXT NOT NULL,             -- "code,photo"; "code_wrong" when the commitment is not to the order's code
    effect      TEXT NOT NULL,             -- model::Effect
    doubt       TEXT NOT NULL,             -- model::CaseReason, '' for none
    undone      {int} NOT NULL,
    status      TEXT NOT NULL,             -- of the parcel after it
    PRIMARY KEY (parcel_id, number)
) {strict};
CREATE INDEX parcel_event_order ON parcel_event (order_id, received_us);
CREATE INDEX parcel_event_event ON parcel_event (event_id);
