// A worker of a depot at work with his handheld, and central's word about its floor.
#pragma once
#include <algorithm>
#include <map>

#include "agent/app/floor.hpp"
#include "agent/app/parcels.hpp"
#include "shared/wire/floor_rows.hpp"
#include "tests/agent/app/desk.hpp"

namespace plus7::test {

using agent::app::Floor;
using agent::app::FloorTask;
using agent::app::FloorWord;
using agent::app::Parcels;
using model::HolderKind;
using wire::FloorGoal;

inline const model::Holder north{HolderKind::depot, model::HolderId{{9}}};
inline const model::Holder seller{HolderKind::seller, {}};
inline const model::CourierId anna{{5}}, boris{{6}};
inline const model::RegistryId registry{{7}}, other_registry{{8}};

inline constexpr std::uint16_t three[] = {1, 2, 3};

inline model::Holder with(const model::CourierId& courier) { return {HolderKind::courier, {courier.value}}; }
inline model::ParcelId parcel(std::uint16_t n) {
    return model::ParcelId{{0, static_cast<std::uint8_t>(n), static_cast<std::uint8_t>(n >> 8)}};
}

inline wire::FloorRow row(std::uint16_t n, const model::Holder& holder = seller) {
    wire::FloorRow row;
    row.order = model::OrderId{{1, static_cast<std::uint8_t>(n)}};
    row.order_number = "A-" + std::to_string(10000 + n);
    row.codes = {row.order_number + "-1", "46000000000" + std::to_string(n)};
    row.holder = holder;
    row.version = holder == seller ? 0 : 1;
    row.has_arrived = holder != seller;
    return row;
}

struct Worker : Desk {
    Worker() {
        courier.site = north;
        life->shift.bind(courier);
        tell();
        REQUIRE(life->shift.start());
    }
    Floor& floor() { return life->floor; }
    void tell() {
        wire::ViewPart part;
        part.delta.to = ++view;
        const auto put = [&](wire::RowKind kind, const std::array<std::uint8_t, 16>& id, core::Bytes body) {
            part.delta.put.push_back({{kind, {id}}, view, std::move(body)});
        };
        for (const auto& [n, known] : rows) put(wire::RowKind::floor, parcel(n).value, wire::encode(known));
        put(wire::RowKind::crew, anna.value, wire::encode(wire::CrewRow{"C-1", "Анна", false}));
        put(wire::RowKind::crew, boris.value, wire::encode(wire::CrewRow{"C-2", "Борис", boris_is_blocked}));
        for (const auto& [id, row] : bags) put(wire::RowKind::bag, id.value, wire::encode(row));
        if (is_open) put(wire::RowKind::registry, registry.value, wire::encode(figures));
        REQUIRE(life->stores->view().take(part));
    }
    void begin(FloorTask task, std::optional<model::RegistryId> of = {}, std::optional<model::CourierId> whose = {}) {
        REQUIRE(floor().begin({task, of, whose}));
    }
    // As the scan screen does: the bare scan is a fact first.
    FloorWord scan(const std::string& code) {
        clock.elapsed += 2s;
        const auto saved = life->scanning.scan(core::view_of(code), floor().work().registry);
        REQUIRE(saved);
        return floor().scan(code, saved->saved.id, saved->repeated).word;
    }
    FloorWord scan(std::uint16_t n) { return scan("A-" + std::to_string(10000 + n) + "-1"); }
    model::HandedOver last_move() { return wire::decode_data<model::HandedOver>(life->facts().back().data).value(); }
    std::size_t moves() {
        const auto types = life->types();
        return static_cast<std::size_t>(std::count(types.begin(), types.end(), "parcel.handover"));
    }
    void ack() {
        auto& outbox = life->stores->outbox();
        const auto facts = life->facts();
        REQUIRE(outbox.advance(outbox.extent().max, wire::hash_of_body(wire::encode_body(facts.back())), clock.now()));
    }
    agent::app::RegistryFigures counted() {
        auto& book = floor().book();
        return floor().figures(*book.registry(registry));
    }
    const agent::store::FloorParcel& known(std::uint16_t n) { return *floor().book().find(parcel(n)); }

    std::uint64_t view = 0;
    bool is_open = true, boris_is_blocked = false;
    wire::RegistryRow figures{"R-101", "Лавка", 3, 0, 0};
    std::map<std::uint16_t, wire::FloorRow> rows;
    std::map<model::BagId, wire::BagRow> bags;
};

inline wire::FloorRow expected(std::uint16_t n) {
    auto known = row(n);
    known.registry = registry;
    return known;
}

inline wire::FloorRow planned(std::uint16_t n, const model::CourierId& courier, const model::Holder& holder = north) {
    auto known = row(n, holder);
    known.goal = FloorGoal::courier;
    known.to = model::HolderId{courier.value};
    known.place = n;
    return known;
}

}  // namespace plus7::test
