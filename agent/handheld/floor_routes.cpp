#include "agent/handheld/floor_routes.hpp"

#include "agent/app/floor.hpp"
#include "agent/app/parcels.hpp"
#include "agent/handheld/floor_json.hpp"
#include "shared/http/problem.hpp"

namespace plus7::agent::handheld {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t small_body = 1024;
constexpr std::size_t note_body = 8 * 1024;  // 300 characters, escaped

// What was read of the body, given to the floor.
template <typename Value>
http::Handler acting(core::Result<Value> (*read)(std::string_view), std::function<core::Status(const Value&)> act) {
    return [read, act = std::move(act)](const Request& request) -> Response {
        const auto asked = read(request.body);
        if (!asked) return http::problem(asked.error(), request);
        const auto done = act(*asked);
        if (!done) return http::problem(done.error(), request);
        return http::no_content();
    };
}

}  // namespace

std::vector<http::Route> floor_routes(const Desk& desk) {
    auto& floor = desk.floor;
    using app::Floor;
    const std::function<core::Status(const Floor::Work&)> begin = [&floor](const auto& work) {
        return floor.begin(work);
    };
    const std::function<core::Status(const bool&)> answer = [&floor](const auto& yes) { return floor.answer(yes); };
    const std::function<core::Status(const model::ParcelId&)> choose = [&floor](const auto& parcel) {
        return floor.choose(parcel);
    };
    const std::function<core::Status(const model::ParcelId&)> undo = [&floor](const auto& parcel) {
        return floor.undo(parcel);
    };
    const std::function<core::Status(const Damage&)> damage = [&floor](const auto& noted) {
        return floor.note_damage(noted.parcel, noted.note);
    };
    return {
        {Method::get, "/floor/parcels",
         [&floor, &parcels = desk.parcels](const Request& request) -> Response {
             const auto list = floor_list_json(floor, parcels.work().sites(), request.query_value("list").value_or(""),
                                               request.query_value("of").value_or(""));
             if (!list) return http::problem(list.error(), request);
             return http::json(*list);
         }},
        {Method::post, "/floor/work", acting(read_floor_work, begin), small_body},
        {Method::post, "/floor/answer", acting(read_yes, answer), small_body},
        {Method::post, "/floor/choose", acting(read_floor_parcel, choose), small_body},
        {Method::post, "/floor/damage", acting(read_floor_damage, damage), note_body},
        {Method::post, "/floor/undo", acting(read_floor_parcel, undo), small_body},
    };
}

}  // namespace plus7::agent::handheld
