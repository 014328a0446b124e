// The JSON of central/api/openapi/agent.yaml: what enrolment and renewal send and get. Pure codec.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/wire/map_pack.hpp"

namespace plus7::agent::sync {

std::string enrol_start_request(std::string_view token);

struct EnrolStarted {
    core::Nonce nonce;
    core::DeviceId device;
};
core::Result<EnrolStarted> read_enrol_started(std::string_view body);

struct EnrolProof {
    std::string token;
    core::Nonce nonce;
    std::string csr;  // PEM
    core::PublicKey record_key;
    core::Bytes tls_signature;  // DER
    core::Signature record_signature;
};
std::string enrol_finish_request(const EnrolProof& proof);

struct Enrolled {
    core::DeviceId device;
    std::string certificate;  // PEM
    std::string ca;           // PEM
    std::string broker_host;
    std::uint16_t broker_port = 0;
    core::TimeMs time{};  // central's clock
};
core::Result<Enrolled> read_enrolled(std::string_view body);

std::string renew_request(std::string_view old_certificate, std::string_view csr, const core::Signature& signature);
struct Renewed {
    std::string certificate;  // PEM
    core::TimeMs time{};
};
core::Result<Renewed> read_renewed(std::string_view body);

std::string map_request(std::string_view certificate, const wire::MapArea& area, const core::Signature& signature);

// The error behind a problem answer (RFC 9457), with the title and detail it gave for a person.
core::Error read_problem(int status, std::string_view body);

}  // namespace plus7::agent::sync
