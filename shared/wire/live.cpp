#include "shared/wire/live.hpp"

#include <cmath>

#include "shared/wire/place_codec.hpp"

namespace plus7::wire {
namespace {

constexpr std::uint64_t flag_3d = 1, flag_turn = 2, flag_stationary = 4;
constexpr double speed_unit = 100, course_unit = 100, accuracy_unit = 10;  // per m/s, degree, metre
constexpr std::uint64_t most_speed = 100'000'00, most_course = 360'00, most_accuracy = 100'000'0;

void put_scaled(CborMap& map, std::string_view key, const std::optional<double>& value, double unit,
                std::uint64_t most) {
    if (!value || !(*value >= 0) || *value * unit > static_cast<double>(most)) return;
    map.integer(key, std::llround(*value * unit));
}

std::optional<double> read_scaled(const Value& value, double unit, std::uint64_t most) {
    if (!value) return std::nullopt;
    return static_cast<double>(value.uint(0, most)) / unit;
}

}  // namespace

core::Bytes encode(const model::Fix& live) {
    CborMap map;
    map.time("ms", live.time);
    write_place(map, live.place);
    put_scaled(map, "speed_cms", live.speed_mps, speed_unit, most_speed);
    put_scaled(map, "course_cdeg", live.course_deg, course_unit, most_course);
    put_scaled(map, "acc_dm", live.accuracy_m, accuracy_unit, most_accuracy);
    map.uint("flags",
             (live.is_3d ? flag_3d : 0) | (live.is_turn ? flag_turn : 0) | (live.is_stationary ? flag_stationary : 0));
    return map.encode();
}

core::Result<model::Fix> decode_live(core::ByteView message) {
    const auto tree = read_cbor(message);
    if (!tree) return tree.error().context("live");
    Faults faults;
    const Value map(faults, &*tree, "live");
    model::Fix fix;
    fix.time = map.get("ms").time();
    fix.place = read_place(map);
    fix.speed_mps = read_scaled(map.maybe("speed_cms"), speed_unit, most_speed);
    fix.course_deg = read_scaled(map.maybe("course_cdeg"), course_unit, most_course);
    fix.accuracy_m = read_scaled(map.maybe("acc_dm"), accuracy_unit, most_accuracy);
    const auto flags = map.get("flags").uint();
    fix.is_3d = (flags & flag_3d) != 0;
    fix.is_turn = (flags & flag_turn) != 0;
    fix.is_stationary = (flags & flag_stationary) != 0;
    if (faults.any()) return faults.first().context("live");
    return fix;
}

core::Bytes encode(const DeviceState& state) {
    CborMap map;
    map.boolean("online", state.online).bytes("nonce", state.nonce.bytes()).bytes("boot", state.boot.bytes());
    return map.uint("unacked", state.unacked).encode();
}

core::Result<DeviceState> decode_state(core::ByteView message) {
    const auto tree = read_cbor(message);
    if (!tree) return tree.error().context("state");
    Faults faults;
    const Value map(faults, &*tree, "state");
    DeviceState state;
    state.online = map.get("online").boolean();
    state.nonce = map.get("nonce").fixed<core::Nonce>();
    state.boot = map.get("boot").fixed<core::BootId>();
    state.unacked = map.get("unacked").uint();
    if (faults.any()) return faults.first().context("state");
    return state;
}

}  // namespace plus7::wire
