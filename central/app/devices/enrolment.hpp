// A handheld gets its certificate by a one-time token (docs/protocol.md, "Enrolment and keys"). The authority's file is
// no part of the transaction, so a finish has three steps: check, issue (CertificateAuthority), commit. A crash between
// leaves a certificate that is on the issued list and in nobody's hands; the device finishes again. Synchronous.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "central/app/devices/certificate_authority.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::devices {

constexpr auto token_life = std::chrono::minutes{15};
constexpr auto same_answer_for = std::chrono::hours{24};  // the same key gets the same certificate again

struct OpenedEnrolment {
    std::string token;  // for the QR only: never logged, only its hash is kept
    core::TimeUs expires{};
};
// The device's earlier tokens die. not_found; conflict: revoked.
core::Result<OpenedEnrolment> open_enrolment(core::Tx& tx, const core::DeviceId& device, core::TimeUs now);

// Guesses of tokens are counted by address before the token is looked at, in a unit of their own.
std::string enrolment_bucket(std::string_view address);
constexpr int guesses_per_window = 20;
constexpr auto guess_window = std::chrono::minutes{10};

struct StartedEnrolment {
    core::DeviceId device;
    core::Nonce nonce;
    core::TimeUs expires{};
};
// Repeating gives the same nonce. expired: unknown, too old, or used up.
core::Result<StartedEnrolment> start_enrolment(core::Tx& tx, std::string_view token, core::TimeUs now);

struct FinishRequest {
    std::string token;
    core::Nonce nonce;
    std::string csr_pem;
    core::PublicKey record_key;
    core::Bytes tls_signature;         // over the nonce's 16 bytes, by the request's key
    core::Signature record_signature;  // over the same, by the record key
};
struct CheckedFinish {
    core::DeviceId device;
    core::Hash csr_key;                      // SHA-256 of the request's public key
    std::optional<std::string> certificate;  // PEM that this key was given already: the answer, nothing is issued
};
// invalid: unreadable request; denied: a signature or the common name is wrong; expired: the token; conflict: the
// record key is another device's, or the device is revoked.
core::Result<CheckedFinish> check_finish(core::Tx& tx, const FinishRequest& request, core::TimeUs now);

struct FinishedEnrolment {
    std::string certificate;
    // To be put on the revocation list once the transaction is durable: what the device had before, or the certificate
    // issued just now when another finish was faster.
    std::vector<std::string> revoke;
};
// Burns the token and takes the keys, together. Errors as check_finish: then `issued` was for nothing and goes on the
// revocation list, unless the commit's result is unknown.
core::Result<FinishedEnrolment> commit_finish(core::Tx& tx, const FinishRequest& request, const CheckedFinish& checked,
                                              const IssuedCertificate& issued, core::TimeUs now);

}  // namespace plus7::central::app::devices
