// From pictures to scans: a code held before the camera is one scan, and one picture is read at a time.
#include "agent/camera/camera_scanner.hpp"

#include <doctest/doctest.h>

#include <condition_variable>
#include <mutex>

#include "tests/agent/camera/picture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using agent::camera::CameraScanner;
using agent::camera::Sightings;
using agent::camera::Symbol;

namespace {

std::optional<Symbol> matrix(std::string_view code) { return Symbol{core::copy_of(core::view_of(code)), false}; }
std::optional<Symbol> bars(std::string_view code) { return Symbol{core::copy_of(core::view_of(code)), true}; }

// A picture's answer, waited for.
class Answer {
  public:
    void give(bool read) {
        const std::lock_guard guard(lock_);
        read_ = read;
        given_.notify_all();
    }
    bool wait() {
        std::unique_lock guard(lock_);
        REQUIRE(given_.wait_for(guard, 20s, [&] { return read_.has_value(); }));
        return *std::exchange(read_, std::nullopt);
    }

  private:
    std::mutex lock_;
    std::condition_variable given_;
    std::optional<bool> read_;
};

std::string picture_of(std::string_view code) {
    const auto drawn = Picture::barcode(Drawn::Kind::qr, code, 4);
    return std::string(core::text_of(Picture(320, 240, 255).with(drawn, 160, 120).message()));
}

}  // namespace

TEST_CASE("a matrix code counts at once, and once while it is held there") {
    Sightings sightings;
    CHECK(sightings.see(matrix("A"), 0ms));
    for (auto now = 100ms; now < 6000ms; now += 100ms) CHECK_FALSE(sightings.see(matrix("A"), now));
    CHECK(sightings.see(matrix("B"), 6000ms));
    CHECK_FALSE(sightings.see(matrix("A"), 6100ms));  // both lie there, the hand trembles
}

TEST_CASE("taken away and shown again it is another scan") {
    Sightings sightings;
    CHECK(sightings.see(matrix("A"), 0ms));
    CHECK_FALSE(sightings.see({}, 100ms));
    CHECK_FALSE(sightings.see(matrix("A"), 1900ms));
    CHECK_FALSE(sightings.see({}, 3000ms));
    CHECK(sightings.see(matrix("A"), 3900ms));
}

TEST_CASE("bars count when two pictures in a row say the same") {
    Sightings sightings;
    CHECK_FALSE(sightings.see(bars("46000005"), 0ms));
    CHECK_FALSE(sightings.see(bars("46000012"), 100ms));
    CHECK_FALSE(sightings.see({}, 200ms));
    CHECK_FALSE(sightings.see(bars("46000012"), 300ms));
    CHECK(sightings.see(bars("46000012"), 400ms));
    CHECK_FALSE(sightings.see(bars("46000012"), 500ms));
}

TEST_CASE("a table full of codes does not grow the memory, and each of them counts once") {
    Sightings sightings;
    auto now = 0ms;
    for (int i = 0; i < 40; ++i) CHECK(sightings.see(matrix("A-" + std::to_string(i)), now += 1ms));
    CHECK_FALSE(sightings.see(matrix("A-39"), now));
    CHECK(sightings.see(matrix("A-0"), now));  // forgotten: the fact is stated again, which the scanning rules bear
}

TEST_CASE("pictures come in, a code goes out once; what is no picture is refused") {
    core::SystemClock clock;
    std::mutex lock;
    std::vector<std::string> codes;
    CameraScanner scanner(clock, [&](core::Bytes code) {
        const std::lock_guard guard(lock);
        codes.emplace_back(core::text_of(code));
    });
    Answer answer;
    const auto look = [&](const std::string& message) {
        return scanner.look(message, [&](bool read) { answer.give(read); });
    };
    const auto empty = std::string(core::text_of(Picture(320, 240, 255).message()));
    for (int i = 0; i < 3; ++i) {
        REQUIRE(look(picture_of("A-10234-1")).ok());
        CHECK(answer.wait());
    }
    REQUIRE(look(empty).ok());
    CHECK_FALSE(answer.wait());
    for (const auto& bad : {std::string(), std::string("\0\0\0\0", 4), empty + "x", empty.substr(1)})
        CHECK(look(bad).error().kind == core::ErrorKind::invalid);
    CHECK(scanner.frames() == 4);
    scanner.stop();
    CHECK(look(empty).error().kind == core::ErrorKind::unavailable);
    CHECK(codes == std::vector<std::string>{"A-10234-1"});
}

TEST_CASE("while a picture is being read no other one is taken") {
    core::SystemClock clock;
    std::mutex held;
    Answer answer, entered;
    CameraScanner scanner(clock, [&](core::Bytes) {
        entered.give(true);
        const std::lock_guard wait(held);
    });
    std::unique_lock hold(held);
    REQUIRE(scanner.look(picture_of("A-1"), [&](bool read) { answer.give(read); }).ok());
    CHECK(entered.wait());
    CHECK(scanner.look(picture_of("A-2"), [](bool) { FAIL("not taken"); }).error().kind == core::ErrorKind::limit);
    hold.unlock();
    CHECK(answer.wait());
    REQUIRE(scanner.look(picture_of("A-1"), [&](bool read) { answer.give(read); }).ok());
    CHECK(answer.wait());
}
