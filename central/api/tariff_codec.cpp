#include "central/api/tariff_codec.hpp"

#include "central/api/etag.hpp"
#include "central/api/json_text.hpp"
#include "central/api/order_body.hpp"
#include "central/api/price_codec.hpp"

namespace plus7::central::api {
namespace {

namespace orders = app::orders;
namespace tariffs = app::tariffs;

constexpr std::int64_t most_fee = 1'000'000'000;
constexpr std::int64_t most_minutes = 1440;
constexpr std::int64_t latest_ms = 253'402'300'799'999;  // the end of the year 9999

std::int64_t fee(JsonBody& body, std::string_view member) { return body.maybe_number(member, 0, most_fee).value_or(0); }

std::optional<std::int64_t> fee_or_none(JsonBody& body, std::string_view member, std::int64_t least) {
    if (body.gives_null(member)) return std::nullopt;
    return body.maybe_number(member, least, most_fee);
}

void read_parts(JsonBody& body, store::TariffRow& tariff) {
    body.parts("zones", 0, 500, [&](JsonBody& part) {
        const auto zone = part.text("zone", {1, 36});
        const auto minor = part.number("minor", 0, most_fee);
        if (!tariff.zones.emplace(zone, minor).second) part.fault("zone", "taken", "each zone once");
    });
    body.parts("weights", 0, 50, [&](JsonBody& part) {
        const store::WeightStep step{part.number("up_to_g", 1, 1'000'000), part.number("minor", 0, most_fee)};
        const auto last = tariff.weights.empty() ? store::WeightStep{} : tariff.weights.back();
        if (step.up_to_g <= last.up_to_g) part.fault("up_to_g", "wrong", "more than the step before");
        if (step.amount < last.amount) part.fault("minor", "wrong", "a heavier order does not cost less");
        tariff.weights.push_back(step);
    });
    body.parts("sizes", 0, 4, [&](JsonBody& part) {
        const auto size = read_size(part).value_or("");
        if (size.empty()) part.fault("size", "required");
        if (!tariff.sizes.emplace(size, part.number("minor", 0, most_fee)).second) part.fault("size", "taken");
    });
}

void read_proof(JsonBody& body, store::TariffRow& tariff) {
    tariff.proof.clear();
    for (const auto& kind : body.maybe_texts("proof", 4).value_or(std::vector<std::string>{"code"})) {
        if (!orders::is_proof(kind)) body.fault("proof", "malformed", "code, signature, photo or document");
        if (tariff.proof.find(kind) == tariff.proof.npos) tariff.proof += (tariff.proof.empty() ? "" : ",") + kind;
    }
}

std::string pairs_json(const std::map<std::string, std::int64_t>& amounts, const char* member) {
    return json_list(amounts, [&](const auto& one) {
        return JsonObject().text(member, one.first).number("minor", one.second).done();
    });
}

}  // namespace

std::string tariff_json(const store::TariffRow& t, bool holds) {
    const auto weights = json_list(t.weights, [](const store::WeightStep& step) {
        return JsonObject().number("up_to_g", step.up_to_g).number("minor", step.amount).done();
    });
    return JsonObject()
        .text("id", t.id)
        .text("name", t.name)
        .text("currency", t.currency)
        .time("valid_from_ms", t.valid_from)
        .flag("holds", holds)
        .text("state", t.is_open ? "open" : "archived")
        .number("base_minor", t.base)
        .number("outside_minor", t.outside)
        .number("extra_kg_minor", t.extra_kg)
        .number("short_minutes", t.short_minutes)
        .number("short_minor", t.short_fee)
        .number("late_minute", t.late_minute)
        .number("late_minor", t.late_fee)
        .number("cash_bp", t.cash_bp)
        .number("cash_least_minor", t.cash_least)
        .number("minimum_minor", t.minimum)
        .number("free_from_minor", t.free_from)
        .json("proof", word_list_json(t.proof))
        .json("zones", pairs_json(t.zones, "zone"))
        .json("weights", weights)
        .json("sizes", pairs_json(t.sizes, "size"))
        .text("etag", etag_of(t.version))
        .done();
}

store::TariffRow read_tariff(JsonBody& body) {
    store::TariffRow t;
    t.name = body.text("name", {1, 100, orders::is_text});
    if (auto currency = body.maybe_text("currency", {3, 3, orders::is_currency})) t.currency = std::move(*currency);
    t.valid_from = core::time_us(body.number("valid_from_ms", 0, latest_ms) * 1000);
    t.base = body.number("base_minor", 0, most_fee);
    t.outside = fee_or_none(body, "outside_minor", 0);
    t.extra_kg = fee(body, "extra_kg_minor");
    t.short_minutes = body.maybe_number("short_minutes", 0, most_minutes).value_or(0);
    t.short_fee = fee(body, "short_minor");
    t.late_minute = body.maybe_number("late_minute", 0, most_minutes).value_or(0);
    t.late_fee = fee(body, "late_minor");
    t.cash_bp = body.maybe_number("cash_bp", 0, 10'000).value_or(0);
    t.cash_least = fee(body, "cash_least_minor");
    t.minimum = fee(body, "minimum_minor");
    t.free_from = fee_or_none(body, "free_from_minor", 1);
    read_proof(body, t);
    read_parts(body, t);
    return t;
}

tariffs::Question read_question(JsonBody& body) {
    tariffs::Question question;
    core::LatLon place;
    store::Slot slot;
    store::Money due;
    if (!body.gives_null("place") && body.part("place", [&](JsonBody& part) { read_place(part, place); }))
        question.where = place;
    if (!body.gives_null("zone")) question.zone = body.maybe_text("zone", {1, 36});
    question.weight_g = body.maybe_number("weight_g", 0, 50'000'000).value_or(0);
    question.size = read_size(body);
    if (!body.gives_null("slot") && body.part("slot", [&](JsonBody& part) { read_slot(part, slot); }))
        question.slot = slot;
    if (!body.gives_null("due") && body.part("due", [&](JsonBody& part) { read_money(part, due); })) question.due = due;
    return question;
}

std::string quote_json(const tariffs::Quote& quote) {
    JsonObject json;
    json.json("zone", zone_ref_json(quote.place.zone)).flag("outside", quote.place.lies == tariffs::Lies::outside);
    json.text("tariff", quote.tariff ? std::optional(quote.tariff->id) : std::nullopt);
    json.text("currency", quote.tariff ? std::optional(quote.tariff->currency) : std::nullopt);
    json.json("proof", quote.tariff ? word_list_json(quote.tariff->proof) : "null");
    json.number("total_minor", quote.price ? std::optional(quote.price->total) : std::nullopt);
    json.json("lines", price_lines_json(quote.price ? quote.price->lines : std::vector<store::PriceLine>{}));
    return json.done();
}

}  // namespace plus7::central::api
