#include "agent/devices/key_decoder.hpp"

#include <linux/input.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace plus7::agent::devices {
namespace {

constexpr unsigned left_shift = 1, right_shift = 2, left_ctrl = 4, right_ctrl = 8, left_alt = 16, right_alt = 32;
constexpr unsigned shift = left_shift | right_shift, ctrl = left_ctrl | right_ctrl, alt = left_alt | right_alt;

constexpr unsigned no_byte = 256;  // this or more after Alt

unsigned modifier_of(std::uint16_t key) {
    switch (key) {
        case KEY_LEFTSHIFT:
            return left_shift;
        case KEY_RIGHTSHIFT:
            return right_shift;
        case KEY_LEFTCTRL:
            return left_ctrl;
        case KEY_RIGHTCTRL:
            return right_ctrl;
        case KEY_LEFTALT:
            return left_alt;
        case KEY_RIGHTALT:
            return right_alt;
        default:
            return 0;
    }
}

// The US layout: keys with consecutive codes, and what they type alone and with Shift.
struct Row {
    std::uint16_t first;
    std::string_view plain;
    std::string_view shifted;
};
constexpr std::array rows{
    Row{KEY_ESC, "\x1b", "\x1b"},
    Row{KEY_1, "1234567890-=\b", "!@#$%^&*()_+\b"},
    Row{KEY_Q, "qwertyuiop[]", "QWERTYUIOP{}"},
    Row{KEY_A, "asdfghjkl;'`", "ASDFGHJKL:\"~"},
    Row{KEY_BACKSLASH, "\\zxcvbnm,./", "|ZXCVBNM<>?"},
    Row{KEY_SPACE, " ", " "},
    Row{KEY_KPASTERISK, "*", "*"},
    Row{KEY_KP7, "789-456+1230.", "789-456+1230."},
    Row{KEY_KPSLASH, "/", "/"},
    Row{KEY_DELETE, "\x7f", "\x7f"},
    Row{KEY_KPEQUAL, "=", "="},
    Row{KEY_KPCOMMA, ",", ","},
    Row{KEY_KPLEFTPAREN, "()", "()"},
};
static_assert(std::all_of(rows.begin(), rows.end(), [](Row row) { return row.plain.size() == row.shifted.size(); }));

struct Typed {
    char plain = 0;  // 0: the key types nothing
    char shifted = 0;
};

Typed typed_by(std::uint16_t key) {
    for (const auto& row : rows)
        if (key >= row.first && key < row.first + row.plain.size())
            return {row.plain[key - row.first], row.shifted[key - row.first]};
    return {};
}

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

// Ctrl takes a character of '@' … '_' to 0x00 … 0x1f. Scanners leave Shift out of Ctrl+2, Ctrl+6 and Ctrl+-.
std::optional<std::uint8_t> with_ctrl(Typed typed) {
    const char c = typed.plain;
    if (is_letter(c) || c == '[' || c == '\\' || c == ']') return static_cast<std::uint8_t>(c & 0x1f);
    const char s = typed.shifted;
    if (s == '@' || s == '^' || s == '_') return static_cast<std::uint8_t>(s & 0x1f);
    return std::nullopt;
}

std::optional<unsigned> keypad_digit(std::uint16_t key) {
    if (key < KEY_KP7 || key > KEY_KP0) return std::nullopt;
    const char c = typed_by(key).plain;
    if (c < '0' || c > '9') return std::nullopt;
    return static_cast<unsigned>(c - '0');
}

}  // namespace

std::optional<core::Bytes> KeyDecoder::feed(const KeyEvent& event) {
    if (event.type == EV_SYN && event.code == SYN_DROPPED) lose(event.time);
    const bool pressed = event.value == 1;
    if (event.type != EV_KEY || (!pressed && event.value != 0)) return std::nullopt;
    if (last_key_ && event.time - *last_key_ > longest_pause) reset();
    last_key_ = event.time;
    return pressed ? press(event.code) : release(event.code);
}

void KeyDecoder::reset() {
    if (!code_.empty() || alt_code_) drop(dropped_.paused);
    dropping_ = false;
    held_ = 0;
    caps_lock_ = false;
    last_key_.reset();
}

// Even when no code is being read: its beginning may be what was lost.
void KeyDecoder::lose(std::chrono::microseconds time) {
    drop(dropped_.lost_events);
    held_ = 0;
    caps_lock_ = false;
    last_key_ = time;
}

std::optional<core::Bytes> KeyDecoder::press(std::uint16_t key) {
    if (key == KEY_ENTER || key == KEY_KPENTER || key == KEY_TAB) return end();
    if (key == KEY_CAPSLOCK) caps_lock_ = !caps_lock_;
    if (const auto modifier = modifier_of(key)) {
        held_ |= modifier;
        return std::nullopt;
    }
    return type(key);
}

std::optional<core::Bytes> KeyDecoder::release(std::uint16_t key) {
    const bool held_alt = holds(alt);
    held_ &= ~modifier_of(key);
    if (!held_alt || holds(alt) || !alt_code_) return std::nullopt;
    const auto number = *std::exchange(alt_code_, std::nullopt);
    if (number < no_byte) return add(static_cast<std::uint8_t>(number));
    drop(dropped_.unreadable);
    return std::nullopt;
}

std::optional<core::Bytes> KeyDecoder::type(std::uint16_t key) {
    const auto typed = typed_by(key);
    if (typed.plain == 0) return std::nullopt;
    if (holds(alt)) {
        type_with_alt(key);
        return std::nullopt;
    }
    if (holds(ctrl)) {
        if (const auto byte = with_ctrl(typed)) return add(*byte);
        drop(dropped_.unreadable);
        return std::nullopt;
    }
    const bool shifted = holds(shift) != (caps_lock_ && is_letter(typed.plain));
    return add(static_cast<std::uint8_t>(shifted ? typed.shifted : typed.plain));
}

void KeyDecoder::type_with_alt(std::uint16_t key) {
    const auto digit = keypad_digit(key);
    alt_code_ = digit ? std::min(alt_code_.value_or(0) * 10 + *digit, no_byte) : no_byte;
}

std::optional<core::Bytes> KeyDecoder::add(std::uint8_t byte) {
    if (byte == '\r' || byte == '\n' || byte == '\t') return end();
    if (dropping_) return std::nullopt;
    if (code_.size() == max_code)
        drop(dropped_.too_long);
    else
        code_.push_back(byte);
    return std::nullopt;
}

// A key that is still held here was let go unseen, for scanners let go of Shift before Enter.
std::optional<core::Bytes> KeyDecoder::end() {
    if (alt_code_) drop(dropped_.unreadable);
    held_ = 0;
    dropping_ = false;
    if (code_.empty()) return std::nullopt;
    return std::exchange(code_, {});
}

void KeyDecoder::drop(std::uint64_t& count) {
    if (!dropping_) ++count;
    dropping_ = true;
    code_.clear();
    alt_code_.reset();
}

}  // namespace plus7::agent::devices
