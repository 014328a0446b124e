#include "tests/fleet/fleet.hpp"

#include <signal.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "agent/sync/enrol.hpp"
#include "shared/runtime/log.hpp"
#include "tests/driving/driver.hpp"
#include "tests/driving/replay.hpp"
#include "tests/tracks/tracks.hpp"

namespace plus7::fleet {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr milliseconds stagger{150};  // between two couriers' starts
constexpr milliseconds enrol_again{2000};
constexpr int enrol_tries = 5;
constexpr seconds stop_limit{10};
constexpr std::size_t jobs_of_one = 32;  // queued on the storage thread

// The same courier gets the same seed whoever else is in the fleet (FNV-1a).
std::uint64_t seed_of(std::uint64_t seed, const std::string& code) {
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ seed;
    for (const char c : code) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

bool is_enrolled(const std::filesystem::path& dir) {
    return std::filesystem::exists(store::IdentityFiles(dir).identity());
}

// What the files give: who waits for enrolment, and whose directory is there.
core::Result<std::vector<EnrolLine>> couriers_of(const FleetOptions& options) {
    std::map<std::string, std::string> found;
    if (!options.links.empty()) {
        const auto lines = read_links(options.links);
        if (!lines) return lines.error();
        for (const auto& line : *lines) found[line.code] = line.link;
    }
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(options.data_dir, none))
        if (is_code(entry.path().filename().string()) && is_enrolled(entry.path()))
            found[entry.path().filename().string()].clear();
    for (const auto& code : options.except) found.erase(code);
    std::vector<EnrolLine> couriers;
    for (auto& [code, link] : found)
        if (options.couriers == 0 || couriers.size() < options.couriers) couriers.push_back({code, link});
    if (couriers.empty()) return core::invalid("nobody to drive: no links, and nobody enrolled in the data directory");
    return couriers;
}

}  // namespace

core::Result<std::unique_ptr<Fleet>> Fleet::make(FleetOptions options) {
    std::error_code error;
    std::filesystem::create_directories(options.data_dir, error);
    if (error) return core::unavailable(options.data_dir.string() + ": " + error.message());
    std::unique_ptr<Fleet> fleet(new Fleet(std::move(options)));
    if (const auto loaded = fleet->load(); !loaded) return loaded.error();
    return fleet;
}

Fleet::Fleet(FleetOptions options)
    : options_(std::move(options)),
      storage_({.threads = 1, .max_queued = 4096 + jobs_of_one * options_.couriers}),
      enrolment_({.threads = 2, .max_queued = 4096}),
      dice_(options_.seed) {}

core::Status Fleet::load() {
    auto couriers = couriers_of(options_);
    if (!couriers) return couriers.error();
    lines_ = std::move(*couriers);
    if (!options_.replay.empty()) {
        auto track = test::read_track(options_.replay.string());
        if (!track) return track.error().context(options_.replay.string());
        track_ = std::move(*track);
        if (track_.size() < 2) return core::invalid(options_.replay.string() + ": fewer than two fixes");
        return {};
    }
    auto streets = test::load_streets(options_.map.string());
    if (!streets) return streets.error();
    streets_ = std::move(*streets);
    return {};
}

Fleet::~Fleet() {
    enrolment_.stop();
    storage_.stop();
}

void Fleet::run() {
    loop_.on_signal({SIGTERM, SIGINT}, [this](int) { stop(); });
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto& line = lines_[i];
        timers_.push_back(loop_.after(stagger * static_cast<int>(i), [this, &line] {
            if (line.link.empty()) {
                start(line.code);
            } else {
                enrol(line, 1);
            }
        }));
    }
    if (options_.status) timers_.push_back(loop_.every(seconds{10}, [this] { print_status(); }));
    if (options_.kill_every > milliseconds{0})
        timers_.push_back(loop_.every(options_.kill_every, [this] { kill_somebody(); }));
    loop_.run();
}

void Fleet::enrol(const EnrolLine& line, int tries) {
    const auto job = [this, line, tries] {
        const auto link = agent::sync::parse_enrol_link(line.link);
        const store::IdentityFiles files(options_.data_dir / line.code);
        std::filesystem::create_directories(files.dir);
        std::filesystem::permissions(files.dir, std::filesystem::perms::owner_all);
        const auto done = link ? agent::sync::enrol(*link, files) : link.error();
        if (done) return loop_.post([this, code = line.code] { start(code); });
        const bool later =
            done.error().kind == core::ErrorKind::unavailable || done.error().kind == core::ErrorKind::limit;
        runtime::log_warning("not enrolled", {{"courier", line.code}, {"reason", done.error().message}});
        if (!later || tries == enrol_tries) return;
        loop_.post([this, line, tries] {
            if (!stopping_)
                timers_.push_back(loop_.after(enrol_again, [this, line, tries] { enrol(line, tries + 1); }));
        });
    };
    if (const auto queued = enrolment_.submit(job); !queued)
        runtime::log_error("not enrolled", {{"courier", line.code}, {"reason", queued.error().message}});
}

CourierOptions Fleet::options_of(const std::string& code) const {
    CourierOptions courier;
    courier.code = code;
    courier.dir = options_.data_dir / code;
    courier.seed = seed_of(options_.seed, code);
    courier.speed_up = options_.speed_up;
    courier.bad_line = options_.offline > 0 || options_.kill_every > milliseconds{0};
    courier.motion = [this, seed = courier.seed] { return motion_of(seed); };
    return courier;
}

// Of ten couriers about four go by bicycle, three by car and three on foot.
core::Result<std::unique_ptr<test::Motion>> Fleet::motion_of(std::uint64_t seed) const {
    using central::maps::Profile;
    test::Dice dice(seed);
    if (!track_.empty()) {
        const std::chrono::duration<double> length = track_.back().time - track_.front().time;
        return std::unique_ptr<test::Motion>(
            std::make_unique<test::Replay>(track_, test::between(dice, 0, length.count())));
    }
    const double kind = test::between(dice, 0, 1);
    const auto profile = kind < 0.4 ? Profile::bike : kind < 0.7 ? Profile::car : Profile::foot;
    auto driver = test::Driver::start(streets_, profile, seed);
    if (!driver) return driver.error();
    return std::unique_ptr<test::Motion>(std::make_unique<test::Driver>(std::move(*driver)));
}

void Fleet::start(const std::string& code) {
    if (stopping_) return;
    auto& courier = couriers_[code];
    courier = std::make_unique<Courier>(loop_, storage_, clock_, options_of(code));
    courier->start();
    if (couriers_.size() == lines_.size()) std::cout << "plus7-fleet: " << couriers_.size() << " couriers" << std::endl;
    if (options_.offline > 0) go_offline(*courier, test::between(dice_, 0, 1) < options_.offline);
}

// Turns of being online and offline whose mean lengths have the wanted share.
void Fleet::go_offline(Courier& courier, bool now) {
    const auto share = options_.offline;
    const auto spread = test::between(dice_, 0.5, 1.5);
    const auto away = std::chrono::duration_cast<milliseconds>(options_.offline_for * spread);
    const auto there = std::chrono::duration_cast<milliseconds>(options_.offline_for * spread * (1 - share) / share);
    if (now) {
        ++cuts_;
        courier.offline(away);
    }
    offline_[courier.code()] = loop_.after(now ? away : there, [this, &courier, now] { go_offline(courier, !now); });
}

void Fleet::kill_somebody() {
    if (couriers_.empty()) return;
    auto chosen = couriers_.begin();
    std::advance(chosen, static_cast<std::ptrdiff_t>(dice_() % couriers_.size()));
    if (chosen->second->crash()) ++crashes_;
}

void Fleet::print_status() {
    const auto online = std::count_if(couriers_.begin(), couriers_.end(), [](auto& c) { return c.second->online(); });
    std::vector<const Courier*> all;
    for (const auto& [code, courier] : couriers_) all.push_back(courier.get());
    const auto job = [all, online, cuts = cuts_, crashes = crashes_] {
        Courier::Totals sum;
        for (const auto* courier : all) courier->add_to(sum);
        std::cout << "plus7-fleet: " << all.size() << " couriers, " << online << " connected, " << sum.on_shift
                  << " on shift, " << sum.fixes << " fixes, " << sum.scans << " scans, " << sum.unacked
                  << " records waiting, " << sum.errors << " errors, " << cuts << " cut off, " << crashes << " killed"
                  << std::endl;
    };
    if (!storage_.submit(job)) runtime::log_warning("the storage thread is too busy");
}

void Fleet::stop() {
    if (std::exchange(stopping_, true)) return;
    timers_.clear();
    offline_.clear();
    running_ = couriers_.size();
    if (running_ == 0) return loop_.stop();
    deadline_ = loop_.after(stop_limit, [this] {
        runtime::log_warning("stopping took too long: leaving without goodbye");
        loop_.stop();
    });
    for (auto& [code, courier] : couriers_) courier->stop([this] { stopped_one(); });
}

void Fleet::stopped_one() {
    if (--running_ == 0) loop_.stop();
}

}  // namespace plus7::fleet
