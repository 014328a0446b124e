// The real city extract, imported once per test program.
#pragma once
#include <string>

#include "central/maps/import.hpp"

namespace plus7::test {

std::string city_extract();  // moscow-ostankino.osm.gz
std::string city_map();      // the map file made of it
const central::maps::ImportReport& city_report();
std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& content);

}  // namespace plus7::test
