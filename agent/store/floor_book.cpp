#include "agent/store/floor_book.hpp"

#include <algorithm>

#include "agent/store/note_list.hpp"

namespace plus7::agent::store {
namespace {

using wire::RowKind;

template <typename Rule>
const OwnAct* newest(const std::vector<OwnAct>& acts, Rule is_kind) {
    const auto stands = [&](const OwnAct& act) { return !act.undone && is_kind(act.kind); };
    const auto found = std::find_if(acts.rbegin(), acts.rend(), stands);
    return found == acts.rend() ? nullptr : &*found;
}

template <typename Id, typename Rows>
auto find_in(const Rows& rows, const Id& id) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.id == id; });
    return found == rows.end() ? nullptr : &*found;
}

}  // namespace

std::string floor_acts_note(const model::ParcelId& parcel) { return std::string(floor_acts_prefix) + parcel.hex(); }

const OwnAct* FloorParcel::last_act() const {
    return newest(acts, [](ActKind kind) { return kind == ActKind::handover || kind == ActKind::damage; });
}
const OwnAct* FloorParcel::last_move() const {
    return newest(acts, [](ActKind kind) { return kind == ActKind::handover; });
}

void FloorBook::refresh() {
    if (!has_acts_)
        for (const auto& note : outbox_.notes(floor_acts_prefix))
            if (const auto id = id_of_note<model::ParcelId>(note.name, floor_acts_prefix))
                acts_[*id] = own_acts_from(note.value);
    has_acts_ = true;
    const auto applied = view_.applied();
    if (seen_ && seen_->version == applied.version && seen_->hash == applied.hash) return;
    read_view();
    seen_ = applied;
}

void FloorBook::read_view() {
    parcels_.clear();
    codes_.clear();
    couriers_.clear();
    registries_.clear();
    bags_.clear();
    for (const auto& row : view_.rows(RowKind::floor)) {
        auto parcel = parcel_of(row);
        if (!parcel) continue;
        for (const auto& code : parcel->codes) codes_.emplace(code, parcel->id);
        parcels_.emplace(parcel->id, std::move(*parcel));
    }
    for (const auto& row : view_.rows(RowKind::crew))
        if (auto read = wire::decode_crew_row(row.body))
            couriers_.push_back({{row.key.id.value}, std::move(read->code), std::move(read->name), read->is_blocked});
    for (const auto& row : view_.rows(RowKind::registry))
        if (auto read = wire::decode_registry_row(row.body))
            registries_.push_back({{row.key.id.value},
                                   std::move(read->number),
                                   std::move(read->sender),
                                   read->expected,
                                   read->arrived,
                                   read->extra,
                                   row.version});
    for (const auto& row : view_.rows(RowKind::bag))
        if (auto read = wire::decode_bag_row(row.body)) bags_.push_back({std::move(*read), {row.key.id.value}});
    std::sort(couriers_.begin(), couriers_.end(), [](const auto& a, const auto& b) { return a.code < b.code; });
    std::sort(registries_.begin(), registries_.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
}

std::optional<FloorParcel> FloorBook::parcel_of(const wire::ViewRow& row) const {
    auto read = wire::decode_floor_row(row.body);
    if (!read) return std::nullopt;
    const bool was_with_seller = read->holder.kind == model::HolderKind::seller;
    const auto bag = read->bag;
    FloorParcel parcel{std::move(*read), {row.key.id.value}, was_with_seller, bag, {}};
    if (const auto acts = acts_.find(parcel.id); acts != acts_.end()) {
        parcel.acts = acts->second;
        lay_over(parcel, row.version);
    }
    return parcel;
}

// As Work::lay_over: an own act counts over the view until the view has it, and what was done after one that counts.
void FloorBook::lay_over(FloorParcel& parcel, std::uint64_t told_at) const {
    const bool was_damaged = parcel.is_damaged;
    bool counts = false;
    for (const auto& act : parcel.acts) {
        if (act.kind == ActKind::damage || act.kind == ActKind::repair) {
            if (told_at <= act.view || !outbox_.is_acked(act.event)) parcel.is_damaged = act.kind == ActKind::damage;
            continue;
        }
        counts = counts || parcel.version <= act.version || !outbox_.is_acked(act.event);
        if (counts) parcel.holder = act.to;
        if (counts && act.kind == ActKind::handover && act.bag != parcel.bag) parcel.bag.reset();
    }
    if (parcel.is_damaged == was_damaged) return;
    // Where it goes after a note that central told is taken back, only central knows.
    parcel.goal = parcel.is_damaged ? FloorGoal::damaged : FloorGoal::none;
    parcel.to.reset();
    parcel.cell.clear();
    parcel.place = 0;
}

const FloorParcel* FloorBook::find(const model::ParcelId& id) const {
    const auto found = parcels_.find(id);
    return found == parcels_.end() ? nullptr : &found->second;
}

std::vector<const FloorParcel*> FloorBook::with_code(const std::string& code) const {
    std::vector<const FloorParcel*> found;
    const auto [from, to] = codes_.equal_range(code);
    for (auto at = from; at != to; ++at) found.push_back(find(at->second));
    return found;
}

const FloorBag* FloorBook::bag_with(const std::string& number) const {
    const auto found = std::find_if(bags_.begin(), bags_.end(), [&](const auto& bag) { return bag.number == number; });
    return found == bags_.end() ? nullptr : &*found;
}

const FloorBag* FloorBook::bag(const model::BagId& id) const { return find_in(bags_, id); }

std::vector<const FloorParcel*> FloorBook::in_bag(const model::BagId& id) const {
    std::vector<const FloorParcel*> inside;
    for (const auto& [key, parcel] : parcels_)
        if (parcel.bag == id) inside.push_back(&parcel);
    return inside;
}

std::uint64_t FloorBook::unknown_in(const FloorBag& bag) const {
    const auto known = static_cast<std::uint64_t>(std::count_if(
        parcels_.begin(), parcels_.end(), [&](const auto& one) { return one.second.told_bag == bag.id; }));
    return bag.parcels > known ? bag.parcels - known : 0;
}

const FloorCourier* FloorBook::courier(const model::CourierId& id) const { return find_in(couriers_, id); }
const FloorRegistry* FloorBook::registry(const model::RegistryId& id) const { return find_in(registries_, id); }
bool FloorBook::is_full() const { return parcels_.size() >= wire::most_floor_rows; }

void FloorBook::acted(const model::ParcelId& id, std::vector<OwnAct> acts) {
    acts_[id] = std::move(acts);
    const auto found = parcels_.find(id);
    if (found == parcels_.end()) return;
    const auto row = view_.row({RowKind::floor, {id.value}});
    if (auto parcel = row ? parcel_of(*row) : std::nullopt) found->second = std::move(*parcel);
}

std::vector<std::string> FloorBook::forgettable(core::TimeMs before) const {
    std::vector<std::string> names;
    for (const auto& [id, acts] : acts_) {
        const bool known = std::all_of(acts.begin(), acts.end(), [&](const OwnAct& act) {
            return act.at < before && outbox_.is_acked(act.event);
        });
        if (known && !view_.row({RowKind::floor, {id.value}})) names.push_back(floor_acts_note(id));
    }
    return names;
}

}  // namespace plus7::agent::store
