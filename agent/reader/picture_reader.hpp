// The process that reads the camera's pictures (`plus7-picture-reader`): a decoder that a picture ends ends no more
// than that. It has its standard input, which is its line to the agent (agent/camera/reader_line.hpp), and opens
// nothing else.
#pragma once
#include <functional>
#include <optional>

#include "agent/camera/frame.hpp"
#include "agent/camera/symbol.hpp"

namespace plus7::agent::reader {

using Decode = std::function<std::optional<camera::Symbol>(const camera::Frame&)>;

// Reads picture after picture until the agent hangs up. The exit code.
int read_pictures(const Decode& decode);

}  // namespace plus7::agent::reader
