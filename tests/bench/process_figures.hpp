// What the kernel says of a running process (proc(5)). Throws std::runtime_error when it has ended.
#pragma once
#include <sys/types.h>

#include <cstdint>

namespace plus7::bench {

double cpu_seconds(pid_t pid);             // of all its threads that live
std::uint64_t resident_bytes(pid_t pid);   // now
std::uint64_t resident_peak(pid_t pid);    // ever

}  // namespace plus7::bench
