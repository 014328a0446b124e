#include "central/jobs/backups.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "central/jobs/jobs.hpp"
#include "shared/sql/tx.hpp"
#include "tests/shared/sql/engines.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::test;
using central::jobs::Backups;
using std::chrono::hours, std::chrono::minutes;

namespace {

const core::TimeUs noon = core::time_us(1'795'780'800'000'000);  // 2026-11-27 12:00 UTC

struct Shop {
    TempDir dir;
    Sqlite engine;
    std::unique_ptr<sql::Database> db = engine.open();

    Shop() {
        const auto made = db->on_writer([](sql::Connection& connection) -> core::Status {
            connection.script("CREATE TABLE parcel (code TEXT) STRICT");
            return {};
        });
        REQUIRE(made.ok());
    }
    void add(const std::string& code) const {
        const auto added = db->write([&](sql::Tx& tx) { tx.exec("INSERT INTO parcel VALUES ($1)", code); });
        REQUIRE(added.ok());
    }
    std::int64_t parcels_in(const std::filesystem::path& file) const {
        auto copy = sql::SqliteConnection::open({.path = file.string(), .read_only = true});
        REQUIRE(copy.ok());
        CHECK((*copy)->check_integrity().ok());
        std::int64_t count = 0;
        (*copy)->run("SELECT COUNT(*) FROM parcel", {}, [&](const sql::Row& row) {
            count = row.get<std::int64_t>(0);
            return false;
        });
        return count;
    }
};

}  // namespace

TEST_CASE("a backup holds what was committed, and only the newest are kept") {
    const Shop shop;
    Backups backups(shop.dir.path() / "copies", 2);
    for (int i = 0; i < 4; ++i) {
        shop.add("parcel " + std::to_string(i));
        REQUIRE(backups.make(*shop.db, noon + hours{i}).ok());
    }
    const auto kept = backups.list();
    REQUIRE(kept.size() == 2);
    CHECK(kept.front().filename() == "central-2026-11-27T140000Z.db");
    CHECK(shop.parcels_in(kept.front()) == 3);
    CHECK(shop.parcels_in(kept.back()) == 4);
    using std::filesystem::perms;
    CHECK((std::filesystem::status(kept.back()).permissions() & (perms::group_all | perms::others_all)) == perms::none);
}

TEST_CASE("a restart does not put the next backup off: it is due an hour after the last one") {
    const Shop shop;
    Backups backups(shop.dir.path() / "copies", 3);
    CHECK(backups.due_in(hours{1}, noon) == minutes{0});
    REQUIRE(backups.make(*shop.db, noon).ok());
    Backups after_restart(shop.dir.path() / "copies", 3);
    CHECK(after_restart.due_in(hours{1}, noon + minutes{20}) == minutes{40});
    CHECK(after_restart.due_in(hours{1}, noon + minutes{61}) == minutes{0});
    CHECK(after_restart.due_in(hours{1}, noon - hours{5}) == minutes{0});
}

TEST_CASE("foreign files in the folder are neither counted nor removed") {
    const Shop shop;
    const auto folder = shop.dir.path() / "copies";
    std::filesystem::create_directories(folder);
    for (const char* name : {"central-by-hand.db", "notes.txt", "central-2026-11-27T990000Z.db"})
        std::ofstream(folder / name) << "mine";
    Backups backups(folder, 1);
    REQUIRE(backups.make(*shop.db, noon).ok());
    REQUIRE(backups.make(*shop.db, noon + hours{1}).ok());
    CHECK(backups.list().size() == 1);
    CHECK(std::filesystem::exists(folder / "central-by-hand.db"));
    CHECK(std::filesystem::exists(folder / "notes.txt"));
}

TEST_CASE("a backup that cannot be written says where and why, and leaves the older ones") {
    const Shop shop;
    const auto folder = shop.dir.path() / "copies";
    Backups backups(folder, 1);
    REQUIRE(backups.make(*shop.db, noon).ok());
    std::filesystem::create_directories(folder / "central-2026-11-27T130000Z.db" / "in the way");
    const auto failed = backups.make(*shop.db, noon + hours{1});
    REQUIRE_FALSE(failed.ok());
    CHECK(failed.error().kind == core::ErrorKind::unavailable);
    CHECK(failed.error().message.find("central-2026-11-27T130000Z.db") != std::string::npos);
    CHECK(std::filesystem::exists(folder / "central-2026-11-27T120000Z.db"));
    backups.stop();
    CHECK_FALSE(backups.make(*shop.db, noon + hours{2}).ok());
    CHECK_FALSE(std::filesystem::exists(folder / "central-2026-11-27T140000Z.db"));
}

TEST_CASE_TEMPLATE("central backs up its own SQLite file, and leaves PostgreSQL to PostgreSQL's tools", Engine, Sqlite,
                   Postgres) {
    Engine engine;
    const auto db = engine.open();
    core::SystemClock clock;
    const TempDir dir;
    Backups backups(dir.path() / "copies", 1);
    const auto has_backup = [&](minutes every) {
        const auto jobs = central::jobs::all_jobs({*db, clock, [] { return core::Status{}; }}, {every, &backups});
        return std::any_of(jobs.begin(), jobs.end(), [](const auto& job) { return job.name == "backup"; });
    };
    CHECK(has_backup(minutes{60}) == (db->engine() == sql::Engine::sqlite));
    CHECK_FALSE(has_backup(minutes{0}));
}
