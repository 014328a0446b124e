#include "tests/agent/devices/uinput_keyboard.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <linux/uinput.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <thread>

namespace plus7::test {
namespace {

constexpr const char* uinput = "/dev/uinput";

// The kernel names the device at once; its file may come a moment later.
std::string event_device(int fd) {
    std::array<char, 64> name{};
    if (::ioctl(fd, UI_GET_SYSNAME(name.size()), name.data()) < 0) return {};
    const auto folder = std::filesystem::path("/sys/devices/virtual/input") / name.data();
    for (int tries = 0; tries < 100; ++tries) {
        std::error_code none;
        for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
            const auto file = entry.path().filename().string();
            const auto device = "/dev/input/" + file;
            if (file.rfind("event", 0) == 0 && ::access(device.c_str(), R_OK) == 0) return device;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return {};
}

}  // namespace

bool UinputKeyboard::possible() { return ::access(uinput, W_OK) == 0; }

UinputKeyboard::UinputKeyboard() : fd_(::open(uinput, O_WRONLY | O_NONBLOCK | O_CLOEXEC)) {
    REQUIRE(fd_ >= 0);
    REQUIRE(::ioctl(fd_, UI_SET_EVBIT, EV_KEY) == 0);
    REQUIRE(::ioctl(fd_, UI_SET_EVBIT, EV_MSC) == 0);
    REQUIRE(::ioctl(fd_, UI_SET_MSCBIT, MSC_SCAN) == 0);
    for (int key = KEY_ESC; key < KEY_MICMUTE; ++key) REQUIRE(::ioctl(fd_, UI_SET_KEYBIT, key) == 0);
    uinput_setup setup{};
    setup.id.bustype = BUS_VIRTUAL;
    std::strncpy(setup.name, "plus7 test scanner", sizeof setup.name - 1);
    REQUIRE(::ioctl(fd_, UI_DEV_SETUP, &setup) == 0);
    REQUIRE(::ioctl(fd_, UI_DEV_CREATE) == 0);
    device_ = event_device(fd_);
}

UinputKeyboard::~UinputKeyboard() { unplug(); }

void UinputKeyboard::send(const std::vector<agent::devices::KeyEvent>& events) const {
    for (const auto& event : events) {
        input_event out{};
        out.type = event.type;
        out.code = event.code;
        out.value = event.value;
        REQUIRE(::write(fd_, &out, sizeof out) == static_cast<ssize_t>(sizeof out));
    }
}

void UinputKeyboard::unplug() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

}  // namespace plus7::test
