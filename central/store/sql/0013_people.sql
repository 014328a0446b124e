-- How couriers sign in on a handheld, where they work, and orders that go to a pickup point.

-- What a handheld checks a courier's badge and PIN against; neither of them is kept.
CREATE TABLE courier_sign_in (
    courier_id TEXT PRIMARY KEY REFERENCES courier (courier_id),
    badge_hash {bytes} NOT NULL,           -- SHA-256 of the badge's secret (wire/hand_codes)
    pin_salt   {bytes} NOT NULL,
    pin_hash   {bytes} NOT NULL            -- Argon2id
) {strict};

-- The pickup point he is a clerk of; none: he drives.
ALTER TABLE courier ADD COLUMN site_id TEXT REFERENCES site (site_id);
CREATE INDEX courier_site ON courier (site_id);

-- The pickup point it goes to; none: to the recipient's door.
ALTER TABLE customer_order ADD COLUMN point_id TEXT REFERENCES site (site_id);
CREATE INDEX customer_order_point ON customer_order (point_id);
