// Tables as other people's programs write them.
#include "shared/text/csv.hpp"

#include <doctest/doctest.h>

#include "shared/text/charset.hpp"

using namespace plus7;

namespace {

std::string shown(const std::string& text) {
    const auto rows = text::read_csv(text, 100);
    REQUIRE(rows.ok());
    std::string out;
    for (const auto& row : *rows) {
        out += std::to_string(row.line) + ":";
        for (const auto& cell : row.cells) out += "[" + cell + "]";
    }
    return out;
}

}  // namespace

TEST_CASE("the separator is found in the first line, and what is quoted does not count") {
    CHECK(shown("a,b\n1,2\n") == "1:[a][b]2:[1][2]");
    CHECK(shown("a;b,c\n1;2,5\n") == "1:[a][b,c]2:[1][2,5]");
    CHECK(shown("a\tb\n1\t\n") == "1:[a][b]2:[1][]");
    CHECK(shown("\"a;b;c\",d\n1,2\n") == "1:[a;b;c][d]2:[1][2]");
    CHECK(shown("\n\na;b\n1;2\n") == "3:[a][b]4:[1][2]");
    CHECK(shown("alone\nx\n") == "1:[alone]2:[x]");
}

TEST_CASE("line ends of every system, no end at the last line, and lines that hold nothing") {
    CHECK(shown("a;b\r\n1;2\r\n") == "1:[a][b]2:[1][2]");
    CHECK(shown("a;b\r1;2") == "1:[a][b]2:[1][2]");
    CHECK(shown("a;b\n\n ;\n3;4") == "1:[a][b]4:[3][4]");
    CHECK(shown("").empty());
    CHECK(shown("\n \n").empty());
}

TEST_CASE("a quoted cell keeps its lines, quotes and separators, and each row knows where it began") {
    CHECK(shown("a;b\n\"one\n\ntwo;\";x\n3;4\n") == "1:[a][b]2:[one\n\ntwo;][x]5:[3][4]");
    CHECK(shown("a;b\n\"he said \"\"no\"\"\";x\n") == "1:[a][b]2:[he said \"no\"][x]");
    CHECK(shown("a;b\nООО \"Вектор\";x\n") == "1:[a][b]2:[ООО \"Вектор\"][x]");
}

TEST_CASE("a quote that is never closed is told with its line, and too many rows without reading them") {
    const auto open = text::read_csv("a;b\n1;2\n\"3;4\n5;6\n", 100);
    REQUIRE_FALSE(open.ok());
    CHECK(open.error().message == "line 3 opens a quote that is never closed");
    const auto many = text::read_csv("a\n1\n2\n3\n\"never closed", 3);
    REQUIRE_FALSE(many.ok());
    CHECK(many.error().kind == core::ErrorKind::limit);
    CHECK(text::read_csv("a\n1\n2\n", 3).ok());
}

TEST_CASE("what is written is read again, and no cell is a formula for a spreadsheet") {
    const std::vector<std::string> cells{"plain", "a;b", "two\nlines", "he said \"no\"", " blank ", ""};
    const auto line = text::csv_line(cells, ';');
    CHECK(line == "plain;\"a;b\";\"two\nlines\";\"he said \"\"no\"\"\";\" blank \";\r\n");
    const auto again = text::read_csv(line, 10);
    REQUIRE(again->size() == 1);
    CHECK((*again)[0].cells == cells);
    for (const auto* formula : {"=1+1", "+79990000001", "-5", "@SUM(A1)"}) {
        CHECK(text::harmless_cell(formula) == "'" + std::string(formula));
        CHECK(text::cell_as_meant(text::harmless_cell(formula)) == formula);
    }
    for (const auto* text : {"", "'", "'quoted'", "a=b", "ул. Садовая"}) {
        CHECK(text::harmless_cell(text) == text);
        CHECK(text::cell_as_meant(text) == text);
    }
}

TEST_CASE("text comes as UTF-8 with or without a mark, as UTF-16 with one, or as Windows-1251") {
    CHECK(*text::decode_text("Ёж") == "Ёж");
    CHECK(*text::decode_text("\xEF\xBB\xBFЁж") == "Ёж");
    CHECK(*text::decode_text(std::string_view("\xFF\xFE\x01\x04\x36\x04", 6)) == "Ёж");
    CHECK(*text::decode_text("\xA8\xE6") == "Ёж");
    CHECK(text::decode_text("")->empty());
}

TEST_CASE("a spreadsheet's own file, or any other that is no text, is refused with what to do") {
    CHECK(text::decode_text("PK\x03\x04").error().message.find("save the table as CSV") != std::string::npos);
    CHECK(text::decode_text("\xD0\xCF\x11\xE0\xA1").error().message.find("spreadsheet") != std::string::npos);
    CHECK_FALSE(text::decode_text(std::string_view("a\0b", 3)).ok());
    CHECK_FALSE(text::decode_text("\x89PNG\r\n\x1A\n").ok());
    CHECK_FALSE(text::decode_text("\xFF\xD8\xFF\xE0\x01").ok());
}
