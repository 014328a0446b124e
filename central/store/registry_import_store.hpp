// Rows of how a registry's last file was read, and of its lines that were not taken (0008_registries.sql). SQL only;
// the rules are in app/registries. In a transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/store/registry_store.hpp"
#include "shared/core/bytes.hpp"

namespace plus7::central::store {

struct ImportRow {
    std::string registry;
    std::string run;  // UUID text: who reads
    core::Hash file;
    std::string header;      // a line of CSV
    std::int64_t lines = 0;  // of the file
    std::int64_t done = 0;   // of them
    std::int64_t created = 0, updated = 0, unchanged = 0, rejected = 0;
    core::TimeUs started{}, alive{};
    std::optional<core::TimeUs> ended;
};

struct ImportFault {
    std::string field, code;
    std::string about;  // another line, or an order's number
    bool operator==(const ImportFault&) const = default;
};

struct RejectedLine {
    std::int64_t line = 0;
    std::string cells;  // a line of CSV
    std::vector<ImportFault> faults;
};

// In place of the one before; its rejected lines are gone.
void start_import(sql::Tx& tx, const ImportRow& row);
std::optional<ImportRow> find_import(sql::Tx& tx, const std::string& registry);
std::optional<ImportRow> lock_import(sql::Tx& tx, const std::string& registry);
void update_import(sql::Tx& tx, const ImportRow& row);  // counts and times
// The newest registry of this sender and depot whose last file was this one.
std::optional<RegistryRow> find_registry_by_file(sql::Tx& tx, const std::string& sender, const std::string& site,
                                                 const core::Hash& file);

void insert_rejected(sql::Tx& tx, const std::string& registry, const RejectedLine& line);
std::vector<RejectedLine> rejected_lines(sql::Tx& tx, const std::string& registry);

}  // namespace plus7::central::store
