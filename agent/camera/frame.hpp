// One picture of the camera as the page sends it: width and height (u16, little endian each), then a byte of brightness
// for each pixel, row by row. Pure; any thread.
#pragma once
#include "shared/core/bytes.hpp"
#include "shared/core/result.hpp"

namespace plus7::agent::camera {

struct Frame {
    static constexpr std::size_t head = 4;  // bytes before the pixels
    static constexpr int least_side = 16;
    static constexpr int most_side = 1280;
    static constexpr std::size_t most_pixels = 1280UL * 960;
    static constexpr std::size_t most_bytes = head + most_pixels;

    static constexpr std::string_view no_frame = "a frame is its width, its height and a byte for each pixel";
    static constexpr std::string_view wrong_size = "a frame is 16 to 1280 pixels wide and high, 1280 x 960 at most";

    int width = 0;
    int height = 0;
    core::ByteView gray;  // of the message, which has to live as long
};

// invalid: no_frame, wrong_size.
core::Result<Frame> frame_of(core::ByteView message);

}  // namespace plus7::agent::camera
