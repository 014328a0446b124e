#include <nlohmann/json.hpp>

#include "central/store/case_store.hpp"

namespace plus7::central::store {

std::string to_json(const CaseDetail& detail) {
    return nlohmann::json(detail).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

CaseDetail case_detail_from(const std::string& json) {
    CaseDetail detail;
    const auto read = nlohmann::json::parse(json, nullptr, false);
    if (!read.is_object()) return detail;
    for (const auto& [name, value] : read.items())
        if (value.is_string()) detail.emplace(name, value.get<std::string>());
    return detail;
}

}  // namespace plus7::central::store
