// A real gpsd on 127.0.0.1 that gpsfake feeds with recorded sentences, over and over.
#pragma once
#include <memory>
#include <string>

#include "tests/support/process.hpp"

namespace plus7::test {

class Gpsfake {
  public:
    // `nmea`: see tests/tracks/nmea_writer.hpp. `pause_s`: between sentences; three make a fix.
    explicit Gpsfake(const std::string& nmea, double pause_s = 0.02);
    ~Gpsfake();

    std::uint16_t port() const { return port_; }
    void start();
    void stop();  // gpsfake and its gpsd end

  private:
    TempDir dir_;
    std::string file_;
    double pause_s_;
    std::uint16_t port_ = 0;
    std::unique_ptr<Process> process_;
};

}  // namespace plus7::test
