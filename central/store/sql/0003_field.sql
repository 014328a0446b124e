-- What the records mean, derived from event_log and rebuilt from it by `plus7-central verify`.

CREATE TABLE shift (
    shift_id   TEXT PRIMARY KEY,           -- UUID text, made on the device
    courier_id TEXT,
    device_id  TEXT NOT NULL,
    started_us {int},
    ended_us   {int}
) {strict};
CREATE INDEX shift_courier ON shift (courier_id, started_us);

-- One act of the field with its three times: a scan, the start or end of a shift, an event of the device.
CREATE TABLE act (
    event_id    {bytes} PRIMARY KEY,
    device_id   TEXT NOT NULL,
    courier_id  TEXT,
    shift_id    TEXT,
    epoch       {bytes} NOT NULL,
    seq         {int} NOT NULL,
    type        TEXT NOT NULL,
    at_us       {int} NOT NULL,            -- the best estimate of the true time
    trust       TEXT NOT NULL CHECK (trust IN ('gps', 'mono', 'wall', 'received')),
    gps_us      {int},
    wall_us     {int} NOT NULL,
    wall_src    {int} NOT NULL,
    boot        {bytes} NOT NULL,
    mono_ms     {int} NOT NULL,
    received_us {int} NOT NULL,
    lat_e7      {int},
    lon_e7      {int},
    accuracy_m  {int},
    place_age_ms {int},                    -- age of the fix when the act happened
    flags       TEXT NOT NULL,             -- words: unknown_type, after_gap, evidence
    data        {bytes} NOT NULL           -- what the type carries, as on the wire
) {strict};
CREATE INDEX act_courier ON act (courier_id, at_us);
CREATE INDEX act_device ON act (device_id, at_us);
CREATE INDEX act_device_type ON act (device_id, type, at_us);

-- Ties the monotonic clock of one boot to the time of GPS: gps time minus monotonic time, of the newest fact that had both.
CREATE TABLE boot_anchor (
    device_id TEXT NOT NULL,
    boot      {bytes} NOT NULL,
    offset_us {int} NOT NULL,
    PRIMARY KEY (device_id, boot)
) {strict};

-- The newest place of a device, by the time of the fix; never runs backwards.
CREATE TABLE last_position (
    device_id   TEXT PRIMARY KEY,
    courier_id  TEXT,
    fix_us      {int} NOT NULL,
    received_us {int} NOT NULL,
    lat_e7      {int} NOT NULL,
    lon_e7      {int} NOT NULL,
    speed_cmps  {int},
    course_cdeg {int},
    accuracy_cm {int}
) {strict};
