#include "central/api/order_body.hpp"

#include <limits>

#include "central/api/price_codec.hpp"
#include "central/app/couriers/couriers.hpp"

namespace plus7::central::api {
namespace {

namespace orders = app::orders;

constexpr std::int64_t latest_ms = 253'402'300'799'999;  // the end of the year 9999

constexpr TextRule name_rule{1, orders::longest_name, orders::is_text};
constexpr TextRule address_rule{1, orders::longest_address, orders::is_text};
constexpr TextRule short_rule{0, orders::longest_short};
constexpr TextRule comment_rule{0, orders::longest_comment};
constexpr TextRule phone_rule{3, 16, app::couriers::is_phone};
constexpr TextRule ref_rule{1, orders::longest_ref, orders::is_text};
constexpr TextRule barcode_rule{1, orders::longest_barcode, orders::is_barcode};
constexpr TextRule what_rule{0, orders::longest_what};
constexpr TextRule point_rule{1, 36};
constexpr TextRule currency_rule{3, 3, orders::is_currency};

// An empty text says the same as null: there is none.
std::optional<std::string> text_or_none(JsonBody& body, std::string_view member, const TextRule& rule) {
    if (body.gives_null(member)) return std::nullopt;
    auto text = body.maybe_text(member, rule);
    return text && text->empty() ? std::nullopt : text;
}

// What is there and null empties; what is not there stays as it is.
template <typename Value, typename Read>
std::optional<std::optional<Value>> part_or_null(JsonBody& body, std::string_view member, Read read) {
    if (body.gives_null(member)) return std::optional<Value>{};
    Value value;
    if (!body.part(member, [&](JsonBody& part) { read(part, value); })) return std::nullopt;
    return std::optional<Value>(std::move(value));
}

core::TimeUs time_of(std::int64_t ms) { return core::time_us(ms * 1000); }

void read_proof(JsonBody& body, orders::OrderChange& change) {
    change.proof = body.maybe_texts("proof", 4);
    for (const auto& kind : change.proof.value_or(std::vector<std::string>{}))
        if (!orders::is_proof(kind)) body.fault("proof", "malformed", "code, signature, photo or document");
}

void read_terms(JsonBody& body, orders::OrderChange& change) {
    if (body.gives_null("outer_ref"))
        change.outer_ref = std::optional<std::string>{};
    else if (auto ref = body.maybe_text("outer_ref", ref_rule))
        change.outer_ref = std::move(ref);
    body.part("recipient", [&](JsonBody& part) {
        change.recipient = {part.text("name", name_rule), text_or_none(part, "phone", phone_rule)};
    });
    body.part("address", [&](JsonBody& part) {
        change.address = {part.text("text", address_rule), text_or_none(part, "entrance", short_rule),
                          text_or_none(part, "floor", short_rule), text_or_none(part, "intercom", short_rule),
                          text_or_none(part, "comment", comment_rule)};
    });
    if (body.gives_null("point"))
        change.point = std::optional<std::string>{};
    else if (auto point = body.maybe_text("point", point_rule))
        change.point = std::move(point);
    change.where = part_or_null<core::LatLon>(body, "place", read_place);
    change.slot = part_or_null<store::Slot>(body, "slot", read_slot);
    change.due = part_or_null<store::Money>(body, "due", read_money);
    read_proof(body, change);
    if (body.gives_null("size"))
        change.size = std::optional<std::string>{};
    else if (auto size = read_size(body))
        change.size = std::move(size);
    change.over_capacity = body.maybe_flag("over_capacity").value_or(false);
}

}  // namespace

orders::NewOrder read_new_order(JsonBody& body, const std::optional<std::string>& sender) {
    orders::NewOrder order;
    order.sender = sender ? body.maybe_text("sender", name_rule).value_or(*sender) : body.text("sender", name_rule);
    if (sender && order.sender != *sender) body.fault("sender", "wrong", "not this token's sender");
    read_terms(body, order.terms);
    if (!order.terms.recipient) body.fault("recipient", "required");
    const bool to_point = order.terms.point && *order.terms.point;
    if (!order.terms.address && !to_point) body.fault("address", "required");
    body.parts("parcels", 1, orders::most_parcels, [&](JsonBody& part) {
        orders::NewParcel parcel;
        parcel.code = text_or_none(part, "code", barcode_rule);
        parcel.what = text_or_none(part, "what", what_rule);
        if (!part.gives_null("weight_g")) parcel.weight_g = part.maybe_number("weight_g", 1, orders::most_grams);
        order.parcels.push_back(std::move(parcel));
    });
    return order;
}

orders::OrderChange read_order_change(JsonBody& body) {
    orders::OrderChange change;
    read_terms(body, change);
    return change;
}

orders::SiteChange read_site(JsonBody& body, bool is_new) {
    orders::SiteChange site;
    site.name = is_new ? body.text("name", name_rule) : body.maybe_text("name", name_rule);
    site.address = is_new ? body.text("address", address_rule) : body.maybe_text("address", address_rule);
    site.where = part_or_null<core::LatLon>(body, "place", read_place);
    if (body.gives_null("hours"))
        site.hours = std::optional<std::string>{};
    else if (auto hours = body.maybe_text("hours", {1, 100, orders::is_text}))
        site.hours = std::move(hours);
    site.storage_days = body.maybe_number("storage_days", 1, 60);
    site.time_zone = body.maybe_text("time_zone", {1, 64, orders::is_time_zone});
    if (is_new) return site;
    if (const auto state = body.maybe_text("state")) {
        if (*state != "open" && *state != "closed") body.fault("state", "malformed", "open or closed");
        site.open = *state == "open";
    }
    return site;
}

void read_place(JsonBody& part, core::LatLon& place) {
    const auto lat = part.maybe_real("lat", -90, 90), lon = part.maybe_real("lon", -180, 180);
    if (!lat) part.fault("lat", "required");
    if (!lon) part.fault("lon", "required");
    place = {lat.value_or(0), lon.value_or(0)};
}

void read_slot(JsonBody& part, store::Slot& slot) {
    slot.from = time_of(part.number("from_ms", 0, latest_ms));
    slot.to = time_of(part.number("to_ms", 0, latest_ms));
    if (slot.to <= slot.from) part.fault("to_ms", "wrong", "the slot ends before it begins");
}

void read_money(JsonBody& part, store::Money& money) {
    money.minor = part.number("minor", 1, orders::most_money);
    money.currency = part.text("currency", currency_rule);
}

}  // namespace plus7::central::api
