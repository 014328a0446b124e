// The subcommands of plus7-central besides `run`. Each prints for a person and returns the exit code: 0 done, 1 failed,
// 2 wrong configuration.
#pragma once
#include <memory>
#include <string>

#include "central/config.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central {

// Opens the configured database and brings its schema up to date; the error says what a person can do.
core::Result<std::unique_ptr<sql::Database>> open_database(const Config& config);

int migrate_command(const Config& config);
// A consistent copy of the SQLite database while central runs.
int backup_command(const Config& config, const std::string& file);
// Puts a backup in place of the database, with a new server generation; central must not run. The CA folder stays.
int restore_command(const Config& config, const std::string& file);
// Checks hashes, signatures, chains and cursors of all records, replays the event log and compares what is derived from
// it with what is there (I9); changes nothing. Says what was checked, or names the first fault.
int verify_command(const Config& config);
// The link of an order's recipient, for as long as no message brings it to him.
int recipient_link_command(const Config& config, const std::string& number);
int import_map_command(const Config& config, const std::string& extract);

}  // namespace plus7::central
