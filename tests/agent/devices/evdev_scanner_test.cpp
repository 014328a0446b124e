#include "agent/devices/evdev_scanner.hpp"

#include <doctest/doctest.h>
#include <linux/input.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "shared/runtime/log.hpp"
#include "tests/agent/devices/key_stream.hpp"
#include "tests/agent/devices/uinput_keyboard.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using agent::devices::EvdevScanner;
using namespace std::chrono_literals;

namespace {

constexpr auto limit = 20s;

// A scanner with what it said and read.
struct Bench {
    runtime::Loop loop;
    std::vector<std::string> lines;
    std::vector<std::string> codes;
    std::unique_ptr<EvdevScanner> scanner;

    explicit Bench(const std::string& device) {
        runtime::configure_log({.repeat_window = 0ms});
        runtime::set_log_sink([this](runtime::LogLevel, const std::string& line) { lines.push_back(line); });
        scanner = std::make_unique<EvdevScanner>(loop, agent::devices::EvdevOptions{device, 20ms},
                                                 [this](auto code) { codes.emplace_back(core::text_of(code)); });
        scanner->start();
    }
    ~Bench() {
        scanner.reset();
        runtime::set_log_sink({});
        runtime::configure_log({});
    }
    bool says(std::string_view words) {
        return loop.run_until(
            [&] {
                for (const auto& line : lines)
                    if (line.find(words) != std::string::npos) return true;
                return false;
            },
            limit);
    }
    void wait(std::chrono::milliseconds time) {
        CHECK_FALSE(loop.run_until([] { return false; }, time));
        CHECK(loop.failed_handlers() == 0);
    }
    // One by one, so that the device's buffer, which is small, is read in between.
    void send(const test::UinputKeyboard& keyboard, test::KeyStream& stream) {
        for (const auto& event : stream.take()) {
            keyboard.send({event});
            if (event.type == EV_SYN) wait(2ms);
        }
    }
};

}  // namespace

TEST_CASE("a device that is not there is asked for again and again, and told ever more rarely") {
    const test::TempDir folder;
    Bench bench(folder.file("event7"));
    CHECK(bench.says("No such file"));
    bench.wait(500ms);  // at most 26 tries
    CHECK_FALSE(bench.scanner->connected());
    CHECK(bench.lines.size() <= 5);
}

TEST_CASE("a file that appears there and is no input device is told and is no scanner") {
    const test::TempDir folder;
    Bench bench(folder.file("event7"));
    CHECK(bench.says("No such file"));
    std::ofstream(folder.file("event7")) << "4600000000015\n";
    CHECK(bench.says("not an input device"));
    bench.wait(100ms);
    CHECK_FALSE(bench.scanner->connected());
    std::filesystem::remove(folder.file("event7"));
    bench.lines.clear();
    CHECK(bench.says("No such file"));
    CHECK(bench.codes.empty());
}

TEST_CASE("folders, pipes and other devices are no scanners, and none of them blocks") {
    const test::TempDir folder;
    REQUIRE(::mkfifo(folder.file("pipe").c_str(), 0600) == 0);
    for (const auto& path : {folder.path().string(), folder.file("pipe"), std::string("/dev/null"),
                             std::string("/dev/ptmx"), std::string("/dev/zero")}) {
        Bench bench(path);
        CHECK(bench.says("not an input device"));
        CHECK_FALSE(bench.scanner->connected());
    }
}

TEST_CASE("a keyboard of the kernel gives its codes, is grabbed, and is opened again when it comes back") {
    if (!test::UinputKeyboard::possible()) {
        MESSAGE("skipped: /dev/uinput cannot be written here");
        return;
    }
    auto keyboard = std::make_unique<test::UinputKeyboard>();
    if (keyboard->device().empty()) {
        MESSAGE("skipped: the kernel's keyboard cannot be read here");
        return;
    }
    const test::TempDir folder;
    const auto link = folder.file("scanner");  // as udev's names are links
    std::filesystem::create_symlink(keyboard->device(), link);
    Bench bench(link);
    REQUIRE(bench.says("scanner is ready"));
    CHECK(bench.scanner->connected());

    test::KeyStream stream;
    bench.send(*keyboard, stream.type("Ab-4600").alt_code("029").type("15").tap(KEY_ENTER));
    REQUIRE(bench.loop.run_until([&] { return bench.codes.size() == 1; }, limit));
    CHECK(bench.codes[0] ==
          "Ab-4600\x1d"
          "15");
    {
        Bench second(link);
        CHECK(second.says("busy"));
    }

    bench.send(*keyboard, stream.type("46"));
    keyboard->unplug();
    REQUIRE(bench.loop.run_until([&] { return !bench.scanner->connected(); }, limit));
    keyboard = std::make_unique<test::UinputKeyboard>();
    std::filesystem::remove(link);
    std::filesystem::create_symlink(keyboard->device(), link);
    REQUIRE(bench.loop.run_until([&] { return bench.scanner->connected(); }, limit));
    bench.send(*keyboard, stream.type("4600000000015").tap(KEY_ENTER));
    REQUIRE(bench.loop.run_until([&] { return bench.codes.size() == 2; }, limit));
    CHECK(bench.codes[1] == "4600000000015");
}
