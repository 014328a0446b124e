// Numbers that senders gave their orders through the API (0010_tokens.sql). SQL only. In a transaction.
#pragma once
#include <optional>
#include <string>

#include "shared/core/bytes.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct OuterRefRow {
    std::string sender, ref;
    std::string order;  // UUID text; empty while it is being made
    core::Hash request;
};

// False: the sender has given this number before. Of two at once the second waits for the first's end.
bool claim_outer_ref(sql::Tx& tx, const OuterRefRow& row);
void set_outer_ref_order(sql::Tx& tx, const OuterRefRow& row);
std::optional<OuterRefRow> find_outer_ref(sql::Tx& tx, const std::string& sender, const std::string& ref);
// An order of this sender with this number, however it was entered; the newest when there are several.
std::optional<std::string> order_of_ref(sql::Tx& tx, const std::string& sender, const std::string& ref);

}  // namespace plus7::central::store
