#include "agent/field.hpp"

#include "agent/devices/machine.hpp"
#include "shared/core/uuid.hpp"
#include "shared/runtime/log.hpp"
#include "shared/runtime/version.hpp"

namespace plus7::agent {
namespace {

// In ticks of a second.
constexpr std::uint64_t storage_every = 10;
constexpr std::uint64_t battery_every = 30;
constexpr std::uint64_t digest_every = 60;
constexpr std::uint64_t forget_every = 3600;
constexpr std::chrono::hours remember_parcels{24};     // that left the list
constexpr std::chrono::hours remember_handed{7 * 24};  // from a colleague, while central says nothing

// Percent, off the charger: below the first positions are thinned, above the second no more, so that a battery that
// wavers does not switch to and fro.
constexpr int battery_low = 20;
constexpr int battery_good = 25;

constexpr double near_depot_m = 30'000;  // one farther off is on another map

std::string_view name_of(app::SignIn::Step step) {
    switch (step) {
        case app::SignIn::Step::badge:
            return "badge";
        case app::SignIn::Step::pin:
            return "pin";
        case app::SignIn::Step::start:
            return "start";
        case app::SignIn::Step::locked:
            return "locked";
        case app::SignIn::Step::not_needed:
            break;
    }
    return "not_needed";
}

std::optional<std::int64_t> seconds_of(const std::optional<std::chrono::milliseconds>& time) {
    if (!time) return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(*time).count();
}

}  // namespace

Field::Field(FieldOptions options, std::unique_ptr<store::Stores> stores, core::Clock& clock, core::BootId boot)
    : options_(std::move(options)),
      clock_(clock),
      stores_(std::move(stores)),
      stamps_(clock, boot, devices::wall_source),
      logbook_(stores_->outbox(), stamps_),
      tracking_(stores_->track(), options_.sampling, [this](const model::Fix& fix) { outside_.live(fix); }),
      shift_(*stores_, logbook_, stamps_, tracking_),
      sign_in_(shift_, stores_->outbox(), stamps_),
      scanning_(logbook_, stamps_),
      codes_({stores_->view(), stores_->outbox()}, stores_->outbox()),
      parcels_({stores_->view(), stores_->outbox()}, logbook_, stamps_, shift_, codes_),
      transfers_(parcels_, stores_->outbox(), stamps_, shift_),
      money_({stores_->view(), stores_->outbox()}, logbook_, stamps_, shift_),
      chat_(*stores_, logbook_, stamps_, shift_),
      floor_(stores_->outbox(), stores_->view(), logbook_, stamps_, shift_),
      scan_screen_({scanning_, parcels_, sign_in_, transfers_, codes_, floor_, stamps_}),
      events_(stores_->outbox(), logbook_, stamps_),
      wiping_(*stores_, logbook_, shift_, parcels_),
      kept_facts_(stores_->core_database()) {
    logbook_.on_saved([this] {
        outside_.saved();
        outside_.changed();
    });
}

void Field::begin() {
    bind_courier();
    done(events_.started(runtime::version), "device.started");
    done(wiping_.go_on(), "wipe");
    check_storage();
    check_battery();
}

void Field::fix(const model::Fix& fix, std::chrono::milliseconds arrived) {
    ++counters_.fixes;
    stamps_.saw(fix, arrived);
    done(tracking_.fix(fix, arrived), "position");
}

void Field::gpsd_lost(std::chrono::milliseconds silent) {
    tracking_.gpsd_lost();
    done(events_.gpsd_lost(silent), "device.gpsd_lost");
}

void Field::scanned(core::ByteView code) {
    const auto& shown = scan_screen_.scan(code);
    outside_.changed();
    if (shown.why.empty()) {
        ++counters_.scans;
        return;
    }
    ++counters_.refused_scans;
    runtime::log_warning("a scanned code was not saved", {{"reason", shown.why}});
}

void Field::policy(const wire::Policy& policy) {
    auto sampling = options_.sampling;
    sampling.interval = policy.sample;
    sampling.stationary_interval = policy.idle_sample;
    tracking_.set_sampling(sampling);
    done(wiping_.go_on(), "wipe");
    view_changed();  // a lock has emptied it
}

void Field::view_changed() {
    bind_courier();
    done(chat_.tidy(), "chat");
    outside_.changed();
}

void Field::bind_courier() {
    auto courier = store::bound_courier(stores_->view());
    if (!courier)
        runtime::log_warning("central's word about the courier cannot be read", {{"reason", courier.error().message}});
    shift_.bind(courier ? std::move(*courier) : std::nullopt);
}

void Field::tick() {
    ++ticks_;
    const bool online = outside_.online();
    done(tracking_.tick(clock_.mono(), online), "positions");
    if (ticks_ % storage_every == 0) {
        check_storage();
        done(wiping_.go_on(), "wipe");
    }
    if (ticks_ % battery_every == 0) check_battery();
    if (ticks_ % forget_every == 0) forget();
    if (ticks_ % digest_every == 0) done(stores_->state_digests(false, stamps_.now(), logbook_.who()), "track digest");
}

void Field::forget() {
    const auto now = stamps_.best_time();
    done(stores_->outbox().drop_notes(parcels_.work().forgettable(now - remember_parcels)), "notes");
    done(stores_->outbox().drop_notes(floor_.forgettable(now - remember_parcels)), "notes of the floor");
    done(stores_->view().forget_handed(now - remember_handed), "a colleague's rows");
    done(chat_.tidy(), "chat");
}

void Field::check_storage() {
    const auto free_bytes = devices::free_bytes(options_.data_dir);
    if (!free_bytes) return;
    free_bytes_ = *free_bytes;
    const auto before = events_.storage_step();
    const auto stated = events_.storage(free_bytes_, options_.storage);
    if (!stated) done(stated.error(), "device.storage_low");
    const auto step = events_.storage_step();
    if (step == before) return;
    runtime::log_warning("storage step", {{"step", static_cast<int>(step)}, {"free_bytes", free_bytes_}});
    tracking_.storage(step);
    if (step == store::StorageStep::free_reserve) stores_->reserve().release();
    if (step == store::StorageStep::normal) done(stores_->reserve().ensure(), "reserve file");
}

void Field::check_battery() {
    const auto battery = devices::read_battery(options_.power_supply);
    if (!battery) return;
    battery_ = handheld::Status::Battery{battery->percent, battery->charging};
    save_battery(!battery->charging && battery->percent < (saves_battery_ ? battery_good : battery_low));
    done(events_.battery(battery->percent, battery->charging), "device.battery");
}

void Field::save_battery(bool low) {
    if (low == saves_battery_) return;
    saves_battery_ = low;
    runtime::log_info(low ? "battery low: fewer positions" : "battery good again");
    tracking_.save_battery(low);
}

void Field::stop() {
    done(shift_.pause(), "track");
    done(events_.stopped(), "device.stopped");
    done(stores_->outbox().save_count(), "traffic");
}

std::vector<core::LatLon> Field::places() const {
    std::vector<core::LatLon> places;
    for (const auto& task : parcels_.work().tasks())
        if (task.where && task.is_planned) places.push_back(*task.where);
    if (places.empty()) return places;
    for (const auto& site : parcels_.work().sites())
        if (site.where && core::distance_m(*site.where, places.front()) < near_depot_m) places.push_back(*site.where);
    return places;
}

bool Field::done(const core::Status& status, std::string_view what) {
    if (status.ok()) return true;
    ++counters_.store_errors;
    runtime::log_error("not saved", {{"what", what}, {"reason", status.error().message}});
    return false;
}

void Field::fill(handheld::Status& status) const {
    const auto applied = stores_->view().applied();
    status.view = applied.version;
    status.locked = stores_->view().locked();
    status.epoch = stores_->outbox().epoch().hex();
    if (shift_.courier()) status.courier = shift_.courier()->code;
    status.sign_in = {std::string(name_of(sign_in_.step())), sign_in_.tries_left()};
    const auto& at_work = shift_.open() ? std::optional(shift_.open()->courier) : shift_.courier();
    if (at_work && at_work->site) status.site = at_work->site->id.hex();
    if (const auto& open = shift_.open())
        status.shift =
            handheld::Status::Shift{core::to_uuid_text(open->id), open->courier.code, core::to_iso8601(open->since),
                                    static_cast<std::uint64_t>(tracking_.distance_m())};
    if (const auto& rest = shift_.resting()) status.shift->break_since = core::to_iso8601(rest->since);
    status.unacked = {stores_->outbox().unacked(), stores_->track().unacked(), stores_->blobs().unacked(), {}};
    if (const auto oldest = stores_->outbox().oldest_unacked()) {
        const bool same_boot = oldest->boot == stamps_.now().boot;
        const auto age = same_boot ? clock_.mono() - oldest->mono
                                   : std::chrono::floor<std::chrono::milliseconds>(clock_.now()) - oldest->wall;
        status.unacked.oldest_s = seconds_of(age);
    }
    if (const auto oldest = stores_->track().oldest_unacked())
        status.traffic.oldest_track_s =
            seconds_of(std::chrono::floor<std::chrono::milliseconds>(clock_.now()) - *oldest);
    status.gps.age_s = seconds_of(stamps_.fix_age());
    status.gps.accuracy_m = stamps_.fix_accuracy_m();
    status.battery = battery_;
    status.storage = {free_bytes_, static_cast<int>(events_.storage_step())};
}

}  // namespace plus7::agent
