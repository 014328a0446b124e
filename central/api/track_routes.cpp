#include "central/api/track_routes.hpp"

#include "central/api/json_text.hpp"
#include "central/api/paging.hpp"
#include "central/api/refusal.hpp"
#include "central/api/track_codec.hpp"
#include "central/app/audit/audit.hpp"
#include "central/store/courier_store.hpp"

namespace plus7::central::api {

http::Response TrackRoutes::show(const Call& call) {
    const auto from = time_asked(call.request, "from_ms"), to = time_asked(call.request, "to_ms");
    if (!from) return refuse(from.error());
    if (!to) return refuse(to.error());
    if (!*from || !*to) return refuse(core::invalid("from_ms and to_ms are needed"));
    const auto& courier = call.request.param("id");
    const auto track = db_.read([&](core::Tx& tx) -> core::Result<app::couriers::Track> {
        if (!store::find_courier(tx, courier)) return core::not_found("no such courier");
        return app::couriers::track_of(tx, courier, **from, **to, call.now);
    });
    if (!track) return refuse(track.error());
    const auto looked = db_.write([&](core::Tx& tx) {
        return app::audit::record_look(tx, call.actor(), courier, app::audit::Look::track, call.now,
                                       app::audit::Shown{**from, **to});
    });
    if (!looked) return refuse(looked.error());  // no look without its entry
    const auto to_json = [](const auto& item) { return json_of(item); };
    return http::json(JsonObject()
                          .text("courier", courier)
                          .time("from_ms", **from)
                          .time("to_ms", **to)
                          .json("segments", json_list(track->segments, to_json))
                          .json("gaps", json_list(track->gaps, to_json))
                          .json("records", json_of(track->records))
                          .done());
}

}  // namespace plus7::central::api
