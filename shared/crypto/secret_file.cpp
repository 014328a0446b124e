#include "shared/crypto/secret_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "shared/core/random.hpp"

namespace plus7::crypto {
namespace {

constexpr std::size_t size_limit = 1024 * 1024;

class File {
  public:
    File(const std::filesystem::path& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    bool ok() const { return descriptor_ >= 0; }
    int get() const { return descriptor_; }

  private:
    int descriptor_;
};

core::Error failed(const std::string& what, const std::filesystem::path& path) {
    const int reason = errno;
    return core::unavailable(what + " " + path.string() + ": " + std::generic_category().message(reason));
}

bool write_all(int descriptor, core::ByteView content) {
    while (!content.empty()) {
        const auto written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        content = content.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

// fchmod, because a umask may take rights away from the 0600 of open().
core::Status write_new(const std::filesystem::path& path, core::ByteView content) {
    const File file(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
    if (!file.ok()) return failed("cannot create", path);
    if (::fchmod(file.get(), 0600) != 0) return failed("cannot protect", path);
    if (!write_all(file.get(), content) || ::fsync(file.get()) != 0) return failed("cannot write", path);
    return {};
}

core::Status sync_folder(const std::filesystem::path& folder) {
    const File opened(folder, O_RDONLY | O_DIRECTORY);
    if (!opened.ok() || ::fsync(opened.get()) != 0) return failed("cannot sync", folder);
    return {};
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

bool is_systemd_credential(const std::filesystem::path& path) {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    return folder != nullptr && *folder != '\0' && folder_of(path) == std::filesystem::path(folder);
}

core::Status check_rights(const std::filesystem::path& path, const struct stat& facts) {
    if (!S_ISREG(facts.st_mode)) return core::denied(path.string() + " is not a regular file");
    const mode_t forbidden = is_systemd_credential(path) ? S_IRWXO : S_IRWXG | S_IRWXO;
    if ((facts.st_mode & forbidden) != 0) {
        return core::denied(path.string() + " is open to other users; run: chmod 600 " + path.string());
    }
    return {};
}

core::Result<SecretBytes> read_all(const File& file, const std::filesystem::path& path, std::size_t size) {
    SecretBytes content(size);
    std::size_t filled = 0;
    while (filled < size) {
        const auto got = ::read(file.get(), content.writable().data() + filled, size - filled);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return failed("cannot read", path);
        if (got == 0) return core::unavailable(path.string() + " changed while it was read");
        filled += static_cast<std::size_t>(got);
    }
    return content;
}

}  // namespace

core::Status write_secret_file(const std::filesystem::path& path, core::ByteView content) {
    auto fresh = path;
    fresh += ".new-" + core::to_hex(core::random_bytes(8));
    if (auto written = write_new(fresh, content); !written) {
        ::unlink(fresh.c_str());
        return written;
    }
    if (::rename(fresh.c_str(), path.c_str()) != 0) {
        auto error = failed("cannot replace", path);
        ::unlink(fresh.c_str());
        return error;
    }
    return sync_folder(folder_of(path));
}

core::Result<SecretBytes> read_secret_file(const std::filesystem::path& path) {
    // O_NONBLOCK: a FIFO put in the file's place must not hang us; it means nothing for regular files.
    const File file(path, O_RDONLY | O_NONBLOCK);
    if (!file.ok()) {
        if (errno == ENOENT) return core::not_found(path.string() + " does not exist");
        return failed("cannot open", path);
    }
    struct stat facts {};
    if (::fstat(file.get(), &facts) != 0) return failed("cannot look at", path);
    if (auto fit = check_rights(path, facts); !fit) return fit.error();
    const auto size = static_cast<std::uintmax_t>(facts.st_size);
    if (size > size_limit) return core::limit(path.string() + " is larger than 1 MiB: not a secret of ours");
    return read_all(file, path, static_cast<std::size_t>(size));
}

core::Status destroy_secret_file(const std::filesystem::path& path) {
    {
        const File file(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK);
        if (!file.ok() && errno == ENOENT) return {};
        struct stat facts {};
        if (!file.ok() || ::fstat(file.get(), &facts) != 0) return failed("cannot open", path);
        const core::Bytes zeros(static_cast<std::size_t>(std::clamp<off_t>(facts.st_size, 0, size_limit)), 0);
        // A full or broken disk must not keep the name alive: whether this works or not, the file goes.
        if (write_all(file.get(), zeros)) ::fsync(file.get());
    }
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed("cannot remove", path);
    return sync_folder(folder_of(path));
}

}  // namespace plus7::crypto
