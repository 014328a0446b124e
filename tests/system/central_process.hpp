// A real plus7-central with its managed mosquitto, on free ports and a data folder of its own.
#pragma once
#include <memory>
#include <string>

#include "tests/support/process.hpp"
#include "tests/support/temp_dir.hpp"

namespace plus7::test {

struct CentralSetup {
    std::string database{};             // a PostgreSQL conninfo; empty: SQLite in the data folder
    std::string extra{};                // further lines of the configuration
    std::string broker{};               // lines of its table [broker]; empty: the managed one on a free port
    std::filesystem::path authority{};  // a CA folder to begin with, as another instance has it
};

class CentralProcess {
  public:
    explicit CentralProcess(std::string database = {}, std::string extra = {});
    explicit CentralProcess(const CentralSetup& setup);
    ~CentralProcess();

    void start();               // waits until it accepts requests; throws with its output when it does not
    void kill();                // SIGKILL; its mosquitto goes with it
    std::optional<int> stop();  // SIGTERM; its exit code

    const std::string& url() const { return url_; }  // http://127.0.0.1:port, the same after a restart
    std::string setup_token() const;                 // of the first-admin link it printed
    std::string output() const { return process_->output(); }
    pid_t pid() const { return process_->pid(); }
    pid_t broker_pid() const;  // of the mosquitto it supervises; 0: none runs just now
    std::string data_file(const std::string& name) const { return (dir_.path() / "data" / name).string(); }
    // Runs a subcommand of plus7-central on the same configuration; its exit code and output.
    std::pair<int, std::string> command(std::vector<std::string> arguments) const;

  private:
    std::string config() const { return dir_.file("central.toml"); }
    TempDir dir_;
    std::string url_;
    std::unique_ptr<Process> process_;
};

}  // namespace plus7::test
