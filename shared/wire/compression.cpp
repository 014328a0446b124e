#include "shared/wire/compression.hpp"

#include <zstd.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>

namespace plus7::wire {
namespace {

constexpr int level = 3;            // zstd's own default
constexpr int max_window_log = 20;  // 1 MiB, the most a payload inflates to
constexpr std::size_t step = 64 * 1024;

struct FreeContext {
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

std::unique_ptr<ZSTD_DCtx, FreeContext> make_context() {
    std::unique_ptr<ZSTD_DCtx, FreeContext> context(ZSTD_createDCtx());
    if (!context) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, max_window_log);
    return context;
}

}  // namespace

core::Bytes deflate(core::ByteView plain) {
    core::Bytes out(ZSTD_compressBound(plain.size()));
    const auto size = ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), level);
    if (ZSTD_isError(size) != 0) throw std::runtime_error(std::string{"zstd: "}.append(ZSTD_getErrorName(size)));
    out.resize(size);
    return out;
}

core::Result<core::Bytes> inflate(core::ByteView frame, std::size_t size) {
    const auto context = make_context();
    core::Bytes out;
    ZSTD_inBuffer in{frame.data(), frame.size(), 0};
    std::size_t done = 0;
    for (;;) {
        if (done == out.size()) out.resize(std::min(size, out.size() + step));
        ZSTD_outBuffer room{out.data(), out.size(), done};
        const auto read_before = in.pos;
        const auto left = ZSTD_decompressStream(context.get(), &room, &in);
        if (ZSTD_isError(left) != 0) return core::invalid(std::string{"zstd: "}.append(ZSTD_getErrorName(left)));
        const bool moved = in.pos != read_before || room.pos != done;
        done = room.pos;
        if (left == 0) break;
        if (moved) continue;
        if (done == size) return core::limit("inflates beyond its declared size");
        return core::invalid("zstd: the frame ends early");
    }
    if (in.pos != in.size) return core::invalid("zstd: bytes behind the frame");
    if (done != size) return core::invalid("inflates to less than its declared size");
    return out;
}

}  // namespace plus7::wire
