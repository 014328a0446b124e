// What a scanner's keys are when some of them are missing: no code, rather than a wrong one.
#include <doctest/doctest.h>
#include <linux/input.h>

#include <random>

#include "tests/agent/devices/key_stream.hpp"

using namespace plus7;
using agent::devices::KeyDecoder;
using agent::devices::KeyEvent;
using test::KeyStream;
using namespace std::chrono_literals;

namespace {

using Texts = std::vector<std::string>;

Texts feed(KeyDecoder& decoder, KeyStream& stream) {
    Texts codes;
    for (const auto& event : stream.take())
        if (const auto code = decoder.feed(event)) codes.emplace_back(core::text_of(*code));
    return codes;
}

// Mostly keys of the keyboard, pressed and let go without sense; sometimes anything at all.
class Garbage {
  public:
    explicit Garbage(std::uint32_t seed) : random_(seed) {}
    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
    void add_to(KeyStream& stream) {
        if (below(200) == 0) stream.lose();
        if (below(300) == 0) stream.pause(std::chrono::milliseconds{below(1000)});
        stream.pause(std::chrono::microseconds{below(2000)});
        if (below(20) == 0)
            stream.any({{},
                        static_cast<std::uint16_t>(below(0x20)),
                        static_cast<std::uint16_t>(random_()),
                        static_cast<std::int32_t>(random_())});
        else
            stream.any({{}, EV_KEY, static_cast<std::uint16_t>(key()), below(20) == 0 ? below(5) - 2 : below(2)});
    }
    std::string code() {
        std::string text(static_cast<std::size_t>(1 + below(40)), ' ');
        for (auto& c : text) c = static_cast<char>(' ' + below(95));
        return text;
    }

  private:
    // Ends are rare, so that codes grow, and keys that spoil a code are rare in most of them.
    int key() {
        const int key = below(256);
        const bool rare = key == KEY_ENTER || key == KEY_TAB || key == KEY_KPENTER || key == KEY_LEFTALT ||
                          key == KEY_RIGHTALT || key == KEY_LEFTCTRL || key == KEY_RIGHTCTRL;
        return rare && below(8) != 0 ? KEY_A : key;
    }
    std::mt19937 random_;
};

}  // namespace

TEST_CASE("lost events drop the code that is being read up to its end, and are counted") {
    KeyDecoder decoder;
    KeyStream stream;
    stream.type("46000").lose().type("00015").lose().type("7").tap(KEY_ENTER).type("next").tap(KEY_ENTER);
    CHECK(feed(decoder, stream) == Texts{"next"});
    CHECK(decoder.dropped().lost_events == 1);
}

TEST_CASE("events that were lost between two codes may be the beginning of the second") {
    KeyDecoder decoder;
    KeyStream stream;
    stream.type("first").tap(KEY_ENTER).pause(10s).lose().type("00015").tap(KEY_ENTER).type("next").tap(KEY_ENTER);
    CHECK(feed(decoder, stream) == Texts{"first", "next"});
    CHECK(decoder.dropped().lost_events == 1);
}

TEST_CASE("a Shift that was held when events were lost is not held in the next code") {
    KeyDecoder decoder;
    KeyStream stream;
    stream.tap(KEY_CAPSLOCK).press(KEY_LEFTSHIFT).tap(KEY_A).lose().tap(KEY_ENTER).type("a1").tap(KEY_ENTER);
    CHECK(feed(decoder, stream) == Texts{"a1"});
}

TEST_CASE("when the Enter itself was lost, a pause ends what is dropped") {
    KeyDecoder decoder;
    KeyStream stream;
    stream.type("46000").lose().pause(501ms).type("next").tap(KEY_ENTER);
    CHECK(feed(decoder, stream) == Texts{"next"});
    CHECK(decoder.dropped().total() == 1);
}

TEST_CASE("a pause inside a code drops what came before, and half a second is none") {
    KeyDecoder decoder;
    KeyStream stream;
    stream.type("46000").pause(498ms).type("1").tap(KEY_ENTER);  // and 2 ms to the next key
    CHECK(feed(decoder, stream) == Texts{"460001"});
    CHECK(decoder.dropped().total() == 0);
    stream.type("46000").pause(499ms).type("2").tap(KEY_ENTER);
    CHECK(feed(decoder, stream) == Texts{"2"});
    CHECK(decoder.dropped().paused == 1);
}

TEST_CASE("a key that repeats through a pause does not hide it") {
    KeyDecoder decoder;
    KeyStream stream;
    stream.type("46").press(KEY_0);
    for (int i = 0; i < 30; ++i) stream.repeat(KEY_0);
    stream.release(KEY_0).type("4600000000015").tap(KEY_ENTER);
    CHECK(feed(decoder, stream) == Texts{"4600000000015"});
    CHECK(decoder.dropped().paused == 1);
}

TEST_CASE("a pause between codes is nothing") {
    KeyDecoder decoder;
    KeyStream stream;
    stream.type("1").tap(KEY_ENTER).pause(24h).type("2").tap(KEY_ENTER);
    CHECK(feed(decoder, stream) == Texts{"1", "2"});
    CHECK(decoder.dropped().total() == 0);
}

TEST_CASE("a code that is too long is dropped whole and counted, and the next one is fine") {
    KeyDecoder decoder;
    KeyStream stream;
    const std::string longest(KeyDecoder::max_code, 'x');
    CHECK(feed(decoder, stream.type(longest).tap(KEY_ENTER)) == Texts{longest});
    stream.type(longest + "xyz").tap(KEY_ENTER).type("next").tap(KEY_ENTER);
    CHECK(feed(decoder, stream) == Texts{"next"});
    CHECK(decoder.dropped().too_long == 1);
}

TEST_CASE("after any garbage and an Enter a clean code comes out right") {
    KeyDecoder decoder;
    KeyStream stream;
    Garbage garbage(20'260'101);
    int events = 0;
    for (int round = 0; events < 300'000; ++round) {
        for (int i = garbage.below(round % 16 == 0 ? 12'000 : 400); i > 0; --i, ++events) garbage.add_to(stream);
        stream.tap(KEY_ENTER);
        for (const auto& code : feed(decoder, stream)) REQUIRE(code.size() <= KeyDecoder::max_code);
        stream.pause(600ms);  // Caps Lock is meant to last until here
        const auto clean = garbage.code();
        REQUIRE(feed(decoder, stream.type(clean).tap(KEY_ENTER)) == Texts{clean});
        REQUIRE(decoder.dropped().total() <= static_cast<std::uint64_t>(events));
    }
    const auto& dropped = decoder.dropped();
    CHECK(dropped.lost_events > 0);
    CHECK(dropped.paused > 0);
    CHECK(dropped.unreadable > 0);
}

TEST_CASE("without Caps Lock in the garbage the clean code may follow at once") {
    KeyDecoder decoder;
    KeyStream stream;
    Garbage garbage(7);
    for (int events = 0; events < 100'000;) {
        for (int i = garbage.below(400); i > 0; --i, ++events) garbage.add_to(stream);
        auto noise = stream.take();
        std::erase_if(noise, [](const KeyEvent& event) { return event.code == KEY_CAPSLOCK; });
        for (const auto& event : noise) decoder.feed(event);
        stream.tap(KEY_ENTER);
        feed(decoder, stream);
        const auto clean = garbage.code();
        REQUIRE(feed(decoder, stream.type(clean).tap(KEY_ENTER)) == Texts{clean});
    }
}
