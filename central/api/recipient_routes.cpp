#include "central/api/recipient_routes.hpp"

#include <kainjow/mustache.hpp>

#include "api_pages_embed.hpp"
#include "central/api/recipient_words.hpp"
#include "central/api/refusal.hpp"
#include "central/app/accounts/tries.hpp"
#include "central/app/orders/recipient.hpp"
#include "shared/core/uuid.hpp"
#include "shared/print/qr.hpp"
#include "shared/text/day.hpp"
#include "shared/wire/hand_codes.hpp"

namespace plus7::central::api {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

// 128 bits cannot be guessed; the limit keeps guessers from loading the database.
app::accounts::TryLimit guesses_by_address(std::string_view address) {
    return {"recipient:" + std::string(address), 30, std::chrono::minutes{1}};
}

std::string spaced(const std::string& code) { return code.substr(0, 3) + " " + code.substr(3); }

// For a scanner, instead of being said. Drawn in the page: nothing else is loaded, so it is there without a network
// too.
std::string qr_of(const app::orders::RecipientView& view) {
    const model::OrderId order{core::from_uuid_text(view.line.order.id).value().value};
    return print::qr_svg(wire::to_code(wire::RecipientCode{order, *view.code})).value();
}

std::string_view status_of(const app::orders::RecipientView& view, const RecipientWords& words) {
    const bool is_carried = view.line.status == "out_for_delivery" || view.line.status == "in_transit";
    return view.point && is_carried ? words.on_way_to_point : words.status(view.status());
}

data point_data(const app::orders::RecipientView& view, const RecipientWords& words) {
    const auto& site = *view.point;
    data point;
    point.set("title", std::string(words.point));
    point.set("name", site.name);
    point.set("address", site.address);
    if (site.hours) point.set("hours", std::string(words.hours) + ": " + *site.hours);
    if (view.keep_until)
        point.set("kept",
                  std::string(words.keep_until) + " " + text::day_name(*view.keep_until, site.time_zone, words.lang));
    return point;
}

std::string render(const app::orders::RecipientView& view, const RecipientWords& words) {
    const auto& order = view.line.order;
    data page;
    page.set("lang", std::string(words.lang));
    page.set("title", std::string(words.order) + " " + order.number);
    page.set("brand", std::string(words.brand));
    page.set("order", std::string(words.order));
    page.set("number", order.number);
    page.set("from", std::string(words.from));
    page.set("sender", order.sender);
    page.set("status", std::string(status_of(view, words)));
    if (view.point) page.set("point", point_data(view, words));
    if (view.code) {
        page.set("code", spaced(*view.code));
        page.set("code_qr", qr_of(view));
        page.set("code_title", std::string(view.point ? words.point_code_title : words.code_title));
        page.set("code_help", std::string(words.code_help));
    }
    if (order.due && view.code) page.set("due", std::string(view.point ? words.point_due : words.due));
    mustache form{std::string(api_pages::file("recipient.html"))};
    return form.render(page);
}

}  // namespace

http::Response RecipientRoutes::page(const Call& call) {
    const auto limit = guesses_by_address(call.request.peer.address);
    const auto wait = db_.write([&](core::Tx& tx) { return app::accounts::count_try(tx, limit, call.now); });
    if (!wait) return refuse(wait.error());
    if (*wait) return refuse_too_many(**wait);
    const auto view =
        db_.read([&](core::Tx& tx) { return app::orders::recipient_view(tx, call.request.param("token")); });
    if (!view) return refuse(view.error());
    const auto& words = recipient_words(call.request.header("Accept-Language").value_or(""));
    if (!*view) return http::html(std::string(words.no_order), 404);
    const auto given = db_.write([&](core::Tx& tx) { app::accounts::give_back(tx, limit, call.now); });
    if (!given) return refuse(given.error());
    return http::html(render(**view, words))
        .with("Cache-Control", "no-store")
        .with("X-Robots-Tag", "noindex")
        .with("Referrer-Policy", "no-referrer");
}

http::Response RecipientRoutes::style(const Call&) {
    return http::bytes(std::string(api_pages::file("recipient.css")), "text/css; charset=utf-8")
        .with("Cache-Control", "public, max-age=3600");
}

}  // namespace plus7::central::api
