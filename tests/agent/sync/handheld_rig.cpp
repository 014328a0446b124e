#include "tests/agent/sync/handheld_rig.hpp"

#include <cstdlib>

#include "shared/core/random.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::test {
namespace {

constexpr const char* memory_folder = "/dev/shm";

void copy_files(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::filesystem::remove_all(to);
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

}  // namespace

FastDir::FastDir() {
    const bool memory = std::filesystem::is_directory(memory_folder);
    std::string name =
        ((memory ? memory_folder : std::filesystem::temp_directory_path()) / "plus7-test-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("mkdtemp " + name);
    path_ = name;
}

FastDir::~FastDir() {
    std::error_code ignored;  // a leftover in memory is no reason to end the test program
    std::filesystem::remove_all(path_, ignored);
}

HandheldRig::HandheldRig(std::uint64_t seed, agent::sync::Timings timings)
    : device(core::DeviceId::random()),
      key(crypto::SigningKey::generate()),
      central(device, key.public_key()),
      random_(seed),
      timings_(timings),
      boot_(core::random_id<core::BootId>()) {
    runtime::configure_log({runtime::LogLevel::error, std::chrono::seconds{10}});
    start_process();
}

HandheldRig::~HandheldRig() { stop_process(); }

double HandheldRig::chance() { return std::uniform_real_distribution<double>(0, 1)(random_); }

core::Stamp HandheldRig::stamp() {
    core::Stamp at;
    at.wall = std::chrono::floor<ms>(clock.now());
    at.boot = boot_;
    at.mono = clock.mono();
    return at;
}

core::Result<agent::store::Saved> HandheldRig::scan(std::string_view code) {
    const model::Scan data{core::copy_of(core::view_of(code)), model::Symbology::code128};
    const auto saved = stores_->outbox().append(agent::store::make_act(data, stamp()));
    session_->wake();
    return saved;
}

model::Fix HandheldRig::fix() {
    model::Fix fix;
    fix.time = std::chrono::floor<ms>(clock.now());
    const auto metres = static_cast<double>(clock.time.count()) / 1000.0 * 3.0;
    fix.place = core::travel({55.8197, 37.6117}, 70, metres);
    fix.speed_mps = 3;
    fix.course_deg = 70;
    return fix;
}

void HandheldRig::start_process() {
    stores_ = agent::store::Stores::open({dir_.path(), 0, stamp()}, device, key).value();
    agent::sync::SessionOptions options{.device = device,
                                        .ca_pem = central.ca_pem(),
                                        .boot = boot_,
                                        .versions = {{"agent", "0.1.0"}},
                                        .timings = timings_,
                                        .random = [this] { return chance(); },
                                        .on_policy = [this](const wire::Policy& p) { policies.push_back(p); },
                                        .on_central_time = {},
                                        .on_view = {},
                                        .restart_process = [this] { ++counters.restarts; }};
    session_ = std::make_unique<agent::sync::Session>(*stores_, *this, clock, std::move(options));
}

void HandheldRig::stop_process() {
    connected_ = false;
    ++connection_;
    session_.reset();
    stores_.reset();
}

void HandheldRig::save_image() {
    const bool was = connected_;
    stop_process();
    copy_files(dir_.path(), image_.path());
    start_process();
    if (was) connect();
}

bool HandheldRig::has_image() const { return std::filesystem::exists(image_.path() / "core.db"); }

void HandheldRig::restore_image() {
    stop_process();
    copy_files(image_.path(), dir_.path());
    boot_ = core::random_id<core::BootId>();
    start_process();
}

void HandheldRig::connect() {
    if (connected_) return;
    connected_ = true;
    ++connection_;
    uplink_free_ = clock.time;
    session_->connected(core::random_id<core::Nonce>());
}

void HandheldRig::disconnect() {
    if (!connected_) return;
    connected_ = false;
    ++connection_;
    session_->disconnected();
}

void HandheldRig::force_reconnect(std::string_view) {
    ++counters.reconnects;
    const auto number = connection_;
    post(ms{1}, [this, number] {
        if (number != connection_ || !connected_) return;
        disconnect();
        if (!auto_reconnect) return;
        post(ms{2000}, [this] {
            if (session_) connect();
        });
    });
}

void HandheldRig::renew_client(std::string_view why) {
    ++counters.renewed;
    force_reconnect(why);
}

void HandheldRig::post(ms delay, std::function<void()> work) { events_.emplace(clock.time + delay, std::move(work)); }

void HandheldRig::down(const core::Bytes& message) {
    if (connected_) session_->message(message);
}

void HandheldRig::publish(wire::TopicKind kind, core::Bytes payload, Done done) {
    if (!connected_) return;
    sent.push_back({kind, clock.time, payload});
    const ms taken{static_cast<std::int64_t>(static_cast<double>(payload.size()) / bytes_per_ms) + 1};
    uplink_free_ = std::max(uplink_free_, clock.time) + taken;
    const auto arrival = uplink_free_ - clock.time + latency;
    const auto number = connection_;
    const auto here = [this, number] { return number == connection_ && connected_; };
    if (chance() < odds.cut)
        post(arrival / 2, [this, here] {
            if (here()) disconnect();
        });
    const bool arrives = central_runs && chance() >= odds.lose_batch;
    if (arrives) {
        const int copies = chance() < odds.duplicate ? 2 : 1;
        for (int i = 0; i < copies; ++i) post(arrival + ms{i}, [this, kind, payload] { deliver(kind, payload); });
    }
    if (chance() >= odds.lose_puback) {
        const auto result = puback_with.value_or(mqtt::PublishResult{true, mqtt::reason::success});
        post(arrival + latency, [here, done = std::move(done), result] {
            if (done && here()) done(result);
        });
    }
}

void HandheldRig::deliver(wire::TopicKind kind, const core::Bytes& payload) {
    for (auto& answer : central.receive(kind, payload, clock.now())) {
        const auto number = connection_;
        const int copies = chance() < odds.duplicate ? 2 : 1;
        if (chance() < odds.lose_down) continue;
        for (int i = 0; i < copies; ++i) {
            post(latency + ms{i}, [this, number, answer] {
                if (number == connection_) down(answer);
            });
        }
    }
}

void HandheldRig::run_due() {
    while (!events_.empty() && events_.begin()->first <= clock.time) {
        const auto work = std::move(events_.begin()->second);
        events_.erase(events_.begin());
        work();
    }
}

bool HandheldRig::run_until(const std::function<bool()>& done, ms limit) {
    const auto end = clock.time + limit;
    while (!done()) {
        if (clock.time >= end) return false;
        auto next = std::min(next_tick_, end);
        if (!events_.empty()) next = std::min(next, events_.begin()->first);
        clock.time = std::max(clock.time, next);
        run_due();
        if (clock.time < next_tick_) continue;
        next_tick_ = clock.time + tick_every;
        if (session_) session_->tick();
    }
    return true;
}

void HandheldRig::run(ms time) {
    run_until([] { return false; }, time);
}

}  // namespace plus7::test
