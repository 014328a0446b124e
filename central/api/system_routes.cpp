#include "central/api/system_routes.hpp"

#include "central/api/json_body.hpp"
#include "central/api/json_text.hpp"
#include "central/api/refusal.hpp"
#include "central/app/audit/audit.hpp"
#include "central/store/courier_store.hpp"
#include "central/store/device_store.hpp"

namespace plus7::central::api {
namespace {

std::string_view name_of(PartState state) {
    switch (state) {
        case PartState::ok:
            return "ok";
        case PartState::degraded:
            return "degraded";
        case PartState::down:
            return "down";
        case PartState::off:
            break;
    }
    return "off";
}

std::string part_json(const Part& part) {
    return JsonObject()
        .text("name", std::string_view(part.name))
        .text("state", name_of(part.state))
        .time("since_ms", part.since)
        .text("detail", part.detail)
        .done();
}

}  // namespace

http::Response SystemRoutes::health(const Call& call) {
    std::vector<Part> parts{database_part(call.now)};
    if (side_.parts)
        for (auto& part : side_.parts()) parts.push_back(std::move(part));
    return http::json(JsonObject()
                          .text("version", std::string_view(side_.version))
                          .time("started_ms", side_.started)
                          .json("parts", json_list(parts, part_json))
                          .done());
}

// Known by asking; since when, as far as anybody asked.
Part SystemRoutes::database_part(core::TimeUs now) {
    const auto asked = db_.read([](core::Tx& tx) { return store::find_courier(tx, "").has_value(); });
    const std::lock_guard guard(lock_);
    if (asked.ok() != database_was_ok_) database_since_ = now;
    database_was_ok_ = asked.ok();
    Part part{"database", asked ? PartState::ok : PartState::down, database_since_, {}};
    if (!asked) part.detail = "the database does not answer: look at its log and at the disk's free space";
    return part;
}

http::Response SystemRoutes::cut(const Call& call) {
    if (!side_.cut) return refuse(core::not_found("demo controls are off"));
    JsonBody body(call.request);
    const std::chrono::seconds length{body.number("seconds", 0, 3600)};
    if (auto refused = body.refusal()) return std::move(*refused);
    const auto& courier = call.request.param("id");
    const auto device = db_.read([&](core::Tx& tx) { return store::device_of_courier(tx, courier); });
    if (!device) return refuse(device.error());
    if (!*device || !side_.cut((*device)->id, length))
        return refuse(core::not_found("no device whose network could be cut"));
    const auto noted = db_.write([&](core::Tx& tx) -> core::Status {
        app::audit::record(tx,
                           {call.actor(),
                            "demo.cut",
                            app::audit::Subject{app::audit::SubjectKind::courier, courier},
                            {{"seconds", std::to_string(length.count())}}},
                           call.now);
        return {};
    });
    if (!noted) return refuse(noted.error());
    return http::json(JsonObject().time("until_ms", call.now + length).done(), 202);
}

}  // namespace plus7::central::api
