#include "central/api/enrolment_link.hpp"

#include "shared/http/uri.hpp"

namespace plus7::central::api {

std::string enrolment_link(std::string_view public_url, std::string_view token, const core::Hash& ca_fingerprint) {
    return "plus7:enrol?u=" + http::percent_encode(public_url) + "&t=" + std::string(token) +
           "&fp=" + ca_fingerprint.hex();
}

}  // namespace plus7::central::api
