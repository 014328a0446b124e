// A barcode scanner on a serial line (USB CDC or UART, 8N1): codes end with CR, LF or TAB. Opens the device again when
// it comes back. Loop thread; owned by the agent.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "shared/core/bytes.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::agent::devices {

// Cuts a byte stream into codes. A code longer than 4096 bytes is dropped whole, up to its end, and counted: a cut code
// would be a wrong one. Pure.
class CodeSplitter {
  public:
    static constexpr std::size_t max_code = 4096;
    std::vector<core::Bytes> feed(core::ByteView bytes);
    void reset();
    std::uint64_t dropped() const { return dropped_; }

  private:
    core::Bytes code_;
    bool too_long_ = false;
    std::uint64_t dropped_ = 0;
};

struct SerialOptions {
    std::string device;  // "/dev/ttyACM0"
    int baud = 9600;     // 9600, 19200, 38400, 57600 or 115200; USB CDC ignores it
    std::chrono::milliseconds retry{std::chrono::seconds{5}};
};

class SerialScanner {
  public:
    SerialScanner(runtime::Loop& loop, SerialOptions options, std::function<void(core::Bytes)> code);
    ~SerialScanner();
    void start();
    bool connected() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace plus7::agent::devices
