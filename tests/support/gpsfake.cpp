#include "tests/support/gpsfake.hpp"

#include <signal.h>

#include <fstream>
#include <stdexcept>

#include "tests/support/eventually.hpp"

namespace plus7::test {

Gpsfake::Gpsfake(const std::string& nmea, double pause_s)
    : file_(dir_.file("track.nmea")), pause_s_(pause_s), port_(free_port()) {
    std::ofstream(file_) << nmea;
    start();
}

Gpsfake::~Gpsfake() { stop(); }

void Gpsfake::start() {
    constexpr int tries = 5;
    for (int i = 0; i < tries; ++i) {
        // TMPDIR: where it leaves its control socket behind.
        process_ = std::make_unique<Process>(std::vector<std::string>{"gpsfake", "-P", std::to_string(port_), "-c",
                                                                      std::to_string(pause_s_), "-n", "-q", file_},
                                             Process::Environment{{"TMPDIR", dir_.path().string()}});
        if (eventually([&] { return accepts_connections(port_) || !process_->running(); }) && process_->running())
            return;
        stop();
    }
    throw std::runtime_error("gpsfake did not start: " + (process_ ? process_->output() : ""));
}

void Gpsfake::stop() {
    if (!process_) return;
    process_->signal(SIGTERM);  // ends its gpsd too
    process_->wait();
    process_.reset();
    eventually([&] { return !accepts_connections(port_); });
}

}  // namespace plus7::test
