#include <nlohmann/json.hpp>

#include "central/store/case_store.hpp"

namespace plus7::central::store {

std::string to_json(const CaseDetail& detail) {
    return nlohmann::json(detail).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
}

}  // namespace plus7::central::store
