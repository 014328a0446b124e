#include "central/app/orders/outer_refs.hpp"

#include <cmath>

#include "central/app/tariffs/zones.hpp"
#include "central/store/outer_ref_store.hpp"
#include "shared/crypto/sha256.hpp"

namespace plus7::central::app::orders {
namespace {

// Fields one after another, each with its length, so that no two requests give the same text.
class Spelling {
  public:
    Spelling& text(std::string_view value) {
        text_ += std::to_string(value.size()) + ":";
        text_ += value;
        return *this;
    }
    Spelling& maybe(const std::optional<std::string>& value) { return value ? text(*value) : none(); }
    Spelling& number(std::int64_t value) { return text(std::to_string(value)); }
    Spelling& none() {
        text_ += "-";
        return *this;
    }
    core::Hash hash() const { return crypto::sha256(core::view_of(text_)); }

  private:
    std::string text_;
};

// What was asked for, not how it was written: members in another order ask for the same.
core::Hash request_of(const NewOrder& order) {
    Spelling spelling;
    const auto& terms = order.terms;
    spelling.text(order.sender).text(terms.recipient->name).maybe(terms.recipient->phone);
    const auto address = terms.address.value_or(OrderChange::Address{});  // none: to a pickup point
    spelling.text(address.text).maybe(address.entrance).maybe(address.floor).maybe(address.intercom);
    spelling.maybe(address.comment).maybe(terms.point.value_or(std::nullopt));
    const auto where = terms.where.value_or(std::nullopt);
    const auto slot = terms.slot.value_or(std::nullopt);
    const auto due = terms.due.value_or(std::nullopt);
    constexpr double e7 = 1e7;
    where ? spelling.number(std::llround(where->lat * e7)).number(std::llround(where->lon * e7)) : spelling.none();
    slot ? spelling.number(core::count(slot->from)).number(core::count(slot->to)) : spelling.none();
    due ? spelling.number(due->minor).text(due->currency) : spelling.none();
    for (const auto& kind : terms.proof.value_or(std::vector<std::string>{})) spelling.text(kind);
    for (const auto& parcel : order.parcels) {
        spelling.none().maybe(parcel.code).maybe(parcel.what);
        parcel.weight_g ? spelling.number(*parcel.weight_g) : spelling.none();
    }
    if (const auto size = terms.size.value_or(std::nullopt)) spelling.text(*size);
    return spelling.hash();
}

core::Result<Placed> placed_before(core::Tx& tx, const store::OuterRefRow& asked) {
    const auto before = store::find_outer_ref(tx, asked.sender, asked.ref);
    if (!before) return core::unavailable("the order with this number is just being made");
    if (before->request == asked.request) return Placed{before->order, false};
    return core::conflict("outer_ref: another order has this number already: " + before->order);
}

// Nobody of the office looks at it: we deliver where it goes. A point is ours, wherever it is.
core::Result<store::OrderRow> make(core::Tx& tx, const custody::Acting& who, const NewOrder& order,
                                   const Prepared& prepared) {
    const auto where = order.terms.where.value_or(std::nullopt);
    if (!order.terms.point.value_or(std::nullopt))
        if (const auto inside = tariffs::require_inside(tx, where); !inside) return inside.error();
    return create(tx, who, order, prepared);
}

}  // namespace

core::Result<Placed> place(core::Tx& tx, const custody::Acting& who, const NewOrder& order, const Prepared& prepared) {
    const auto ref = order.terms.outer_ref.value_or(std::nullopt);
    if (!ref) {
        const auto made = make(tx, who, order, prepared);
        if (!made) return made.error();
        return Placed{made->id, true};
    }
    store::OuterRefRow row{order.sender, *ref, "", request_of(order)};
    if (!store::claim_outer_ref(tx, row)) return placed_before(tx, row);
    if (const auto other = store::order_of_ref(tx, order.sender, *ref))
        return core::conflict("outer_ref: another order has this number already: " + *other);
    const auto made = make(tx, who, order, prepared);
    if (!made) return made.error();
    row.order = made->id;
    store::set_outer_ref_order(tx, row);
    return Placed{made->id, true};
}

}  // namespace plus7::central::app::orders
