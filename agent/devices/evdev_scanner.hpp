// A barcode scanner that is a keyboard to the kernel (USB HID). Its keys come here alone: the device is grabbed, so
// that codes do not type into the page. Opens the device again when it comes back. Loop thread; owned by the agent.
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "shared/core/bytes.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::agent::devices {

struct EvdevOptions {
    std::string device;  // "/dev/input/by-id/usb-…-event-kbd"
    std::chrono::milliseconds retry{std::chrono::seconds{5}};
};

class EvdevScanner {
  public:
    EvdevScanner(runtime::Loop& loop, EvdevOptions options, std::function<void(core::Bytes)> code);
    ~EvdevScanner();
    void start();
    bool connected() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace plus7::agent::devices
