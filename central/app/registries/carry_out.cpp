#include "central/app/registries/carry_out.hpp"

namespace plus7::central::app::registries {
namespace {

using Text = std::optional<std::string>;

orders::NewOrder new_order(const std::string& sender, const RegistryFile& file, const FileOrder& order) {
    const auto& terms = order.terms;
    orders::NewOrder made;
    made.sender = sender;
    made.terms.outer_ref = Text(order.outer_ref);
    made.terms.recipient = {terms.recipient, terms.phone};
    made.terms.address = {terms.address, terms.entrance, terms.floor, terms.intercom, terms.comment};
    made.terms.where = terms.where;
    made.terms.slot = terms.slot;
    made.terms.due = terms.due;
    made.terms.proof = terms.proof;
    for (const auto line : order.lines) made.parcels.push_back(file.lines[line].parcel);
    return made;
}

core::Result<std::vector<std::string>> make(core::Tx& tx, const custody::Acting& who, const orders::NewOrder& order,
                                            const orders::Prepared& prepared) {
    const auto made = orders::create(tx, who, order, prepared);
    if (!made) return made.error();
    std::vector<std::string> ids;
    for (const auto& parcel : store::parcels_of(tx, made->id)) ids.push_back(parcel.id);
    return ids;
}

core::Result<std::string> join(core::Tx& tx, const custody::Acting& who, const store::OrderLine& order,
                               const orders::NewParcel& parcel, std::int64_t number) {
    auto id = orders::add_parcel(tx, who, order.order, number, parcel);
    if (!id || !order.courier) return id;
    if (const auto planned = custody::plan_parcel(tx, who, *id, *order.courier); !planned) return planned.error();
    return id;
}

}  // namespace

core::Result<std::vector<std::string>> carry_out(core::Tx& tx, const custody::Acting& who, const std::string& sender,
                                                 const RegistryFile& file, const FileOrder& order,
                                                 const OrderPlan& plan, const orders::Prepared* prepared) {
    if (!plan.before) {
        if (prepared == nullptr) return core::internal("nothing was prepared for a new order");
        return make(tx, who, new_order(sender, file, order), *prepared);
    }
    auto current = *plan.before;
    if (plan.changes_terms) {
        const auto changed = orders::change(tx, current.order.id, plan.change, who.now);
        if (!changed) return changed.error();
        current.order = *changed;
    }
    if (plan.outcome == Outcome::updated && !plan.changes_terms) store::touch_order(tx, current.order.id);
    std::vector<std::string> ids;
    auto number = current.parcels;
    for (const auto& parcel : plan.parcels) {
        if (parcel.after)
            if (const auto done = orders::change_parcel(tx, current.order, *parcel.after, who.now); !done)
                return done.error();
        if (parcel.before) {
            ids.push_back(parcel.before->id);
            continue;
        }
        auto joined_id = join(tx, who, current, file.lines[parcel.line].parcel, ++number);
        if (!joined_id) return joined_id.error();
        ids.push_back(*joined_id);
    }
    return ids;
}

}  // namespace plus7::central::app::registries
