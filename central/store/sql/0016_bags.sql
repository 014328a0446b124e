-- Sorting, bags and line haul. Where parcels are stays in 0007_custody.sql; here is what they lie and travel in.

-- What a depot calls the place on its floor for one direction: "12", "A-3".
CREATE TABLE depot_cell (
    site_id   TEXT NOT NULL REFERENCES site (site_id),
    goal_kind TEXT NOT NULL,               -- courier, point, depot, back, damaged, none
    goal_id   TEXT NOT NULL,               -- '' where the kind says all
    cell      TEXT NOT NULL,
    PRIMARY KEY (site_id, goal_kind, goal_id)
) {strict};

-- The last time a parcel was sorted at a depot, and whereto.
CREATE TABLE depot_sorted (
    site_id   TEXT NOT NULL REFERENCES site (site_id),
    parcel_id TEXT NOT NULL,
    goal_kind TEXT NOT NULL,
    goal_id   TEXT NOT NULL,
    at_us     {int} NOT NULL,
    staff_id  TEXT NOT NULL,
    PRIMARY KEY (site_id, parcel_id)
) {strict};

-- The last numbers given to bags and trips.
CREATE TABLE haul_number (
    kind TEXT PRIMARY KEY,
    last {int} NOT NULL
) {strict};
INSERT INTO haul_number (kind, last) VALUES ('bag', 10000), ('trip', 10000);

CREATE TABLE bag (
    bag_id     TEXT PRIMARY KEY,           -- UUID text
    number     TEXT NOT NULL UNIQUE,       -- also its barcode: BAG-10001
    site_id    TEXT,                       -- the depot where it lies; none: it is under way or no more
    goal_kind  TEXT NOT NULL CHECK (goal_kind IN ('courier', 'point', 'depot')),
    goal_id    TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('open', 'closed', 'done')),
    seal       TEXT,
    created_us {int} NOT NULL
) {strict};
CREATE INDEX bag_site ON bag (site_id, state);

-- What is in it and what was.
CREATE TABLE bag_parcel (
    bag_id    TEXT NOT NULL REFERENCES bag (bag_id),
    parcel_id TEXT NOT NULL,
    put_us    {int} NOT NULL,
    put_by    TEXT NOT NULL,
    out_us    {int},
    out_by    TEXT,
    out_why   TEXT,                        -- taken_out, moved, gone: it left; handed, arrived: the bag's way ended
    PRIMARY KEY (bag_id, parcel_id, put_us)
) {strict};
CREATE UNIQUE INDEX bag_parcel_in ON bag_parcel (parcel_id) WHERE out_us IS NULL;

CREATE TABLE bag_event (
    bag_id   TEXT NOT NULL REFERENCES bag (bag_id),
    number   {int} NOT NULL,
    what     TEXT NOT NULL,                -- opened, closed, reopened, loaded, taken, handed, arrived
    at_us    {int} NOT NULL,
    staff_id TEXT NOT NULL,
    note     TEXT,                         -- the seal, the reason, the trip's number
    PRIMARY KEY (bag_id, number)
) {strict};

CREATE TABLE trip (
    trip_id    TEXT PRIMARY KEY,           -- UUID text
    number     TEXT NOT NULL UNIQUE,       -- T-10001
    from_site  TEXT NOT NULL REFERENCES site (site_id),
    to_site    TEXT NOT NULL REFERENCES site (site_id),
    courier_id TEXT REFERENCES courier (courier_id),
    carrier    TEXT,                       -- somebody else's driver; then the trip itself is the holder
    vehicle    TEXT,
    state      TEXT NOT NULL CHECK (state IN ('loading', 'under_way', 'closed')),
    created_us {int} NOT NULL,
    created_by TEXT NOT NULL,
    left_us    {int},
    left_by    TEXT,
    closed_us  {int},
    closed_by  TEXT,
    act        {bytes}                     -- of discrepancies, as it was printed at the closing
) {strict};
CREATE INDEX trip_from ON trip (from_site, state);
CREATE INDEX trip_to ON trip (to_site, state);

CREATE TABLE trip_parcel (
    trip_id   TEXT NOT NULL REFERENCES trip (trip_id),
    parcel_id TEXT NOT NULL,
    bag_id    TEXT,
    event_id  {bytes} NOT NULL,            -- the handover: to the driver; of what nobody expected, to where it came
    at_us     {int} NOT NULL,
    staff_id  TEXT NOT NULL,
    extra     {int} NOT NULL,              -- came with the trip, and is not on its list
    PRIMARY KEY (trip_id, parcel_id)
) {strict};
CREATE INDEX trip_parcel_event ON trip_parcel (event_id);
