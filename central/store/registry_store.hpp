// Rows of partners' registries and of how their files were read (0008_registries.sql). SQL only; the rules are in
// app/registries. In a transaction.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct RegistryRow {
    std::string id;      // UUID text
    std::string number;
    std::optional<std::string> outer_number;
    std::string sender;
    std::string site;
    std::string state = "reading";  // reading, open, closed
    std::int64_t total = 0;         // lines
    std::int64_t version = 1;
    core::TimeUs created{};
    std::optional<std::string> created_by;  // staff
    std::optional<core::TimeUs> closed;
};

// As lists show it: what is expected, and how much of it has come into our hands. Parcels that were called off before
// they came are not expected.
struct RegistrySummary {
    RegistryRow registry;
    std::int64_t expected = 0, arrived = 0;
};

struct RegistryLine {
    std::int64_t line = 0;
    std::string parcel, order, order_number;
    std::optional<std::string> outer_ref;
    std::string recipient;
    std::string code;  // the sender's barcode, or ours
    std::string status;
};

struct RegistryQuery {
    std::string state, site;                                       // all when empty
    std::optional<std::pair<core::TimeUs, std::string>> before{};  // cursor: created and id of the last one
    int limit = 50;
};

std::int64_t next_registry_number(sql::Tx& tx);
void insert_registry(sql::Tx& tx, const RegistryRow& registry);
std::optional<RegistryRow> find_registry(sql::Tx& tx, const std::string& id);
std::optional<RegistryRow> lock_registry(sql::Tx& tx, const std::string& id);
std::optional<RegistrySummary> find_registry_summary(sql::Tx& tx, const std::string& id);
std::vector<RegistrySummary> registries(sql::Tx& tx, const RegistryQuery& query);  // newest first
// The newest one that the sender calls so, closed or not.
std::optional<RegistryRow> find_registry_of(sql::Tx& tx, const std::string& sender, const std::string& site,
                                            const std::string& outer_number);
// State, total and closed; gives the next version.
void update_registry(sql::Tx& tx, const RegistryRow& registry);

// At the end of the list; one that is listed already stays where it is. False then.
bool add_registry_line(sql::Tx& tx, const std::string& registry, const std::string& parcel);
// After the line `after`, at most `limit`.
std::vector<RegistryLine> registry_lines(sql::Tx& tx, const std::string& registry, std::int64_t after, int limit);

}  // namespace plus7::central::store
