#include <doctest/doctest.h>

#include "shared/core/random.hpp"
#include "shared/wire/courier_row.hpp"

using namespace plus7;

TEST_CASE("a courier row reads as it was written") {
    const wire::CourierRow row{core::random_id<model::CourierId>(), "K-104"};
    CHECK(wire::decode_courier_row(wire::encode(row)).value() == row);
}

TEST_CASE("a courier row without a code, or with bytes that are no map, is refused") {
    CHECK_THROWS_AS(wire::encode(wire::CourierRow{}), std::invalid_argument);
    CHECK_FALSE(wire::decode_courier_row(core::Bytes{0x80}).ok());
    CHECK_FALSE(wire::decode_courier_row({}).ok());
}
