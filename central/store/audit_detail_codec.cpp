// JSON of an audit entry's detail: {"member": "value"} or {"member": ["was", "is"]}.
#include <nlohmann/json.hpp>

#include "central/store/audit_store.hpp"

namespace plus7::central::store {

std::string to_json(const std::vector<AuditDetail>& detail) {
    auto object = nlohmann::ordered_json::object();
    for (const auto& one : detail) {
        if (one.was) {
            object[one.member] = {*one.was, one.value};
        } else {
            object[one.member] = one.value;
        }
    }
    return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<core::TimeMs> detail_time(const std::string& json, const std::string& member) {
    const auto object = nlohmann::json::parse(json, nullptr, false);
    if (!object.is_object() || !object.contains(member) || !object[member].is_string()) return std::nullopt;
    return core::from_iso8601(object[member].get<std::string>());
}

}  // namespace plus7::central::store
