#include "shared/core/result.hpp"

#include <doctest/doctest.h>

#include <memory>

#include "shared/core/hash.hpp"

using namespace plus7::core;

namespace {
Result<int> half(int n) {
    if (n % 2 != 0) return invalid("odd");
    return n / 2;
}
}  // namespace

TEST_CASE("a result holds a value or an error") {
    CHECK(half(4).ok());
    CHECK(*half(4) == 2);
    CHECK_FALSE(half(3));
    CHECK(half(3).error() == Error{ErrorKind::invalid, "odd"});
}

TEST_CASE("asking a failed result for its value throws and says the reason") {
    CHECK_THROWS_WITH_AS(half(3).value(), "value of a failed result: invalid: odd", BadResultAccess);
    CHECK_THROWS_AS(Status(conflict("x")).value(), BadResultAccess);
}

TEST_CASE("a move-only value moves out of its result") {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(5));
    const auto owned = std::move(result).value();
    CHECK(*owned == 5);
}

TEST_CASE("an error gains context on its way up and keeps its kind") {
    const auto error = half(3).error().context("reading row 7");
    CHECK(error.kind == ErrorKind::invalid);
    CHECK(error.message == "reading row 7: odd");
}

TEST_CASE("every error kind has its own name") {
    CHECK(name_of(ErrorKind::invalid) == "invalid");
    CHECK(name_of(ErrorKind::unavailable) == "unavailable");
    CHECK(name_of(ErrorKind::internal) == "internal");
}

TEST_CASE("CRC-32C gives the check value of its definition") {
    CHECK(crc32c(view_of("123456789")) == 0xE3069283U);
    CHECK(crc32c(Bytes(32, 0)) == 0x8A9136AAU);  // RFC 3720 B.4
}
