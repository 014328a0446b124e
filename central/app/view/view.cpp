#include "central/app/view/view.hpp"

#include <algorithm>

namespace plus7::central::app::view {
namespace {

const Key policy_key{wire::RowKind::policy, {}};

core::Error unknown_device() { return core::not_found("no such device"); }

void start_over(core::Tx& tx, const core::DeviceId& device) { store::set_view_acked(tx, device, 0, {}); }

// What the device may have now: of a locked one only its policy.
std::vector<wire::ViewRow> visible_rows(core::Tx& tx, const core::DeviceId& device) {
    auto rows = store::live_view_rows(tx, device);
    if (store::policy_of(tx, device).locked)
        std::erase_if(rows, [](const wire::ViewRow& row) { return row.key.kind != wire::RowKind::policy; });
    return rows;
}

// What of the change differs from the rows as they were takes a version each.
bool write(core::Tx& tx, const core::DeviceId& device, const store::ViewStanding& standing, const Change& change,
           const std::vector<wire::ViewRow>& old) {
    std::map<Key, const core::Bytes*> before;
    for (const auto& row : old) before.emplace(row.key, &row.body);
    auto head = standing.head;
    std::vector<store::ViewWrite> writes;
    for (const auto& key : change.gone)
        if (before.count(key)) writes.push_back({key, ++head, {}});
    for (const auto& [key, body] : change.put) {
        const auto known = before.find(key);
        if (known == before.end() || *known->second != body) writes.push_back({key, ++head, body});
    }
    if (writes.empty()) return false;
    store::write_view_rows(tx, device, writes);
    store::set_view_head(tx, device, head);
    return true;
}

}  // namespace

bool change(core::Tx& tx, const core::DeviceId& device, const Change& change) {
    const auto standing = store::lock_view(tx, device);
    if (!standing) return false;
    std::vector<Key> keys(change.gone.begin(), change.gone.end());
    for (const auto& [key, body] : change.put) keys.push_back(key);
    return write(tx, device, *standing, change, store::find_view_rows(tx, device, keys));
}

bool replace(core::Tx& tx, const core::DeviceId& device, const std::function<bool(wire::RowKind)>& is_theirs,
             const Rows& rows) {
    const auto standing = store::lock_view(tx, device);
    if (!standing) return false;
    const auto old = store::live_view_rows(tx, device);
    Change change{rows, {}};
    for (const auto& row : old)
        if (is_theirs(row.key.kind) && !rows.count(row.key)) change.gone.insert(row.key);
    return write(tx, device, *standing, change, old);
}

std::uint64_t head(core::Tx& tx, const core::DeviceId& device) {
    const auto standing = store::lock_view(tx, device);
    return standing ? standing->head : 0;
}

core::Result<std::uint64_t> set_policy(core::Tx& tx, const core::DeviceId& device, const Policy& policy) {
    const bool was_locked = store::policy_of(tx, device).locked;
    if (!store::lock_view(tx, device)) return unknown_device();
    change(tx, device, {{{policy_key, wire::encode(policy)}}, {}});
    if (was_locked != policy.locked) start_over(tx, device);
    return head(tx, device);
}

core::Result<std::uint64_t> set_locked(core::Tx& tx, const core::DeviceId& device, bool locked) {
    if (!store::lock_view(tx, device)) return unknown_device();
    auto policy = store::policy_of(tx, device);
    policy.locked = locked;
    if (!locked) policy.wipe.reset();
    return set_policy(tx, device, policy);
}

core::Result<std::uint64_t> ask_wipe(core::Tx& tx, const core::DeviceId& device, const wire::WipeRequest& wipe) {
    if (!store::lock_view(tx, device)) return unknown_device();
    auto policy = store::policy_of(tx, device);
    policy.locked = true;
    if (!policy.wipe) policy.wipe = wipe;
    return set_policy(tx, device, policy);
}

std::optional<wire::ViewDelta> take_delta(core::Tx& tx, const core::DeviceId& device) {
    const auto standing = store::lock_view(tx, device);
    if (!standing || !standing->online || standing->acked == standing->head) return std::nullopt;
    auto rows = visible_rows(tx, device);
    wire::ViewDelta delta;
    delta.from = standing->acked;
    delta.to = standing->head;
    delta.hash = store::view_hash(rows);
    if (delta.from != 0) {
        std::erase_if(rows, [&](const wire::ViewRow& row) { return row.version <= delta.from; });
        delta.remove = store::buried_since(tx, device, delta.from);
    }
    delta.put = std::move(rows);
    store::set_view_sent(tx, device, delta.to, delta.hash);
    return delta;
}

Answer confirm(core::Tx& tx, const core::DeviceId& device, const wire::ViewApplied& applied) {
    const auto standing = store::lock_view(tx, device);
    if (!standing) return Answer::differs;
    if (applied.version == standing->acked && standing->acked_hash == applied.hash) return Answer::known;
    std::optional<core::Hash> expected;
    if (applied.version == standing->sent) expected = standing->sent_hash;
    if (applied.version == 0 || applied.version < standing->acked || expected != applied.hash) {
        start_over(tx, device);
        return Answer::differs;
    }
    store::set_view_acked(tx, device, applied.version, applied.hash);
    store::drop_tombstones(tx, device, applied.version);
    return Answer::confirmed;
}

std::uint64_t greet(core::Tx& tx, const core::DeviceId& device, std::uint64_t version) {
    const auto standing = store::lock_view(tx, device);
    if (!standing) return 0;
    // Between them lies an answer that was lost; it is told again with the next delta.
    const bool follows = version >= standing->acked && version <= std::max(standing->sent, standing->acked);
    if (!follows) start_over(tx, device);
    return standing->head;
}

}  // namespace plus7::central::app::view
