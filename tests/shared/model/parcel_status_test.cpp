#include <doctest/doctest.h>

#include "hands.hpp"
#include "shared/model/parcel_status.hpp"

using namespace plus7;
using enum model::ParcelStatus;
using model::Leg;
using model::ParcelState;
using model::status_of;

namespace {

ParcelState with(const model::Holder& holder) {
    ParcelState state;
    state.holder = holder;
    state.has_moved = true;
    return state;
}

}  // namespace

TEST_CASE("a parcel's status follows who holds it, what for, and what is planned") {
    CHECK(status_of({}) == accepted);
    CHECK(status_of({.accepted = false}) == draft);
    CHECK(status_of({.is_cancelled = true}) == cancelled);
    auto at = with(test::depot);
    CHECK(status_of(at) == at_depot);
    at.is_planned = true;
    CHECK(status_of(at) == assigned);
    auto on_board = with(test::anna);
    CHECK(status_of(on_board) == out_for_delivery);
    on_board.has_failed = true;
    CHECK(status_of(on_board) == attempt_failed);
    auto hauled = with(test::anna);
    hauled.leg = Leg::line_haul;
    CHECK(status_of(hauled) == in_transit);
    auto collected = with(test::anna);
    collected.leg = Leg::collection;
    CHECK(status_of(collected) == with_courier);
    collected.is_planned = true;
    CHECK(status_of(collected) == out_for_delivery);
    CHECK(status_of(with(test::point)) == arrived_at_point);
    CHECK(status_of(with(test::customer)) == delivered);
    CHECK(status_of(with(test::holder(model::HolderKind::lost))) == lost);
}

TEST_CASE("what was cancelled or refused in our hands goes back, until the sender has it") {
    for (const auto& where : {test::depot, test::anna, test::point}) {
        auto refused = with(where);
        refused.goes_back = true;
        CHECK(status_of(refused) == returning);
        auto called_off = with(where);
        called_off.is_cancelled = true;
        CHECK(status_of(called_off) == returning);
    }
    CHECK(status_of(with(test::seller)) == returned);
}

TEST_CASE("an order is as far as the least of its parcels, and partly delivered when some are") {
    CHECK(model::order_status({}) == draft);
    CHECK(model::order_status({out_for_delivery, at_depot}) == at_depot);
    CHECK(model::order_status({delivered, delivered}) == delivered);
    CHECK(model::order_status({delivered, out_for_delivery}) == partly_delivered);
    CHECK(model::order_status({delivered, returned}) == partly_delivered);
    CHECK(model::order_status({lost, at_depot}) == at_depot);
}

TEST_CASE("names of statuses are read back, and others are none") {
    for (int number = 0; number <= static_cast<int>(delivered); ++number) {
        const auto status = static_cast<model::ParcelStatus>(number);
        CHECK(model::parcel_status_from(model::name_of(status)) == status);
    }
    CHECK_FALSE(model::parcel_status_from("gone").has_value());
}

// Whoever hands a parcel on regularly leads it through the table, whatever is planned, fails or is called off
// meanwhile.
TEST_CASE("every regular handover is a change of status that the table has") {
    const model::Holder all[] = {test::seller, test::depot, test::anna, test::point, test::customer};
    for (const auto& from : all) {
        for (const auto& to : all) {
            if (!model::is_regular(from, to) || from == test::customer) continue;
            for (const bool planned : {false, true}) {
                for (const bool back : {false, true}) {
                    auto before = with(from);
                    before.has_moved = from != test::seller;
                    before.is_planned = planned;
                    before.goes_back = back || to == test::seller;
                    if (before.goes_back && (to == test::customer || from == test::seller)) continue;
                    auto after = before;
                    after.holder = to;
                    after.has_moved = true;
                    if (status_of(before) == status_of(after)) continue;
                    CAPTURE(model::name_of(status_of(before)));
                    CAPTURE(model::name_of(status_of(after)));
                    CHECK(model::may_follow(status_of(before), status_of(after)));
                }
            }
        }
    }
}
