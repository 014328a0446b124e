#include "tests/system/agent_process.hpp"

#include <signal.h>

#include <fstream>
#include <stdexcept>

#include "tests/support/eventually.hpp"

namespace plus7::test {

AgentProcess::AgentProcess(std::uint16_t gpsd_port) {
    std::ofstream(config()) << "data_dir = \"data\"\n[gpsd]\nhost = \"127.0.0.1\"\nport = "
                            << (gpsd_port != 0 ? gpsd_port : free_port())
                            << "\n[reconnect]\nfirst = \"100ms\"\nlongest = \"1s\"\n";
}

AgentProcess::~AgentProcess() {
    if (running()) stop();
}

CommandResult AgentProcess::command(std::vector<std::string> arguments) const {
    std::vector<std::string> argv{PLUS7_AGENT, "--config", config()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    Process process(argv, {{"LANG", "C"}});
    const auto code = process.wait(std::chrono::seconds{60});
    return {code.value_or(-1), process.output()};
}

CommandResult AgentProcess::enroll(const std::string& link) { return command({"enroll", link}); }

void AgentProcess::start() {
    process_ = std::make_unique<Process>(std::vector<std::string>{PLUS7_AGENT, "--config", config(), "run"});
    const bool up = eventually([&] { return !process_->running() || command({"status"}).code == 0; });
    if (!up || !process_->running()) throw std::runtime_error("the agent did not start: " + process_->output());
}

void AgentProcess::kill() { process_->kill(); }

std::optional<int> AgentProcess::stop() {
    process_->signal(SIGTERM);
    return process_->wait();
}

}  // namespace plus7::test
