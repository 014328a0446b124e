-- What handhelds signed about their track records (fact track.digest), and whether the records that came are those.

CREATE TABLE track_digest (
    device_id   TEXT NOT NULL,
    epoch       {bytes} NOT NULL,          -- of the track lane, not of the fact
    first_seq   {int} NOT NULL,
    last_seq    {int} NOT NULL,
    hash        {bytes} NOT NULL,
    event_id    {bytes} NOT NULL,          -- the fact
    -- waiting: not all records are here; gone: some never come, so it cannot be compared
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'same', 'differs', 'gone')),
    settled_us  {int},
    PRIMARY KEY (device_id, epoch, event_id)
) {strict};

-- How many digests of the epoch are waiting: a batch of tracks asks for them only then.
ALTER TABLE epoch ADD COLUMN digests_waiting {int} NOT NULL DEFAULT 0;
