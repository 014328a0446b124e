#include "agent/store/database_file.hpp"

#include <array>
#include <fstream>
#include <vector>

#include "agent_sql_embed.hpp"
#include "shared/sql/migrations.hpp"

namespace plus7::agent::store {
namespace {

constexpr int cache_kib = 512;
constexpr int page_size = 1024;  // most commits change one or two pages with a few bytes in each
constexpr std::size_t log_bytes = 256 * 1024;
constexpr std::string_view magic{"SQLite format 3\0", 16};  // sqlite.org/fileformat.html, 1.3

std::vector<sql::Migration> migrations_of(std::string_view schema) {
    std::vector<sql::Migration> all;
    for (const auto name : agent_sql::names()) {
        if (name.substr(0, schema.size() + 1) != std::string(schema) + "_") continue;
        all.push_back({static_cast<int>(all.size()) + 1, name, agent_sql::file(name)});
    }
    return all;
}

core::Result<std::unique_ptr<sql::SqliteConnection>> open_plain(const std::filesystem::path& path) {
    sql::SqliteOptions options;
    options.path = path.string();
    options.cache_kib = cache_kib;
    options.secure_delete = true;
    options.page_size = page_size;
    options.own_log_bytes = log_bytes;
    options.checkpoint_pages = static_cast<int>(log_bytes / page_size * 3 / 4);
    return sql::SqliteConnection::open(options);
}

bool has_foreign_header(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::array<char, magic.size()> head{};
    if (!file.read(head.data(), head.size())) return file.gcount() > 0;
    return std::string_view(head.data(), head.size()) != magic;
}

// SQLite's texts for SQLITE_CORRUPT and SQLITE_NOTADB (sqlite3_errstr).
bool names_damage(std::string_view text) {
    return text.find("malformed") != std::string_view::npos || text.find("not a database") != std::string_view::npos;
}

bool is_damaged(sql::SqliteConnection& connection) {
    try {
        return !connection.check_integrity().ok();
    } catch (const sql::DbError& error) {
        if (names_damage(error.what())) return true;
        throw;
    }
}

// An error: it cannot be opened and damage is not the reason. Nothing in the result: damaged.
core::Result<std::unique_ptr<sql::SqliteConnection>> open_sound(const std::filesystem::path& path) {
    if (has_foreign_header(path)) return std::unique_ptr<sql::SqliteConnection>();
    auto opened = open_plain(path);
    if (!opened) {
        if (names_damage(opened.error().message)) return std::unique_ptr<sql::SqliteConnection>();
        return opened.error();
    }
    if (is_damaged(**opened)) return std::unique_ptr<sql::SqliteConnection>();
    return opened;
}

std::filesystem::path move_aside(const std::filesystem::path& path) {
    std::filesystem::path aside;
    for (int n = 1; aside.empty() || std::filesystem::exists(aside); ++n) {
        aside = path.string() + ".damaged-" + std::to_string(n);
    }
    for (const char* part : {"", "-wal", "-shm"}) {
        std::error_code missing;  // a file without WAL
        std::filesystem::rename(path.string() + part, aside.string() + part, missing);
    }
    if (std::filesystem::exists(path)) throw std::runtime_error("cannot move " + path.string() + " aside");
    return aside;
}

}  // namespace

core::Result<DatabaseFile> open_database_file(const std::filesystem::path& path, std::string_view schema) {
    DatabaseFile file;
    auto sound = open_sound(path);
    if (!sound) return sound.error();
    file.connection = std::move(*sound);
    if (!file.connection) {
        file.damaged = move_aside(path);
        auto fresh = open_plain(path);
        if (!fresh) return fresh.error();
        file.connection = std::move(*fresh);
    }
    if (const auto migrated = sql::migrate(*file.connection, migrations_of(schema)); !migrated) {
        return migrated.error().context(path.filename().string());
    }
    return file;
}

}  // namespace plus7::agent::store
