// What a scanner that is set to a US keyboard sends, as the kernel reports it: every key with its MSC_SCAN before it
// and a SYN_REPORT behind it, two milliseconds apart.
#pragma once
#include <string_view>
#include <utility>
#include <vector>

#include "agent/devices/key_decoder.hpp"

namespace plus7::test {

class KeyStream {
  public:
    KeyStream& press(int key) { return change(key, 1); }
    KeyStream& release(int key) { return change(key, 0); }
    KeyStream& repeat(int key);
    KeyStream& tap(int key) { return press(key).release(key); }
    KeyStream& with(int modifier, int key) { return press(modifier).tap(key).release(modifier); }
    KeyStream& type(std::string_view printable);       // with the left Shift where a character needs it
    KeyStream& alt_code(std::string_view digits);      // left Alt and the keypad
    KeyStream& lose();                                 // SYN_DROPPED
    KeyStream& pause(std::chrono::microseconds time);  // before the next event
    KeyStream& any(agent::devices::KeyEvent event);    // at the stream's time

    // The events since the last call; the stream's time goes on.
    std::vector<agent::devices::KeyEvent> take() { return std::exchange(events_, {}); }

  private:
    KeyStream& change(int key, int value);
    std::chrono::microseconds now_{std::chrono::hours{1}};
    std::vector<agent::devices::KeyEvent> events_;
};

}  // namespace plus7::test
