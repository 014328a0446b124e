// Cases: what a human has to look at (0002_sync.sql). SQL only. Within a transaction.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct CaseRow {
    std::string kind;     // "fork", "clone", "poison" …
    std::string subject;  // what it is about; kind and subject make the id, so that a repeat opens nothing new
    std::optional<core::DeviceId> device;
    std::string detail = "{}";  // JSON, no personal data
    core::TimeUs opened{};
};

using CaseDetail = std::map<std::string, std::string>;
std::string to_json(const CaseDetail& detail);
CaseDetail case_detail_from(const std::string& json);  // what is no text is left out

// False: it is known already.
bool open_case(sql::Tx& tx, const CaseRow& row);
// What has become known of it since, beside what its detail says; nothing when there is no such case.
void add_to_case(sql::Tx& tx, const std::string& kind, const std::string& subject, const CaseDetail& more);
// The doubt is over by itself; opened again, it counts as new.
void settle_case(sql::Tx& tx, const std::string& kind, const std::string& subject);
// Kinds of the open cases of a device, sorted.
std::vector<std::string> open_case_kinds(sql::Tx& tx, const core::DeviceId& device);

}  // namespace plus7::central::store
