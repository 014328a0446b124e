// Couriers as the office keeps them: create, edit, find. Which device one carries: app/devices/carrying. Synchronous,
// inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "central/store/courier_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::couriers {

struct NewCourier {
    std::string name;                  // 1 – 100 characters
    std::string code;                  // 1 – 12 of A-Z 0-9 '-', unique
    std::optional<std::string> phone;  // E.164 with plus
    std::optional<std::string>
        site{};  // the pickup point he is a clerk of, or the depot where he works; none: he drives
};

// What is set is changed; a phone or site that is set to nothing is removed.
struct CourierChange {
    std::optional<std::string> name;
    std::optional<std::string> code;
    std::optional<std::optional<std::string>> phone;
    std::optional<bool> blocked;
    std::optional<std::optional<std::string>> site{};
};

bool is_name(std::string_view name);  // 1 – 100 characters, not only blanks
bool is_code(std::string_view code);
bool is_phone(std::string_view phone);  // E.164: plus, 2 – 15 digits, the first not 0

// invalid: a rule above is broken, or (the message begins with "site:") no such open depot or pickup point; conflict:
// another courier has the code.
core::Result<store::CourierRow> create(core::Tx& tx, const NewCourier& courier, core::TimeUs now);
// As create; not_found. The caller holds the row's lock when it has compared versions. Archiving does not unbind.
core::Result<store::CourierRow> change(core::Tx& tx, const std::string& id, const CourierChange& change);

// For the query of a list: the LIKE pattern of what a person typed.
std::string name_pattern(std::string_view typed);

}  // namespace plus7::central::app::couriers
