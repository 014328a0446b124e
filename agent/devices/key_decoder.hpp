// What a HID barcode scanner types, as codes. Scanners send the keys of a US keyboard, so the table is our own and no
// layout of the system matters. Pure: it needs no kernel; used by EvdevScanner.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>

#include "shared/core/bytes.hpp"

namespace plus7::agent::devices {

// As the kernel gives it: type, code and value of linux/input.h.
struct KeyEvent {
    std::chrono::microseconds time{0};  // of any clock that only runs forwards
    std::uint16_t type = 0;
    std::uint16_t code = 0;
    std::int32_t value = 0;
};

// Enter, Tab and the bytes CR, LF and TAB (Ctrl+M, Alt+013 …) end a code, as on a serial line. Bytes outside the
// keyboard come as Ctrl+key or Alt+digits of the keypad: GS is Ctrl+] or Alt+029. Keys that type nothing are skipped.
// A code of which a part is missing or cannot be told would be a wrong one: it is dropped whole and counted.
class KeyDecoder {
  public:
    static constexpr std::size_t max_code = 4096;
    static constexpr std::chrono::milliseconds longest_pause{500};  // between the keys of one code

    struct Dropped {
        std::uint64_t lost_events = 0;  // SYN_DROPPED: dropped up to its end
        std::uint64_t paused = 0;       // what came before a pause or a reset; what follows counts as a new code
        std::uint64_t too_long = 0;
        std::uint64_t unreadable = 0;  // Alt or Ctrl with something that stands for no byte
        std::uint64_t total() const { return lost_events + paused + too_long + unreadable; }
    };

    std::optional<core::Bytes> feed(const KeyEvent& event);  // the code that ends with this event
    void reset();                                            // the device was opened anew
    const Dropped& dropped() const { return dropped_; }

  private:
    std::optional<core::Bytes> press(std::uint16_t key);
    std::optional<core::Bytes> release(std::uint16_t key);
    std::optional<core::Bytes> type(std::uint16_t key);
    std::optional<core::Bytes> add(std::uint8_t byte);
    std::optional<core::Bytes> end();
    void type_with_alt(std::uint16_t key);
    void lose(std::chrono::microseconds time);
    void drop(std::uint64_t& count);
    bool holds(unsigned keys) const { return (held_ & keys) != 0; }

    core::Bytes code_;
    bool dropping_ = false;             // what comes up to the end belongs to a code that was dropped
    unsigned held_ = 0;                 // Shift, Ctrl and Alt
    bool caps_lock_ = false;            // off at the beginning and after every pause
    std::optional<unsigned> alt_code_;  // the number typed since Alt went down
    std::optional<std::chrono::microseconds> last_key_;
    Dropped dropped_;
};

}  // namespace plus7::agent::devices
