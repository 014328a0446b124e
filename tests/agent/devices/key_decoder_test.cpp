#include "agent/devices/key_decoder.hpp"

#include <doctest/doctest.h>
#include <linux/input.h>

#include "tests/agent/devices/key_stream.hpp"

using namespace plus7;
using agent::devices::KeyDecoder;
using agent::devices::KeyEvent;
using test::KeyStream;
using namespace std::chrono_literals;

namespace {

using Texts = std::vector<std::string>;

Texts feed(KeyDecoder& decoder, const std::vector<KeyEvent>& events) {
    Texts codes;
    for (const auto& event : events)
        if (const auto code = decoder.feed(event)) codes.emplace_back(core::text_of(*code));
    return codes;
}
Texts feed(KeyDecoder& decoder, KeyStream& stream) { return feed(decoder, stream.take()); }
Texts codes_of(KeyStream& stream) {
    KeyDecoder decoder;
    const auto codes = feed(decoder, stream);
    CHECK(decoder.dropped().total() == 0);
    return codes;
}

}  // namespace

TEST_CASE("the events of a scanner, one by one, are a code when Enter is pressed and not before") {
    const std::vector<KeyEvent> events{
        {1000us, EV_MSC, MSC_SCAN, 0x700e1}, {1000us, EV_KEY, KEY_LEFTSHIFT, 1}, {1000us, EV_SYN, SYN_REPORT, 0},
        {3000us, EV_MSC, MSC_SCAN, 0x70004}, {3000us, EV_KEY, KEY_A, 1},         {3000us, EV_SYN, SYN_REPORT, 0},
        {5000us, EV_MSC, MSC_SCAN, 0x70004}, {5000us, EV_KEY, KEY_A, 0},         {5000us, EV_MSC, MSC_SCAN, 0x700e1},
        {5000us, EV_KEY, KEY_LEFTSHIFT, 0},  {5000us, EV_SYN, SYN_REPORT, 0},    {7000us, EV_MSC, MSC_SCAN, 0x70021},
        {7000us, EV_KEY, KEY_4, 1},          {7000us, EV_SYN, SYN_REPORT, 0},    {9000us, EV_KEY, KEY_4, 0},
        {9000us, EV_SYN, SYN_REPORT, 0}};
    KeyDecoder decoder;
    CHECK(feed(decoder, events).empty());
    CHECK(feed(decoder, {{11'000us, EV_KEY, KEY_ENTER, 1}}) == Texts{"A4"});
    CHECK(feed(decoder, {{13'000us, EV_KEY, KEY_ENTER, 0}}).empty());
}

TEST_CASE("Enter, the keypad's Enter and Tab end a code, and empty ones are nothing") {
    KeyStream stream;
    stream.type("4600000000015").tap(KEY_ENTER).tap(KEY_ENTER);
    stream.type("two").tap(KEY_KPENTER).type("three").tap(KEY_TAB);
    CHECK(codes_of(stream) == Texts{"4600000000015", "two", "three"});
}

TEST_CASE("every printable character of ASCII comes out as it was typed") {
    std::string all;
    for (char c = ' '; c <= '~'; ++c) all.push_back(c);
    KeyStream stream;
    stream.type(all).tap(KEY_ENTER);
    CHECK(codes_of(stream) == Texts{all});
}

TEST_CASE("either Shift counts, and one is enough while both are held") {
    KeyStream stream;
    stream.with(KEY_RIGHTSHIFT, KEY_A).press(KEY_LEFTSHIFT).press(KEY_RIGHTSHIFT).tap(KEY_B);
    stream.release(KEY_LEFTSHIFT).tap(KEY_C).release(KEY_RIGHTSHIFT).tap(KEY_D).tap(KEY_ENTER);
    CHECK(codes_of(stream) == Texts{"ABCd"});
}

TEST_CASE("Caps Lock turns letters over and nothing else, across the end of a code") {
    KeyStream stream;
    stream.tap(KEY_CAPSLOCK).type("abC-1!").tap(KEY_TAB).type("d").tap(KEY_CAPSLOCK).type("e").tap(KEY_ENTER);
    CHECK(codes_of(stream) == Texts{"ABc-1!", "De"});
}

TEST_CASE("Caps Lock is off again after a pause between codes") {
    KeyStream stream;
    stream.tap(KEY_CAPSLOCK).type("a").tap(KEY_ENTER).pause(1s).type("a").tap(KEY_ENTER);
    CHECK(codes_of(stream) == Texts{"A", "a"});
}

TEST_CASE("the keypad types its digits and signs, with Num Lock or without") {
    KeyStream stream;
    for (const int key : {KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3, KEY_KP4, KEY_KP5, KEY_KP6, KEY_KP7, KEY_KP8, KEY_KP9,
                          KEY_KPDOT, KEY_KPPLUS, KEY_KPMINUS, KEY_KPASTERISK, KEY_KPSLASH, KEY_KPEQUAL, KEY_KPCOMMA})
        stream.tap(key);
    stream.tap(KEY_ENTER).tap(KEY_NUMLOCK).tap(KEY_KP7).tap(KEY_NUMLOCK).tap(KEY_ENTER);
    CHECK(codes_of(stream) == Texts{"0123456789.+-*/=,", "7"});
}

TEST_CASE("GS1 separators come as Ctrl+] and as Alt+029 alike") {
    KeyStream stream;
    stream.with(KEY_LEFTCTRL, KEY_RIGHTBRACE).type("01046").with(KEY_RIGHTCTRL, KEY_RIGHTBRACE).type("21x");
    stream.tap(KEY_ENTER).alt_code("029").type("01046").alt_code("29").type("21x").tap(KEY_ENTER);
    const std::string code =
        "\x1d"
        "01046"
        "\x1d"
        "21x";
    CHECK(codes_of(stream) == Texts{code, code});
}

TEST_CASE("Ctrl makes every control character that does not end a code") {
    KeyStream stream;
    std::string expected;
    const auto control = [&](int key, char byte) {
        stream.with(KEY_LEFTCTRL, key);
        expected.push_back(byte);
    };
    control(KEY_2, 0x00), control(KEY_A, 0x01), control(KEY_D, 0x04), control(KEY_H, 0x08), control(KEY_Z, 0x1a);
    control(KEY_LEFTBRACE, 0x1b), control(KEY_BACKSLASH, 0x1c), control(KEY_RIGHTBRACE, 0x1d);
    control(KEY_6, 0x1e), control(KEY_MINUS, 0x1f);
    stream.press(KEY_LEFTSHIFT);
    control(KEY_6, 0x1e), control(KEY_D, 0x04);
    stream.release(KEY_LEFTSHIFT).tap(KEY_ESC).tap(KEY_BACKSPACE).tap(KEY_DELETE).tap(KEY_ENTER);
    CHECK(codes_of(stream) == Texts{expected + "\x1b\b\x7f"});
}

TEST_CASE("CR, LF and TAB end a code however they are typed, as on a serial line") {
    KeyStream stream;
    stream.type("1").with(KEY_LEFTCTRL, KEY_M).with(KEY_LEFTCTRL, KEY_J).type("2").with(KEY_LEFTCTRL, KEY_I);
    stream.type("3").alt_code("013").alt_code("010").type("4").tap(KEY_ENTER);
    CHECK(codes_of(stream) == Texts{"1", "2", "3", "4"});
}

TEST_CASE("Alt codes are bytes: zero, letters, UTF-8 of Cyrillic") {
    KeyStream stream;
    stream.alt_code("000").alt_code("065").alt_code("97").alt_code("0208").alt_code("0182").tap(KEY_ENTER);
    CHECK(codes_of(stream) == Texts{std::string("\0Aa\xd0\xb6", 5)});
}

TEST_CASE("an Alt code that is no byte, and Alt or Ctrl with another key, drop the code and not the next one") {
    KeyDecoder decoder;
    KeyStream stream;
    stream.type("a").alt_code("256").type("b").tap(KEY_ENTER);
    stream.type("a").alt_code("25613").type("b").alt_code("013");
    stream.type("a").with(KEY_RIGHTALT, KEY_E).type("b").tap(KEY_ENTER);
    stream.type("a").with(KEY_LEFTCTRL, KEY_1).type("b").tap(KEY_ENTER);
    stream.type("a").press(KEY_LEFTALT).tap(KEY_KP6).tap(KEY_ENTER).release(KEY_LEFTALT);
    stream.type("good").tap(KEY_ENTER);
    CHECK(feed(decoder, stream) == Texts{"good"});
    CHECK(decoder.dropped().unreadable == 5);
}

TEST_CASE("keys that type nothing are skipped, as are repeats of the kernel") {
    KeyStream stream;
    stream.tap(KEY_F8).tap(KEY_LEFTMETA).press(KEY_A).repeat(KEY_A).repeat(KEY_A).release(KEY_A).tap(KEY_LEFT);
    stream.tap(KEY_VOLUMEUP).tap(BTN_LEFT).press(KEY_ENTER).repeat(KEY_ENTER).release(KEY_ENTER);
    CHECK(codes_of(stream) == Texts{"a"});
}

TEST_CASE("a Shift that was let go unseen does not outlive its code") {
    KeyStream stream;
    stream.press(KEY_LEFTSHIFT).tap(KEY_A).tap(KEY_ENTER).type("a1").tap(KEY_ENTER);
    CHECK(codes_of(stream) == Texts{"A", "a1"});
}

TEST_CASE("a device that is opened anew begins anew") {
    KeyDecoder decoder;
    KeyStream stream;
    CHECK(feed(decoder, stream.tap(KEY_CAPSLOCK).press(KEY_LEFTSHIFT).type("460")).empty());
    decoder.reset();
    CHECK(feed(decoder, stream.type("a1").tap(KEY_ENTER)) == Texts{"a1"});
    CHECK(decoder.dropped().paused == 1);
}
