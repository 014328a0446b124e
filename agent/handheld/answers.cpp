#include "agent/handheld/answers.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "shared/core/uuid.hpp"

namespace plus7::agent::handheld {
namespace {

using json = nlohmann::ordered_json;

std::string_view name_of(model::Symbology symbology) {
    constexpr std::array<std::string_view, 12> names{"unknown", "code128", "code39",      "ean13",  "ean8",  "upc_a",
                                                     "itf14",   "qr",      "data_matrix", "pdf417", "aztec", "typed"};
    return names.at(static_cast<std::size_t>(symbology));
}

json shift_json(const app::OpenShift& shift) {
    return {{"id", core::to_uuid_text(shift.id)},
            {"courier", shift.courier.code},
            {"since", core::to_iso8601(shift.since)}};
}

core::ErrorKind kind_named(std::string_view name) {
    using enum core::ErrorKind;
    for (const auto kind : {invalid, not_found, conflict, denied, expired, unavailable, limit, full, internal})
        if (core::name_of(kind) == name) return kind;
    return internal;
}

}  // namespace

core::Result<core::Bytes> read_scan_request(std::string_view body) {
    try {
        const auto code = json::parse(body).at("code").get<std::string>();
        return core::copy_of(core::view_of(code));
    } catch (const json::exception&) {
        return core::invalid("the body must be {\"code\": \"…\"}");
    }
}

core::Result<std::string> read_pin_request(std::string_view body) {
    try {
        return json::parse(body).at("pin").get<std::string>();
    } catch (const json::exception&) {
        return core::invalid("the body must be {\"pin\": \"…\"}");
    }
}

std::string to_json(const app::Scanned& scanned) {
    return json{{"repeated", scanned.repeated},
                {"symbology", name_of(scanned.symbology)},
                {"event", core::to_uuid_text(scanned.saved.id)},
                {"seq", scanned.saved.seq}}
        .dump();
}

core::Result<ScanAnswer> scan_answer_from(std::string_view body) {
    try {
        const auto object = json::parse(body);
        return ScanAnswer{object.at("repeated").get<bool>(), object.at("symbology").get<std::string>(),
                          object.at("event").get<std::string>(), object.at("seq").get<std::uint64_t>()};
    } catch (const json::exception&) {
        return core::internal("the agent's answer cannot be read");
    }
}

std::string to_json(const app::OpenShift& shift) { return shift_json(shift).dump(); }

std::string to_json(const app::OpenBreak& rest) { return json{{"since", core::to_iso8601(rest.since)}}.dump(); }

std::string to_json(const app::EndedShift& ended) {
    auto object = shift_json(ended.shift);
    object["distance_m"] = ended.distance_m;
    object["track_saved"] = ended.track_saved;
    return object.dump();
}

core::Result<ShiftAnswer> shift_answer_from(std::string_view body) {
    try {
        const auto object = json::parse(body);
        return ShiftAnswer{object.at("id").get<std::string>(), object.at("courier").get<std::string>(),
                           object.at("since").get<std::string>(), object.value("distance_m", std::uint64_t{0}),
                           object.value("track_saved", true)};
    } catch (const json::exception&) {
        return core::internal("the agent's answer cannot be read");
    }
}

core::Error error_from_problem(int status, std::string_view body) {
    try {
        const auto object = json::parse(body);
        return {kind_named(object.value("kind", "internal")), object.at("detail").get<std::string>()};
    } catch (const json::exception&) {
        return core::internal("the agent answered with status " + std::to_string(status));
    }
}

}  // namespace plus7::agent::handheld
