// Rows of many ids by few statements: lists of a few lengths, filled up with the last id, so that few prepared texts
// serve any number of them.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "shared/sql/tx.hpp"

namespace plus7::central::store {

// `sql` with "{ids}" behind its IN, and parameters $1 … for `before`; each row of each answer goes to row(const Row&).
// Rows come in the order of the statement only within a list. An id that comes twice may give its rows twice.
template <typename Id, typename Take>
void each_of_ids(sql::Tx& tx, std::string_view sql, const std::vector<sql::Param>& before, const std::vector<Id>& ids,
                 Take take) {
    constexpr std::size_t lengths[] = {64, 8, 1};
    const auto at = sql.find("{ids}");
    std::size_t done = 0;
    for (const auto length : lengths) {
        // The rest goes into one list of this length when two of the next would be needed.
        while (done < ids.size() && (ids.size() - done > length / 8 || length == 1)) {
            auto params = before;
            std::string list = "(";
            for (std::size_t i = 0; i < length; ++i) {
                params.emplace_back(ids[std::min(done + i, ids.size() - 1)]);
                list += (i == 0 ? "$" : ", $") + std::to_string(params.size());
            }
            const auto text = std::string(sql.substr(0, at)) + list + ")" + std::string(sql.substr(at + 5));
            for (const auto& row : tx.query_with(text, params)) take(row);
            done += length;
        }
    }
}

}  // namespace plus7::central::store
