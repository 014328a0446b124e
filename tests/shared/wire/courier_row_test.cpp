#include <doctest/doctest.h>

#include "shared/core/random.hpp"
#include "shared/wire/courier_row.hpp"

using namespace plus7;

TEST_CASE("a courier row reads as it was written") {
    const wire::CourierRow row{core::random_id<model::CourierId>(), "K-104"};
    CHECK(wire::decode_courier_row(wire::encode(row)).value() == row);
}

TEST_CASE("a courier row tells how he signs in and at which point he works, when he does") {
    wire::CourierRow row{core::random_id<model::CourierId>(), "K-104"};
    row.sign_in = wire::SignInRow{core::random_id<core::Hash>(),
                                  {core::random_id<crypto::CodeSalt>(), core::random_id<core::Hash>(), {4096, 3}}};
    row.site = model::Holder{model::HolderKind::point, core::random_id<model::HolderId>()};
    CHECK(wire::decode_courier_row(wire::encode(row)).value() == row);
    row.site->kind = model::HolderKind::customer;
    CHECK_THROWS_AS(wire::encode(row), std::invalid_argument);
}

TEST_CASE("a courier row without a code, or with bytes that are no map, is refused") {
    CHECK_THROWS_AS(wire::encode(wire::CourierRow{}), std::invalid_argument);
    CHECK_FALSE(wire::decode_courier_row(core::Bytes{0x80}).ok());
    CHECK_FALSE(wire::decode_courier_row({}).ok());
}
