// A small disk under a data folder, to be filled up: a tmpfs in a mount namespace of this test program alone, so that
// nothing of it stays behind whatever happens. Main thread.
#pragma once
#include <filesystem>
#include <string>

namespace plus7::test {

class SmallDisk {
  public:
    // What stands in the way of one here (it takes root); empty when it can be had.
    static std::string missing();

    // The folder's files go on living on a disk of `mib` MiB. Nobody may have them open.
    SmallDisk(std::filesystem::path folder, int mib);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    void fill();  // to the last byte; again, when something was freed
    void clear();

  private:
    std::filesystem::path folder_;
};

}  // namespace plus7::test
