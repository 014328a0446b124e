#include "tests/system/small_disk.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "tests/support/own_mounts.hpp"
#include "tests/support/temp_dir.hpp"

namespace plus7::test {
namespace {

namespace fs = std::filesystem;
constexpr auto everything = fs::copy_options::recursive | fs::copy_options::overwrite_existing;

void mount_tmpfs(const fs::path& folder, const std::string& options) {
    if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, options.c_str()) != 0)
        throw std::system_error(errno, std::generic_category(), "mount");
}

}  // namespace

std::string SmallDisk::missing() {
    try {
        have_own_mounts();
        const TempDir trial;
        mount_tmpfs(trial.path(), "size=1m");
        ::umount2(trial.path().c_str(), MNT_DETACH);
        return "";
    } catch (const std::system_error& error) {
        return error.what();
    }
}

SmallDisk::SmallDisk(fs::path folder, int mib) : folder_(std::move(folder)) {
    have_own_mounts();
    const TempDir aside;
    fs::copy(folder_, aside.path(), everything);
    mount_tmpfs(folder_, "size=" + std::to_string(mib) + "m,mode=0711");
    fs::copy(aside.path(), folder_, everything);
}

SmallDisk::~SmallDisk() { ::umount2(folder_.c_str(), MNT_DETACH); }

void SmallDisk::fill() {
    const int file = ::open((folder_ / "ballast").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) throw std::system_error(errno, std::generic_category(), "ballast");
    static const std::array<char, 4096> nothing{};
    while (::write(file, nothing.data(), nothing.size()) > 0) {
    }
    const int why = errno;
    ::close(file);
    if (why != ENOSPC) throw std::system_error(why, std::generic_category(), "ballast");
}

void SmallDisk::clear() { fs::remove(folder_ / "ballast"); }

}  // namespace plus7::test
