#include "agent/devices/machine.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::agent::devices;

namespace {
struct Supplies : test::TempDir {
    void add(const std::string& name, const std::string& type, const std::string& capacity,
             const std::string& status) const {
        std::filesystem::create_directory(path() / name);
        std::ofstream(path() / name / "type") << type << "\n";
        std::ofstream(path() / name / "capacity") << capacity << "\n";
        std::ofstream(path() / name / "status") << status << "\n";
    }
};
}  // namespace

TEST_CASE("the boot id is the kernel's and stays the same") {
    CHECK_FALSE(boot_id().is_zero());
    CHECK(boot_id() == boot_id());
}

TEST_CASE("the battery is found beside a charger") {
    Supplies supplies;
    supplies.add("AC", "Mains", "", "");
    supplies.add("BAT0", "Battery", "81", "Discharging");
    CHECK(read_battery(supplies.path()) == Battery{81, false});
}

TEST_CASE("a full battery on the charger counts as charging") {
    Supplies supplies;
    supplies.add("BAT0", "Battery", "100", "Full");
    CHECK(read_battery(supplies.path()) == Battery{100, true});
}

TEST_CASE("no battery, no folder and nonsense are nothing") {
    Supplies supplies;
    CHECK_FALSE(read_battery(supplies.path()));
    CHECK_FALSE(read_battery(supplies.path() / "none"));
    supplies.add("BAT0", "Battery", "many", "Full");
    CHECK_FALSE(read_battery(supplies.path()));
}

TEST_CASE("free space is known for a folder that exists") {
    CHECK(free_bytes("/tmp").value_or(0) > 0);
    CHECK_FALSE(free_bytes("/no/such/folder"));
}
