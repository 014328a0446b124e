// A handheld at the HTTP side: keys, enrolment, renewal; and facts and track records it would have sent.
#pragma once
#include "central/store/field_store.hpp"
#include "shared/core/random.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/tls_key.hpp"
#include "shared/model/fix.hpp"
#include "shared/wire/gap_record.hpp"
#include "tests/central/api/api_house.hpp"

namespace plus7::test {

struct HandheldKeys {
    crypto::TlsKey tls = crypto::TlsKey::generate();
    crypto::SigningKey record = crypto::SigningKey::generate();
};

// The token of an enrolment's url.
std::string token_of(const std::string& url);
// Body of POST /enrol/finish.
std::string finish_body(const HandheldKeys& keys, const std::string& token, const std::string& nonce,
                        const std::string& device);
std::string renew_body(const HandheldKeys& keys, const std::string& certificate, const std::string& device);

// Creates courier and device in the office and enrols the device; their ids.
struct FieldPair {
    std::string courier, device, certificate;
    core::DeviceId id() const { return *core::DeviceId::parse(device); }
};
FieldPair field_pair(ApiHouse& house, Browser& office, const std::string& code, const HandheldKeys& keys);

// What ingest would write: an act, a shift, a track record.
void put_act(ApiHouse& house, const FieldPair& pair, const std::string& type, core::TimeUs at, core::TimeUs received,
             core::Bytes data);
std::string put_shift(ApiHouse& house, const FieldPair& pair, core::TimeUs from, std::optional<core::TimeUs> to);
// One block of fixes a second apart, walking north; `seq` in the device's one epoch.
void put_block(ApiHouse& house, const FieldPair& pair, std::uint64_t seq, core::TimeUs from, int fixes,
               core::TimeUs received);
void put_gap(ApiHouse& house, const FieldPair& pair, std::uint64_t seq, const wire::Gap& gap, core::TimeUs received);

}  // namespace plus7::test
