#include "central/api/depot_papers.hpp"

#include "central/api/floor_paper.hpp"
#include "central/api/order_codec.hpp"
#include "shared/text/shown_time.hpp"

namespace plus7::central::api {
namespace {

namespace depot = app::depot;

const std::vector<print::Column> extra_columns{
    {"№", 0.5, print::Align::right}, {"Код", 2}, {"Чьё", 2}, {"Что не так", 2.5}, {"Когда, кто", 2.2}};
const std::vector<print::Column> damaged_columns{
    {"№", 0.5, print::Align::right}, {"Код", 2}, {"Заказ", 1.2}, {"Что повреждено", 3.5}, {"Когда, кто", 2.2}};
const std::vector<print::Column> carried_columns{
    {"№", 0.5, print::Align::right}, {"Код", 2},   {"Заказ", 1.2}, {"Место", 0.9},
    {"Получатель, адрес", 4},        {"Отм.", 0.6}};

Rows extra_rows(core::Tx& tx, const std::vector<store::ExtraRow>& extras, const PaperPlace& place) {
    Rows rows;
    Names names(tx);
    for (const auto& extra : extras) {
        const auto known = extra.parcel ? store::find_floor_parcel(tx, *extra.parcel) : std::nullopt;
        const auto registry = extra.parcel ? store::registry_of_parcel(tx, *extra.parcel) : std::nullopt;
        std::string whose = known ? "заказ " + known->order_number : "код не наш";
        if (registry) whose += "\nреестр " + registry->number;
        rows.push_back({std::to_string(rows.size() + 1), extra.code, whose, extra.note.value_or(""),
                        text::shown_time(extra.scanned, place.zone) + "\n" + names.of_staff(extra.staff).value_or("")});
    }
    return rows;
}

Rows damaged_rows(core::Tx& tx, const std::vector<store::FloorDamage>& damaged, const PaperPlace& place) {
    Rows rows;
    Names names(tx);
    for (const auto& damage : damaged)
        rows.push_back({std::to_string(rows.size() + 1), codes_of(damage.parcel), damage.parcel.order_number,
                        damage.note,
                        text::shown_time(damage.at, place.zone) + "\n" +
                            (damage.staff ? names.of_staff(*damage.staff).value_or("") : "")});
    return rows;
}

}  // namespace

core::Result<std::string> act_of_discrepancies(core::Tx& tx, const depot::IntakeBoard& board,
                                               const depot::Floor& floor) {
    const auto place = place_of(tx, floor.site);
    const auto& registry = board.registry;
    const bool is_closed = registry.state == "closed";
    const auto who = signer(tx, floor);
    print::Document document;
    document.title = is_closed ? "Акт о расхождениях при приёмке" : "Акт о расхождениях при приёмке (предварительный)";
    document.footer = "Акт о расхождениях, реестр " + registry.number;
    document.created = std::chrono::floor<std::chrono::milliseconds>(floor.who.now);
    document.blocks.push_back(
        print::Values{{{"Реестр", registry.number + (registry.outer_number ? " (" + *registry.outer_number + ")" : "")},
                       {"Отправитель", registry.sender},
                       {"Склад", place.name + ", " + place.address},
                       {is_closed ? "Приёмка закрыта" : "Составлен", text::shown_time(floor.who.now, place.zone)},
                       {"Принял", who},
                       {"По реестру мест", std::to_string(board.figures.expected)},
                       {"Принято мест", std::to_string(board.figures.arrived)}}});
    section(document, "Не пришли", parcel_columns, parcel_rows(board.missing));
    section(document, "Лишние", extra_columns, extra_rows(tx, board.extras, place));
    section(document, "Повреждены", damaged_columns, damaged_rows(tx, board.damaged, place));
    document.blocks.push_back(print::Signatures{{{"Сдал (отправитель или перевозчик)"}, {"Принял (склад)", who}}});
    return print::document_pdf(document);
}

core::Result<std::string> hand_out_list(core::Tx& tx, const depot::HandOutBoard& board, const depot::Floor& floor) {
    const auto place = place_of(tx, floor.site);
    const auto who = signer(tx, floor);
    print::Document document;
    document.title = "Лист выдачи курьеру";
    document.footer = "Лист выдачи, курьер " + board.courier.code;
    document.created = std::chrono::floor<std::chrono::milliseconds>(floor.who.now);
    document.blocks.push_back(print::Values{{{"Курьер", board.courier.code + ", " + board.courier.name},
                                             {"Склад", place.name + ", " + place.address},
                                             {"Составлен", text::shown_time(floor.who.now, place.zone)},
                                             {"Выдал", who},
                                             {"Мест у курьера", std::to_string(board.carried.size())}}});
    section(document, "У курьера", carried_columns, parcel_rows(board.carried));
    if (!board.waiting.empty())
        section(document, "Назначены ему и остались на складе", parcel_columns, parcel_rows(board.waiting));
    document.blocks.push_back(print::Signatures{{{"Выдал (склад)", who}, {"Получил (курьер)", board.courier.name}}});
    return print::document_pdf(document);
}

}  // namespace plus7::central::api
