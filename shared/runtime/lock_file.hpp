// Keeps a second process away from the same data: an flock(2) on a file that holds the owner's pid. The lock ends with
// the process, however it ends; the file stays. Owned by main.
#pragma once
#include <string>

#include "shared/core/result.hpp"

namespace plus7::runtime {

class LockFile {
  public:
    // `conflict` when another process holds it (the message names its pid), `unavailable` when the file cannot be made.
    static core::Result<LockFile> acquire(const std::string& path);
    ~LockFile();
    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&& other) noexcept;

  private:
    explicit LockFile(int fd) : fd_(fd) {}
    int fd_ = -1;
};

}  // namespace plus7::runtime
