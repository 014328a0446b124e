// Orders as the office keeps them: accept, edit, call off. Whoever makes or changes one, its zone, its place in the
// slot and its price follow (app/tariffs). Synchronous, inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "central/app/custody/office.hpp"
#include "central/store/order_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::orders {

// Characters of what people type, and amounts.
constexpr std::size_t longest_name = 100, longest_address = 300, longest_short = 20, longest_comment = 500;
constexpr std::size_t longest_ref = 64, longest_barcode = 48, longest_what = 200, most_parcels = 50;
constexpr std::int64_t most_money = 100'000'000'000, most_grams = 1'000'000;

struct NewParcel {
    std::optional<std::string> code;  // the sender's
    std::optional<std::string> what;
    std::optional<std::int64_t> weight_g;
};

// What is set is changed; an optional of an optional that is set to nothing is emptied.
struct OrderChange {
    std::optional<std::optional<std::string>> outer_ref;
    struct Recipient {
        std::string name;
        std::optional<std::string> phone;
    };
    std::optional<Recipient> recipient;
    struct Address {
        std::string text;
        std::optional<std::string> entrance, floor, intercom, comment;
    };
    std::optional<Address> address;
    std::optional<std::optional<core::LatLon>> where;
    std::optional<std::optional<store::Slot>> slot;
    std::optional<std::optional<store::Money>> due;
    std::optional<std::vector<std::string>> proof;      // of a new order: else what the tariff demands
    std::optional<std::optional<std::string>> point{};  // a pickup point; nothing: to the door
    std::optional<std::optional<std::string>> size{};   // s, m, l, xl: the largest parcel
    bool over_capacity = false;                         // a dispatcher has confirmed it
};

struct NewOrder {
    std::string sender;
    OrderChange terms;  // recipient is set, and address or point
    std::vector<NewParcel> parcels;
};

// Made before the transaction: the slow hash of the recipient's code takes its time and memory.
struct Prepared {
    std::string number;  // A-10234
    store::OrderSecret secret;
    crypto::CodeVerifier verifier;
};
Prepared prepare(std::int64_t number);
// Takes numbers for so many orders; the first of them. A number that is not used in the end is never given again.
std::int64_t take_numbers(core::Tx& tx, std::int64_t count);

bool is_text(std::string_view text);      // not only blanks, no NUL
bool is_barcode(std::string_view code);   // printable ASCII without blanks at the ends
bool is_currency(std::string_view code);  // three capital letters
bool is_proof(std::string_view kind);     // code, signature, photo, document

// Accepted: it has a number, and its parcels are the sender's to hand in. invalid: a slot that ends before it begins,
// no parcel, a rule above or of redirect (points.hpp); conflict, beginning with "outer_ref": it is that of another
// order of the sender; beginning with "slot": it is full.
core::Result<store::OrderRow> create(core::Tx& tx, const custody::Acting& who, const NewOrder& order,
                                     const Prepared& prepared);
// One more parcel, the sender's to hand in; `number`: of the order's. Its id.
core::Result<std::string> add_parcel(core::Tx& tx, const custody::Acting& who, const store::OrderRow& order,
                                     std::int64_t number, const NewParcel& parcel);

// not_found; conflict: it has come to its end, or as above. The caller holds the row's lock when it has compared
// versions.
core::Result<store::OrderRow> change(core::Tx& tx, const std::string& id, const OrderChange& change, core::TimeUs now);
// Codes, contents or weight of a parcel of this order.
core::Status change_parcel(core::Tx& tx, const store::OrderRow& order, const store::ParcelRow& parcel,
                           core::TimeUs now);

// Nobody is to deliver it any more; what we hold goes back. conflict: it has come to its end; an order that was called
// off before stays so.
core::Status cancel(core::Tx& tx, const custody::Acting& who, const std::string& id, const std::string& reason);

// For the query of a list: what a person typed, as the beginning of a number or code, or a part of a name.
void search(store::OrderQuery& query, std::string_view typed);

}  // namespace plus7::central::app::orders
