// A keyboard that the kernel makes for us: what is sent arrives at its event device as from a real one.
#pragma once
#include <string>
#include <vector>

#include "agent/devices/key_decoder.hpp"

namespace plus7::test {

class UinputKeyboard {
  public:
    static bool possible();  // /dev/uinput may be written
    UinputKeyboard();
    ~UinputKeyboard();
    UinputKeyboard(const UinputKeyboard&) = delete;
    UinputKeyboard& operator=(const UinputKeyboard&) = delete;

    // "/dev/input/event7"; empty: none appeared that may be read.
    const std::string& device() const { return device_; }
    void send(const std::vector<agent::devices::KeyEvent>& events) const;  // the kernel gives them its own time
    void unplug();

  private:
    int fd_ = -1;
    std::string device_;
};

}  // namespace plus7::test
