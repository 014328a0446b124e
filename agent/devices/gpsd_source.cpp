#include "agent/devices/gpsd_source.hpp"

#include <gps.h>

#include <cerrno>
#include <cmath>
#include <optional>

#include "shared/core/time.hpp"
#include "shared/runtime/backoff.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::agent::devices {
namespace {

std::optional<double> number(double value) {
    if (!std::isfinite(value)) return std::nullopt;
    return value;
}

// gpsd's eph is a 95 % radius in metres; older receivers give only the two axes. One sigma of the radius is half of it.
std::optional<double> accuracy_of(const gps_fix_t& fix) {
    if (const auto eph = number(fix.eph)) return *eph / 2;
    const auto epx = number(fix.epx), epy = number(fix.epy);
    if (epx && epy) return std::hypot(*epx, *epy) / 2;
    return std::nullopt;
}

std::optional<model::Fix> fix_of(const gps_data_t& data) {
    if ((data.set & LATLON_SET) == 0 || data.fix.mode < MODE_2D || data.fix.time.tv_sec <= 0) return std::nullopt;
    model::Fix fix;
    fix.time = core::time_ms(data.fix.time.tv_sec * 1000 + data.fix.time.tv_nsec / 1'000'000);
    fix.place = {data.fix.latitude, data.fix.longitude};
    if (!core::is_valid(fix.place)) return std::nullopt;
    fix.speed_mps = number(data.fix.speed);
    fix.course_deg = number(data.fix.track);
    fix.accuracy_m = accuracy_of(data.fix);
    fix.is_3d = data.fix.mode == MODE_3D;
    return fix;
}

}  // namespace

struct GpsdSource::State {
    runtime::Loop& loop;
    GpsdOptions options;
    GpsdEvents events;
    core::SystemClock clock;
    runtime::Backoff backoff;
    gps_data_t data{};
    bool open = false;
    bool lost = false;
    std::chrono::milliseconds last_word{0};
    std::optional<core::TimeMs> last_fix;
    GpsdCounters counters;
    runtime::Watch watch;
    runtime::Timer retry, silence;

    State(runtime::Loop& owner, GpsdOptions wanted, GpsdEvents told)
        : loop(owner),
          options(std::move(wanted)),
          events(std::move(told)),
          backoff({options.retry_least, options.retry_most, std::chrono::seconds{10}}) {}

    void connect();
    void disconnect(const char* why);
    void read();
    void heard();
    void check_silence();
};

void GpsdSource::State::connect() {
    if (gps_open(options.host.c_str(), options.port.c_str(), &data) != 0) {
        runtime::log_warning("gpsd does not answer", {{"host", options.host}, {"port", options.port}});
        retry = loop.after(backoff.failed(clock.mono()), [this] { connect(); });
        return;
    }
    open = true;
    ++counters.connects;
    backoff.succeeded(clock.mono());
    gps_stream(&data, WATCH_ENABLE | WATCH_JSON, nullptr);
    watch = loop.watch_read(static_cast<int>(data.gps_fd), [this] { read(); });
}

void GpsdSource::State::disconnect(const char* why) {
    watch.cancel();
    gps_close(&data);
    open = false;
    runtime::log_warning("gpsd is gone", {{"reason", why}});
    retry = loop.after(backoff.failed(clock.mono()), [this] { connect(); });
}

void GpsdSource::State::read() {
    do {
        errno = 0;
        data.set = 0;
        if (gps_read(&data, nullptr, 0) < 0) return disconnect(errno == 0 ? "connection closed" : "cannot read");
        heard();
        if ((data.set & MODE_SET) == 0) continue;
        ++counters.reports;
        const auto fix = fix_of(data);
        if (!fix || (last_fix && fix->time <= *last_fix)) continue;
        last_fix = fix->time;
        ++counters.fixes;
        events.fix(*fix);
    } while (open && gps_waiting(&data, 0));
}

void GpsdSource::State::heard() {
    last_word = clock.mono();
    if (!std::exchange(lost, false)) return;
    if (events.back) events.back();
}

void GpsdSource::State::check_silence() {
    const auto silent = clock.mono() - last_word;
    if (lost || silent < options.silent_after) return;
    lost = true;
    if (events.lost) events.lost(silent);
}

GpsdSource::GpsdSource(runtime::Loop& loop, GpsdOptions options, GpsdEvents events)
    : state_(std::make_unique<State>(loop, std::move(options), std::move(events))) {}

GpsdSource::~GpsdSource() {
    state_->watch.cancel();  // before the descriptor goes
    if (state_->open) gps_close(&state_->data);
}

void GpsdSource::start() {
    state_->last_word = state_->clock.mono();
    state_->silence = state_->loop.every(std::chrono::seconds{1}, [this] { state_->check_silence(); });
    state_->connect();
}

bool GpsdSource::connected() const { return state_->open; }
GpsdCounters GpsdSource::counters() const { return state_->counters; }

}  // namespace plus7::agent::devices
