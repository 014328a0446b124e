// The text of the enrolment QR (docs/protocol.md, "Enrolment and keys").
#pragma once
#include <string>
#include <string_view>

#include "shared/core/bytes.hpp"

namespace plus7::central::api {

// `plus7:enrol?u=URL&t=TOKEN&fp=SHA-256 of the CA, hex`
std::string enrolment_link(std::string_view public_url, std::string_view token, const core::Hash& ca_fingerprint);

}  // namespace plus7::central::api
