#include "agent/handheld/floor_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "agent/app/parcels.hpp"

namespace plus7::agent::handheld {
namespace {

using json = nlohmann::ordered_json;
using app::FloorTask;
using store::FloorGoal;
using store::FloorParcel;

constexpr std::size_t most_listed = 500;
constexpr std::string_view unreadable = "the request cannot be read";

constexpr std::pair<FloorTask, std::string_view> tasks[] = {
    {FloorTask::sort, "sort"},
    {FloorTask::intake, "intake"},
    {FloorTask::hand_out, "hand_out"},
    {FloorTask::take_back, "take_back"},
};

std::string_view name_of(FloorTask task) {
    return std::find_if(std::begin(tasks), std::end(tasks), [&](const auto& one) { return one.first == task; })->second;
}

std::string_view name_of(FloorGoal goal) {
    constexpr std::array<std::string_view, 6> names{"none", "courier", "point", "depot", "back", "damaged"};
    return names[static_cast<std::size_t>(goal)];
}

template <typename Id>
std::optional<Id> id_from(std::string_view hex) {
    const auto bytes = core::from_hex(hex);
    return bytes ? Id::from(*bytes) : std::nullopt;
}

template <typename Id>
json hex_json(const std::optional<Id>& id) {
    return id ? json(id->hex()) : json(nullptr);
}

// Ids with the names that people read.
class Names {
  public:
    Names(const store::FloorBook& book, const std::vector<store::WorkSite>& sites) : book_(book), sites_(sites) {}

    json holder(const model::Holder& holder) const {
        json object{{"kind", model::name_of(holder.kind)}};
        if (!holder.id.is_zero()) object["id"] = holder.id.hex();
        name(object, holder.kind == model::HolderKind::courier, holder.id);
        return object;
    }
    json goal(const FloorParcel& parcel) const {
        auto object = way(parcel);
        object["cell"] = parcel.cell;
        object["place"] = parcel.place;
        return object;
    }
    template <typename Row>
    json way(const Row& row) const {
        json object{{"kind", name_of(row.goal)}};
        if (row.to) {
            object["id"] = row.to->hex();
            name(object, row.goal == FloorGoal::courier, *row.to);
        }
        return object;
    }

  private:
    void name(json& object, bool is_courier, const model::HolderId& id) const {
        if (is_courier) {
            const auto* courier = book_.courier({id.value});
            object["name"] = courier ? courier->name : "";
            object["code"] = courier ? courier->code : "";
            return;
        }
        const auto site =
            std::find_if(sites_.begin(), sites_.end(), [&](const auto& one) { return one.holder.id == id; });
        object["name"] = site == sites_.end() ? "" : site->name;
    }

    const store::FloorBook& book_;
    const std::vector<store::WorkSite>& sites_;
};

json parcel_json(const FloorParcel& parcel, const Names& names) {
    const auto* last = parcel.last_act();
    return {{"id", parcel.id.hex()},
            {"order", parcel.order_number},
            {"number", parcel.number},
            {"of", parcel.of},
            {"codes", parcel.codes},
            {"holder", names.holder(parcel.holder)},
            {"goal", names.goal(parcel)},
            {"cancelled", parcel.is_cancelled},
            {"damaged", parcel.is_damaged},
            {"undo_of", !last ? json(nullptr) : json(last->kind == store::ActKind::damage ? "damage" : "scan")},
            {"undo_until_ms", last ? json(core::count(last->at + app::Parcels::undo_within)) : json(nullptr)}};
}

json maybe_parcel(const store::FloorBook& book, const std::optional<model::ParcelId>& id, const Names& names) {
    const auto* parcel = id ? book.find(*id) : nullptr;
    return parcel ? parcel_json(*parcel, names) : json(nullptr);
}

json bag_json(const app::Floor& floor, const std::optional<app::FloorBagSeen>& seen, const store::FloorBook& book,
              const Names& names) {
    if (!seen) return nullptr;
    const auto* bag = book.bag(seen->id);
    const auto* moved = floor.moved_with(seen->id);
    return {{"number", bag ? bag->number : ""},
            {"goal", bag ? names.way(*bag) : json{{"kind", "none"}}},
            {"moved", seen->moved},
            {"gone", seen->gone},
            {"undo", moved ? json(moved->id.hex()) : json(nullptr)},
            {"undo_until_ms",
             moved ? json(core::count(moved->last_act()->at + app::Parcels::undo_within)) : json(nullptr)}};
}

json answer_json(const app::Floor& floor, const store::FloorBook& book, const Names& names) {
    const auto& answer = floor.last();
    if (!answer) return nullptr;
    json object{{"word", name_of(answer->word)},
                {"tone", name_of(app::tone_of(answer->word))},
                {"code", answer->code},
                {"why", answer->why},
                {"parcel", maybe_parcel(book, answer->parcel, names)},
                {"holder", answer->holder ? names.holder(*answer->holder) : json(nullptr)},
                {"bag", bag_json(floor, answer->bag, book, names)},
                {"choices", json::array()},
                {"at_ms", core::count(answer->at)}};
    for (const auto& choice : answer->choices) object["choices"].push_back(maybe_parcel(book, choice, names));
    return object;
}

json registry_json(const app::Floor& floor, const store::FloorRegistry& registry) {
    const auto figures = floor.figures(registry);
    return {{"id", registry.id.hex()},      {"number", registry.number},  {"sender", registry.sender},
            {"expected", figures.expected}, {"arrived", figures.arrived}, {"extra", figures.extra}};
}

json crew_json(const app::Floor& floor, const store::FloorBook& book) {
    auto list = json::array();
    const auto crew = floor.crew();
    for (const auto& courier : book.couriers()) {
        const auto found = crew.find(courier.id);
        const auto figures = found == crew.end() ? app::CourierFigures{} : found->second;
        list.push_back({{"id", courier.id.hex()},
                        {"code", courier.code},
                        {"name", courier.name},
                        {"blocked", courier.is_blocked},
                        {"waiting", figures.waiting},
                        {"coming", figures.coming},
                        {"carried", figures.carried},
                        {"counted", figures.counted}});
    }
    return list;
}

template <typename Value>
core::Result<Value> unread() {
    return core::invalid(unreadable);
}

}  // namespace

std::string floor_json(app::Floor& floor, const std::vector<store::WorkSite>& sites) {
    const auto depot = floor.depot();
    if (!depot) return "null";
    const auto& book = floor.book();
    const Names names(book, sites);
    const auto& work = floor.work();
    json object{{"depot", names.holder(*depot)},
                {"full", book.is_full()},
                {"here", std::count_if(book.parcels().begin(), book.parcels().end(),
                                       [&](const auto& one) { return one.second.holder == *depot; })},
                {"task", name_of(work.task)},
                {"registry", hex_json(work.registry)},
                {"courier", hex_json(work.courier)},
                {"registries", json::array()},
                {"crew", crew_json(floor, book)},
                {"strangers", json::array()},
                {"last", answer_json(floor, book, names)}};
    for (const auto& registry : book.registries()) object["registries"].push_back(registry_json(floor, registry));
    const auto& strangers = floor.strangers();
    for (auto at = strangers.rbegin(); at != strangers.rend(); ++at)
        object["strangers"].push_back({{"code", at->code},
                                       {"registry", hex_json(at->registry)},
                                       {"known", at->parcel.has_value()},
                                       {"at_ms", core::count(at->at)}});
    return object.dump();
}

core::Result<app::Floor::Work> read_floor_work(std::string_view body) {
    try {
        const auto object = json::parse(body);
        const auto what = object.at("task").get<std::string>();
        const auto task =
            std::find_if(std::begin(tasks), std::end(tasks), [&](const auto& one) { return one.second == what; });
        if (task == std::end(tasks)) return unread<app::Floor::Work>();
        app::Floor::Work work{task->first, {}, {}};
        const auto text = [&](const char* member) {
            return object.contains(member) && object.at(member).is_string() ? object.at(member).get<std::string>() : "";
        };
        if (const auto registry = text("registry"); !registry.empty() && work.task == FloorTask::intake)
            if (work.registry = id_from<model::RegistryId>(registry); !work.registry)
                return core::not_found(app::Floor::no_registry);
        if (const auto courier = text("courier"); !courier.empty())
            if (work.courier = id_from<model::CourierId>(courier); !work.courier)
                return core::not_found(app::Floor::no_courier);
        return work;
    } catch (const json::exception&) {
        return unread<app::Floor::Work>();
    }
}

core::Result<bool> read_yes(std::string_view body) {
    try {
        return json::parse(body).at("yes").get<bool>();
    } catch (const json::exception&) {
        return unread<bool>();
    }
}

core::Result<model::ParcelId> read_floor_parcel(std::string_view body) {
    try {
        const auto id = id_from<model::ParcelId>(json::parse(body).at("parcel").get<std::string>());
        if (id) return *id;
        return core::not_found(app::Parcels::no_parcel);
    } catch (const json::exception&) {
        return unread<model::ParcelId>();
    }
}

core::Result<Damage> read_floor_damage(std::string_view body) {
    const auto parcel = read_floor_parcel(body);
    if (!parcel) return parcel.error();
    try {
        return Damage{*parcel, json::parse(body).at("note").get<std::string>()};
    } catch (const json::exception&) {
        return unread<Damage>();
    }
}

core::Result<std::string> floor_list_json(app::Floor& floor, const std::vector<store::WorkSite>& sites,
                                          std::string_view what, std::string_view id) {
    if (!floor.depot()) return core::conflict(app::Floor::no_floor);
    const auto& book = floor.book();
    std::vector<const FloorParcel*> parcels;
    const auto registry = id_from<model::RegistryId>(id);
    const auto courier = id_from<model::CourierId>(id);
    if (!registry || !courier) return core::invalid(unreadable);
    if (what == "missing")
        parcels = floor.missing(*registry);
    else if (what == "waiting")
        parcels = floor.waiting(*courier);
    else if (what == "coming")
        parcels = floor.coming(*courier);
    else if (what == "carried")
        parcels = floor.carried(*courier);
    else
        return core::invalid(unreadable);
    const Names names(book, sites);
    json object{{"total", parcels.size()}, {"parcels", json::array()}};
    if (parcels.size() > most_listed) parcels.resize(most_listed);
    for (const auto* parcel : parcels) object["parcels"].push_back(parcel_json(*parcel, names));
    return object.dump();
}

}  // namespace plus7::agent::handheld
