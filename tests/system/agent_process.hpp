// A real plus7-agent with a data folder of its own, and its command line.
#pragma once
#include <memory>
#include <string>

#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace plus7::test {

struct CommandResult {
    int code = -1;
    std::string output;
};

class AgentProcess {
  public:
    // `gpsd_port` 0: a port where nobody listens.
    explicit AgentProcess(std::uint16_t gpsd_port = 0);
    ~AgentProcess();

    CommandResult enroll(const std::string& link);
    void start();  // `run`; waits until its control socket answers
    void kill();   // SIGKILL
    std::optional<int> stop();
    bool running() { return process_ && process_->running(); }
    pid_t pid() const { return process_->pid(); }
    std::string output() const { return process_ ? process_->output() : ""; }

    CommandResult command(std::vector<std::string> arguments) const;
    std::filesystem::path data() const { return dir_.path() / "data"; }
    std::string config() const { return dir_.file("agent.toml"); }

  private:
    TempDir dir_;
    std::unique_ptr<Process> process_;
};

}  // namespace plus7::test
