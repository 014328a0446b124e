#include "central/api/order_codec.hpp"

#include <algorithm>

#include "central/api/etag.hpp"
#include "central/api/json_text.hpp"
#include "central/api/price_codec.hpp"
#include "central/app/couriers/records.hpp"
#include "central/app/orders/points.hpp"
#include "central/app/orders/recipient.hpp"
#include "central/app/orders/wishes.hpp"
#include "central/app/tariffs/tariffs.hpp"
#include "central/store/courier_store.hpp"
#include "central/store/site_store.hpp"
#include "central/store/staff_store.hpp"
#include "central/store/trip_store.hpp"
#include "shared/core/uuid.hpp"

namespace plus7::central::api {
namespace {

std::string holder_json(Names& names, const std::optional<model::Holder>& holder) {
    if (!holder) return "null";
    JsonObject json;
    json.text("kind", model::name_of(holder->kind));
    const bool is_secret = names.reader.is_shop && holder->kind == model::HolderKind::courier;
    if (holder->id.is_zero() || is_secret) return json.null("id").null("name").done();
    return json.text("id", core::to_uuid_text(holder->id)).text("name", names.of_holder(*holder)).done();
}

std::string parcel_json(Names& names, const store::ParcelRow& parcel, const store::CustodyRow& custody) {
    return JsonObject()
        .text("id", parcel.id)
        .number("number", parcel.number)
        .json("codes", json_list(parcel.codes, [](const std::string& code) { return json_of(code); }))
        .text("what", parcel.what)
        .number("weight_g", parcel.weight_g)
        .text("status", model::name_of(custody.status))
        .json("holder", holder_json(names, custody.custody.holder))
        .number("version", custody.custody.version)
        .flag("in_transfer", custody.custody.in_transfer())
        .number("missing", custody.custody.missing)
        .flag("is_clear", custody.custody.is_clear)
        .done();
}

std::string by_json(Names& names, const store::ParcelEventRow& line) {
    std::optional<std::string> name;
    if (names.reader.is_shop) return JsonObject().text("kind", line.by_kind).null("id").null("name").done();
    if (line.by_id && line.by_kind == "courier") name = names.of_courier(*line.by_id);
    if (line.by_id && line.by_kind == "staff") name = names.of_staff(*line.by_id);
    return JsonObject().text("kind", line.by_kind).text("id", line.by_id).text("name", name).done();
}

// When a recipient wanted it, and what became of that.
class Wishes {
  public:
    Wishes(core::Tx& tx, const std::string& order)
        : all_(store::slot_wishes(tx, order)), word_(store::slot_word(tx, order)) {}
    std::string json_of(const core::EventId& attempt) const {
        for (const auto& wish : all_)
            if (wish.event == attempt)
                return JsonObject()
                    .time("from_ms", wish.slot.from)
                    .time("to_ms", wish.slot.to)
                    .text("fate", app::orders::fate_of(wish, all_, word_))
                    .done();
        return "null";
    }

  private:
    std::vector<store::SlotWishRow> all_;
    std::optional<store::SlotWordRow> word_;
};

std::string line_json(Names& names, const Wishes& wishes, const store::ParcelEventRow& line, std::int64_t parcel) {
    const bool is_shop = names.reader.is_shop;
    const auto doubt = line.doubt.empty() ? std::nullopt : std::optional(line.doubt);
    return JsonObject()
        .text("event", core::to_uuid_text(line.event))
        .number("parcel", parcel)
        .text("type", line.type)
        .time("at_ms", line.at)
        .text("trust", line.trust)
        .time("received_ms", line.received)
        .flag("late", app::couriers::is_late(line.at, line.received))
        .json("by", by_json(names, line))
        .text("device", is_shop ? std::nullopt : line.device)
        .json("where", is_shop ? "null" : place_json(line.where))
        .json("from", holder_json(names, line.from))
        .json("to", holder_json(names, line.to))
        .text("reason", line.reason)
        .json("wish", wishes.json_of(line.event))
        .json("proofs", word_list_json(line.proofs))
        .text("effect", line.effect)
        .text("doubt", doubt)
        .flag("undone", line.undone)
        .text("status", line.status)
        .done();
}

}  // namespace

std::optional<std::string> Names::of_courier(const std::string& id) {
    const auto [known, is_new] = known_.try_emplace("courier " + id);
    if (is_new)
        if (const auto row = store::find_courier(tx_, id)) known->second = row->name;
    return known->second;
}

std::optional<std::string> Names::of_staff(const std::string& id) {
    const auto [known, is_new] = known_.try_emplace("staff " + id);
    if (is_new) {
        const auto row = store::find_staff(tx_, id);
        known->second = row ? std::optional(row->name) : of_courier(id);  // a depot's worker with his handheld
    }
    return known->second;
}

std::optional<std::string> Names::of_holder(const model::Holder& holder) {
    if (holder.kind == model::HolderKind::courier) {
        auto& name = known_["holder " + core::to_uuid_text(holder.id)];
        if (!name) name = of_courier(core::to_uuid_text(holder.id));
        if (!name)
            name = store::carrier_of_trip(tx_, core::to_uuid_text(holder.id));  // somebody else's driver on line haul
        return name;
    }
    return of_site(core::to_uuid_text(holder.id));
}

std::optional<std::string> Names::of_site(const std::string& id) {
    const auto [known, is_new] = known_.try_emplace("site " + id);
    if (is_new)
        if (const auto row = store::find_site(tx_, id)) known->second = row->name;
    return known->second;
}

std::string place_json(const std::optional<core::LatLon>& place) {
    if (!place) return "null";
    return JsonObject().real("lat", place->lat).real("lon", place->lon).done();
}

std::string slot_json(const std::optional<store::Slot>& slot) {
    if (!slot) return "null";
    return JsonObject().time("from_ms", slot->from).time("to_ms", slot->to).done();
}

std::string money_json(const std::optional<store::Money>& money) {
    if (!money) return "null";
    return JsonObject().number("minor", money->minor).text("currency", money->currency).done();
}

std::string order_json(Names& names, const store::OrderLine& line) {
    const auto& order = line.order;
    const auto address = JsonObject()
                             .text("text", order.address)
                             .text("entrance", order.entrance)
                             .text("floor", order.floor)
                             .text("intercom", order.intercom)
                             .text("comment", order.comment)
                             .done();
    const auto courier =
        line.courier && !names.reader.is_shop
            ? JsonObject().text("id", *line.courier).text("name", names.of_courier(*line.courier).value_or("")).done()
            : "null";
    const auto point =
        order.point
            ? JsonObject().text("id", *order.point).text("name", names.of_site(*order.point).value_or("")).done()
            : "null";
    JsonObject json;
    json.text("id", order.id)
        .text("number", order.number)
        .text("outer_ref", order.outer_ref)
        .text("sender", order.sender)
        .text("status", line.status)
        .json("recipient", JsonObject().text("name", order.recipient).text("phone", order.phone).done())
        .json("address", address)
        .json("place", place_json(order.where))
        .json("point", point)
        .time("keep_until_ms", app::orders::keep_until(names.tx(), line))
        .json("slot", slot_json(order.slot))
        .json("due", money_json(order.due))
        .json("proof", word_list_json(order.proof))
        .number("parcels_count", line.parcels)
        .json("courier", courier)
        .time("created_ms", order.created)
        .text("etag", etag_of(order.version));
    const auto& links = names.reader.links;
    if (links) json.text("tracking_url", *links + app::orders::recipient_token(order));
    return json.done();
}

std::string order_card_json(core::Tx& tx, const store::OrderLine& line, const Reader& reader) {
    Names names(tx, reader);
    const auto parcels = store::parcels_of(tx, line.order.id);
    const auto custody = store::custody_of_order(tx, line.order.id);
    std::map<std::string, std::int64_t> numbers;
    JsonList parcel_list;
    for (const auto& parcel : parcels) {
        numbers[parcel.id] = parcel.number;
        const auto row = std::find_if(custody.begin(), custody.end(),
                                      [&](const store::CustodyRow& one) { return one.parcel == parcel.id; });
        if (row != custody.end()) parcel_list.json(parcel_json(names, parcel, *row));
    }
    JsonList story;
    const Wishes wishes(tx, line.order.id);
    for (const auto& event : store::story_of(tx, line.order.id))
        story.json(line_json(names, wishes, event, numbers[event.parcel]));
    return JsonObject()
        .json("order", order_json(names, line))
        .json("price", order_price_json(tx, line.order.id))
        .flag("slot_over_capacity", app::tariffs::is_over_capacity(tx, line.order.id))
        .json("parcels", parcel_list.done())
        .json("story", story.done())
        .done();
}

}  // namespace plus7::central::api
