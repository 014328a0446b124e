#include "central/api/floor_paper.hpp"

#include "central/api/order_codec.hpp"
#include "central/store/site_store.hpp"

namespace plus7::central::api {
namespace {

namespace depot = app::depot;

std::string piece_of(const store::FloorParcel& parcel) {
    return std::to_string(parcel.number) + " из " + std::to_string(parcel.of);
}

}  // namespace

std::string codes_of(const store::FloorParcel& parcel) {
    return parcel.outer_code ? parcel.code + "\n" + *parcel.outer_code : parcel.code;
}

PaperPlace place_of(core::Tx& tx, const std::string& id) {
    const auto site = store::find_site(tx, id);
    if (!site) return {};
    return {site->name, site->address, site->time_zone};
}

std::string signer(core::Tx& tx, const depot::Floor& floor) {
    return floor.who.staff ? Names(tx).of_staff(*floor.who.staff).value_or("") : "";
}

const std::vector<print::Column> parcel_columns{
    {"№", 0.5, print::Align::right}, {"Код", 2}, {"Заказ", 1.2}, {"Место", 0.9}, {"Получатель, адрес", 4}};
Rows parcel_rows(const std::vector<store::FloorParcel>& parcels) {
    Rows rows;
    for (const auto& parcel : parcels)
        rows.push_back({std::to_string(rows.size() + 1), codes_of(parcel), parcel.order_number, piece_of(parcel),
                        parcel.recipient + ", " + parcel.address});
    return rows;
}

void section(print::Document& document, const std::string& title, const std::vector<print::Column>& columns,
             Rows rows) {
    document.blocks.push_back(print::Heading{title + ": " + (rows.empty() ? "нет" : std::to_string(rows.size()))});
    if (!rows.empty()) document.blocks.push_back(print::Table{columns, std::move(rows)});
}

}  // namespace plus7::central::api
