// Rows of couriers (0001_devices.sql, 0013_people.sql). SQL only; the rules are in app/couriers. Used within a
// transaction.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/core/time.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct CourierRow {
    std::string id;  // UUID text
    std::string code;
    std::string name, name_fold;
    std::optional<std::string> phone;  // E.164
    bool blocked = false;
    std::int64_t version = 1;
    core::TimeUs created{};
    std::optional<std::string> site{};  // the pickup point he is a clerk of, or the depot where he works
    bool has_badge = false;             // follows courier_sign_in; not written here
};

// By folded name. `after` is the cursor: folded name and id of the last one of the page before.
struct CourierQuery {
    std::string name_like = "%";  // a LIKE pattern over the folded name, '\' escapes
    bool blocked = false;
    std::optional<std::pair<std::string, std::string>> after{};
    int limit = 50;
};

// False: another courier has the code.
bool insert_courier(sql::Tx& tx, const CourierRow& courier);
std::optional<CourierRow> find_courier(sql::Tx& tx, const std::string& id);
std::optional<CourierRow> find_courier_by_code(sql::Tx& tx, const std::string& code);
// The row is locked until the transaction ends.
std::optional<CourierRow> lock_courier(sql::Tx& tx, const std::string& id);
// Name, code, phone, state and site of the row with this id; gives the next version. conflict: another one has the
// code.
core::Status update_courier(sql::Tx& tx, const CourierRow& courier);
void touch_courier(sql::Tx& tx, const std::string& id);  // the next version
std::vector<CourierRow> couriers(sql::Tx& tx, const CourierQuery& query);
std::vector<CourierRow> all_couriers(sql::Tx& tx);  // those that are not blocked

}  // namespace plus7::central::store
