// A real plus7-agent on a data directory whose identity the test made, without any central; and what it left behind.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "agent/store/stores.hpp"
#include "shared/crypto/authority.hpp"
#include "shared/wire/fact.hpp"
#include "tests/support/process.hpp"

namespace plus7::test {

struct CommandResult {
    int code = -1;
    std::string output;  // stdout and stderr
    bool says(std::string_view text) const { return output.find(text) != std::string::npos; }
};

struct CustodyFacts {
    bool whole = false;  // head, hash, signature of the end, all signatures and the chain hold
    std::string problem;
    std::vector<wire::Fact> facts;
};

class EnrolledAgent {
  public:
    explicit EnrolledAgent(std::uint16_t gpsd_port = free_port());

    // While no agent runs: the broker it will connect to, instead of a port where nobody listens.
    void use_broker(std::uint16_t port);
    const crypto::Authority& authority() const { return authority_; }
    const core::DeviceId& device() const { return device_; }

    void bind_courier(const std::string& code);  // while no agent runs: what central's view would have said
    void start();                                // returns when it answers
    Process& launch();                           // returns at once
    Process& process() { return *process_; }
    void kill() { process_->kill(); }

    std::vector<std::string> command(std::vector<std::string> arguments) const;  // argv with config
    CommandResult run(std::vector<std::string> arguments, const Process::Environment& environment = {}) const;
    CustodyFacts exported();
    std::unique_ptr<agent::store::Stores> stores();  // while no agent runs

    std::filesystem::path data() const { return dir_.path() / "data"; }
    std::filesystem::path socket() const { return data() / "control.sock"; }
    std::string file(const std::string& name) const { return dir_.file(name); }
    const TempDir& dir() const { return dir_; }

  private:
    void make_identity();
    void write_config(std::uint16_t gpsd_port);

    TempDir dir_;
    crypto::Authority authority_ = crypto::Authority::create("plus7 test authority", core::SystemClock{}.now()).value();
    core::DeviceId device_ = core::DeviceId::random();
    crypto::SigningKey key_ = crypto::SigningKey::generate();
    std::unique_ptr<Process> process_;
};

// The environment of an English user.
inline const Process::Environment english{{"LC_ALL", "C"}};

}  // namespace plus7::test
