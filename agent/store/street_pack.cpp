#include "agent/store/street_pack.hpp"

#include <algorithm>
#include <fstream>

namespace plus7::agent::store {
namespace {

std::string bytes_of(const std::filesystem::path& file, std::uint64_t offset, std::size_t most) {
    std::ifstream in(file, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(offset));
    std::string bytes(most, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(most));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    return bytes;
}

}  // namespace

std::optional<wire::PackHead> read_pack_file(const std::filesystem::path& file) {
    auto head = wire::read_pack_head(core::view_of(bytes_of(file, 0, wire::PackHead::most_bytes)));
    if (!head) return std::nullopt;
    return std::move(*head);
}

const wire::PackHead* StreetPack::head() {
    std::error_code failed;
    const auto written = std::filesystem::last_write_time(file_, failed);
    if (failed) {
        head_.reset();
        read_at_.reset();
    } else if (read_at_ != written) {
        head_ = read_pack_file(file_);
        read_at_ = written;
    }
    return head_ ? &*head_ : nullptr;
}

std::optional<std::string> StreetPack::tile(int zoom, std::uint32_t x, std::uint32_t y) {
    const auto* pack = head();
    if (pack == nullptr) return std::nullopt;
    const auto found = std::find_if(pack->tiles.begin(), pack->tiles.end(), [&](const wire::PackTile& one) {
        return one.zoom == zoom && one.x == x && one.y == y;
    });
    if (found == pack->tiles.end()) return std::nullopt;
    auto bytes = bytes_of(file_, found->offset, found->size);
    if (bytes.size() != found->size) return std::nullopt;
    return bytes;
}

}  // namespace plus7::agent::store
