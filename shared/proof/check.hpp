// Whether a custody file of a parcel is whole and true as far as it can tell: without central, network or database.
// Pure; any thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/geo.hpp"
#include "shared/proof/handheld_file.hpp"
#include "shared/proof/parcel_file.hpp"

namespace plus7::proof {

// One event as it was found in the file. Words are English, for the table of report_text.
struct Link {
    std::size_t number = 0;  // in the list that central signed; 0: it is not in it
    std::string type;
    core::TimeUs at{}, received{};
    std::string trust;
    std::optional<core::LatLon> where;
    std::optional<model::Holder> from, to;
    std::optional<model::CourierId> courier;  // who recorded it
    std::string staff;                        // or who at the office, UUID text
    std::string proofs, reason, effect, doubt;
    std::string device;             // empty: central's own word
    std::uint64_t seq = 0;          // of the fact
    std::string tie;                // how it is tied to the fact before it
    std::vector<core::Hash> blobs;  // photos and signatures it names
    std::vector<std::string> faults;
};

struct Report {
    Head head;
    std::vector<Link> links;
    std::vector<std::string> faults;  // of the file as a whole, and links that are missing
    std::vector<std::string> notes;   // no faults, but worth knowing
    core::Hash sha256;                // of the file
    core::Hash authority;             // SHA-256 of the CA's certificate that the file brings
    bool is_pinned = false;           // it is the one that the caller trusts

    bool is_whole() const;
    std::string name_of(const model::Holder& holder) const;  // "courier C-104"
};

// `authority_pem`: the CA to trust; without it the file is held against the CA that it brings, whose fingerprint a
// person must compare. `handhelds`: what lies between the links of these, and whether one of their facts was left out.
// invalid: not a custody file, or the CA's file is unreadable.
core::Result<Report> check(core::ByteView file, const std::optional<std::string>& authority_pem = std::nullopt,
                           const std::vector<HandheldFile>& handhelds = {});

}  // namespace plus7::proof
