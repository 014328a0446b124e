// Either side set back to an older state: a central restored from a backup, a handheld from an image.
#include <doctest/doctest.h>

#include "shared/sql/sqlite_connection.hpp"
#include "tests/support/eventually.hpp"
#include "tests/system/journey.hpp"

using namespace plus7;
using namespace plus7::test;
namespace fs = std::filesystem;

namespace {

// The one value that this question of central's database has; while central does not run.
template <typename Value>
Value asked(const CentralProcess& central, std::string_view sql) {
    auto database = sql::SqliteConnection::open({.path = central.data_file("central.db"), .read_only = true});
    REQUIRE(database.ok());
    std::optional<Value> value;
    (*database)->run(sql, {}, [&](const sql::Row& row) {
        value = row.get<Value>(0);
        return false;
    });
    REQUIRE(value.has_value());
    return *value;
}

}  // namespace

TEST_CASE("a central restored from an older backup regains what the handheld still holds, once") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Gpsfake gpsd(ride_nmea(), 0.1);
    Journey journey(central, staff, "R-1", gpsd.port());
    for (int i = 0; i < 5; ++i) journey.scan();
    REQUIRE_MESSAGE(journey.arrived(), journey.broken_promise());
    const auto backup = central.data_file("backup.db");
    const auto made = central.command({"backup", backup});
    REQUIRE_MESSAGE(made.first == 0, made.second);

    for (int i = 0; i < 7; ++i) journey.scan();  // acked, and gone with the restore
    REQUIRE_MESSAGE(journey.arrived(), journey.broken_promise());
    CHECK(central.command({"restore", backup}).first == 1);  // not while it runs
    CHECK(central.stop() == 0);
    constexpr std::string_view generation = "SELECT server_gen FROM server";
    const auto before = asked<core::Bytes>(central, generation);
    const auto restored = central.command({"restore", backup});
    REQUIRE_MESSAGE(restored.first == 0, restored.second);
    CHECK(asked<core::Bytes>(central, generation) != before);
    journey.scan();  // while central is away
    central.start();
    CHECK(journey.saved.size() == 13);
    journey.expect_whole();
}

TEST_CASE("a handheld set back to an old image begins anew and neither loses nor doubles what it had sent") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Gpsfake gpsd(ride_nmea(), 0.1);
    Journey journey(central, staff, "R-2", gpsd.port());
    for (int i = 0; i < 3; ++i) journey.scan();
    REQUIRE_MESSAGE(journey.arrived(), journey.broken_promise());
    journey.agent.kill();
    const auto image = fs::path(journey.agent.data().string() + ".image");
    fs::create_directory(image);
    for (const auto& entry : fs::directory_iterator(journey.agent.data()))
        if (entry.is_regular_file()) fs::copy(entry.path(), image);
    journey.agent.start();
    for (int i = 0; i < 4; ++i) journey.scan();
    REQUIRE_MESSAGE(journey.arrived(), journey.broken_promise());

    journey.agent.kill();
    fs::remove_all(journey.agent.data());
    fs::rename(image, journey.agent.data());
    journey.agent.start();
    // Before it has said hello its numbers would grow past those that central knows: then it is met as a fork.
    const auto said_hello = [&] {
        return journey.agent.command({"status"}).output.find("connection: running") != std::string::npos;
    };
    REQUIRE(eventually(said_hello));
    for (int i = 0; i < 5; ++i) journey.scan();
    CHECK(journey.saved.size() == 12);
    CHECK_MESSAGE(journey.arrived(), journey.broken_promise());
    CHECK(journey.agent.stop() == 0);
    CHECK(central.stop() == 0);
    const auto [code, words] = central.command({"verify"});
    CHECK_MESSAGE(code == 0, words);
    CHECK(asked<std::int64_t>(central, "SELECT COUNT(*) FROM casefile WHERE kind = 'old_image'") == 1);
    CHECK(asked<std::int64_t>(central, "SELECT COUNT(*) FROM epoch") == 2);
    CHECK(asked<std::int64_t>(central, "SELECT COUNT(*) FROM epoch WHERE parent IS NOT NULL") == 1);
}

TEST_CASE("plus7-central verify names the record in which a byte was changed, and ends with code 1") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Journey journey(central, staff, "R-3");
    for (int i = 0; i < 3; ++i) journey.scan();
    journey.expect_whole();
    {
        auto database = sql::SqliteConnection::open({.path = central.data_file("central.db")});
        REQUIRE(database.ok());
        const auto bytes = asked<core::Bytes>(central, "SELECT bytes FROM fact_record WHERE seq = 2");
        auto changed = bytes;
        changed[changed.size() / 2] ^= 1;
        CHECK((*database)->run("UPDATE fact_record SET bytes = $1 WHERE seq = 2", {{changed}}, {}) == 1);
    }
    const auto [code, words] = central.command({"verify"});
    CHECK(code == 1);
    CHECK_MESSAGE(words.find("2") != std::string::npos, words);
}
