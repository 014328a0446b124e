// What a printer and a scanner make of a document: pixels, texts and codes, by programs that are not ours.
#pragma once
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace plus7::test {

// 0 black, 255 white, row by row.
struct Pixels {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> gray;
};

struct Area {
    double left = 0, top = 0, right = 0, bottom = 0;  // millimetres
};

struct Word : Area {
    std::string text;
};

constexpr double dots_per_mm = 300 / 25.4;

// Throw std::runtime_error with the program's own words when it fails.
std::vector<Pixels> pages_of(const std::string& pdf);             // at 300 dots per inch
std::vector<std::vector<Word>> words_of(const std::string& pdf);  // by page, with the font's ascent and descent
std::string text_of(const std::string& pdf);                      // the words with single blanks between
std::string facts_of(const std::string& pdf);                     // title, dates, sizes, one a line
std::set<std::string> codes_of(const Pixels& pixels);             // "CODE-128:…", "QR-Code:…"

// Pixels that are not white, of which those in the margin of this many millimetres, or in an area.
int ink_on(const Pixels& page);
int ink_in_margin(const Pixels& page, double mm);
int ink_in(const Pixels& page, const Area& area);

}  // namespace plus7::test
