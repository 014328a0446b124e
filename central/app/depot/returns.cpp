#include "central/app/depot/returns.hpp"

#include <algorithm>

#include "central/app/depot/handout.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::app::depot {
namespace {

using model::HolderKind;

// Under the lock of the courier.
store::CountRow open_count(core::Tx& tx, const Floor& floor, const std::string& courier) {
    if (auto open = store::lock_open_count(tx, floor.site, courier)) return std::move(*open);
    store::CountRow count;
    count.id = core::new_uuid_text(floor.who.now);
    count.site = floor.site;
    count.courier = courier;
    count.opened = floor.who.now;
    count.opened_by = floor.staff();
    store::insert_count(tx, count);
    for (const auto& held : store::parcels_held_by(tx, courier_holder(courier)))
        store::put_count_line(tx, count.id, {held.id, std::nullopt, false});
    return count;
}

// What is told without a further question, if anything.
std::optional<Word> stands_still(const Floor& floor, const store::FloorParcel& parcel, const model::Custody& custody,
                                 const model::Holder& courier, bool confirmed) {
    if (parcel.holder.kind == HolderKind::customer) return Word::delivered;
    if (parcel.holder == courier) return std::nullopt;
    if (parcel.holder == floor.depot) {
        const auto told = told_of(custody, courier, floor.depot);
        return told.is_last && !told.by_office ? std::nullopt : std::optional(Word::here);
    }
    return confirmed ? std::nullopt : std::optional(Word::confirm_not_his);
}

core::Result<Scanned> take_back(core::Tx& tx, const Floor& floor, const std::string& courier, const Code& code,
                                store::FloorParcel found) {
    const auto custody = store::lock_custody(tx, found.id);
    const auto from = courier_holder(courier);
    found.holder = custody->custody.holder;
    Scanned scanned{.parcel = found};
    if (found.holder != from && found.holder.kind == HolderKind::courier) scanned.holder = found.holder;
    if (const auto word = stands_still(floor, found, custody->custody, from, code.confirmed)) {
        scanned.word = *word;
        return scanned;
    }
    const auto count = open_count(tx, floor, courier);
    const auto taken = move(tx, floor, {from, floor.depot, model::Leg::giving_back}, scanned);
    if (!taken) return taken.error();
    store::put_count_line(tx, count.id, {found.id, taken->event, false});
    scanned.word = taken->verdict.inferred ? Word::returned_inferred : Word::returned;
    if (taken->verdict.effect == model::Effect::joined) scanned.word = Word::returned_witnessed;
    return scanned;
}

std::vector<store::FloorParcel> parcels_of(core::Tx& tx, const std::vector<store::CountLine>& lines, bool missing) {
    std::vector<store::FloorParcel> parcels;
    for (const auto& line : lines)
        if (missing ? line.missing : line.event.has_value())
            if (auto parcel = store::find_floor_parcel(tx, line.parcel)) parcels.push_back(std::move(*parcel));
    return parcels;
}

std::int64_t counted(const std::vector<store::CountLine>& lines) {
    return std::count_if(lines.begin(), lines.end(),
                         [](const store::CountLine& line) { return line.event.has_value(); });
}

}  // namespace

core::Result<ReturnBoard> return_board(core::Tx& tx, const Floor& floor, const std::string& courier) {
    auto row = store::find_courier(tx, courier);
    if (!row) return core::not_found("no such courier");
    ReturnBoard board{std::move(*row),
                      store::find_open_count(tx, floor.site, courier),
                      store::parcels_held_by(tx, courier_holder(courier)),
                      {}};
    if (board.count) board.counted = parcels_of(tx, store::count_lines(tx, board.count->id), false);
    return board;
}

core::Result<Scanned> count_in(core::Tx& tx, const Floor& floor, const std::string& courier, const Code& code) {
    // Before any parcel, as plans do: so that they wait for each other and never cross.
    if (!store::lock_courier(tx, courier)) return core::not_found("no such courier");
    const auto his = courier_holder(courier);
    Candidates found(tx, code);
    found.prefer([&](const store::FloorParcel& one) { return one.holder == his; });
    found.prefer([](const store::FloorParcel& one) { return !is_over(one); });
    if (auto unclear = found.unclear()) return std::move(*unclear);
    return take_back(tx, floor, courier, code, found.one());
}

core::Result<ClosedCount> close_count(core::Tx& tx, const Floor& floor, const std::string& courier,
                                      const std::optional<std::string>& reason) {
    // Before any parcel, as plans do: so that they wait for each other and never cross.
    if (!store::lock_courier(tx, courier)) return core::not_found("no such courier");
    auto count = open_count(tx, floor, courier);
    auto left = store::parcels_held_by(tx, courier_holder(courier));
    if (!left.empty() && !reason) return core::invalid("reason: something is missing; say why");
    // What he got rid of elsewhere since is no difference, what he has beyond it is one.
    for (const auto& parcel : left) store::put_count_line(tx, count.id, {parcel.id, std::nullopt, true});
    count.closed = floor.who.now;
    count.closed_by = floor.who.staff;
    count.counted = counted(store::count_lines(tx, count.id));
    count.expected = count.counted + static_cast<std::int64_t>(left.size());
    if (!left.empty()) count.reason = reason;
    store::close_count(tx, count);
    return ClosedCount{std::move(count), std::move(left)};
}

core::Result<ClosedCount> closed_count(core::Tx& tx, const Floor& floor, const std::string& id) {
    auto count = store::find_count(tx, id);
    if (!count || count->site != floor.site || !count->closed) return core::not_found("no such count");
    auto missing = parcels_of(tx, store::count_lines(tx, id), true);
    return ClosedCount{std::move(*count), std::move(missing)};
}

}  // namespace plus7::central::app::depot
