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

}  // namespace

core::Result<std::uint64_t> put(core::Tx& tx, const core::DeviceId& device, const Key& key, core::ByteView body) {
    const auto standing = store::lock_view(tx, device);
    if (!standing) return unknown_device();
    const auto old = store::find_view_row(tx, device, key);
    if (old && core::equal(old->body, body)) return standing->head;
    store::put_view_row(tx, device, {key, standing->head + 1, core::copy_of(body)});
    store::set_view_head(tx, device, standing->head + 1);
    return standing->head + 1;
}

core::Result<std::uint64_t> remove(core::Tx& tx, const core::DeviceId& device, const Key& key) {
    const auto standing = store::lock_view(tx, device);
    if (!standing) return unknown_device();
    if (!store::find_view_row(tx, device, key)) return standing->head;
    store::bury_view_row(tx, device, key, standing->head + 1);
    store::set_view_head(tx, device, standing->head + 1);
    return standing->head + 1;
}

std::uint64_t head(core::Tx& tx, const core::DeviceId& device) {
    const auto standing = store::lock_view(tx, device);
    return standing ? standing->head : 0;
}

core::Result<std::uint64_t> set_policy(core::Tx& tx, const core::DeviceId& device, const Policy& policy) {
    const bool was_locked = store::policy_of(tx, device).locked;
    auto head = put(tx, device, policy_key, wire::encode(policy));
    if (head && was_locked != policy.locked) start_over(tx, device);
    return head;
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
