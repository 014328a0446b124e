// What the control socket shows of the whole agent.
#include "agent/agent.hpp"
#include "shared/crypto/certificates.hpp"
#include "shared/runtime/version.hpp"

namespace plus7::agent {
namespace {

std::string_view name_of(sync::Session::Phase phase) {
    switch (phase) {
        case sync::Session::Phase::offline:
            return "offline";
        case sync::Session::Phase::greeting:
            return "greeting";
        case sync::Session::Phase::running:
            return "running";
        case sync::Session::Phase::held:
            return "held";
        case sync::Session::Phase::leaving:
            return "leaving";
    }
    return "offline";
}

std::string certificate_of(const Config& config) {
    auto text = store::load_text(store::IdentityFiles(config.data_dir).certificate());
    return text ? std::move(*text) : std::string{};
}

}  // namespace

handheld::Status Agent::status() {
    handheld::Status status;
    status.version = runtime::version;
    status.device = who_->identity.device.text();
    status.server = who_->identity.server_url;
    status.broker = who_->identity.broker_host + ":" + std::to_string(who_->identity.broker_port);
    status.connection = name_of(sync_.session().phase());
    if (const auto certificate = crypto::inspect(certificate_of(config_)))
        status.certificate_until =
            core::to_iso8601(std::chrono::floor<std::chrono::milliseconds>(certificate->not_after));
    field_.fill(status);
    status.traffic.bytes_today = sync_.session().relay().bytes_today();
    status.traffic.history_held = sync_.session().relay().holds_history();
    status.gps.fitted = config_.gpsd.has_receiver();
    status.gps.gpsd = gpsd_connected_;
    status.gps.lost = gpsd_lost_;
    if (!config_.scanner.device.empty() || !config_.hid_scanner.device.empty())
        status.scanner = scanner_connected_.load();
    return status;
}

std::unique_ptr<handheld::CustodyFile> Agent::custody_file() {
    handheld::CustodyHead head{who_->identity.device, who_->key.public_key(), certificate_of(config_), who_->authority,
                               std::chrono::floor<std::chrono::milliseconds>(clock_.now())};
    return std::make_unique<handheld::CustodyFile>(field_.kept_facts(), std::move(head), who_->key);
}

std::string Agent::metrics_text() {
    const auto now = status();
    const auto gauge = [&](const char* name, const char* help, double value) { metrics_.gauge(name, help).set(value); };
    const auto lane = [&](const char* name, std::uint64_t records) {
        metrics_.gauge("plus7_agent_unacked_records", "Records that central has not acked", {{"lane", name}})
            .set(static_cast<double>(records));
    };
    lane("fact", now.unacked.fact);
    lane("track", now.unacked.track);
    lane("blob", now.unacked.blob);
    gauge("plus7_agent_oldest_unacked_seconds", "Age of the oldest unacked fact",
          static_cast<double>(now.unacked.oldest_s.value_or(0)));
    gauge("plus7_agent_oldest_track_seconds", "Age of the oldest track record that central has not acked",
          static_cast<double>(now.traffic.oldest_track_s.value_or(0)));
    gauge("plus7_agent_bulk_bytes_today", "Bytes of track and blob batches today, by central's clock",
          static_cast<double>(now.traffic.bytes_today));
    gauge("plus7_agent_history_held", "1 while the day's budget holds history back", now.traffic.history_held ? 1 : 0);
    gauge("plus7_agent_connected", "1 while central has welcomed us", now.connection == "running" ? 1 : 0);
    gauge("plus7_agent_shift_open", "1 inside a shift", now.shift ? 1 : 0);
    gauge("plus7_agent_gpsd_connected", "1 while gpsd is connected", now.gps.gpsd ? 1 : 0);
    gauge("plus7_agent_free_bytes", "Free space for the data directory", static_cast<double>(now.storage.free_bytes));
    gauge("plus7_agent_storage_step", "Step of the storage ladder", now.storage.step);
    if (now.gps.age_s)
        gauge("plus7_agent_fix_age_seconds", "Age of the newest fix", static_cast<double>(*now.gps.age_s));
    if (now.battery) gauge("plus7_agent_battery_percent", "Charge of the battery", now.battery->percent);
    // Counted elsewhere, by one thread: shown as gauges that only rise.
    const auto& counted = field_.counters();
    const auto& session = sync_.session().counters();
    gauge("plus7_agent_fixes", "Fixes of gpsd since the start", static_cast<double>(counted.fixes));
    gauge("plus7_agent_fixes_kept", "Fixes that the sampler kept since the start",
          static_cast<double>(field_.kept_fixes()));
    gauge("plus7_agent_store_errors", "Writes that the disk refused since the start",
          static_cast<double>(counted.store_errors + session.store_errors));
    gauge("plus7_agent_acks", "Acks of central since the start", static_cast<double>(session.acks));
    gauge("plus7_agent_resent_batches", "Batches sent again since the start",
          static_cast<double>(sync_.session().relay().counters().resent));
    return metrics_.render();
}

}  // namespace plus7::agent
