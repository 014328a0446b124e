#include "agent/store/work.hpp"

#include <algorithm>

#include "shared/wire/task_rows.hpp"

namespace plus7::agent::store {
namespace {

using wire::RowKind;

WorkParcel parcel_of(const model::ParcelId& id, wire::ParcelRow row) {
    return {id, row.order, row.number, std::move(row.codes), std::move(row.what), row.version, row.holder, {}};
}

WorkTask task_of(const wire::RowKey& key, wire::TaskRow row) {
    WorkTask task;
    task.order = {key.id.value};
    task.number = std::move(row.number);
    task.sender = std::move(row.sender);
    task.place = row.place;
    task.where = row.where;
    task.from = row.from;
    task.to = row.to;
    task.due_minor = row.due_minor;
    task.due_currency = std::move(row.due_currency);
    task.proof = std::move(row.proof);
    task.is_planned = row.is_planned;
    task.is_cancelled = row.is_cancelled;
    task.point = row.point;
    task.keep_until = row.keep_until;
    return task;
}

std::optional<WorkParcel> from_acts(const model::ParcelId& id, std::vector<OwnAct> acts) {
    if (acts.empty()) return std::nullopt;
    WorkParcel parcel;
    parcel.id = id;
    if (!acts.back().code.empty()) parcel.codes.push_back(acts.back().code);
    for (const auto& act : acts) {
        if (act.kind != ActKind::attempt) parcel.holder = act.to;
        parcel.version = std::max(parcel.version, act.version);
    }
    parcel.acts = std::move(acts);
    return parcel;
}

void add_recipient(WorkTask& task, const ViewStore& view) {
    const auto row = view.row({RowKind::recipient, {task.order.value}});
    if (!row) return;
    auto recipient = wire::decode_recipient_row(row->body);
    if (!recipient) return;
    task.name = std::move(recipient->name);
    task.phone = std::move(recipient->phone);
    task.address = std::move(recipient->address);
    task.entrance = std::move(recipient->entrance);
    task.floor = std::move(recipient->floor);
    task.intercom = std::move(recipient->intercom);
    task.comment = std::move(recipient->comment);
}

}  // namespace

std::optional<WorkParcel> parcel_from(const std::pair<wire::RowKey, core::Bytes>& row) {
    if (row.first.kind != RowKind::parcel) return std::nullopt;
    auto read = wire::decode_parcel_row(row.second);
    if (!read) return std::nullopt;
    return parcel_of({row.first.id.value}, std::move(*read));
}

const OwnAct* WorkParcel::last_act() const {
    const auto stands = [](const OwnAct& act) { return !act.undone && act.kind != ActKind::correction; };
    const auto found = std::find_if(acts.rbegin(), acts.rend(), stands);
    return found == acts.rend() ? nullptr : &*found;
}

std::int64_t WorkTask::paid_minor() const {
    std::int64_t sum = 0;
    for (const auto& taken : money)
        if (!taken.correction && taken.currency == due_currency) sum += taken.minor;
    return sum;
}

const OwnMoney* WorkTask::last_money() const { return newest_standing(money); }

// One half of a transfer: central goes on naming the giver until it has the other one.
bool waits_for_other_half(const OwnAct& act, const model::Holder& told) {
    return act.transfer && !act.undone && told == act.from;
}

// An own act counts over the view until the view has it: central answered it, and told a newer version since. What was
// done after one that counts, counts.
void Work::lay_over(WorkParcel& parcel) const {
    const auto note = outbox_.note(own_acts_note(parcel.id));
    if (!note) return;
    parcel.acts = own_acts_from(*note);
    const auto told = parcel.holder;
    bool counts = false;
    for (const auto& act : parcel.acts) {
        if (act.kind == ActKind::attempt) continue;
        const bool in_view = parcel.version > act.version && outbox_.is_acked(act.event);
        counts = counts || !in_view || waits_for_other_half(act, told);
        if (counts) parcel.holder = act.to;
    }
}

std::optional<WorkParcel> Work::parcel(const model::ParcelId& id) const {
    const auto row = view_.row({RowKind::parcel, {id.value}});
    if (!row) {
        const auto note = outbox_.note(own_acts_note(id));
        return note ? from_acts(id, own_acts_from(*note)) : std::nullopt;
    }
    auto read = wire::decode_parcel_row(row->body);
    if (!read) return std::nullopt;
    auto parcel = parcel_of(id, std::move(*read));
    lay_over(parcel);
    return parcel;
}

std::vector<WorkParcel> Work::done() const {
    std::vector<WorkParcel> gone;
    for (const auto& note : outbox_.notes(own_acts_prefix)) {
        const auto id = parcel_of_note(note.name);
        if (!id || view_.row({RowKind::parcel, {id->value}})) continue;
        if (auto parcel = from_acts(*id, own_acts_from(note.value))) gone.push_back(std::move(*parcel));
    }
    std::sort(gone.begin(), gone.end(),
              [](const WorkParcel& a, const WorkParcel& b) { return a.acts.back().at > b.acts.back().at; });
    return gone;
}

std::vector<std::string> Work::forgettable(core::TimeMs before) const {
    std::vector<std::string> names;
    for (const auto& parcel : done()) {
        const bool known = std::all_of(parcel.acts.begin(), parcel.acts.end(),
                                       [&](const OwnAct& act) { return outbox_.is_acked(act.event); });
        if (known && parcel.acts.back().at < before) names.push_back(own_acts_note(parcel.id));
    }
    for (auto& name : forgettable_money(before)) names.push_back(std::move(name));
    return names;
}

std::vector<std::string> Work::forgettable_money(core::TimeMs before) const {
    std::vector<std::string> names;
    for (const auto& note : outbox_.notes(own_money_prefix)) {
        const auto order = order_of_note(note.name);
        if (!order || view_.row({RowKind::task, {order->value}})) continue;
        const auto taken = own_money_from(note.value);
        const bool done = std::all_of(taken.begin(), taken.end(), [&](const OwnMoney& one) {
            return one.at < before && outbox_.is_acked(one.correction.value_or(one.event));
        });
        if (done) names.push_back(note.name);
    }
    return names;
}

std::vector<OwnMoney> Work::money(const model::OrderId& order) const {
    const auto note = outbox_.note(own_money_note(order));
    return note ? own_money_from(*note) : std::vector<OwnMoney>{};
}

std::vector<std::pair<wire::RowKey, core::Bytes>> Work::rows_of(const model::OrderId& order,
                                                                const std::vector<model::ParcelId>& parcels) const {
    std::vector<wire::RowKey> keys;
    for (const auto kind : {RowKind::task, RowKind::recipient, RowKind::verifier})
        keys.push_back({kind, {order.value}});
    for (const auto& parcel : parcels) keys.push_back({RowKind::parcel, {parcel.value}});
    std::vector<std::pair<wire::RowKey, core::Bytes>> rows;
    for (const auto& key : keys)
        if (auto row = view_.row(key)) rows.emplace_back(key, std::move(row->body));
    return rows;
}

std::vector<WorkParcel> Work::parcels() const {
    std::vector<WorkParcel> all;
    for (const auto& row : view_.rows(RowKind::parcel)) {
        auto read = wire::decode_parcel_row(row.body);
        if (!read) continue;
        all.push_back(parcel_of({row.key.id.value}, std::move(*read)));
        lay_over(all.back());
    }
    return all;
}

std::vector<WorkParcel> Work::with_code(std::string_view code) const {
    auto found = parcels();
    for (auto& gone : done()) found.push_back(std::move(gone));
    std::erase_if(found, [&](const WorkParcel& parcel) {
        return std::find(parcel.codes.begin(), parcel.codes.end(), code) == parcel.codes.end();
    });
    return found;
}

std::optional<WorkTask> Work::read_task(const wire::ViewRow& row) const {
    auto read = wire::decode_task_row(row.body);
    if (!read || read->kind == wire::TaskKind::unknown) return std::nullopt;
    auto task = task_of(row.key, std::move(*read));
    add_recipient(task, view_);
    task.money = money(task.order);
    return task;
}

std::optional<WorkTask> Work::task(const model::OrderId& order) const {
    const auto row = view_.row({RowKind::task, {order.value}});
    return row ? read_task(*row) : std::nullopt;
}

std::vector<WorkTask> Work::tasks() const {
    std::vector<WorkTask> tasks;
    for (const auto& row : view_.rows(RowKind::task))
        if (auto task = read_task(row)) tasks.push_back(std::move(*task));
    for (auto& parcel : parcels()) {
        const auto task =
            std::find_if(tasks.begin(), tasks.end(), [&](const WorkTask& one) { return one.order == parcel.order; });
        if (task != tasks.end()) task->parcels.push_back(std::move(parcel));
    }
    for (auto& task : tasks)
        std::sort(task.parcels.begin(), task.parcels.end(),
                  [](const WorkParcel& a, const WorkParcel& b) { return a.number < b.number; });
    std::sort(tasks.begin(), tasks.end(), [](const WorkTask& a, const WorkTask& b) {
        return std::tuple(!a.is_planned, a.place, a.number) < std::tuple(!b.is_planned, b.place, b.number);
    });
    return tasks;
}

std::optional<CodeCheck> Work::code_check(const model::OrderId& order) const {
    const auto row = view_.row({RowKind::verifier, {order.value}});
    if (!row) return std::nullopt;
    const auto read = wire::decode_verifier_row(row->body);
    if (!read) return std::nullopt;
    return CodeCheck{read->verifier, read->key};
}

std::vector<wire::LookEntry> Work::looks() const {
    std::vector<wire::LookEntry> looks;
    for (const auto& row : view_.rows(RowKind::access)) {
        auto read = wire::decode_access_row(row.body);
        if (!read) continue;
        looks.insert(looks.end(), read->looks.begin(), read->looks.end());
    }
    std::stable_sort(looks.begin(), looks.end(), [](const auto& a, const auto& b) { return a.from > b.from; });
    return looks;
}

std::vector<WorkSite> Work::sites() const {
    std::vector<WorkSite> sites;
    for (const auto& row : view_.rows(RowKind::site)) {
        auto read = wire::decode_site_row(row.body);
        if (!read) continue;
        sites.push_back(
            {{read->kind, {row.key.id.value}}, std::move(read->name), std::move(read->address), read->where});
    }
    return sites;
}

}  // namespace plus7::agent::store
