// The process that reads the camera's pictures (`plus7-agent read-pictures`): a decoder that a picture ends ends no
// more than that. It has its standard input, which is its line to the agent (reader_line.hpp), and opens nothing else.
#pragma once
#include <functional>

#include "agent/camera/symbol.hpp"

namespace plus7::agent::camera {

using Decode = std::function<std::optional<Symbol>(const Frame&)>;

// Reads picture after picture until the agent hangs up. The exit code.
int read_pictures(const Decode& decode);

}  // namespace plus7::agent::camera
