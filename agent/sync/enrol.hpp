// Makes this device known to central: keys, certificate, broker address; and renews the certificate. Blocks on HTTP:
// from the command line or a worker, never on the loop or storage thread.
#pragma once
#include "agent/store/identity.hpp"
#include "agent/sync/enrol_link.hpp"
#include "shared/crypto/certificates.hpp"
#include "shared/http/client.hpp"

namespace plus7::agent::sync {

// Keys that are there are kept: a lost answer is asked for again with the same link within 24 hours, and enrolling a
// known device again keeps its id, epoch and outbox. Everything the answer names is checked against the link's
// fingerprint and our keys before a file is written; identity.json comes last.
// expired, denied, limit: central's word; conflict: the data directory belongs to another device; unavailable: no
// usable answer. `trust` may name system roots for tests; the pin of the link is added.
core::Result<store::Identity> enrol(const EnrolLink& link, const store::IdentityFiles& files, http::Trust trust = {});

// From day 30 of the certificate on, plus up to 10 days that differ from device to device.
bool renewal_due(const crypto::Certificate& certificate, const core::DeviceId& device, core::TimeUs now);

// A new certificate for the same TLS key; works until 90 days after the old one ran out. denied: revoked.
core::Status renew_certificate(const store::Identity& identity, const store::IdentityFiles& files,
                               http::Trust trust = {});

}  // namespace plus7::agent::sync
