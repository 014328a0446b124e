#include "shared/http/file_response.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "shared/http/conditional.hpp"
#include "shared/http/range.hpp"

namespace plus7::http {
namespace {

constexpr std::uint64_t piece_size = 128 * 1024;

struct OpenFile {
    explicit OpenFile(int descriptor) : fd(descriptor) {}
    ~OpenFile() { ::close(fd); }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int fd;
    std::uint64_t at = 0;
    std::uint64_t left = 0;
};

core::Result<std::string> next_piece(OpenFile& file) {
    std::string piece(std::min(piece_size, file.left), '\0');
    std::size_t done = 0;
    while (done < piece.size()) {
        const auto got = ::pread(file.fd, piece.data() + done, piece.size() - done, static_cast<off_t>(file.at));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return core::unavailable("a file became shorter or unreadable while it was sent");
        done += static_cast<std::size_t>(got);
        file.at += static_cast<std::uint64_t>(got);
        file.left -= static_cast<std::uint64_t>(got);
    }
    return piece;
}

}  // namespace

core::Result<Response> file_response(const Request& request, const std::filesystem::path& path,
                                     std::string_view content_type) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR)) return core::not_found("there is no such file");
    if (fd < 0) throw std::system_error(errno, std::generic_category(), "open " + path.filename().string());
    const auto file = std::make_shared<OpenFile>(fd);
    struct stat info {};
    if (::fstat(fd, &info) != 0) throw std::system_error(errno, std::generic_category(), "fstat");
    if (!S_ISREG(info.st_mode)) return core::not_found("there is no such file");
    const auto size = static_cast<std::uint64_t>(info.st_size);
    const auto etag = etag_of(std::to_string(info.st_ino) + ":" + std::to_string(size) + ":" +
                              std::to_string(info.st_mtim.tv_sec) + ":" + std::to_string(info.st_mtim.tv_nsec));
    const auto range = wanted_range(request, size, etag);
    if (!range) return not_satisfiable(request, size);
    file->at = *range ? (*range)->first : 0;
    file->left = *range ? (*range)->size() : size;
    auto response = streamed({.pull = [file] { return next_piece(*file); }, .length = file->left}, content_type);
    response.with("ETag", etag).with("Accept-Ranges", "bytes");
    if (*range) mark_partial(response, **range, size);
    apply_not_modified(request, response);
    return response;
}

}  // namespace plus7::http
