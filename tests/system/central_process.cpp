#include "tests/system/central_process.hpp"

#include <signal.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace plus7::test {
namespace fs = std::filesystem;

CentralProcess::CentralProcess(std::string database, std::string extra)
    : CentralProcess(CentralSetup{std::move(database), std::move(extra)}) {}

CentralProcess::CentralProcess(const CentralSetup& setup) {
    fs::permissions(dir_.path(), fs::perms::others_exec, fs::perm_options::add);  // mosquitto drops to its own user
    const auto http = free_port();
    const auto broker = setup.broker.empty() ? "port = " + std::to_string(free_port()) + "\n" : setup.broker;
    url_ = "http://127.0.0.1:" + std::to_string(http);
    std::ofstream toml(config());
    toml << "data_dir = \"data\"\n";
    if (!setup.database.empty()) toml << "database = \"" << setup.database << "\"\n";
    toml << setup.extra << "\n[http]\nport = " << http << "\n[broker]\n" << broker;
    toml.close();
    if (!setup.authority.empty()) {
        fs::create_directory(dir_.path() / "data");
        fs::copy(setup.authority, dir_.path() / "data" / "ca", fs::copy_options::recursive);
    }
    start();
}

CentralProcess::~CentralProcess() {
    if (process_ && process_->running()) stop();
}

void CentralProcess::start() {
    process_ = std::make_unique<Process>(std::vector<std::string>{PLUS7_CENTRAL, "--config", config(), "run"});
    if (!process_->wait_for("central is ready"))
        throw std::runtime_error("central did not start: " + process_->output());
}

void CentralProcess::kill() { process_->kill(); }

std::optional<int> CentralProcess::stop() {
    process_->signal(SIGTERM);
    return process_->wait();
}

std::string CentralProcess::setup_token() const {
    const auto text = process_->output();
    const auto at = text.find("/setup#");
    if (at == std::string::npos) throw std::runtime_error("central printed no set-up link: " + text);
    const auto begin = at + 7;
    return text.substr(
        begin,
        text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", begin) - begin);
}

pid_t CentralProcess::broker_pid() const {
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(pid()) + "/task")) {
        std::ifstream children(entry.path() / "children");
        pid_t child = 0;
        if (children >> child) return child;
    }
    return 0;
}

std::pair<int, std::string> CentralProcess::command(std::vector<std::string> arguments) const {
    std::vector<std::string> argv{PLUS7_CENTRAL, "--config", config()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    Process process(argv);
    const auto code = process.wait(std::chrono::seconds{60});
    return {code.value_or(-1), process.output()};
}

}  // namespace plus7::test
