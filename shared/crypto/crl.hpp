// Certificate revocation lists (RFC 5280 §5) of our authority, as mosquitto and nginx read them. Any thread.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/crypto/authority.hpp"

namespace plus7::crypto {

struct Revoked {
    std::string serial;         // hex, as Certificate::serial
    core::TimeUs revoked_at{};  // whole seconds are kept
    bool operator==(const Revoked&) const = default;
};

struct Crl {
    std::uint64_t number = 0;
    core::TimeUs this_update{};
    core::TimeUs next_update{};
    std::vector<Revoked> revoked;
};

// PEM text. `number` grows with each list. thisUpdate is a day back (a list from the future refuses everybody, as an
// expired one does), nextUpdate 10 years ahead. invalid names the serial that is none.
core::Result<std::string> issue_crl(const Authority& authority, const std::vector<Revoked>& revoked,
                                    std::uint64_t number, core::TimeUs now);

// invalid: not a readable list, above 64 MiB or without a number; denied: not signed by this authority.
core::Result<Crl> verify_crl(std::string_view crl_pem, std::string_view authority_pem);

}  // namespace plus7::crypto
