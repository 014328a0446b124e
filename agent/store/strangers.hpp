// Codes that nobody on the depot's floor knew, or that the chosen registry does not have: the list of a shift, kept as
// a note so that it outlives a restart. Pure codec.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/model/ids.hpp"

namespace plus7::agent::store {

struct Stranger {
    std::string code;
    core::EventId scan;                         // the fact
    std::optional<model::RegistryId> registry;  // that was being taken in
    std::optional<model::ParcelId> parcel;      // of another registry, or of none
    std::uint64_t view = 0;                     // that was applied then
    core::TimeMs at{};
    bool operator==(const Stranger&) const = default;
};

constexpr std::string_view strangers_note = "floor-strangers";
constexpr std::size_t most_strangers = 200;

core::Bytes encode(const std::vector<Stranger>& strangers);  // the newest last
std::vector<Stranger> strangers_from(core::ByteView note);   // none for what cannot be read

}  // namespace plus7::agent::store
