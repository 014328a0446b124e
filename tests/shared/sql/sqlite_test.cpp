#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/shared/sql/engines.hpp"
#include "tests/support/eventually.hpp"

using namespace plus7;
using test::number;

namespace {

constexpr const char* table = "CREATE TABLE event (id {int} PRIMARY KEY, payload {bytes}) {strict}";
constexpr const char* insert = "INSERT INTO event (id, payload) VALUES ($1, $2)";

std::string pragma(sql::Connection& connection, const char* text) {
    std::string found;
    connection.run(text, {}, [&](sql::Row&& row) {
        const auto& value = row.value(std::size_t{0});
        found = std::holds_alternative<std::string>(value) ? std::get<std::string>(value)
                                                           : std::to_string(std::get<std::int64_t>(value));
        return true;
    });
    return found;
}

// Child: acknowledges through `pipe` each unit whose completion said "durable", until it is killed.
[[noreturn]] void write_until_killed(const std::string& dsn, int pipe) {
    sql::DatabaseOptions options;
    options.dsn = dsn;
    auto database = std::move(sql::Database::open(options)).value();
    std::atomic<int> waiting{0};
    for (std::int64_t id = 1;; ++id) {
        while (waiting > 100) std::this_thread::yield();
        ++waiting;
        (void)database->submit(
            [id](sql::Tx& tx) -> core::Status { return tx.exec(insert, id, core::Bytes(200, 7)), core::Status{}; },
            [&waiting, pipe, id](const core::Status& status) {
                if (status.ok() && ::write(pipe, &id, sizeof id) != sizeof id) ::_exit(1);
                --waiting;
            });
    }
}

}  // namespace

TEST_CASE("the pragmas of the protocol are set, the file is private to its user") {
    const test::TempDir folder;
    sql::SqliteOptions options;
    options.path = folder.file("core.db");
    options.checkpoint_pages = 321;
    options.cache_kib = 512;
    options.secure_delete = true;
    const auto writer = std::move(sql::SqliteConnection::open(options)).value();
    CHECK(pragma(*writer, "PRAGMA journal_mode") == "wal");
    CHECK(pragma(*writer, "PRAGMA synchronous") == "2");
    CHECK(pragma(*writer, "PRAGMA mmap_size") == "0");
    CHECK(pragma(*writer, "PRAGMA foreign_keys") == "1");
    CHECK(pragma(*writer, "PRAGMA secure_delete") == "1");
    CHECK(pragma(*writer, "PRAGMA cache_size") == "-512");
    CHECK(pragma(*writer, "PRAGMA wal_autocheckpoint") == "321");
    struct stat status {};
    for (const char* name : {"core.db", "core.db-wal"}) {
        REQUIRE(::stat(folder.file(name).c_str(), &status) == 0);
        CHECK((status.st_mode & 0777) == 0600);
    }
    options.read_only = true;
    const auto reader = std::move(sql::SqliteConnection::open(options)).value();
    CHECK(pragma(*reader, "PRAGMA wal_autocheckpoint") == "0");
    CHECK_THROWS_AS(static_cast<sql::SqliteConnection&>(*reader).checkpoint(), std::logic_error);
}

TEST_CASE("a reader that is closed last leaves the log to the next writer") {
    const test::TempDir folder;
    sql::SqliteOptions options;
    options.path = folder.file("core.db");
    auto writer = std::move(sql::SqliteConnection::open(options)).value();
    test::create(*writer, table);
    options.read_only = true;
    auto reader = std::move(sql::SqliteConnection::open(options)).value();
    REQUIRE(reader->snapshot([](sql::Tx& tx) { return tx.query("SELECT * FROM event"); }).ok());
    writer.reset();
    const auto log = options.path + "-wal";
    const auto before = std::filesystem::file_size(log);
    REQUIRE(before > 0);
    reader.reset();
    CHECK(std::filesystem::file_size(log) == before);
}

TEST_CASE("every unit whose completion was called survives kill -9") {
    test::Sqlite engine;
    test::create(*engine.open(), table);
    int pipe[2];
    REQUIRE(::pipe2(pipe, O_CLOEXEC) == 0);
    const pid_t child = ::fork();
    if (child == 0) write_until_killed(engine.dsn, pipe[1]);
    ::close(pipe[1]);
    std::vector<std::int64_t> acknowledged;
    std::int64_t id = 0;
    while (acknowledged.size() < 300 && ::read(pipe[0], &id, sizeof id) == sizeof id) acknowledged.push_back(id);
    ::kill(child, SIGKILL);
    while (::read(pipe[0], &id, sizeof id) == sizeof id) acknowledged.push_back(id);
    ::close(pipe[0]);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    REQUIRE(acknowledged.size() >= 300);

    const auto database = engine.open();
    const auto missing = database->read([&](sql::Tx& tx) {
        int count = 0;
        for (const auto each : acknowledged) count += !tx.one("SELECT 1 FROM event WHERE id = $1", each).has_value();
        return count;
    });
    CHECK(missing.value() == 0);
    CHECK(database->check_integrity().ok());
}

TEST_CASE("a full disk fails the unit that does not fit, by name, and spares the others of its group") {
    test::Sqlite engine;
    sql::DatabaseOptions options;
    options.group.time = std::chrono::seconds{20};
    const auto database = engine.open(options);
    test::create(*database, table);
    REQUIRE(database
                ->on_writer([](sql::Connection& connection) -> core::Status {
                    connection.run("PRAGMA max_page_count=60", {}, [](sql::Row&&) { return true; });
                    return {};
                })
                .ok());
    std::atomic<int> good{0}, full{0}, ended{0};
    std::atomic<bool> open{false};
    const auto send = [&](std::int64_t id, std::size_t size) {
        REQUIRE(database
                    ->submit(
                        [&, id, size](sql::Tx& tx) -> core::Status {
                            while (!open) std::this_thread::yield();
                            tx.exec(insert, id, core::Bytes(size, 1));
                            return {};
                        },
                        [&](const core::Status& status) {
                            if (status.ok()) ++good;
                            if (!status.ok() && status.error().kind == core::ErrorKind::full) ++full;
                            ++ended;
                        })
                    .ok());
    };
    send(0, 10);
    for (std::int64_t id = 1; id <= 20; ++id) send(id, id == 7 ? 1'000'000 : 100);
    open = true;
    REQUIRE(test::eventually([&] { return ended == 21; }));
    CHECK(good == 20);
    CHECK(full == 1);
    CHECK(database->stats().broken_groups == 1);
    CHECK(number(*database, "SELECT count(*) FROM event") == 20);
    CHECK(database->check_integrity().ok());
}

TEST_CASE("a backup taken while writing is a consistent database of its own") {
    test::Sqlite engine;
    const auto database = engine.open();
    test::create(*database, table);
    std::atomic<bool> stop{false};
    std::atomic<std::int64_t> written{0};
    for (; written < 400; ++written) {
        REQUIRE(database->write([&](sql::Tx& tx) { tx.exec(insert, written.load(), core::Bytes(20'000, 5)); }).ok());
    }
    std::thread writer([&] {
        for (; !stop; ++written) {
            (void)database->write([&](sql::Tx& tx) { tx.exec(insert, written.load(), core::Bytes(100, 5)); });
        }
    });
    int calls = 0;
    sql::BackupProgress last;
    const std::string path = engine.folder.file("backup.db");
    const auto done = database->backup(path, [&](sql::BackupProgress progress) {
        ++calls;
        last = progress;
    });
    stop = true;
    writer.join();
    REQUIRE(done.ok());
    CHECK(calls > 1);
    CHECK(last.pages_done == last.pages_total);
    CHECK(last.pages_total > 2000 / 2);
    sql::DatabaseOptions options;
    options.dsn = "sqlite:" + path;
    const auto copy = std::move(sql::Database::open(options)).value();
    CHECK(copy->check_integrity().ok());
    const auto rows = number(*copy, "SELECT count(*) FROM event");
    CHECK(rows >= 400);
    CHECK(number(*copy, "SELECT max(id) FROM event") == rows - 1);
    CHECK_FALSE(std::filesystem::exists(path + ".part"));
}

TEST_CASE("a damaged database is found, a checkpoint empties the log") {
    test::Sqlite engine;
    {
        const auto database = engine.open();
        test::create(*database, table);
        for (int i = 0; i < 50; ++i) {
            REQUIRE(database->write([&](sql::Tx& tx) { tx.exec(insert, i, core::Bytes(3000, 5)); }).ok());
        }
        const auto size = database->size_bytes().value();
        REQUIRE(database->checkpoint().ok());
        CHECK(std::filesystem::file_size(engine.folder.file("test.db-wal")) == 0);
        CHECK(database->size_bytes().value() < size);
        CHECK(database->check_integrity().ok());
    }
    {
        std::fstream file(engine.folder.file("test.db"), std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096);
        file << std::string(8192, 'x');
    }
    const auto database = engine.open();
    CHECK_FALSE(database->check_integrity().ok());
}

TEST_CASE("what cannot be opened says why") {
    const test::TempDir folder;
    const auto error_of = [](const std::string& dsn) {
        sql::DatabaseOptions options;
        options.dsn = dsn;
        return sql::Database::open(options).error().message;
    };
    CHECK(error_of("sqlite:" + folder.file("no/such/folder.db")).find("No such file or directory") !=
          std::string::npos);
    std::ofstream(folder.file("text.db")) << std::string(5000, 'x');
    CHECK(error_of("sqlite:" + folder.file("text.db")).find("not a database") != std::string::npos);
    CHECK(error_of("sqlite:" + folder.path().string()).find("Is a directory") != std::string::npos);
    CHECK(error_of("something").find("sqlite:/path") != std::string::npos);
    CHECK(error_of("postgres://host/db") == "this program works with SQLite only: sqlite:/path/file.db");
    sql::SqliteOptions reader;
    reader.path = folder.file("absent.db");
    reader.read_only = true;
    CHECK_FALSE(sql::SqliteConnection::open(reader).ok());
    CHECK_FALSE(std::filesystem::exists(reader.path));
}
