#include "central/app/orders/orders.hpp"

#include <algorithm>

#include "central/app/orders/points.hpp"
#include "central/app/orders/wishes.hpp"
#include "central/app/tariffs/tariffs.hpp"
#include "shared/core/random.hpp"
#include "shared/core/uuid.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::orders {
namespace {

core::Status check(const store::OrderRow& order) {
    if (order.slot && order.slot->to <= order.slot->from) return core::invalid("the slot ends before it begins");
    if (order.due && (order.due->minor <= 0 || !is_currency(order.due->currency)))
        return core::invalid("money to take is more than nothing, in a currency of three letters");
    if (order.where && !core::is_valid(*order.where)) return core::invalid("a place that is not on the globe");
    return {};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        if (text.find(word) == text.npos) text += (text.empty() ? "" : ",") + word;
    return text;
}

void apply(store::OrderRow& order, const OrderChange& change) {
    if (change.outer_ref) order.outer_ref = *change.outer_ref;
    if (change.recipient) {
        order.recipient = change.recipient->name;
        order.recipient_fold = text::fold(order.recipient);
        order.phone = change.recipient->phone;
    }
    if (change.address) {
        order.address = change.address->text;
        order.entrance = change.address->entrance;
        order.floor = change.address->floor;
        order.intercom = change.address->intercom;
        order.comment = change.address->comment;
    }
    if (change.where) order.where = *change.where;
    if (change.slot) order.slot = *change.slot;
    if (change.due) order.due = *change.due;
    if (change.proof) order.proof = joined(*change.proof);
}

core::Status check_ref(core::Tx& tx, const store::OrderRow& order) {
    if (!order.outer_ref) return {};
    const auto other = store::find_order_by_ref(tx, order.sender, *order.outer_ref);
    if (!other || other->id == order.id) return {};
    return core::conflict("outer_ref " + *order.outer_ref + " is that of this sender's order " + other->number);
}

// What nobody chose the tariff demands; without one it is the code.
std::vector<std::string> proof_of(core::Tx& tx, const OrderChange& terms, core::TimeUs now) {
    if (terms.proof) return *terms.proof;
    const auto due = terms.due.value_or(std::nullopt);
    return tariffs::default_proof(tx, due ? due->currency : tariffs::usual_currency, now)
        .value_or(std::vector<std::string>{"code"});
}

// Where it goes, when, and what is taken for it.
core::Status settle(core::Tx& tx, const store::OrderRow& order, const OrderChange& change, core::TimeUs now) {
    tariffs::Settling how;
    how.size = change.size;
    how.over_capacity = change.over_capacity;
    how.priced_anew = change.where || change.point || change.slot || change.due;
    return tariffs::settle(tx, order, how, now);
}

// Only the price hangs on parcels; the order keeps its slot, however full.
core::Status settle_parcels(core::Tx& tx, const store::OrderRow& order, core::TimeUs now) {
    tariffs::Settling how;
    how.over_capacity = true;
    return tariffs::settle(tx, order, how, now);
}

core::Result<std::string> put_parcel(core::Tx& tx, const custody::Acting& who, const store::OrderRow& order,
                                     std::int64_t number, const NewParcel& parcel) {
    store::ParcelRow row{core::new_uuid_text(who.now), order.id, number, {}, parcel.what, parcel.weight_g};
    row.codes.push_back(order.number + "-" + std::to_string(number));
    if (parcel.code && *parcel.code != row.codes[0]) row.codes.push_back(*parcel.code);
    store::insert_parcel(tx, row);
    if (const auto done = custody::register_parcel(tx, who, row.id, order.id); !done) return done.error();
    return row.id;
}

}  // namespace

bool is_text(std::string_view text) { return !text::fold(text).empty() && text.find('\0') == text.npos; }

bool is_barcode(std::string_view code) {
    if (code.empty() || code.front() == ' ' || code.back() == ' ') return false;
    return std::all_of(code.begin(), code.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

bool is_currency(std::string_view code) { return tariffs::is_currency(code); }

bool is_proof(std::string_view kind) {
    return kind == "code" || kind == "signature" || kind == "photo" || kind == "document";
}

std::int64_t take_numbers(core::Tx& tx, std::int64_t count) { return store::take_order_numbers(tx, count); }

Prepared prepare(std::int64_t number) {
    Prepared made;
    made.number = "A-" + std::to_string(number);
    made.secret = core::random_id<store::OrderSecret>();
    made.verifier =
        crypto::make_verifier(crypto::handover_code(made.secret, made.number, 0), core::random_id<crypto::CodeSalt>());
    return made;
}

core::Result<std::string> add_parcel(core::Tx& tx, const custody::Acting& who, const store::OrderRow& order,
                                     std::int64_t number, const NewParcel& parcel) {
    auto id = put_parcel(tx, who, order, number, parcel);
    if (!id) return id;
    if (const auto settled = settle_parcels(tx, order, who.now); !settled) return settled.error();
    return id;
}

core::Status change_parcel(core::Tx& tx, const store::OrderRow& order, const store::ParcelRow& parcel,
                           core::TimeUs now) {
    store::update_parcel(tx, parcel);
    return settle_parcels(tx, order, now);
}

core::Result<store::OrderRow> create(core::Tx& tx, const custody::Acting& who, const NewOrder& order,
                                     const Prepared& prepared) {
    if (order.parcels.empty() || order.parcels.size() > most_parcels)
        return core::invalid("an order has 1 to 50 parcels");
    store::OrderRow row;
    row.id = core::new_uuid_text(who.now);
    row.number = prepared.number;
    row.sender = order.sender;
    row.proof = joined(proof_of(tx, order.terms, who.now));
    row.secret = prepared.secret;
    row.verifier = prepared.verifier;
    row.created = who.now;
    if (auto good = redirect(tx, row, order.terms); !good) return good.error();
    apply(row, order.terms);
    if (auto good = check(row); !good) return good.error();
    if (auto free = check_ref(tx, row); !free) return free.error();
    store::insert_order(tx, row);
    std::int64_t number = 0;
    for (const auto& parcel : order.parcels)
        if (auto added = put_parcel(tx, who, row, ++number, parcel); !added) return added.error();
    tariffs::Settling how;
    how.size = order.terms.size;
    how.over_capacity = order.terms.over_capacity;
    if (auto settled = tariffs::settle(tx, row, how, who.now); !settled) return settled.error();
    return row;
}

core::Result<store::OrderRow> change(core::Tx& tx, const std::string& id, const OrderChange& change, core::TimeUs now) {
    if (!store::lock_order(tx, id)) return core::not_found("no such order");
    auto line = store::find_order_line(tx, id);
    if (store::is_over(line->status)) return core::conflict("the order has come to its end");
    if (auto good = redirect(tx, line->order, change); !good) return good.error();
    const auto slot = line->order.slot;
    apply(line->order, change);
    if (auto good = check(line->order); !good) return good.error();
    if (auto free = check_ref(tx, line->order); !free) return free.error();
    store::update_order(tx, line->order);
    if (line->order.slot != slot) note_office_slot(tx, id, now);
    ++line->order.version;
    if (auto settled = settle(tx, line->order, change, now); !settled) return settled.error();
    return line->order;
}

core::Status cancel(core::Tx& tx, const custody::Acting& who, const std::string& id, const std::string& reason) {
    if (!store::lock_order(tx, id)) return core::not_found("no such order");
    const auto line = store::find_order_line(tx, id);
    if (line->status == "cancelled") return {};
    if (store::is_over(line->status)) return core::conflict("the order has come to its end");
    for (const auto& parcel : store::custody_of_order(tx, id)) {
        if (parcel.is_cancelled || parcel.status == model::ParcelStatus::delivered) continue;
        if (const auto done = custody::cancel_parcel(tx, who, parcel.parcel, reason); !done) return done.error();
    }
    store::touch_order(tx, id);
    return {};
}

void search(store::OrderQuery& query, std::string_view typed) {
    const auto folded = text::fold(typed);
    if (folded.empty()) return;
    query.recipient_like = text::like_anywhere(folded);
    std::string upper(typed);
    for (auto& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    query.number_like = text::like_start(upper);
    query.code_like = text::like_start(typed);
}

}  // namespace plus7::central::app::orders
