#include "central/api/device_codec.hpp"

#include <algorithm>
#include <array>

#include "central/api/etag.hpp"
#include "central/api/json_text.hpp"
#include "shared/crypto/certificates.hpp"

namespace plus7::central::api {
namespace {

using app::devices::DeviceCard;
using app::devices::DeviceDetail;

constexpr std::array<std::string_view, 4> names{"created", "enrolled", "locked", "revoked"};

std::string_view name_of(store::EpochPhase phase) {
    switch (phase) {
        case store::EpochPhase::open:
            return "open";
        case store::EpochPhase::sealed:
            return "sealed";
        case store::EpochPhase::frozen:
            break;
    }
    return "frozen";
}

std::string lane_json(std::int64_t unacked) { return JsonObject().number("unacked", unacked).null("oldest_ms").done(); }

// The device says how many wait in all; holes tell how many of them are of track and blob. What it did not say more
// about counts as facts, the gravest kind.
std::string queue_json(const DeviceDetail& detail) {
    const auto known = detail.holes.track + detail.holes.blob;
    const auto facts = std::max<std::int64_t>(0, detail.card.device.unacked.value_or(0) - known);
    return JsonObject()
        .json("fact", lane_json(facts))
        .json("track", lane_json(detail.holes.track))
        .json("blob", lane_json(detail.holes.blob))
        .done();
}

std::string wipe_json(const DeviceCard& card) {
    if (!card.wipe) return "null";
    return JsonObject().time("asked_ms", card.wipe->asked).time("done_ms", card.wipe->done).done();
}

std::string certificate_json(const DeviceDetail& detail) {
    if (!detail.certificate) return "null";
    const auto certificate = crypto::inspect(detail.certificate->pem);
    return JsonObject()
        .time("not_after_ms", detail.certificate->not_after)
        .text("fingerprint", certificate ? certificate->fingerprint.hex() : "")
        .done();
}

std::string epoch_json(const store::EpochRow& epoch) {
    return JsonObject()
        .text("id", epoch.epoch.hex())
        .text("state", name_of(epoch.phase))
        .time("opened_ms", epoch.opened)
        .number("fact_upto", epoch.fact_upto)
        .number("track_upto", epoch.track_upto)
        .number("blob_upto", epoch.blob_upto)
        .done();
}

}  // namespace

std::string_view public_name(store::DeviceState state) { return names.at(static_cast<std::size_t>(state)); }

std::optional<store::DeviceState> state_of_public_name(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<store::DeviceState>(found - names.begin());
}

std::string ref_json(std::string_view id, std::string_view name) {
    return JsonObject().text("id", id).text("name", name).done();
}

std::string battery_json(const DeviceCard& card) {
    if (!card.battery) return "null";
    return JsonObject()
        .number("percent", card.battery->fact.percent)
        .flag("charging", card.battery->fact.charging)
        .done();
}

std::string json_of(const DeviceCard& card) {
    const auto& device = card.device;
    return JsonObject()
        .text("id", device.id.text())
        .text("name", device.label)
        .text("state", public_name(device.state))
        .flag("online", device.online)
        .time("seen_ms", device.last_seen)
        .json("courier", card.courier ? ref_json(card.courier->id, card.courier->name) : "null")
        .text("agent_version", device.agent_version)
        .json("battery", battery_json(card))
        .number("unacked", device.unacked.value_or(0))
        .number("quarantined", card.quarantined)
        .time("enrol_until_ms", card.enrol_until)
        .json("wipe", wipe_json(card))
        .time("created_ms", device.created)
        .text("etag", etag_of(device.version))
        .done();
}

std::string json_of(const DeviceDetail& detail) {
    const auto& device = detail.card.device;
    JsonObject versions;
    versions.text("agent", device.agent_version).null("firmware");
    versions.json("protocol", device.agent_version ? json_of(std::string_view("p7/1")) : "null");
    JsonObject view;
    view.number("head", device.view_head).number("acked", device.view_acked);
    return JsonObject()
        .json("device", json_of(detail.card))
        .text("reason", device.reason)
        .json("versions", versions.done())
        .json("queue", queue_json(detail))
        .null("storage")  // what it says of storage names no total
        .json("certificate", certificate_json(detail))
        .json("view", view.done())
        .null("clock_offset_ms")
        .json("epochs", json_list(detail.epochs, epoch_json))
        .time("report_ms", device.last_seen)
        .done();
}

}  // namespace plus7::central::api
