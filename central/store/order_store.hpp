// Rows of orders, their parcels and barcodes (0006_orders.sql, 0013_people.sql). SQL only; the rules are in app/orders.
// In a transaction.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/geo.hpp"
#include "shared/core/time.hpp"
#include "shared/crypto/handover_code.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

using crypto::OrderSecret;

struct Money {
    std::int64_t minor = 0;
    std::string currency;  // ISO 4217
    bool operator==(const Money&) const = default;
};

struct Slot {
    core::TimeUs from{}, to{};
    bool operator==(const Slot&) const = default;
};

struct OrderRow {
    std::string id;      // UUID text
    std::string number;  // A-10234
    std::optional<std::string> outer_ref;
    std::string sender;
    std::string recipient, recipient_fold;
    std::optional<std::string> phone;  // E.164
    std::string address;
    std::optional<std::string> entrance, floor, intercom, comment;
    std::optional<core::LatLon> where;
    std::optional<Slot> slot;
    std::optional<Money> due;
    std::string proof;  // "code,signature"
    OrderSecret secret;
    crypto::CodeVerifier verifier;  // of the recipient's code
    std::int64_t version = 1;
    core::TimeUs created{};
    std::int64_t code_counter = 0;       // how often that code was made anew
    std::optional<std::string> point{};  // it goes to this pickup point, whose address it has; none: to the door
};

struct ParcelRow {
    std::string id;  // UUID text
    std::string order;
    std::int64_t number = 1;
    std::vector<std::string> codes;  // ours first
    std::optional<std::string> what;
    std::optional<std::int64_t> weight_g;
};

// An order as lists show it.
struct OrderLine {
    OrderRow order;
    std::string status;
    std::int64_t parcels = 0;
    std::optional<std::string> courier;  // planned for
};

struct OrderQuery {
    // Any of them; LIKE patterns, '\' escapes. The code is a barcode's or the sender's own number.
    std::string number_like = "%", recipient_like = "%", code_like = "%";
    std::vector<std::string> statuses;                             // all when empty
    std::optional<std::string> courier;                            // planned for him
    bool unplanned = false;                                        // planned for nobody
    std::optional<std::string> sender, outer_ref;                  // exactly these
    std::optional<std::string> point;                              // to this pickup point
    std::optional<std::pair<core::TimeUs, std::string>> before{};  // cursor: created and id of the last one
    int limit = 50;
};

bool is_over(std::string_view status);  // delivered, returned, cancelled: nothing is to be done any more

std::int64_t take_order_numbers(sql::Tx& tx, std::int64_t count);  // the first of them
void insert_order(sql::Tx& tx, const OrderRow& order);
void insert_parcel(sql::Tx& tx, const ParcelRow& parcel);
void update_parcel(sql::Tx& tx, const ParcelRow& parcel);  // with its codes
void update_order(sql::Tx& tx, const OrderRow& order);     // gives the next version
// The code's counter and verifier; gives the next version.
void set_order_code(sql::Tx& tx, const OrderRow& order);
void touch_order(sql::Tx& tx, const std::string& id);  // the next version

std::optional<OrderRow> find_order(sql::Tx& tx, const std::string& id);
std::optional<OrderRow> lock_order(sql::Tx& tx, const std::string& id);
std::optional<OrderRow> find_order_by_ref(sql::Tx& tx, const std::string& sender, const std::string& outer_ref);
std::optional<OrderLine> find_order_line(sql::Tx& tx, const std::string& id);
std::map<std::string, OrderLine> order_lines(sql::Tx& tx, const std::vector<std::string>& ids);  // by id
std::vector<OrderLine> orders(sql::Tx& tx, const OrderQuery& query);                             // newest first
// All that are not over; planned for somebody, or for nobody (the oldest first).
std::vector<OrderLine> open_orders(sql::Tx& tx, bool planned, int limit);
std::vector<ParcelRow> parcels_of(sql::Tx& tx, const std::string& order);
std::map<std::string, std::vector<ParcelRow>> parcels_of_orders(sql::Tx& tx, const std::vector<std::string>& orders);
// The order of this sender, not yet over, another than `order`, that has a parcel with this barcode.
std::optional<std::string> find_number_by_code(sql::Tx& tx, const std::string& sender, const std::string& code,
                                               const std::string& order);

}  // namespace plus7::central::store
