#include "central/store/registry_import_store.hpp"

#include <algorithm>
#include <string_view>

namespace plus7::central::store {
namespace {

constexpr const char* select_import =
    "SELECT registry_id, run_id, file_hash, header, lines, done, created, updated, unchanged, rejected, started_us, "
    "alive_us, ended_us FROM registry_import WHERE registry_id = $1";

std::optional<ImportRow> import_of(const std::optional<sql::Row>& row) {
    if (!row) return std::nullopt;
    return ImportRow{row->get<std::string>("registry_id"),
                     row->get<std::string>("run_id"),
                     row->get<core::Hash>("file_hash"),
                     row->get<std::string>("header"),
                     row->get<std::int64_t>("lines"),
                     row->get<std::int64_t>("done"),
                     row->get<std::int64_t>("created"),
                     row->get<std::int64_t>("updated"),
                     row->get<std::int64_t>("unchanged"),
                     row->get<std::int64_t>("rejected"),
                     row->get<core::TimeUs>("started_us"),
                     row->get<core::TimeUs>("alive_us"),
                     row->get<std::optional<core::TimeUs>>("ended_us")};
}

// "phone:malformed;:other_line:7": fields, codes and numbers hold neither colons nor semicolons.
std::string text_of(const std::vector<ImportFault>& faults) {
    std::string text;
    for (const auto& fault : faults)
        text +=
            (text.empty() ? "" : ";") + fault.field + ":" + fault.code + (fault.about.empty() ? "" : ":" + fault.about);
    return text;
}

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find(separator, from), text.size());
        parts.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    return parts;
}

std::vector<ImportFault> faults_of(std::string_view text) {
    std::vector<ImportFault> faults;
    for (const auto one : parts_of(text, ';')) {
        const auto parts = parts_of(one, ':');
        if (parts.size() < 2) continue;
        faults.push_back({std::string(parts[0]), std::string(parts[1]), parts.size() > 2 ? std::string(parts[2]) : ""});
    }
    return faults;
}

}  // namespace

void start_import(sql::Tx& tx, const ImportRow& r) {
    tx.exec("DELETE FROM registry_reject WHERE registry_id = $1", r.registry);
    tx.exec("DELETE FROM registry_import WHERE registry_id = $1", r.registry);
    tx.exec(
        "INSERT INTO registry_import (registry_id, run_id, file_hash, header, lines, done, created, updated, "
        "unchanged, rejected, started_us, alive_us, ended_us) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
        "$12, $13)",
        r.registry, r.run, r.file, r.header, r.lines, r.done, r.created, r.updated, r.unchanged, r.rejected, r.started,
        r.alive, r.ended);
}

std::optional<ImportRow> find_import(sql::Tx& tx, const std::string& registry) {
    return import_of(tx.one(select_import, registry));
}

std::optional<ImportRow> lock_import(sql::Tx& tx, const std::string& registry) {
    return import_of(tx.one(std::string(select_import) + " {for_update}", registry));
}

void update_import(sql::Tx& tx, const ImportRow& r) {
    tx.exec(
        "UPDATE registry_import SET done = $2, created = $3, updated = $4, unchanged = $5, rejected = $6, alive_us = "
        "$7, ended_us = $8 WHERE registry_id = $1",
        r.registry, r.done, r.created, r.updated, r.unchanged, r.rejected, r.alive, r.ended);
}

std::optional<RegistryRow> find_registry_by_file(sql::Tx& tx, const std::string& sender, const std::string& site,
                                                 const core::Hash& file) {
    const auto row = tx.one(
        "SELECT r.registry_id FROM registry r JOIN registry_import i ON i.registry_id = r.registry_id WHERE "
        "i.file_hash = $1 AND r.sender = $2 AND r.site_id = $3 ORDER BY r.created_us DESC, r.registry_id DESC LIMIT 1",
        file, sender, site);
    if (!row) return std::nullopt;
    return find_registry(tx, row->get<std::string>(0));
}

void insert_rejected(sql::Tx& tx, const std::string& registry, const RejectedLine& line) {
    tx.exec("INSERT INTO registry_reject (registry_id, line, cells, faults) VALUES ($1, $2, $3, $4)", registry,
            line.line, line.cells, text_of(line.faults));
}

std::vector<RejectedLine> rejected_lines(sql::Tx& tx, const std::string& registry) {
    std::vector<RejectedLine> lines;
    for (const auto& row :
         tx.query("SELECT line, cells, faults FROM registry_reject WHERE registry_id = $1 ORDER BY line", registry))
        lines.push_back(
            {row.get<std::int64_t>("line"), row.get<std::string>("cells"), faults_of(row.get<std::string>("faults"))});
    return lines;
}

}  // namespace plus7::central::store
