#include "tests/bench/process_figures.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace plus7::bench {
namespace {

std::filesystem::path proc(pid_t pid) { return "/proc/" + std::to_string(pid); }

std::uint64_t status_bytes(pid_t pid, const std::string& key, const char* file = "status") {
    std::ifstream status(proc(pid) / file);
    for (std::string line; std::getline(status, line);)
        if (line.starts_with(key)) return std::stoull(line.substr(key.size())) * 1024;
    throw std::runtime_error("no " + key + " of process " + std::to_string(pid));
}

}  // namespace

// schedstat counts nanoseconds, where stat counts hundredths of a second.
double cpu_seconds(pid_t pid) {
    double all = 0;
    for (const auto& thread : std::filesystem::directory_iterator(proc(pid) / "task")) {
        std::ifstream schedstat(thread.path() / "schedstat");
        double ran_ns = 0;
        if (schedstat >> ran_ns) all += ran_ns / 1e9;
    }
    return all;
}

std::uint64_t resident_bytes(pid_t pid) { return status_bytes(pid, "VmRSS:"); }
std::uint64_t resident_peak(pid_t pid) { return status_bytes(pid, "VmHWM:"); }
std::uint64_t shared_out_bytes(pid_t pid) { return status_bytes(pid, "Pss:", "smaps_rollup"); }

std::vector<pid_t> children_of(pid_t pid) {
    std::vector<pid_t> found;
    for (const auto& thread : std::filesystem::directory_iterator(proc(pid) / "task")) {
        std::ifstream list(thread.path() / "children");
        for (pid_t child = 0; list >> child;) found.push_back(child);
    }
    return found;
}

}  // namespace plus7::bench
