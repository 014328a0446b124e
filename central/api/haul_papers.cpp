#include "central/api/haul_papers.hpp"

#include <map>

#include "central/api/floor_paper.hpp"
#include "central/api/order_codec.hpp"
#include "central/store/courier_store.hpp"
#include "shared/print/label.hpp"
#include "shared/text/shown_time.hpp"

namespace plus7::central::api {
namespace {

namespace depot = app::depot;

const print::LabelWords label_words{"куда", "ячейка", "мест", "мешок", "откуда", "куда", "", ""};

struct Direction {
    std::string code, name, address;
};

Direction direction_of(core::Tx& tx, const depot::Goal& goal) {
    if (goal.kind == depot::GoalKind::courier) {
        const auto row = store::find_courier(tx, goal.id);
        return row ? Direction{row->code, row->name, ""} : Direction{};
    }
    const auto place = place_of(tx, goal.id);
    return {"", place.name, place.address};
}

std::string shown(const Direction& to) {
    auto text = to.code.empty() ? to.name : to.code + ", " + to.name;
    if (!to.address.empty()) text += ", " + to.address;
    return text;
}

std::string driver_name(core::Tx& tx, const store::TripRow& trip) {
    if (trip.carrier) return *trip.carrier;
    const auto row = store::find_courier(tx, trip.courier.value_or(""));
    return row ? row->code + ", " + row->name : "";
}

std::string time_text(const std::optional<core::TimeUs>& at, const std::string& zone) {
    return at ? text::shown_time(*at, zone) : "—";
}

print::Document paper(const std::string& title, const depot::Floor& floor) {
    print::Document document;
    document.title = document.footer = title;
    document.created = std::chrono::floor<std::chrono::milliseconds>(floor.who.now);
    return document;
}

print::Values trip_values(core::Tx& tx, const depot::TripBoard& board, const std::string& zone) {
    const auto& trip = board.trip;
    const auto from = place_of(tx, trip.from), to = place_of(tx, trip.to);
    return {{{"Рейс", trip.number},
             {"Откуда", from.name + ", " + from.address},
             {"Куда", to.name + ", " + to.address},
             {"Водитель", driver_name(tx, trip)},
             {"Машина", trip.vehicle.value_or("—")},
             {"Отправлен", time_text(trip.left, zone)},
             {"Мешков", std::to_string(board.figures.bags)},
             {"Мест", std::to_string(board.figures.loaded)}}};
}

// Parcels of the trip by the bag that they were loaded in.
std::map<std::string, std::vector<store::FloorParcel>> by_bag(core::Tx& tx, const depot::TripBoard& board) {
    std::map<std::string, std::string> bags;
    for (const auto& line : store::trip_parcels(tx, board.trip.id)) bags[line.parcel] = line.bag.value_or("");
    std::map<std::string, std::vector<store::FloorParcel>> all;
    for (const auto& parcel : board.parcels) all[bags[parcel.id]].push_back(parcel);
    return all;
}

}  // namespace

core::Result<std::string> bag_label(core::Tx& tx, const store::BagRow& bag, const depot::Floor& floor, bool small) {
    const auto to = direction_of(tx, depot::goal_from(bag.goal));
    const auto cells = store::cells_of(tx, floor.site);
    const auto cell = cells.find(bag.goal);
    print::Label label;
    label.code = label.qr = label.order = bag.number;
    label.route = to.code.empty() ? to.name : to.code;
    if (cell != cells.end()) label.cell = cell->second;
    if (bag.state != "open") label.piece = std::to_string(bag.parcels);
    label.sender = place_of(tx, floor.site).name;
    label.recipient = to.name;
    if (!to.address.empty()) label.address = {to.address};
    return print::labels_pdf({label}, label_words, small ? print::LabelSize::small : print::LabelSize::standard);
}

core::Result<std::string> bag_list(core::Tx& tx, const depot::BagBoard& board, const depot::Floor& floor) {
    const auto place = place_of(tx, floor.site);
    const auto& bag = board.bag;
    auto document = paper("Опись мешка " + bag.number, floor);
    document.blocks.push_back(print::Values{{{"Мешок", bag.number},
                                             {"Куда", shown(direction_of(tx, depot::goal_from(bag.goal)))},
                                             {"Склад", place.name + ", " + place.address},
                                             {"Пломба", bag.seal.value_or("—")},
                                             {"Составлена", text::shown_time(floor.who.now, place.zone)},
                                             {"Мест", std::to_string(board.parcels.size())}}});
    document.blocks.push_back(print::QrCode{bag.number, bag.number});
    section(document, "В мешке", parcel_columns, parcel_rows(board.parcels));
    document.blocks.push_back(print::Signatures{{{"Собрал (склад)", signer(tx, floor)}, {"Принял"}}});
    return print::document_pdf(document);
}

core::Result<std::string> trip_list(core::Tx& tx, const depot::TripBoard& board, const depot::Floor& floor) {
    auto document = paper("Рейсовая ведомость " + board.trip.number, floor);
    document.blocks.push_back(trip_values(tx, board, place_of(tx, floor.site).zone));
    const auto parcels = by_bag(tx, board);
    for (const auto& bag : board.bags) {
        const auto here = parcels.find(bag.id);
        if (here == parcels.end()) continue;
        const auto seal = bag.seal ? ", пломба " + *bag.seal : "";
        section(document, "Мешок " + bag.number + seal, parcel_columns, parcel_rows(here->second));
    }
    section(document, "Россыпью", parcel_columns, parcel_rows(board.loose));
    document.blocks.push_back(print::Signatures{
        {{"Сдал (склад)", signer(tx, floor)}, {"Принял (водитель)", driver_name(tx, board.trip)}, {"Принял (куда)"}}});
    return print::document_pdf(document);
}

core::Result<std::string> trip_act(core::Tx& tx, const depot::TripBoard& board, const depot::Floor& floor) {
    const auto place = place_of(tx, floor.site);
    const bool is_closed = board.trip.state == "closed";
    auto document = paper("Акт о расхождениях рейса " + board.trip.number, floor);
    if (!is_closed) document.title += " (предварительный)";
    auto values = trip_values(tx, board, place.zone);
    values.rows.emplace_back("Прибыло мест", std::to_string(board.figures.arrived));
    values.rows.emplace_back(is_closed ? "Рейс закрыт" : "Составлен", text::shown_time(floor.who.now, place.zone));
    document.blocks.push_back(std::move(values));
    section(document, "Не прибыли", parcel_columns, parcel_rows(board.missing));
    section(document, "Лишние", parcel_columns, parcel_rows(board.extras));
    document.blocks.push_back(
        print::Signatures{{{"Сдал (водитель)", driver_name(tx, board.trip)}, {"Принял (склад)", signer(tx, floor)}}});
    return print::document_pdf(document);
}

}  // namespace plus7::central::api
