#include <doctest/doctest.h>

#include "shared/print/qr.hpp"

using namespace plus7;

TEST_CASE("a QR is one SVG with a quiet zone of four modules and the three finder marks") {
    const auto svg = print::qr_svg("HELLO");
    REQUIRE(svg.ok());
    // Version 1 has 21 modules (ISO/IEC 18004), 8 more for the quiet zone; a finder's upper edge is 7 dark modules.
    CHECK(svg->find("viewBox=\"0 0 29 29\"") != std::string::npos);
    CHECK(svg->find("M4 4h7v1") != std::string::npos);
    CHECK(svg->find("M18 4h7v1") != std::string::npos);
    CHECK(svg->find("M4 18h7v1") != std::string::npos);
    CHECK(svg->find("crispEdges") != std::string::npos);
}

TEST_CASE("another text is another QR") { CHECK(print::qr_svg("plus7:a").value() != print::qr_svg("plus7:b").value()); }

TEST_CASE("what a QR cannot carry safely is refused") {
    CHECK(print::qr_svg("").error().kind == core::ErrorKind::invalid);
    CHECK(print::qr_svg("Анна").error().kind == core::ErrorKind::invalid);
    CHECK(print::qr_svg(std::string(3000, 'a')).error().kind == core::ErrorKind::limit);
}

TEST_CASE("the matrix is what the SVG draws") {
    const auto matrix = print::qr_matrix("HELLO");
    REQUIRE(matrix.ok());
    CHECK(matrix->size == 21);
    CHECK(matrix->dark.front().length == 7);
    const auto svg = print::qr_svg("HELLO").value();
    std::size_t runs = 0;
    for (auto at = svg.find("v1h-"); at != std::string::npos; at = svg.find("v1h-", at + 1)) ++runs;
    CHECK(runs == matrix->dark.size());
    CHECK(print::qr_matrix("").error().kind == core::ErrorKind::invalid);
}
