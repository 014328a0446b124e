#include "central/api/price_codec.hpp"

#include "central/api/json_text.hpp"

namespace plus7::central::api {
namespace {

namespace tariffs = app::tariffs;

bool is_size(std::string_view size) { return tariffs::is_size(size); }

}  // namespace

std::string price_lines_json(const std::vector<store::PriceLine>& lines) {
    return json_list(lines, [](const store::PriceLine& line) {
        return JsonObject()
            .text("kind", line.kind)
            .text("what", line.what)
            .number("measure", line.measure)
            .number("bound", line.bound)
            .number("minor", line.amount)
            .done();
    });
}

std::string zone_ref_json(const std::optional<store::ZoneRow>& zone) {
    if (!zone) return "null";
    return JsonObject().text("id", zone->id).text("name", zone->name).done();
}

std::string order_price_json(core::Tx& tx, const std::string& order) {
    const auto price = store::find_order_price(tx, order);
    if (!price) return "null";
    const auto zone = price->zone ? store::find_zone(tx, *price->zone) : std::nullopt;
    return JsonObject()
        .json("zone", zone_ref_json(zone))
        .flag("outside", price->outside)
        .text("size", price->size)
        .flag("in_slot", price->slot.has_value())
        .text("tariff", price->tariff)
        .text("currency", price->currency)
        .number("total_minor", price->total)
        .json("lines", price_lines_json(price->lines))
        .done();
}

std::optional<std::string> read_size(JsonBody& body) {
    if (body.gives_null("size")) return std::nullopt;
    return body.maybe_text("size", {1, 2, is_size});
}

}  // namespace plus7::central::api
