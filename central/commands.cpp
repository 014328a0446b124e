#include "central/commands.hpp"

#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "central/app/orders/recipient.hpp"
#include "central/ingest/verify.hpp"
#include "central/maps/import.hpp"
#include "central/store/migrations.hpp"
#include "central/store/server_store.hpp"
#include "shared/runtime/lock_file.hpp"
#include "shared/sql/postgres_connection.hpp"

namespace plus7::central {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view sqlite_scheme = "sqlite:";

int failed(const core::Error& error) {
    std::cerr << "plus7-central: " << error.message << "\n";
    return 1;
}

core::Result<fs::path> sqlite_file(const Config& config, std::string_view what) {
    if (config.database.rfind(sqlite_scheme, 0) == 0) return fs::path(config.database.substr(sqlite_scheme.size()));
    return core::invalid(std::string(what) +
                         " of PostgreSQL is done with PostgreSQL's own tools (pg_dump, pg_restore)");
}

// With what a person does about it.
core::Error opening_problem(const Config& config, core::Error error) {
    const bool sqlite = config.database.rfind(sqlite_scheme, 0) == 0;
    if (sqlite || error.kind != core::ErrorKind::unavailable) return error;
    error.message.erase(error.message.find_last_not_of(' ') + 1);  // libpq ends with a line end
    error.message += ": start it, or correct `database` in the settings";
    return error;
}

core::Result<std::unique_ptr<sql::Database>> open_as_it_is(const Config& config) {
    sql::DatabaseOptions options;
    options.dsn = config.database;
    options.readers = config.workers + 2;
    options.on_problem = [](std::string_view text) { runtime::log_warning("database", {{"problem", text}}); };
    auto opened = sql::Database::open(std::move(options), sql::postgres_factory());
    if (!opened) return opening_problem(config, opened.error());
    return opened;
}

// The present database and its log, put aside under a name that tells when.
core::Status put_aside(const fs::path& database) {
    const auto stamp = core::to_iso8601(std::chrono::floor<std::chrono::milliseconds>(core::SystemClock{}.now()));
    std::error_code error;
    for (const char* ending : {"", "-wal", "-shm"}) {
        const fs::path file = database.string() + ending;
        if (!fs::exists(file)) continue;
        fs::rename(file, database.string() + ".before-" + stamp + ending, error);
        if (error) return core::unavailable("cannot put " + file.string() + " aside: " + error.message());
    }
    return {};
}

core::Status restore(const Config& config, const fs::path& database, const std::string& file) {
    const auto lock = runtime::LockFile::acquire((config.data_dir / "central.lock").string());
    if (!lock) return lock.error().context("central must be stopped first");
    auto source = sql::SqliteConnection::open({.path = file, .read_only = true});
    if (!source) return source.error();
    if (auto sound = (*source)->check_integrity(); !sound) return sound.error().context(file);
    if (auto aside = put_aside(database); !aside) return aside;
    if (auto copied = (*source)->backup(database.string(), {}); !copied) return copied;
    auto opened = open_database(config);
    if (!opened) return opened.error();
    const auto renewed =
        (*opened)->write([](sql::Tx& tx) { return store::renew_server_gen(tx, core::SystemClock{}.now()); });
    if (!renewed) return renewed.error();
    return {};
}

core::Status verify(const Config& config) {
    if (const auto file = sqlite_file(config, "verify"); file && !fs::exists(*file))
        return core::not_found("there is no database " + file->string());
    const auto opened = open_as_it_is(config);
    if (!opened) return opened.error();
    const auto all = store::migrations();
    if (auto fits = sql::expect_migrated(**opened, all); !fits)
        return fits.error().context("`plus7-central migrate` first");
    const auto verified = ingest::verify(**opened);
    if (!verified) return verified.error();
    if (!verified->whole) return core::conflict(verified->words);
    std::cout << verified->words;
    return {};
}

}  // namespace

core::Result<std::unique_ptr<sql::Database>> open_database(const Config& config) {
    std::error_code error;
    fs::create_directories(config.data_dir, error);
    if (error)
        return core::unavailable("cannot make the data folder " + config.data_dir.string() + ": " + error.message());
    auto opened = open_as_it_is(config);
    if (!opened) return opened.error();
    const auto all = store::migrations();
    if (auto migrated = sql::migrate(**opened, all); !migrated) return migrated.error();
    return opened;
}

int migrate_command(const Config& config) {
    const auto opened = open_database(config);
    if (!opened) return failed(opened.error());
    std::cout << "the database is up to date\n";
    return 0;
}

int backup_command(const Config& config, const std::string& file) {
    const auto database = sqlite_file(config, "a backup");
    if (!database) return failed(database.error());
    auto reader = sql::SqliteConnection::open({.path = database->string(), .read_only = true});
    if (!reader) return failed(reader.error());
    const bool shown = ::isatty(STDERR_FILENO) == 1;
    const auto progress = [&](sql::BackupProgress at) {
        if (shown) std::cerr << "\r" << at.pages_done << " of " << at.pages_total << " pages" << std::flush;
    };
    const auto done = (*reader)->backup(file, progress);
    if (shown) std::cerr << "\n";
    if (!done) return failed(done.error());
    std::cout << "backup written to " << file << "\n";
    return 0;
}

int restore_command(const Config& config, const std::string& file) {
    const auto database = sqlite_file(config, "a restore");
    if (!database) return failed(database.error());
    if (const auto done = restore(config, *database, file); !done) return failed(done.error());
    std::cout << "restored from " << file
              << "\nhandhelds send again what they still hold (up to 7 days); start central now\n";
    return 0;
}

int verify_command(const Config& config) {
    const auto verified = verify(config);
    return verified ? 0 : failed(verified.error());
}

int recipient_link_command(const Config& config, const std::string& number) {
    const auto opened = open_as_it_is(config);
    if (!opened) return failed(opened.error());
    const auto order = (*opened)->read([&](sql::Tx& tx) { return app::orders::find_by_number(tx, number); });
    if (!order) return failed(order.error());
    if (!*order) return failed(core::not_found("there is no order " + number));
    std::cout << config.url_at(config.http_port) << "/t/" << app::orders::recipient_token(**order) << "\n";
    return 0;
}

int import_map_command(const Config& config, const std::string& extract) {
    maps::ImportOptions options;
    options.input = extract;
    options.output = config.region_map.string();
    std::error_code error;
    fs::create_directories(config.region_map.parent_path(), error);
    const bool shown = ::isatty(STDERR_FILENO) == 1;
    options.progress = [&](std::string_view stage, std::uint64_t done, std::uint64_t total) {
        if (shown && total > 0) std::cerr << "\r" << stage << " " << done * 100 / total << " %   " << std::flush;
    };
    const auto report = maps::import_map(options);
    if (shown) std::cerr << "\n";
    if (!report) return failed(report.error());
    std::cout << report->tiles << " tiles, " << report->street_edges << " street pieces, " << report->addresses
              << " addresses written to " << options.output << "\n";
    if (report->broken_areas + report->incomplete_relations + report->missing_nodes > 0)
        std::cout << "left out: " << report->broken_areas << " broken areas, " << report->incomplete_relations
                  << " areas cut by the edge, " << report->missing_nodes << " missing points\n";
    return 0;
}

}  // namespace plus7::central
