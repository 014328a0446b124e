// What the kernel says of a running process (proc(5)). Throws std::runtime_error when it has ended.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace plus7::bench {

double cpu_seconds(pid_t pid);              // of all its threads that live
std::uint64_t resident_bytes(pid_t pid);    // now
std::uint64_t resident_peak(pid_t pid);     // ever
std::uint64_t shared_out_bytes(pid_t pid);  // now; what several processes share is divided among them (PSS)
std::vector<pid_t> children_of(pid_t pid);

}  // namespace plus7::bench
