// What the enrolment QR says: `plus7:enrol?u=URL&t=TOKEN&fp=HEX`. Pure.
#pragma once
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"

namespace plus7::agent::sync {

struct EnrolLink {
    std::string url;         // https://host[:port]; http only on loopback (the HTTP client sees to that)
    std::string token;       // a secret until it is used
    core::Hash fingerprint;  // SHA-256 of the DER form of central's CA
};

// Values may be percent-encoded; unknown members are ignored. invalid: not such a link.
core::Result<EnrolLink> parse_enrol_link(std::string_view text);

}  // namespace plus7::agent::sync
