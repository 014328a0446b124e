#include "agent/handheld/page_json.hpp"

#include <nlohmann/json.hpp>

namespace plus7::agent::handheld {
namespace {

using json = nlohmann::ordered_json;

std::string_view name_of(app::ScanOutcome outcome) {
    switch (outcome) {
        case app::ScanOutcome::good:
            return "good";
        case app::ScanOutcome::known:
            return "known";
        case app::ScanOutcome::unexpected:
            return "unexpected";
        case app::ScanOutcome::bad:
            break;
    }
    return "bad";
}

std::string_view name_of(wire::HandCode kind) {
    switch (kind) {
        case wire::HandCode::badge:
            return "badge";
        case wire::HandCode::invitation:
            return "invitation";
        case wire::HandCode::goods:
            return "goods";
        case wire::HandCode::recipient:
            return "recipient";
        case wire::HandCode::none:
            break;
    }
    return "parcel";
}

template <typename Id>
json hex_json(const std::optional<Id>& id) {
    return id ? json(id->hex()) : json(nullptr);
}

}  // namespace

std::string_view name_of(app::ScanMode mode) { return mode == app::ScanMode::take ? "take" : "look"; }

std::string scan_json(const std::optional<app::ScanShown>& shown) {
    if (!shown) return "null";
    return json{{"n", shown->n},
                {"kind", name_of(shown->kind)},
                {"code", shown->code},
                {"outcome", name_of(shown->outcome)},
                {"why", shown->why},
                {"parcel", hex_json(shown->parcel)},
                {"order", hex_json(shown->order)},
                {"parcels", shown->parcels},
                {"at_ms", core::count(shown->at)}}
        .dump();
}

std::string position_json(const std::optional<wire::Where>& where) {
    if (!where) return R"({"place":null,"accuracy_m":null,"age_s":null})";
    json accuracy = nullptr;
    if (where->acc_m) accuracy = *where->acc_m;
    return json{{"place", {{"lat", where->place.lat}, {"lon", where->place.lon}}},
                {"accuracy_m", accuracy},
                {"age_s", std::chrono::floor<std::chrono::seconds>(where->age).count()}}
        .dump();
}

std::string streets_json(const wire::PackHead& pack) {
    return json{{"min_zoom", pack.min_zoom}, {"max_zoom", pack.max_zoom}, {"attribution", pack.attribution}}.dump();
}

core::Result<app::ScanMode> read_mode(std::string_view body) {
    try {
        const auto mode = json::parse(body).at("mode").get<std::string>();
        if (mode == "take") return app::ScanMode::take;
        if (mode == "look") return app::ScanMode::look;
    } catch (const json::exception&) {
    }
    return core::invalid(R"(the body must be {"mode": "look"} or {"mode": "take"})");
}

std::string state_json(const StateParts& parts) {
    return "{\"n\":" + std::to_string(parts.n) + ",\"now_ms\":" + std::to_string(core::count(parts.now)) +
           ",\"mode\":\"" + std::string(name_of(parts.mode)) + "\",\"status\":" + parts.status +
           ",\"work\":" + parts.work + ",\"chat\":" + parts.chat + ",\"floor\":" + parts.floor +
           ",\"scan\":" + parts.scan + ",\"colleague\":" + json(parts.colleague).dump() + "}";
}

}  // namespace plus7::agent::handheld
