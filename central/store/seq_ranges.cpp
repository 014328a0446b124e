#include "central/store/seq_ranges.hpp"

#include <algorithm>

#include "shared/wire/limits.hpp"

namespace plus7::central::store {
namespace {

std::uint64_t jump(std::uint64_t upto, const std::vector<wire::SeqRange>& also) {
    for (const auto& range : also)
        if (range.first <= upto + 1) upto = std::max(upto, range.last);
    return upto;
}

}  // namespace

std::uint64_t prefix_from(sql::Tx& tx, const std::string& table, const core::DeviceId& device, const core::Epoch& epoch,
                          std::uint64_t upto, const std::vector<wire::SeqRange>& also) {
    constexpr int page = 512;
    const std::string next =
        "SELECT seq FROM " + table + " WHERE device_id = $1 AND epoch = $2 AND seq > $3 ORDER BY seq LIMIT $4";
    upto = jump(upto, also);
    for (;;) {
        const auto rows = tx.query(next, device, epoch, upto, page);
        for (const auto& row : rows) {
            const auto seq = row.get<std::uint64_t>(0);
            if (seq <= upto) continue;
            if (seq != upto + 1) return upto;
            upto = jump(seq, also);
        }
        if (rows.size() < page) return upto;
    }
}

std::vector<wire::SeqRange> ranges_above(sql::Tx& tx, const std::string& table, const core::DeviceId& device,
                                         const core::Epoch& epoch, std::uint64_t upto) {
    std::vector<wire::SeqRange> ranges;
    for (const auto& row :
         tx.query("SELECT MIN(seq), MAX(seq) FROM (SELECT seq, seq - ROW_NUMBER() OVER (ORDER BY seq) "
                  "AS island FROM " +
                      table +
                      " WHERE device_id = $1 AND epoch = $2 AND seq > $3) AS numbered "
                      "GROUP BY island ORDER BY 1 DESC LIMIT $4",
                  device, epoch, upto, wire::max_ranges))
        ranges.push_back({row.get<std::uint64_t>(0), row.get<std::uint64_t>(1)});
    std::reverse(ranges.begin(), ranges.end());
    return ranges;
}

}  // namespace plus7::central::store
