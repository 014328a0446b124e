#include "agent/store/reserve_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace plus7::agent::store {

core::Status ReserveFile::ensure() {
    if (held()) return {};
    const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const int opened = errno;
    if (file < 0) return core::unavailable("reserve file: " + std::generic_category().message(opened));
    const int code = ::posix_fallocate(file, 0, static_cast<off_t>(bytes_));
    ::close(file);
    if (code == 0) return {};
    release();
    return core::unavailable("reserve file: " + std::generic_category().message(code));
}

bool ReserveFile::release() {
    std::error_code failed;
    return std::filesystem::remove(path_, failed) && !failed;
}

bool ReserveFile::held() const {
    std::error_code missing;
    const auto size = std::filesystem::file_size(path_, missing);
    return bytes_ > 0 && !missing && size >= bytes_;
}

}  // namespace plus7::agent::store
