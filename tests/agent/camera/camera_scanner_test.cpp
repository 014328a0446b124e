// From pictures to scans through the process that reads them: one picture at a time, and one that ends the process
// costs no more than itself.
#include "agent/camera/camera_scanner.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "tests/agent/camera/picture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace std::chrono_literals;
using agent::camera::CameraScanner;
using Codes = std::vector<std::string>;

namespace {

constexpr int deadly = 101, endless = 102, babbling = 103, curious = 104;  // widths; frail/frail_reader.cpp

std::string picture_of(std::string_view code) {
    const auto drawn = Picture::barcode(Drawn::Kind::qr, code, 4);
    return std::string(core::text_of(Picture(320, 240, 255).with(drawn, 160, 120).message()));
}
std::string empty_picture(int width = 320) { return std::string(core::text_of(Picture(width, 240, 255).message())); }

// Processes that this one has started and that run.
std::vector<pid_t> children() {
    std::vector<pid_t> found;
    for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream list(thread.path() / "children");
        for (pid_t pid = 0; list >> pid;) found.push_back(pid);
    }
    return found;
}

struct Rig {
    explicit Rig(std::string program = PLUS7_FRAIL_READER, std::chrono::milliseconds within = 20s)
        : scanner(loop, clock, {{std::move(program)}, within}, [this](core::Bytes code) {
              const std::lock_guard wait(held);
              codes.emplace_back(core::text_of(code));
          }) {}

    bool until(const std::function<bool()>& holds) {
        const auto tick = loop.every(20ms, [] {});  // it is asked after each call
        return loop.run_until(holds, 30s);
    }

    core::Status show(const std::string& message) {
        answer.reset();
        return scanner.look(message, [this](bool read) { loop.post([this, read] { answer = read; }); });
    }
    bool reads(const std::string& message) {
        REQUIRE(show(message).ok());
        REQUIRE(until([&] { return answer.has_value(); }));
        return *answer;
    }

    runtime::Loop loop;
    core::SystemClock clock;
    std::mutex held;
    Codes codes;
    std::optional<bool> answer;
    CameraScanner scanner;  // its thread uses what is above
};

}  // namespace

TEST_CASE("pictures come in, a code goes out once; what is no picture is refused") {
    Rig rig;
    for (int i = 0; i < 3; ++i) CHECK(rig.reads(picture_of("A-10234-1")));
    const auto empty = empty_picture();
    CHECK_FALSE(rig.reads(empty));
    for (const auto& bad : {std::string(), std::string("\0\0\0\0", 4), empty + "x", empty.substr(1)})
        CHECK(rig.show(bad).error().kind == core::ErrorKind::invalid);
    CHECK(rig.scanner.frames() == 4);
    rig.scanner.stop();
    CHECK(rig.show(empty).error().kind == core::ErrorKind::unavailable);
    CHECK(rig.codes == Codes{"A-10234-1"});
}

TEST_CASE("while a picture is being read no other one is taken") {
    Rig rig;
    std::unique_lock hold(rig.held);
    REQUIRE(rig.show(picture_of("A-1")).ok());
    CHECK(rig.show(picture_of("A-2")).error().kind == core::ErrorKind::limit);
    hold.unlock();
    REQUIRE(rig.until([&] { return rig.answer.has_value(); }));
    CHECK(*rig.answer);
    CHECK(rig.reads(picture_of("A-1")));
    CHECK(rig.codes == Codes{"A-1"});
}

TEST_CASE("a picture that ends the reader costs this picture alone") {
    Rig rig(PLUS7_FRAIL_READER, 3s);
    CHECK(rig.reads(picture_of("A-1")));
    for (const int width : {deadly, endless, babbling}) {
        CAPTURE(width);
        CHECK_FALSE(rig.reads(empty_picture(width)));
        CHECK(rig.reads(picture_of("A-" + std::to_string(width))));
    }
    CHECK(rig.codes == Codes{"A-1", "A-101", "A-102", "A-103"});
    CHECK(children().size() == 1);
}

TEST_CASE("a reader that was taken away between two pictures is started again") {
    Rig rig;
    CHECK(rig.reads(picture_of("A-1")));
    REQUIRE(children().size() == 1);
    REQUIRE(::kill(children().front(), SIGKILL) == 0);
    REQUIRE(rig.until([] { return children().empty(); }));
    CHECK(rig.reads(picture_of("A-2")));
}

TEST_CASE("one that fails with every picture is not started without a pause") {
    Rig rig;
    for (int i = 0; i < agent::camera::ReaderProcess::at_once; ++i) CHECK_FALSE(rig.reads(empty_picture(deadly)));
    CHECK(rig.show(picture_of("A-1")).error().kind == core::ErrorKind::unavailable);
    REQUIRE(rig.until([&] { return rig.show(picture_of("A-1")).ok(); }));
    REQUIRE(rig.until([&] { return rig.answer.has_value(); }));
    CHECK(*rig.answer);
}

TEST_CASE("the reader is there as long as the camera is open, and opens nothing itself") {
    Rig rig;
    CHECK(children().empty());
    CHECK(rig.reads(empty_picture(curious)));
    CHECK(rig.codes == Codes{"no"});
    CHECK(children().size() == 1);
    rig.scanner.let_go();
    CHECK(children().empty());
    CHECK(rig.reads(picture_of("A-2")));
    // In the midst of a picture: its answer comes nevertheless.
    REQUIRE(rig.show(empty_picture(endless)).ok());
    rig.scanner.let_go();
    REQUIRE(rig.until([&] { return rig.answer.has_value(); }));
    CHECK_FALSE(*rig.answer);
}

TEST_CASE("a program that is not there is no camera, and no harm") {
    Rig rig("/nowhere/plus7-none");
    CHECK(rig.show(picture_of("A-1")).error().kind == core::ErrorKind::unavailable);
}
