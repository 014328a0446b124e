#include "central/broker/plain_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace plus7::central::broker {
namespace {

core::Error failed(const char* what, const std::filesystem::path& path) {
    return core::unavailable(std::string("cannot ") + what + " " + path.string() + ": " + std::strerror(errno));
}

core::Status write_and_sync(const std::filesystem::path& path, std::string_view text, int flags) {
    const int fd = ::open(path.c_str(), flags | O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
    if (fd < 0) return failed("open", path);
    while (!text.empty()) {
        const auto written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) {
            const auto error = failed("write", path);
            ::close(fd);
            return error;
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    const bool synced = ::fsync(fd) == 0;
    const auto error = failed("flush", path);
    ::close(fd);
    if (!synced) return error;
    return {};
}

core::Status sync_folder(const std::filesystem::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return failed("open", folder);
    const bool synced = ::fsync(fd) == 0;
    const auto error = failed("flush", folder);
    ::close(fd);
    if (!synced) return error;
    return {};
}

}  // namespace

core::Status write_plain_file(const std::filesystem::path& path, std::string_view text) {
    const auto fresh = std::filesystem::path(path.string() + ".new");
    if (auto written = write_and_sync(fresh, text, O_TRUNC); !written) return written;
    if (::rename(fresh.c_str(), path.c_str()) != 0) return failed("replace", path);
    return sync_folder(path.parent_path());
}

core::Status append_plain_file(const std::filesystem::path& path, std::string_view text) {
    return write_and_sync(path, text, O_APPEND);
}

core::Result<std::string> read_plain_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file && !std::filesystem::exists(path)) return core::not_found("no file " + path.string());
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) return failed("read", path);
    return text.str();
}

}  // namespace plus7::central::broker
