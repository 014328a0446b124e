// plus7-gps-feed: a receiver for a real gpsd, on a pseudo terminal. Says the sentences of a recorded track, once a
// second in real time, over and over. gpsfake's pauses between sentences add up to a clock that runs late; this one
// follows the machine's.
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>

#include "shared/runtime/loop.hpp"
#include "tests/driving/receiver.hpp"
#include "tests/driving/replay.hpp"
#include "tests/tracks/nmea_writer.hpp"
#include "tests/tracks/tracks.hpp"

using namespace plus7;

namespace {

// A pseudo terminal whose other end gpsd opens by the name of a link. Both ends stay open here, so that nothing is
// lost before gpsd comes; what nobody reads is dropped when the terminal is full.
class Terminal {
  public:
    explicit Terminal(std::string link) : link_(std::move(link)) {
        ours_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
        if (ours_ < 0 || ::grantpt(ours_) != 0 || ::unlockpt(ours_) != 0) fail("pseudo terminal");
        const std::string name = ::ptsname(ours_);
        theirs_ = ::open(name.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
        termios raw{};
        if (theirs_ < 0 || ::tcgetattr(theirs_, &raw) != 0) fail(name);
        ::cfmakeraw(&raw);
        ::tcsetattr(theirs_, TCSANOW, &raw);
        // gpsd drops to a user of its own before it opens devices that it is told of later.
        if (::chmod(name.c_str(), 0666) != 0) fail(name);  // NOLINT
        std::error_code ignored;
        std::filesystem::remove(link_, ignored);
        std::filesystem::create_symlink(name, link_);
    }
    ~Terminal() {
        std::error_code ignored;
        std::filesystem::remove(link_, ignored);
        ::close(theirs_);
        ::close(ours_);
    }
    void say(const std::string& text) const {
        if (::write(ours_, text.data(), text.size()) < 0 && errno != EAGAIN) fail("write");
    }

  private:
    [[noreturn]] static void fail(const std::string& what) {
        throw std::system_error(errno, std::generic_category(), what);
    }
    std::string link_;
    int ours_ = -1, theirs_ = -1;
};

std::unique_ptr<test::Motion> motion_of(const std::string& track_file, const std::string& map, std::uint64_t seed) {
    const auto track = test::read_track(track_file);
    if (!track) throw std::runtime_error(track_file + ": " + track.error().message);
    if (map.empty()) return std::make_unique<test::Replay>(*track);
    const auto streets = test::load_streets(map);
    if (!streets) throw std::runtime_error(streets.error().message);
    auto walk = test::StreetWalk::begin(*streets, test::Profile::bike, {300, 2500}, seed);
    if (!walk) throw std::runtime_error(walk.error().message);
    return std::make_unique<test::PacedWalk>(*track, std::move(*walk));
}

}  // namespace

int main(int argc, char** argv) try {
    CLI::App app{"plus7-gps-feed: a recorded track as a receiver on a pseudo terminal, in real time"};
    std::string track, link, map;
    std::uint64_t seed = 1;
    app.add_option("track", track, "GPX or NMEA file")->required();
    app.add_option("--link", link, "name for the terminal; gpsd is told to read it")->required();
    app.add_option("--map", map, "lays the track's speeds and stops along the streets of this map");
    app.add_option("--seed", seed, "of the way over the map");
    CLI11_PARSE(app, argc, argv);
    const auto motion = motion_of(track, map, seed);
    test::Receiver receiver(seed);
    core::SystemClock clock;
    runtime::Loop loop;
    Terminal terminal(link);
    const auto tick = loop.every(std::chrono::seconds{1}, [&] {
        const auto now = std::chrono::floor<std::chrono::milliseconds>(clock.now());
        const auto fix = receiver.fix(motion->advance(1), now, 1);
        terminal.say(test::to_nmea({&fix, 1}, fix.time));
    });
    loop.on_signal({SIGTERM, SIGINT}, [&](int) { loop.stop(); });
    std::cout << "plus7-gps-feed: reads " << track << ", speaks at " << link << std::endl;
    loop.run();
    return 0;
} catch (const std::exception& broken) {
    std::cerr << "plus7-gps-feed: " << broken.what() << "\n";
    return 1;
}
