// Bodies of view rows for the handhelds of a depot's workers: parcels of its floor, the couriers they go out with, open
// registries, bags (docs/protocol.md). Nothing about recipients. Any thread.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/model/holder.hpp"
#include "shared/model/ids.hpp"

namespace plus7::wire {

constexpr std::size_t most_floor_rows = 5'000;  // of a device; when they are as many, it may not know all

enum class FloorGoal : std::uint8_t {  // where a parcel goes next; the numbers are on the wire
    none = 0,                          // nobody knows; also whatever a later version names
    courier = 1,
    point = 2,
    depot = 3,
    back = 4,     // to the sender
    damaged = 5,  // set aside
};

struct FloorRow {  // id: the parcel's
    model::OrderId order;
    std::string order_number;
    std::uint32_t number = 1, of = 1;  // of the order's parcels
    std::vector<std::string> codes;    // 1 – 8
    std::uint64_t version = 0;         // of its custody
    model::Holder holder;
    FloorGoal goal = FloorGoal::none;
    std::optional<model::HolderId> to;          // the courier, point or depot
    std::string cell;                           // of the floor, for what goes there
    std::uint64_t place = 0;                    // in the courier's list
    std::optional<model::RegistryId> registry;  // an open one of this depot that expects it
    std::optional<model::CourierId> told_by;    // his handheld alone told of its last way, from here to him or back
    std::optional<model::BagId> bag;            // a closed one that it lies in
    bool has_arrived = false;                   // it was at this depot at some time
    bool is_cancelled = false, is_damaged = false;
    bool operator==(const FloorRow&) const = default;
};

struct CrewRow {       // id: the courier's
    std::string code;  // "C-017"
    std::string name;
    bool is_blocked = false;
    bool operator==(const CrewRow&) const = default;
};

struct RegistryRow {  // id: the registry's; open ones only
    std::string number, sender;
    std::uint64_t expected = 0, arrived = 0, extra = 0;
    bool operator==(const RegistryRow&) const = default;
};

struct BagRow {          // id: the bag's; open ones of this depot, closed ones that lie there or are on their way to it
    std::string number;  // its barcode
    FloorGoal goal = FloorGoal::none;
    std::optional<model::HolderId> to;
    bool is_closed = false;
    std::uint64_t parcels = 0;  // in it
    bool operator==(const BagRow&) const = default;
};

// encode throws std::invalid_argument for what may not be sent; a decoder refuses it.
core::Bytes encode(const FloorRow& row);
core::Bytes encode(const CrewRow& row);
core::Bytes encode(const RegistryRow& row);
core::Bytes encode(const BagRow& row);
core::Result<FloorRow> decode_floor_row(core::ByteView body);
core::Result<CrewRow> decode_crew_row(core::ByteView body);
core::Result<RegistryRow> decode_registry_row(core::ByteView body);
core::Result<BagRow> decode_bag_row(core::ByteView body);

}  // namespace plus7::wire
