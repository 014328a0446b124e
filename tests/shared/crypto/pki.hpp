// One authority with a certificate of each kind, made once per test program, and the openssl command as a second
// opinion.
#pragma once
#include <string>

#include "shared/crypto/authority.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/ed25519.hpp"

namespace plus7::test {

inline const core::TimeUs now = core::time_us(1'790'000'000'000'000);  // 2026-09-21
inline constexpr auto day = std::chrono::days{1};

struct Pki {
    Pki();
    core::DeviceId device = core::DeviceId::parse("0123456789abc").value();
    crypto::SigningKey record_key = crypto::SigningKey::generate();
    crypto::SigningKey central_key = crypto::SigningKey::generate();
    crypto::Authority authority = crypto::Authority::create("plus7 test authority", now).value();
    crypto::TlsKey key = crypto::TlsKey::generate();
    std::string device_csr = crypto::make_csr(key, device.text()).value();
    crypto::Certificate device_certificate;
    crypto::Certificate server_certificate;
    crypto::Certificate service_certificate;
    crypto::Certificate signing_certificate;
};

const Pki& pki();

struct Outcome {
    int code = -1;
    std::string output;  // stdout and stderr
    bool says(const std::string& text) const { return output.find(text) != std::string::npos; }
};

// Runs `openssl <arguments>` with PEM texts put into files: %1 … %9 in the arguments stand for them.
Outcome openssl(std::string arguments, const std::vector<std::string>& texts);

}  // namespace plus7::test
