// An ext4 disk in a file, as a handheld's flash: what is written to it, journal included, is counted by the kernel.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/support/temp_dir.hpp"

namespace plus7::bench {

class LoopDisk {
  public:
    // Mounted on `folder`, which is made; takes root. `gathers`: as firmware-config mounts a handheld's data (what
    // nobody waits for is written once a minute). Throws with the words of the program that failed.
    LoopDisk(std::filesystem::path folder, int mib, bool gathers);
    ~LoopDisk();
    LoopDisk(const LoopDisk&) = delete;
    LoopDisk& operator=(const LoopDisk&) = delete;

    // Bytes that the device was told to write since it is there; what waits in memory is written first.
    std::uint64_t written() const;

  private:
    std::filesystem::path folder_;
    test::TempDir dir_;
    std::string device_;  // /dev/loopN
};

}  // namespace plus7::bench
