// Who can hold a parcel, and which changes of hands are regular. The numbers are on the wire. Values, any thread.
#pragma once
#include <cstdint>
#include <string_view>

#include "shared/core/bytes.hpp"

namespace plus7::model {

enum class HolderKind : std::uint8_t {
    unknown = 0,  // also whatever a later version names
    seller = 1,   // the sender: before the first handover, and after the parcel went back
    depot = 2,
    courier = 3,
    point = 4,
    customer = 5,
    lost = 6,
};

using HolderId = core::Fixed<16, struct HolderIdTag>;

struct Holder {
    HolderKind kind = HolderKind::unknown;
    HolderId id;  // of the depot, courier or point; zeros for the others
    auto operator<=>(const Holder&) const = default;
};

// Nobody hands a parcel on from there: it arrived, or it is back.
constexpr bool is_final(HolderKind kind) { return kind == HolderKind::customer || kind == HolderKind::seller; }

// Whether a parcel goes from one to the other in the normal course; courier to courier is, from somebody to himself is
// not. What is not regular is recorded all the same, and flagged.
bool is_regular(const Holder& from, const Holder& to);

std::string_view name_of(HolderKind kind);
HolderKind holder_kind_from(std::string_view name);  // unknown for an unknown name

}  // namespace plus7::model
