#include "central/store/task_view.hpp"

#include <algorithm>
#include <stdexcept>

#include "shared/core/uuid.hpp"
#include "shared/core/word_list.hpp"
#include "shared/wire/task_rows.hpp"

namespace plus7::central::store {
namespace {

using wire::RowKind;

core::TimeMs ms(core::TimeUs time) { return std::chrono::floor<std::chrono::milliseconds>(time); }

std::vector<model::ProofKind> proof_of(const std::string& list) {
    std::vector<model::ProofKind> proof;
    for (const auto& kind : core::words_of(list)) proof.push_back(model::proof_kind_from(kind));
    return proof;
}

wire::TaskRow task_of(const OrderLine& line, const std::vector<CustodyRow>& custody, const TaskTerms& terms) {
    const auto& order = line.order;
    wire::TaskRow task;
    task.number = order.number;
    task.sender = order.sender;
    task.where = order.where;
    if (order.slot) {
        task.from = ms(order.slot->from);
        task.to = ms(order.slot->to);
    }
    if (order.due) {
        task.due_minor = order.due->minor;
        task.due_currency = order.due->currency;
    }
    task.proof = proof_of(order.proof);
    if (terms.plan) task.place = static_cast<std::uint64_t>(terms.plan->place);
    task.is_planned = terms.plan || terms.is_for_his_point;
    if (order.point) task.point = model::HolderId{row_id(*order.point).value};
    if (terms.keep_until) task.keep_until = ms(*terms.keep_until);
    task.is_cancelled = std::any_of(custody.begin(), custody.end(),
                                    [](const CustodyRow& one) { return one.is_cancelled || one.goes_back; });
    return task;
}

wire::RecipientRow recipient_of(const OrderRow& order) {
    const auto text = [](const std::optional<std::string>& value) { return value.value_or(""); };
    return {order.recipient,   text(order.phone),    order.address,      text(order.entrance),
            text(order.floor), text(order.intercom), text(order.comment)};
}

wire::ParcelRow parcel_of(const ParcelRow& parcel, const CustodyRow& custody) {
    return {{row_id(parcel.order).value},
            static_cast<std::uint32_t>(parcel.number),
            parcel.codes,
            custody.custody.version,
            custody.custody.holder,
            parcel.what.value_or("")};
}

}  // namespace

wire::RowId row_id(const std::string& uuid) {
    const auto id = core::from_uuid_text(uuid);
    if (!id) throw std::logic_error("an id that is no UUID: " + uuid);
    return {id->value};
}

std::vector<ViewBody> order_rows(const OrderLine& line, const std::vector<ParcelRow>& parcels,
                                 const std::vector<CustodyRow>& custody, const TaskTerms& terms) {
    const auto id = row_id(line.order.id);
    std::vector<ViewBody> rows{{{RowKind::task, id}, wire::encode(task_of(line, custody, terms))},
                               {{RowKind::recipient, id}, wire::encode(recipient_of(line.order))}};
    if (line.order.proof.find("code") != line.order.proof.npos)
        rows.push_back({{RowKind::verifier, id},
                        wire::encode(wire::VerifierRow{line.order.verifier,
                                                       crypto::commit_key(line.order.secret, line.order.number)})});
    for (const auto& parcel : parcels) {
        const auto known = std::find_if(custody.begin(), custody.end(),
                                        [&](const CustodyRow& one) { return one.parcel == parcel.id; });
        if (known != custody.end())
            rows.push_back({{RowKind::parcel, row_id(parcel.id)}, wire::encode(parcel_of(parcel, *known))});
    }
    return rows;
}

std::vector<wire::RowKey> order_keys(const std::string& order, const std::vector<ParcelRow>& parcels) {
    std::vector<wire::RowKey> keys{
        {RowKind::task, row_id(order)}, {RowKind::recipient, row_id(order)}, {RowKind::verifier, row_id(order)}};
    for (const auto& parcel : parcels) keys.push_back({RowKind::parcel, row_id(parcel.id)});
    return keys;
}

ViewBody site_row(const SiteRow& site) {
    const auto kind = site.is_depot ? model::HolderKind::depot : model::HolderKind::point;
    return {{RowKind::site, row_id(site.id)}, wire::encode(wire::SiteRow{kind, site.name, site.address, site.where})};
}

}  // namespace plus7::central::store
