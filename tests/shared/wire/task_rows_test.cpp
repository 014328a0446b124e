#include "shared/wire/task_rows.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace model = plus7::model;
namespace wire = plus7::wire;
using plus7::test::filled;

namespace {

wire::TaskRow task() {
    wire::TaskRow row;
    row.number = "A-10234";
    row.sender = "Лавка";
    row.place = 3;
    row.where = core::LatLon{55.8197123, 37.6117456};
    row.from = core::time_ms(1'763'800'000'000);
    row.to = core::time_ms(1'763'807'200'000);
    row.due_minor = 129'000;
    row.due_currency = "RUB";
    row.proof = {model::ProofKind::code, model::ProofKind::photo};
    row.is_planned = true;
    row.point = filled<model::HolderId>(9);
    row.keep_until = core::time_ms(1'764'400'000'000);
    return row;
}

wire::ParcelRow parcel() {
    return {filled<model::OrderId>(1),
            2,
            {"A-10234-2", "4600000000015"},
            7,
            {model::HolderKind::courier, filled<model::HolderId>(2)},
            "Чайник"};
}

}  // namespace

TEST_CASE(
    "rows of a courier's work are read back as they were, with everything and with nothing that can be left out") {
    CHECK(wire::decode_task_row(wire::encode(task())).value() == task());
    wire::TaskRow bare;
    bare.number = "A-1";
    CHECK(wire::decode_task_row(wire::encode(bare)).value() == bare);
    CHECK(wire::decode_parcel_row(wire::encode(parcel())).value() == parcel());
    const wire::RecipientRow recipient{"Ольга", "+79990000000", "ул. Садовая, 14, кв. 32", "2", "5",
                                       "32К",   "позвонить"};
    CHECK(wire::decode_recipient_row(wire::encode(recipient)).value() == recipient);
    CHECK(wire::decode_recipient_row(wire::encode(wire::RecipientRow{})).value() == wire::RecipientRow{});
    const wire::SiteRow site{model::HolderKind::point, "Пункт 7", "ул. Мира, 1", core::LatLon{55.8, 37.6}};
    CHECK(wire::decode_site_row(wire::encode(site)).value() == site);
    const wire::VerifierRow verifier{{filled<plus7::crypto::CodeSalt>(1), filled<core::Hash>(2), {4096, 3}},
                                     filled<plus7::crypto::CommitKey>(3)};
    CHECK(wire::decode_verifier_row(wire::encode(verifier)).value() == verifier);
}

TEST_CASE("a row that could not be read on the handheld is not made") {
    auto nameless = task();
    nameless.number = "";
    CHECK_THROWS_AS(wire::encode(nameless), std::invalid_argument);
    auto bare = parcel();
    bare.codes.clear();
    CHECK_THROWS_AS(wire::encode(bare), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode(wire::SiteRow{}), std::invalid_argument);
}

TEST_CASE("rows that are cut anywhere are refused") {
    const auto bytes = wire::encode(task());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(wire::decode_task_row(core::ByteView(bytes).first(size)).ok());
}
