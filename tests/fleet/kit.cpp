#include "tests/fleet/kit.hpp"

#include "shared/core/random.hpp"
#include "shared/runtime/log.hpp"
#include "shared/runtime/version.hpp"
#include "shared/wire/courier_row.hpp"

namespace plus7::fleet {
namespace {

constexpr std::uint64_t digest_every = 60;  // seconds, as in the agent
constexpr int most_parcels = 3;             // scanned at one door

core::TimeMs wall_of(core::Clock& clock) { return std::chrono::floor<std::chrono::milliseconds>(clock.now()); }
core::WallSource always_set() { return core::WallSource::network; }

}  // namespace

std::string invented_ean13(test::Dice& dice) {
    std::string code = "2";
    while (code.size() < 12) code += static_cast<char>('0' + dice() % 10);
    int sum = 0;
    for (std::size_t i = 0; i < code.size(); ++i) sum += (code[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return code + static_cast<char>('0' + (10 - sum % 10) % 10);
}

core::Result<std::unique_ptr<Kit>> Kit::open(const store::IdentityFiles& files, const core::DeviceId& device,
                                             core::Clock& clock, test::Motion& motion, std::uint64_t seed) {
    auto loaded = store::load_record_key(files);
    if (!loaded) return loaded.error();
    auto key = std::make_unique<crypto::SigningKey>(std::move(*loaded));
    const auto boot = core::random_id<core::BootId>();
    const core::Stamp now{{}, wall_of(clock), always_set(), boot, clock.mono()};
    // No reserve: a fleet shares one disk, and eight megabytes for each are too much for a demonstration.
    auto stores = store::Stores::open({files.dir, 0, now}, device, *key);
    if (!stores) return stores.error();
    return std::unique_ptr<Kit>(new Kit(std::move(key), std::move(*stores), boot, clock, motion, seed));
}

Kit::Kit(std::unique_ptr<crypto::SigningKey> key, std::unique_ptr<store::Stores> stores, core::BootId boot,
         core::Clock& clock, test::Motion& motion, std::uint64_t seed)
    : key_(std::move(key)),
      stores_(std::move(stores)),
      boot_(boot),
      clock_(clock),
      motion_(motion),
      receiver_(seed),
      dice_(seed),
      stamps_(clock, boot, always_set),
      logbook_(stores_->outbox(), stamps_),
      tracking_(stores_->track(), app::SamplingPolicy{},
                [this](const model::Fix& fix) {
                    if (outside_.live) outside_.live(fix);
                }),
      shift_(*stores_, logbook_, stamps_, tracking_),
      scanning_(logbook_, stamps_),
      events_(stores_->outbox(), logbook_, stamps_) {
    logbook_.on_saved([this] {
        if (outside_.saved) outside_.saved();
    });
}

void Kit::begin() {
    done(events_.started(runtime::version), "device.started");
    view_changed();
}

void Kit::second(double driven, bool online) {
    ++seconds_;
    const auto moment = motion_.advance(driven);
    const auto fix = receiver_.fix(moment, wall_of(clock_), 1);
    const auto mono = clock_.mono();
    ++counters_.fixes;
    stamps_.saw(fix, mono);
    done(tracking_.fix(fix, mono), "position");
    done(tracking_.tick(mono, online), "positions");
    if (seconds_ % digest_every == 0)
        done(stores_->state_digests(false, stamps_.now(), logbook_.who()), "track digest");
    if (moment.arrived) parcels_ = static_cast<int>(dice_() % (most_parcels + 1));
    if (shift_.open() && parcels_ > 0) scan_parcels();
}

// One a second: the scanner takes the same code twice within one for a slip of the hand.
void Kit::scan_parcels() {
    --parcels_;
    const auto scanned = scanning_.scan(core::view_of(invented_ean13(dice_)));
    if (scanned) {
        ++counters_.scans;
    } else {
        done(scanned.error(), "scan");
    }
}

void Kit::policy(const wire::Policy& policy) {
    app::SamplingPolicy sampling;
    sampling.interval = policy.sample;
    sampling.stationary_interval = policy.idle_sample;
    tracking_.set_sampling(sampling);
    view_changed();
}

void Kit::view_changed() {
    const auto row = stores_->view().row(wire::courier_row_key);
    const auto courier =
        row ? wire::decode_courier_row(row->body) : core::Result<wire::CourierRow>(core::not_found(""));
    if (courier) {
        bind({courier->id, courier->code});
    } else {
        shift_.bind(std::nullopt);
    }
}

void Kit::bind(const app::Courier& courier) {
    shift_.bind(courier);
    if (shift_.open() || stores_->view().locked()) return;
    if (const auto started = shift_.start(); !started) done(started.error(), "shift.started");
}

void Kit::stop() {
    done(shift_.pause(), "track");
    done(events_.stopped(), "device.stopped");
}

bool Kit::done(const core::Status& status, std::string_view what) {
    if (status.ok()) return true;
    ++counters_.errors;
    runtime::log_error("not saved", {{"what", what}, {"reason", status.error().message}});
    return false;
}

}  // namespace plus7::fleet
