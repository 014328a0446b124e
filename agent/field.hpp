// The courier's work on this handheld: the app's parts wired to the stores, driven by fixes, codes, central's view and
// time. Made before the storage thread works, then used on it alone; owned by Agent.
#pragma once
#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>

#include "agent/app/chat.hpp"
#include "agent/app/device_events.hpp"
#include "agent/app/floor.hpp"
#include "agent/app/money.hpp"
#include "agent/app/parcels.hpp"
#include "agent/app/scan_screen.hpp"
#include "agent/app/scanning.hpp"
#include "agent/app/shift.hpp"
#include "agent/app/sign_in.hpp"
#include "agent/app/transfers.hpp"
#include "agent/app/wiping.hpp"
#include "agent/handheld/status.hpp"
#include "agent/store/kept_facts.hpp"
#include "shared/wire/policy.hpp"

namespace plus7::agent {

struct FieldOptions {
    std::filesystem::path data_dir;
    std::filesystem::path power_supply;
    app::SamplingPolicy sampling;
    store::StorageLimits storage;
};

class Field {
  public:
    // The ways out to central; all are called on the storage thread.
    struct Outside {
        std::function<void(const model::Fix&)> live;
        std::function<void()> saved;  // a fact was committed
        std::function<bool()> online;
        std::function<void()> changed;  // something that a screen shows
    };

    Field(FieldOptions options, std::unique_ptr<store::Stores> stores, core::Clock& clock, core::BootId boot);

    void connect(Outside outside) { outside_ = std::move(outside); }
    void begin();
    void fix(const model::Fix& fix, std::chrono::milliseconds arrived);
    void gpsd_lost(std::chrono::milliseconds silent);
    void scanned(core::ByteView code);  // from a scanner: the outcome is shown, logged and counted
    void policy(const wire::Policy& policy);
    void view_changed();
    void tick();  // once a second
    void stop();  // in order: seals the track, states it

    store::Stores& stores() { return *stores_; }
    app::Scanning& scanning() { return scanning_; }
    app::Shift& shift() { return shift_; }
    app::SignIn& sign_in() { return sign_in_; }
    app::Parcels& parcels() { return parcels_; }
    app::Transfers& transfers() { return transfers_; }
    app::Codes& codes() { return codes_; }
    app::Money& money() { return money_; }
    app::Chat& chat() { return chat_; }
    app::Floor& floor() { return floor_; }
    const app::Stamps& stamps() const { return stamps_; }
    app::ScanScreen& scan_screen() { return scan_screen_; }
    const store::KeptFacts& kept_facts() const { return kept_facts_; }

    void fill(handheld::Status& status) const;
    std::vector<core::LatLon> places() const;  // of the stops, and of the depots not far from them

    struct Counters {
        std::uint64_t fixes = 0;
        std::uint64_t scans = 0;
        std::uint64_t refused_scans = 0;
        std::uint64_t store_errors = 0;
    };
    const Counters& counters() const { return counters_; }
    std::uint64_t kept_fixes() const { return tracking_.kept_fixes(); }

  private:
    void bind_courier();
    void forget();  // what no screen shows any more
    void check_storage();
    void check_battery();
    void save_battery(bool low);
    bool done(const core::Status& status, std::string_view what);

    const FieldOptions options_;
    core::Clock& clock_;
    std::unique_ptr<store::Stores> stores_;
    Outside outside_;
    app::Stamps stamps_;
    app::Logbook logbook_;
    app::Tracking tracking_;
    app::Shift shift_;
    app::SignIn sign_in_;
    app::Scanning scanning_;
    app::Codes codes_;
    app::Parcels parcels_;
    app::Transfers transfers_;
    app::Money money_;
    app::Chat chat_;
    app::Floor floor_;
    app::ScanScreen scan_screen_;
    app::DeviceEvents events_;
    app::Wiping wiping_;
    store::KeptFacts kept_facts_;
    Counters counters_;
    std::uint64_t ticks_ = 0;
    std::uint64_t free_bytes_ = 0;
    std::optional<handheld::Status::Battery> battery_;
    bool saves_battery_ = false;
};

}  // namespace plus7::agent
