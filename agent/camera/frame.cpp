#include "agent/camera/frame.hpp"

namespace plus7::agent::camera {

core::Result<Frame> frame_of(core::ByteView message) {
    if (message.size() < Frame::head) return core::invalid(Frame::no_frame);
    Frame frame;
    frame.width = message[0] | message[1] << 8;
    frame.height = message[2] | message[3] << 8;
    frame.gray = message.subspan(Frame::head);
    const auto fits = [](int side) { return side >= Frame::least_side && side <= Frame::most_side; };
    const auto pixels = static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height);
    if (!fits(frame.width) || !fits(frame.height) || pixels > Frame::most_pixels)
        return core::invalid(Frame::wrong_size);
    if (frame.gray.size() != pixels) return core::invalid(Frame::no_frame);
    return frame;
}

}  // namespace plus7::agent::camera
