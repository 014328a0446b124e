#include "tests/central/maps/city.hpp"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tests/support/temp_dir.hpp"

namespace plus7::test {
namespace {

struct City {
    TempDir folder;
    std::string map = folder.file("city.mbtiles");
    central::maps::ImportReport report;

    City() {
        auto imported = central::maps::import_map({.input = city_extract(), .output = map});
        if (!imported.ok()) throw std::runtime_error(imported.error().message);
        report = *imported;
    }
};

const City& city() {
    static const City imported;
    return imported;
}

}  // namespace

std::string city_extract() { return PLUS7_TEST_DATA "/city/moscow-ostankino.osm.gz"; }
std::string city_map() { return city().map; }
const central::maps::ImportReport& city_report() { return city().report; }

std::string read_file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

void write_file(const std::string& path, const std::string& content) {
    std::ofstream out(path, std::ios::binary);
    out << content;
    if (!out.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace plus7::test
