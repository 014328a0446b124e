#include "agent/handheld/access_routes.hpp"

#include <nlohmann/json.hpp>

#include "agent/app/parcels.hpp"

namespace plus7::agent::handheld {
namespace {

using json = nlohmann::ordered_json;

std::string_view name_of(wire::LookKind kind) {
    switch (kind) {
        case wire::LookKind::live:
            return "live";
        case wire::LookKind::track:
            return "track";
        case wire::LookKind::events:
            return "events";
        case wire::LookKind::unknown:
            break;
    }
    return "unknown";
}

json time_json(const std::optional<core::TimeMs>& time) { return time ? json(core::count(*time)) : json(nullptr); }

}  // namespace

std::string looks_json(const store::Work& work) {
    json object{{"looks", json::array()}};
    for (const auto& look : work.looks())
        object["looks"].push_back({{"name", look.name},
                                   {"role", look.role},
                                   {"what", name_of(look.what)},
                                   {"from_ms", core::count(look.from)},
                                   {"to_ms", core::count(look.to)},
                                   {"of_from_ms", time_json(look.of_from)},
                                   {"of_to_ms", time_json(look.of_to)}});
    return object.dump();
}

std::vector<http::Route> access_routes(const Desk& desk) {
    auto& parcels = desk.parcels;
    return {{http::Method::get, "/access",
             [&parcels](const http::Request&) { return http::json(looks_json(parcels.work())); }}};
}

}  // namespace plus7::agent::handheld
