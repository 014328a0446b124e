#include "tests/support/mosquitto.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/support/eventually.hpp"

namespace plus7::test {
namespace {

constexpr int port_tries = 10;

std::string replaced(std::string text, const std::string& word, const std::string& by) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + by.size())) {
        text.replace(at, word.size(), by);
    }
    return text;
}

}  // namespace

Mosquitto::Mosquitto(std::string config, const std::map<std::string, std::string>& files)
    : config_(std::move(config)), directory_(dir_.path().string()) {
    // Started by root it runs as the user `mosquitto`, who must be able to read what is in here.
    std::filesystem::permissions(dir_.path(), std::filesystem::perms{0755});
    for (const auto& [name, text] : files) std::ofstream(dir_.file(name)) << text;
    for (int i = 0; i < port_tries; ++i) {
        port_ = free_port();
        if (start()) return;
    }
    throw std::runtime_error("mosquitto found no free port");
}

bool Mosquitto::start() {
    const auto path = dir_.file("mosquitto.conf");
    std::string head = "per_listener_settings true\npersistence false\nlog_dest stderr\n";
    head += config_.starts_with(quiet) ? "" : "log_type all\n";
    std::ofstream(path) << head << replaced(replaced(config_, "{port}", std::to_string(port_)), "{dir}", directory_);
    std::vector<std::string> argv{"mosquitto", "-c", path};
    if (::geteuid() == 0) {
        // Not by mosquitto itself: the kernel forgets who is to be killed with us when a process changes its user.
        const std::vector<std::string> as_user{"setpriv",        "--reuid=mosquitto", "--regid=mosquitto",
                                               "--clear-groups", "--pdeathsig",       "KILL"};
        argv.insert(argv.begin(), as_user.begin(), as_user.end());
    }
    process_ = std::make_unique<Process>(argv);
    if (process_->wait_for("running") && eventually([&] { return accepts_connections(port_); })) return true;
    const auto output = process_->output();
    if (output.find("Address already in use") != std::string::npos) return false;
    throw std::runtime_error("mosquitto did not start: " + output);
}

void Mosquitto::kill() { process_->kill(); }

void Mosquitto::restart() {
    kill();
    if (!start()) throw std::runtime_error("somebody took the broker's port " + std::to_string(port_));
}

}  // namespace plus7::test
