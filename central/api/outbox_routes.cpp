#include "central/api/outbox_routes.hpp"

#include <charconv>

#include "central/api/json_text.hpp"
#include "central/api/paging.hpp"
#include "central/api/refusal.hpp"
#include "central/app/effects/outbox.hpp"
#include "central/store/webhook_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::api {
namespace {

namespace effects = app::effects;

using Before = std::optional<std::pair<core::TimeUs, store::EffectId>>;

core::Result<Before> before_of(const std::vector<std::string>& cursor) {
    if (cursor.empty()) return Before{};
    std::int64_t made = 0;
    const auto* end = cursor[0].data() + cursor[0].size();
    const auto read = std::from_chars(cursor[0].data(), end, made);
    const auto id = core::from_uuid_text(cursor[1]);
    if (read.ec != std::errc{} || read.ptr != end || !id) return core::invalid("the cursor is not one of ours");
    return Before{{core::time_us(made), *id}};
}

// The receiver as people know it.
std::string receiver_of(core::Tx& tx, const store::EffectRow& effect) {
    const auto webhook = store::find_webhook(tx, effect.target);
    return webhook ? webhook->url : effect.target;
}

std::string json_of(core::Tx& tx, const store::EffectRow& effect) {
    return JsonObject()
        .text("id", core::to_uuid_text(effect.id))
        .text("destination", effect.destination)
        .text("target", effect.target)
        .text("receiver", receiver_of(tx, effect))
        .text("kind", effect.kind)
        .text("subject", effect.subject)
        .number("attempts", effect.attempts)
        .time("made_ms", effect.made)
        .time("tried_ms", effect.tried)
        .text("reason", effect.reason)
        .done();
}

http::Response done(const core::Status& status) { return status ? http::no_content() : refuse(status.error()); }

}  // namespace

http::Response OutboxRoutes::dead(const Call& call) {
    const auto page = page_asked(call.request, 2);
    if (!page) return refuse(page.error());
    const auto before = before_of(page->cursor);
    if (!before) return refuse(before.error());
    const auto answer = db_.read([&](core::Tx& tx) {
        auto dead = store::dead_effects(tx, *before, page->limit + 1);  // one more tells whether there is a next page
        std::optional<std::string> next;
        if (dead.size() > static_cast<std::size_t>(page->limit)) {
            dead.pop_back();
            const auto& last = dead.back();
            next = to_cursor({std::to_string(core::count(last.made)), core::to_uuid_text(last.id)});
        }
        const auto items = json_list(dead, [&](const store::EffectRow& effect) { return json_of(tx, effect); });
        return JsonObject().json("items", items).text("next", next).done();
    });
    return answer ? http::json(*answer) : refuse(answer.error());
}

http::Response OutboxRoutes::again(const Call& call) {
    return done(db_.write(
        [&](core::Tx& tx) { return effects::send_again(tx, call.actor(), call.request.param("id"), call.now); }));
}

http::Response OutboxRoutes::drop(const Call& call) {
    return done(
        db_.write([&](core::Tx& tx) { return effects::drop(tx, call.actor(), call.request.param("id"), call.now); }));
}

}  // namespace plus7::central::api
