#include "tests/bench/agent/loop_disk.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "tests/support/own_mounts.hpp"
#include "tests/support/process.hpp"

namespace plus7::bench {
namespace {

namespace fs = std::filesystem;

std::string run(const std::vector<std::string>& argv) {
    test::Process process(argv);
    if (process.wait() != 0) throw std::runtime_error(argv.front() + " failed: " + process.output());
    auto words = process.output();
    while (!words.empty() && words.back() == '\n') words.pop_back();
    return words;
}

}  // namespace

LoopDisk::LoopDisk(fs::path folder, int mib, bool gathers) : folder_(std::move(folder)) {
    test::have_own_mounts();
    const auto image = dir_.file("disk.ext4");
    std::ofstream(image).close();
    fs::resize_file(image, static_cast<std::uintmax_t>(mib) * 1024 * 1024);
    run({"mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", image});
    device_ = run({"losetup", "--find", "--show", image});
    fs::create_directories(folder_);
    if (::mount(device_.c_str(), folder_.c_str(), "ext4", MS_NOATIME, gathers ? "commit=60" : nullptr) != 0) {
        const int why = errno;
        run({"losetup", "--detach", device_});
        throw std::system_error(why, std::generic_category(), "mounting " + device_);
    }
}

LoopDisk::~LoopDisk() {
    ::umount2(folder_.c_str(), MNT_DETACH);
    test::Process detaching({"losetup", "--detach", device_});
    detaching.wait();
}

std::uint64_t LoopDisk::written() const {
    const int file = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0 || ::syncfs(file) != 0) throw std::system_error(errno, std::generic_category(), "syncfs");
    ::close(file);
    // Documentation/block/stat.rst: the seventh figure is sectors written, of 512 bytes whatever the device.
    std::ifstream stat("/sys/block/" + fs::path(device_).filename().string() + "/stat");
    std::uint64_t figure = 0;
    for (int i = 0; i < 7; ++i) stat >> figure;
    if (!stat) throw std::runtime_error("no figures of " + device_);
    return figure * 512;
}

}  // namespace plus7::bench
