// Many couriers in one process: enrols them, starts them one after another, lets them drive, and does to them what was
// asked for. One loop thread, one storage thread for all, two threads that wait for enrolment. Owned by main.
#pragma once
#include <map>
#include <optional>
#include <vector>

#include "shared/runtime/loop.hpp"
#include "shared/runtime/workers.hpp"
#include "tests/driving/streets.hpp"
#include "tests/fleet/courier.hpp"
#include "tests/fleet/links.hpp"

namespace plus7::fleet {

struct FleetOptions {
    std::filesystem::path data_dir;   // a directory in it for each courier, named by his code
    std::filesystem::path links;      // may be missing when everybody is enrolled
    std::filesystem::path map;        // made by plus7-central import-map; or …
    std::filesystem::path replay;     // … a GPX or NMEA track instead of driving
    std::vector<std::string> except;  // codes that are somebody else's
    std::size_t couriers = 0;         // at most; 0: all there are
    double speed_up = 1;              // motion only; times stay real
    double offline = 0;               // share of the time without a connection, 0 … 0.95
    std::chrono::milliseconds offline_for = std::chrono::seconds{120};  // mean length of it, spread by half
    std::chrono::milliseconds kill_every{0};                            // a random courier; 0: nobody
    std::uint64_t seed = 1;
    bool status = false;  // a line every ten seconds
};

class Fleet {
  public:
    // invalid, not_found: what is wrong with the files.
    static core::Result<std::unique_ptr<Fleet>> make(FleetOptions options);
    ~Fleet();

    std::size_t size() const { return lines_.size(); }
    void run();  // until SIGTERM or SIGINT

  private:
    explicit Fleet(FleetOptions options);
    core::Status load();
    void enrol(const EnrolLine& line, int tries);
    void start(const std::string& code);
    CourierOptions options_of(const std::string& code) const;
    core::Result<std::unique_ptr<test::Motion>> motion_of(std::uint64_t seed) const;
    void go_offline(Courier& courier, bool now);
    void kill_somebody();
    void print_status();
    void stop();
    void stopped_one();

    const FleetOptions options_;
    std::vector<EnrolLine> lines_;  // an empty link: enrolled already
    std::shared_ptr<const test::Streets> streets_;
    std::vector<model::Fix> track_;
    core::SystemClock clock_;
    runtime::Loop loop_;
    runtime::Workers storage_;
    runtime::Workers enrolment_;
    test::Dice dice_;
    std::map<std::string, std::unique_ptr<Courier>> couriers_;
    std::vector<runtime::Timer> timers_;  // starts and what repeats; all cancelled by stop()
    std::map<std::string, runtime::Timer> offline_;
    runtime::Timer deadline_;
    std::uint64_t crashes_ = 0, cuts_ = 0;
    std::size_t running_ = 0;
    bool stopping_ = false;
};

}  // namespace plus7::fleet
