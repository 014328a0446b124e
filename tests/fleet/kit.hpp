// One courier's handheld without its devices: the agent's stores and app, fed by a Motion instead of gpsd and a
// scanner. Made and used on the storage thread.
#pragma once
#include <functional>
#include <memory>

#include "agent/app/device_events.hpp"
#include "agent/app/scanning.hpp"
#include "agent/app/shift.hpp"
#include "agent/store/identity.hpp"
#include "shared/wire/policy.hpp"
#include "tests/driving/receiver.hpp"

namespace plus7::fleet {

namespace app = agent::app;
namespace store = agent::store;

class Kit {
  public:
    struct Outside {  // ways out to central; empty ones lead nowhere
        std::function<void(const model::Fix&)> live;
        std::function<void()> saved;
    };
    struct Counters {
        std::uint64_t fixes = 0;
        std::uint64_t scans = 0;
        std::uint64_t errors = 0;  // not saved
    };

    // The keys must be in `files`. Clock and motion must outlive it.
    static core::Result<std::unique_ptr<Kit>> open(const store::IdentityFiles& files, const core::DeviceId& device,
                                                   core::Clock& clock, test::Motion& motion, std::uint64_t seed);

    void connect(Outside outside) { outside_ = std::move(outside); }
    void begin();  // states the start; goes on with a shift that was open
    // One second went by, in which `driven` seconds of motion happened.
    void second(double driven, bool online);
    void policy(const wire::Policy& policy);
    void view_changed();                     // binds the courier of central's view
    void bind(const app::Courier& courier);  // starts the shift if none is open
    void stop();                             // in order; the shift stays open

    store::Stores& stores() { return *stores_; }
    const app::Shift& shift() const { return shift_; }
    const Counters& counters() const { return counters_; }
    core::BootId boot() const { return boot_; }

  private:
    Kit(std::unique_ptr<crypto::SigningKey> key, std::unique_ptr<store::Stores> stores, core::BootId boot,
        core::Clock& clock, test::Motion& motion, std::uint64_t seed);
    void scan_parcels();
    bool done(const core::Status& status, std::string_view what);

    std::unique_ptr<crypto::SigningKey> key_;
    std::unique_ptr<store::Stores> stores_;
    const core::BootId boot_;
    core::Clock& clock_;
    test::Motion& motion_;
    test::Receiver receiver_;
    test::Dice dice_;
    Outside outside_;
    app::Stamps stamps_;
    app::Logbook logbook_;
    app::Tracking tracking_;
    app::Shift shift_;
    app::Scanning scanning_;
    app::DeviceEvents events_;
    Counters counters_;
    std::uint64_t seconds_ = 0;
    int parcels_ = 0;  // still to be scanned at this door
};

// An invented EAN-13 with a right check digit, of the numbers that GS1 leaves to the use within a company (prefix 2).
std::string invented_ean13(test::Dice& dice);

}  // namespace plus7::fleet
