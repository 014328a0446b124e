#include "central/demo/orders.hpp"

#include <array>

#include "central/app/dispatch/plan.hpp"
#include "central/app/dispatch/retell.hpp"
#include "central/app/orders/orders.hpp"
#include "central/demo/people.hpp"
#include "central/demo/sites.hpp"
#include "central/store/courier_store.hpp"

namespace plus7::central::demo {
namespace {

namespace orders = app::orders;
using app::custody::Acting;

struct Sample {
    const char* recipient;
    const char* address;  // nothing: to the pickup point
    core::LatLon where;   // on the sample map
    std::int64_t due_minor;
    std::vector<std::string> proof;
    int parcels;
};

// Nobody lives here: the people are invented.
const std::array<Sample, 8> samples{{
    {"Ольга Мельник", "ул. Академика Королёва, 9, кв. 32", {55.8213, 37.6206}, 129'000, {"code"}, 2},
    {"Пётр Лосев", "Звёздный бульвар, 21", {55.8175, 37.6290}, 0, {"code", "signature"}, 1},
    {"Анна Белова", "ул. Цандера, 7, кв. 5", {55.8163, 37.6205}, 54'000, {"photo"}, 1},
    {"ООО «Вектор»", "ул. Годовикова, 9", {55.8125, 37.6255}, 0, {"document", "signature"}, 3},
    {"Ирина Котова", "1-я Останкинская ул., 26", {55.8240, 37.6130}, 0, {"code"}, 1},
    {"Семён Дроздов", "Новомосковская ул., 15", {55.8200, 37.6110}, 99'050, {"code", "photo"}, 1},
    {"Зоя Лунина", nullptr, {}, 0, {"code"}, 1},
    {"Марк Ельцов", nullptr, {}, 79'000, {"code"}, 1},
}};

constexpr std::chrono::hours first_slot{1};
constexpr std::chrono::hours slot_length{2};

core::Result<std::string> add_order(core::Tx& tx, const Acting& who, const Sample& sample, int number,
                                    const orders::Prepared& prepared, const std::string& point) {
    orders::NewOrder order;
    order.sender = number % 2 == 0 ? "Лавка «У моста»" : "Книжный двор";
    order.terms.recipient = {sample.recipient, "+7999000000" + std::to_string(number)};
    if (sample.address) {
        order.terms.address = {sample.address, {}, {}, {}, {}};
        order.terms.where = std::optional(sample.where);
    } else {
        order.terms.point = point;
    }
    const auto from = std::chrono::floor<std::chrono::hours>(who.now) + first_slot + std::chrono::hours{number / 2};
    order.terms.slot = std::optional(store::Slot{from, from + slot_length});
    if (sample.due_minor > 0) order.terms.due = std::optional(store::Money{sample.due_minor, "RUB"});
    order.terms.proof = sample.proof;
    order.parcels.resize(static_cast<std::size_t>(sample.parcels));
    auto made = orders::create(tx, who, order, prepared);
    if (!made) return made.error();
    return made->id;
}

core::Status seed(core::Tx& tx, const std::vector<orders::Prepared>& prepared, const Acting& who) {
    const auto known = sites(tx, who.now);
    if (!known) return known.error();
    app::dispatch::PlanRequest plan;
    for (std::size_t at = 0; at < prepared.size(); ++at) {
        const auto made =
            add_order(tx, who, samples[at % samples.size()], static_cast<int>(at), prepared[at], known->point.id);
        if (!made) return made.error();
        plan.orders.push_back(*made);
    }
    const auto courier = store::find_courier_by_code(tx, handheld_code);
    if (!courier) return {};
    plan.courier = courier->id;
    if (auto planned = app::dispatch::plan(tx, who, plan); !planned) return planned.error();
    app::dispatch::retell_courier(tx, courier->id);
    return {};
}

}  // namespace

core::Status seed_orders(sql::Database& db, int count, core::TimeUs now) {
    const auto first = db.write([&](core::Tx& tx) -> std::optional<std::int64_t> {
        store::OrderQuery one;
        one.limit = 1;
        if (!store::orders(tx, one).empty()) return std::nullopt;
        return orders::take_numbers(tx, count);
    });
    if (!first) return first.error();
    if (!*first) return {};
    std::vector<orders::Prepared> prepared;
    for (int i = 0; i < count; ++i) prepared.push_back(orders::prepare(**first + i));
    return db.write([&](core::Tx& tx) { return seed(tx, prepared, {std::nullopt, now}); });
}

}  // namespace plus7::central::demo
