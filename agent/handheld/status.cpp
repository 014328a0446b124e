#include "agent/handheld/status.hpp"

#include <nlohmann/json.hpp>

namespace plus7::agent::handheld {
namespace {

using json = nlohmann::ordered_json;

template <typename T>
json or_null(const std::optional<T>& value) {
    return value ? json(*value) : json(nullptr);
}

template <typename T>
void read(const json& object, const char* key, T& value) {
    if (const auto found = object.find(key); found != object.end() && !found->is_null()) found->get_to(value);
}

template <typename T>
void read(const json& object, const char* key, std::optional<T>& value) {
    if (const auto found = object.find(key); found != object.end() && !found->is_null()) value = found->get<T>();
}

json member(const json& object, const char* key) { return object.value(key, json::object()); }

json shift_json(const Status& status) {
    if (!status.shift) return nullptr;
    const auto& shift = *status.shift;
    return {{"id", shift.id},
            {"courier", shift.courier},
            {"since", shift.since},
            {"distance_m", shift.distance_m},
            {"break_since", or_null(shift.break_since)}};
}

std::optional<Status::Shift> read_shift(const json& object) {
    const auto found = object.find("shift");
    if (found == object.end() || found->is_null()) return std::nullopt;
    Status::Shift shift;
    read(*found, "id", shift.id);
    read(*found, "courier", shift.courier);
    read(*found, "since", shift.since);
    read(*found, "distance_m", shift.distance_m);
    read(*found, "break_since", shift.break_since);
    return shift;
}

void read_device(const json& object, Status& status) {
    read(object, "version", status.version);
    read(object, "device", status.device);
    read(object, "server", status.server);
    read(object, "broker", status.broker);
    read(object, "connection", status.connection);
    read(object, "epoch", status.epoch);
    read(object, "view", status.view);
    read(object, "locked", status.locked);
    read(object, "certificate_until", status.certificate_until);
    read(object, "courier", status.courier);
    read(object, "site", status.site);
    const auto sign_in = member(object, "sign_in");
    read(sign_in, "step", status.sign_in.step);
    read(sign_in, "tries_left", status.sign_in.tries_left);
}

void read_parts(const json& object, Status& status) {
    const auto unacked = member(object, "unacked");
    read(unacked, "fact", status.unacked.fact);
    read(unacked, "track", status.unacked.track);
    read(unacked, "blob", status.unacked.blob);
    read(unacked, "oldest_s", status.unacked.oldest_s);
    const auto traffic = member(object, "traffic");
    read(traffic, "bytes_today", status.traffic.bytes_today);
    read(traffic, "history_held", status.traffic.history_held);
    read(traffic, "oldest_track_s", status.traffic.oldest_track_s);
    const auto gps = member(object, "gps");
    read(gps, "fitted", status.gps.fitted);
    read(gps, "gpsd", status.gps.gpsd);
    read(gps, "lost", status.gps.lost);
    read(gps, "age_s", status.gps.age_s);
    read(gps, "accuracy_m", status.gps.accuracy_m);
    read(object, "scanner", status.scanner);
    const auto storage = member(object, "storage");
    read(storage, "free_bytes", status.storage.free_bytes);
    read(storage, "step", status.storage.step);
    if (const auto battery = object.find("battery"); battery != object.end() && !battery->is_null()) {
        status.battery.emplace();
        read(*battery, "percent", status.battery->percent);
        read(*battery, "charging", status.battery->charging);
    }
}

}  // namespace

std::string to_json(const Status& status) {
    const auto& s = status;
    json object{{"version", s.version},
                {"device", s.device},
                {"server", s.server},
                {"broker", s.broker},
                {"connection", s.connection},
                {"epoch", s.epoch},
                {"view", s.view},
                {"locked", s.locked},
                {"certificate_until", s.certificate_until},
                {"courier", s.courier},
                {"site", s.site},
                {"shift", shift_json(s)}};
    object["sign_in"] = {{"step", s.sign_in.step}, {"tries_left", s.sign_in.tries_left}};
    object["unacked"] = {{"fact", s.unacked.fact},
                         {"track", s.unacked.track},
                         {"blob", s.unacked.blob},
                         {"oldest_s", or_null(s.unacked.oldest_s)}};
    object["traffic"] = {{"bytes_today", s.traffic.bytes_today},
                         {"history_held", s.traffic.history_held},
                         {"oldest_track_s", or_null(s.traffic.oldest_track_s)}};
    object["gps"] = {{"fitted", s.gps.fitted},
                     {"gpsd", s.gps.gpsd},
                     {"lost", s.gps.lost},
                     {"age_s", or_null(s.gps.age_s)},
                     {"accuracy_m", or_null(s.gps.accuracy_m)}};
    object["scanner"] = or_null(s.scanner);
    object["battery"] =
        s.battery ? json{{"percent", s.battery->percent}, {"charging", s.battery->charging}} : json(nullptr);
    object["storage"] = {{"free_bytes", s.storage.free_bytes}, {"step", s.storage.step}};
    return object.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

core::Result<Status> status_from_json(std::string_view text) {
    try {
        const auto object = json::parse(text);
        if (!object.is_object()) return core::invalid("the agent's status is no object");
        Status status;
        read_device(object, status);
        read_parts(object, status);
        status.shift = read_shift(object);
        return status;
    } catch (const json::exception&) {
        return core::invalid("the agent's status cannot be read");
    }
}

}  // namespace plus7::agent::handheld
