#include "central/api/event_codec.hpp"

#include <algorithm>

#include "central/api/json_text.hpp"
#include "central/app/couriers/records.hpp"
#include "shared/core/uuid.hpp"
#include "shared/http/headers.hpp"
#include "shared/http/uri.hpp"
#include "shared/wire/fact_data.hpp"

namespace plus7::central::api {
namespace {

std::string_view name_of(core::WallSource source) {
    constexpr std::string_view names[] = {"unset", "rtc", "network", "gps", "central"};
    const auto index = static_cast<std::size_t>(source);
    return index < std::size(names) ? names[index] : names[0];
}

std::string_view name_of(model::Symbology symbology) {
    constexpr std::string_view names[] = {"unknown",  "code128",  "code39",      "ean13",  "ean8",    "upc_a",
                                          "itf14",    "qr",       "data_matrix", "pdf417", "aztec",   "typed",
                                          "code93",   "codabar",  "upc_e",       "itf",    "gs1_128", "gs1_databar",
                                          "micro_qr", "maxicode", "msi",         "nfc"};
    const auto index = static_cast<std::size_t>(symbology);
    return index < std::size(names) ? names[index] : names[0];
}

std::string_view name_of(model::ShiftEnd by) {
    switch (by) {
        case model::ShiftEnd::courier:
            return "courier";
        case model::ShiftEnd::dispatcher:
            return "dispatcher";
        case model::ShiftEnd::device:
            return "device";
        case model::ShiftEnd::unknown:
            break;
    }
    return "unknown";
}

// A code is any bytes; what is no readable text is shown in hexadecimal.
std::string code_text(const core::Bytes& code) {
    const auto text = core::text_of(code);
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    if (http::is_utf8(text) && std::none_of(text.begin(), text.end(), is_control)) return std::string(text);
    return "0x" + core::to_hex(code);
}

JsonObject members(const model::Scan& data) {
    return JsonObject().text("code", code_text(data.code)).text("symbology", name_of(data.symbology));
}
JsonObject members(const model::ShiftStarted& data) { return JsonObject().flag("offline", data.offline); }
JsonObject members(const model::ShiftEnded& data) {
    return JsonObject().text("by", name_of(data.by)).number("distance_m", data.distance_m);
}
JsonObject members(const model::BreakStarted&) { return JsonObject(); }
JsonObject members(const model::BreakEnded& data) { return JsonObject().text("by", name_of(data.by)); }
JsonObject members(const model::DeviceStarted& data) {
    return JsonObject().text("version", data.version).flag("clean_stop", data.clean_stop);
}
JsonObject members(const model::DeviceStopped&) { return JsonObject(); }
JsonObject members(const model::DeviceGpsdLost& data) { return JsonObject().number("silent_ms", data.silent.count()); }
JsonObject members(const model::DeviceStorageLow& data) {
    return JsonObject().number("free_bytes", data.free_bytes).number("step", data.step);
}
JsonObject members(const model::DeviceStoreDamaged& data) {
    return JsonObject().text("file", data.file).number("rescued", data.rescued);
}
JsonObject members(const model::DeviceBattery& data) {
    return JsonObject().number("percent", data.percent).flag("charging", data.charging);
}
JsonObject members(const model::DeviceWiped& data) { return JsonObject().text("wipe", data.wipe.hex()); }
JsonObject members(const model::FactGap& data) { return JsonObject().number("from", data.from).number("to", data.to); }
JsonObject members(const model::TrackDigest& data) {
    return JsonObject().number("from", data.from).number("to", data.to).text("sha256", data.hash.hex());
}
JsonObject members(const model::BlobLost& data) { return JsonObject().text("sha256", data.sha.hex()); }
JsonObject members(const model::ChatSent& data) { return JsonObject().text("sha256", data.blob.hex()); }
JsonObject members(const model::ChatRead& data) { return JsonObject().text("upto", core::to_uuid_text(data.upto)); }
JsonObject members(const model::KeyRotated& data) { return JsonObject().text("new_key", data.new_key.hex()); }

std::string holder_text(const model::Holder& holder) {
    JsonObject json;
    json.text("kind", model::name_of(holder.kind));
    if (holder.id.is_zero()) return json.null("id").done();
    return json.text("id", core::to_uuid_text(holder.id)).done();
}

JsonObject members(const model::HandedOver& data) {
    return JsonObject()
        .json("from", holder_text(data.from))
        .json("to", holder_text(data.to))
        .number("proofs", data.proofs.size());
}
JsonObject members(const model::AttemptFailed& data) {
    JsonObject json;
    json.text("reason", data.reason).number("calls", data.calls).number("photos", data.photos.size());
    if (data.again) json.time("again_from_ms", data.again->from).time("again_to_ms", data.again->to);
    return json;
}
JsonObject members(const model::Damaged& data) { return JsonObject().text("note", data.note); }
JsonObject members(const model::Corrected& data) { return JsonObject().text("event", core::to_uuid_text(data.event)); }
JsonObject members(const model::MoneyTaken& data) {
    return JsonObject()
        .number("minor", data.minor)
        .text("currency", data.currency)
        .text("way", model::name_of(data.way));
}

template <typename Data>
bool try_read(const store::ActRow& act, std::string& json) {
    if (act.type != Data::type) return false;
    const auto data = wire::decode_data<Data>(act.data);
    if (data) json = members(*data).done();
    return true;
}

// Of a type that nobody here reads: an empty object.
std::string data_json(const store::ActRow& act) {
    std::string json = "{}";
    const auto try_all = [&]<typename... Data>(std::type_identity<std::variant<Data...>>) {
        (void)(try_read<Data>(act, json) || ...);
    };
    try_all(std::type_identity<model::FieldFact>{});
    return json;
}

std::string clocks_json(const core::Stamp& stamp) {
    JsonObject clocks;
    if (stamp.gps) {
        clocks.time("gps_ms", *stamp.gps);
    } else {
        clocks.null("gps_ms");
    }
    return clocks.time("wall_ms", stamp.wall)
        .text("wall_src", name_of(stamp.wall_src))
        .text("boot", stamp.boot.hex())
        .number("mono_ms", stamp.mono.count())
        .done();
}

std::string where_json(const store::ActRow& act) {
    if (!act.lat_e7 || !act.lon_e7) return "null";
    return JsonObject()
        .real("lat", static_cast<double>(*act.lat_e7) / 1e7)
        .real("lon", static_cast<double>(*act.lon_e7) / 1e7)
        .number("acc_m", act.accuracy_m)
        .number("age_ms", act.place_age_ms.value_or(0))
        .done();
}

std::string flags_json(const std::string& words) {
    JsonList flags;
    for (const auto word : http::list_items(words, ' ')) flags.text(word);
    return flags.done();
}

}  // namespace

std::string json_of(const store::ActRow& act) {
    return JsonObject()
        .text("id", core::to_uuid_text(act.event_id))
        .text("type", act.type)
        .text("device", act.device.text())
        .text("courier", act.courier)
        .number("seq", act.seq)
        .time("act_ms", act.at)
        .text("trust", act.trust)
        .json("at", clocks_json(act.stamp))
        .time("received_ms", act.received)
        .flag("late", app::couriers::is_late(act.at, act.received))
        .json("where", where_json(act))
        .json("data", data_json(act))
        .json("flags", flags_json(act.flags))
        .done();
}

}  // namespace plus7::central::api
