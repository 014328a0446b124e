#include "central/store/courier_block_store.hpp"

namespace plus7::central::store {

void block_courier_on(sql::Tx& tx, const std::string& courier, const core::DeviceId& device, std::uint64_t view) {
    tx.exec(
        "INSERT INTO courier_block (courier_id, device_id, view_version) VALUES ($1, $2, $3) "
        "ON CONFLICT (courier_id, device_id) DO UPDATE SET view_version = excluded.view_version",
        courier, device, view);
}

void unblock_courier(sql::Tx& tx, const std::string& courier) {
    tx.exec("DELETE FROM courier_block WHERE courier_id = $1", courier);
}

std::optional<std::uint64_t> blocked_since_view(sql::Tx& tx, const std::string& courier, const core::DeviceId& device) {
    const auto row =
        tx.one("SELECT view_version FROM courier_block WHERE courier_id = $1 AND device_id = $2", courier, device);
    if (!row) return std::nullopt;
    return row->get<std::uint64_t>(0);
}

}  // namespace plus7::central::store
