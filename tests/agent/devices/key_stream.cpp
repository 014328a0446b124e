#include "tests/agent/devices/key_stream.hpp"

#include <linux/input.h>

#include <stdexcept>

namespace plus7::test {
namespace {

struct Stroke {
    char character;
    int key;
};
constexpr Stroke plain[] = {
    {'a', KEY_A},          {'b', KEY_B},         {'c', KEY_C},           {'d', KEY_D},     {'e', KEY_E},
    {'f', KEY_F},          {'g', KEY_G},         {'h', KEY_H},           {'i', KEY_I},     {'j', KEY_J},
    {'k', KEY_K},          {'l', KEY_L},         {'m', KEY_M},           {'n', KEY_N},     {'o', KEY_O},
    {'p', KEY_P},          {'q', KEY_Q},         {'r', KEY_R},           {'s', KEY_S},     {'t', KEY_T},
    {'u', KEY_U},          {'v', KEY_V},         {'w', KEY_W},           {'x', KEY_X},     {'y', KEY_Y},
    {'z', KEY_Z},          {'0', KEY_0},         {'1', KEY_1},           {'2', KEY_2},     {'3', KEY_3},
    {'4', KEY_4},          {'5', KEY_5},         {'6', KEY_6},           {'7', KEY_7},     {'8', KEY_8},
    {'9', KEY_9},          {' ', KEY_SPACE},     {'-', KEY_MINUS},       {'=', KEY_EQUAL}, {'[', KEY_LEFTBRACE},
    {']', KEY_RIGHTBRACE}, {';', KEY_SEMICOLON}, {'\'', KEY_APOSTROPHE}, {'`', KEY_GRAVE}, {'\\', KEY_BACKSLASH},
    {',', KEY_COMMA},      {'.', KEY_DOT},       {'/', KEY_SLASH},
};
constexpr Stroke shifted[] = {
    {'!', KEY_1},          {'@', KEY_2},     {'#', KEY_3},         {'$', KEY_4},          {'%', KEY_5},
    {'^', KEY_6},          {'&', KEY_7},     {'*', KEY_8},         {'(', KEY_9},          {')', KEY_0},
    {'_', KEY_MINUS},      {'+', KEY_EQUAL}, {'{', KEY_LEFTBRACE}, {'}', KEY_RIGHTBRACE}, {':', KEY_SEMICOLON},
    {'"', KEY_APOSTROPHE}, {'~', KEY_GRAVE}, {'|', KEY_BACKSLASH}, {'<', KEY_COMMA},      {'>', KEY_DOT},
    {'?', KEY_SLASH},
};
constexpr int keypad[] = {KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4, KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9};

template <std::size_t Size>
int key_of(const Stroke (&strokes)[Size], char character) {
    for (const auto& stroke : strokes)
        if (stroke.character == character) return stroke.key;
    return KEY_RESERVED;
}

}  // namespace

KeyStream& KeyStream::any(agent::devices::KeyEvent event) {
    event.time = now_;
    events_.push_back(event);
    return *this;
}

KeyStream& KeyStream::change(int key, int value) {
    now_ += std::chrono::milliseconds{2};
    any({{}, EV_MSC, MSC_SCAN, 0x70000 + key});
    any({{}, EV_KEY, static_cast<std::uint16_t>(key), value});
    return any({{}, EV_SYN, SYN_REPORT, 0});
}

// The kernel makes these itself: no MSC_SCAN, and a 1 in the report.
KeyStream& KeyStream::repeat(int key) {
    now_ += std::chrono::milliseconds{33};
    any({{}, EV_KEY, static_cast<std::uint16_t>(key), 2});
    return any({{}, EV_SYN, SYN_REPORT, 1});
}

KeyStream& KeyStream::type(std::string_view printable) {
    for (const char c : printable) {
        const bool capital = c >= 'A' && c <= 'Z';
        if (const int key = key_of(plain, c); key != KEY_RESERVED)
            tap(key);
        else if (const int upper = capital ? key_of(plain, static_cast<char>(c + 32)) : key_of(shifted, c); upper != 0)
            with(KEY_LEFTSHIFT, upper);
        else
            throw std::logic_error("no key types this character");
    }
    return *this;
}

KeyStream& KeyStream::alt_code(std::string_view digits) {
    press(KEY_LEFTALT);
    for (const char digit : digits) tap(keypad[digit - '0']);
    return release(KEY_LEFTALT);
}

KeyStream& KeyStream::lose() { return any({{}, EV_SYN, SYN_DROPPED, 0}); }

KeyStream& KeyStream::pause(std::chrono::microseconds time) {
    now_ += time;
    return *this;
}

}  // namespace plus7::test
