// A real mosquitto on 127.0.0.1 for one test, in its own directory, without persistence.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace plus7::test {

class Mosquitto {
  public:
    static constexpr const char* open_config = "listener {port} 127.0.0.1\nallow_anonymous true\n";

    // At the head of a configuration: does not write down every packet. For measurements.
    static constexpr const char* quiet = "log_type error\nlog_type warning\nlog_type information\n";

    // {port} and {dir} in the text are replaced. Returns when the broker accepts connections; throws std::runtime_error
    // with its output when it does not start. mosquitto cannot choose a port, so one that is taken is tried again.
    // `files` (ACL, passwords) are written to {dir} before.
    explicit Mosquitto(std::string config = open_config, const std::map<std::string, std::string>& files = {});

    std::uint16_t port() const { return port_; }
    const std::string& directory() const { return directory_; }  // readable for the user that mosquitto runs as
    void kill();                                                 // kill -9
    void signal(int number) { process_->signal(number); }        // SIGHUP reads lists again
    void restart();                                              // kill -9 if it runs, then again on the same port
    std::string output() const { return process_->output(); }
    bool wait_for(std::string_view text) { return process_->wait_for(text); }

  private:
    bool start();  // false: the port is taken
    std::string config_;
    TempDir dir_;
    std::string directory_;
    std::uint16_t port_ = 0;
    std::unique_ptr<Process> process_;
};

}  // namespace plus7::test
