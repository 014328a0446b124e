#include "central/api/live_codec.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "central/api/json_text.hpp"

namespace plus7::central::api {
namespace {

// Places to 1e-6 degree (0.1 m), the rest to tenths: what the map can show.
double rounded(double value, double per_unit) { return std::round(value * per_unit) / per_unit; }

std::optional<double> tenths(const std::optional<double>& value) {
    if (!value) return std::nullopt;
    return rounded(*value, 10);
}

}  // namespace

std::string json_of(const LiveCourier& courier, const std::optional<app::tracking::LiveDevice>& device) {
    JsonObject object;
    object.text("id", courier.id).text("name", courier.name).text("code", courier.code).text("phone", courier.phone);
    object.json("device", courier.device ? json_of(courier.device->text()) : "null");
    object.text("site", courier.site);
    object.number("battery", device ? device->battery_percent : std::nullopt);
    object.time("in_shift_since_ms", device ? device->shift_since : std::nullopt);
    return object.time("break_since_ms", device ? device->break_since : std::nullopt).done();
}

bool LiveView::holds(core::LatLon place) const {
    if (!box) return true;
    const auto [west, south, east, north] = *box;
    if (place.lat < south || place.lat > north) return false;
    // West of east is the usual case; else the view lies across the 180th meridian.
    return west <= east ? place.lon >= west && place.lon <= east : place.lon >= west || place.lon <= east;
}

bool LiveView::is_pinned(const std::string& courier) const {
    return std::find(pins.begin(), pins.end(), courier) != pins.end();
}

core::Result<std::variant<LiveView, LiveResync>> read_live_client(std::string_view message) {
    using Asked = std::variant<LiveView, LiveResync>;
    const auto bad = [] { return core::invalid("not a message of the live feed"); };
    const auto json = nlohmann::json::parse(message, nullptr, false);
    if (!json.is_object() || !json.contains("type")) return bad();
    if (json["type"] == "resync") return Asked{LiveResync{}};
    if (json["type"] != "view" || !json.contains("bbox") || !json.contains("pins")) return bad();
    LiveView view;
    const auto& box = json["bbox"];
    const auto& pins = json["pins"];
    if (!box.is_null()) {
        const auto is_number = [](const auto& one) { return one.is_number(); };
        if (!box.is_array() || box.size() != 4 || !std::all_of(box.begin(), box.end(), is_number)) return bad();
        view.box = {box[0].get<double>(), box[1].get<double>(), box[2].get<double>(), box[3].get<double>()};
    }
    const auto is_id = [](const auto& one) { return one.is_string() && one.template get<std::string>().size() <= 36; };
    if (!pins.is_array() || pins.size() > 20 || !std::all_of(pins.begin(), pins.end(), is_id)) return bad();
    for (const auto& pin : pins) view.pins.push_back(pin.get<std::string>());
    return Asked{std::move(view)};
}

std::string live_row_json(const std::string& courier, const std::optional<app::tracking::LiveDevice>& device,
                          app::couriers::LiveState state) {
    JsonList row;
    row.text(courier);
    const bool shown = state != app::couriers::LiveState::off_shift && device && device->position;
    if (!shown) {
        for (int i = 0; i < 6; ++i) row.null();
        return row.text(name_of(state)).null().done();
    }
    const auto& position = *device->position;
    return row.real(rounded(position.place.lat, 1e6))
        .real(rounded(position.place.lon, 1e6))
        .real(tenths(position.course_deg))
        .real(tenths(position.speed_mps))
        .time(position.fix)
        .time(position.received)
        .text(name_of(state))
        .real(tenths(position.accuracy_m))
        .done();
}

}  // namespace plus7::central::api
