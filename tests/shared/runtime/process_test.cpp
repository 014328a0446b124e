// Stop order, lock file, systemd notices.
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "shared/runtime/lock_file.hpp"
#include "shared/runtime/sd_notify.hpp"
#include "shared/runtime/stop.hpp"
#include "shared/runtime/version.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::runtime;
using plus7::test::TempDir;

TEST_CASE("parts stop in the opposite order, once, and one that fails does not keep the others running") {
    StopOrder order;
    std::vector<std::string> seen;
    const auto token = order.token();
    order.add("database", [&] { seen.push_back("database"); });
    order.add("sync", [&] { throw std::runtime_error("planted"); });
    order.add("http", [&] { seen.push_back(token.stop_requested() ? "http" : "token not set"); });
    CHECK(!token.stop_requested());
    order.run();
    order.run();
    CHECK(seen == std::vector<std::string>{"http", "database"});
}

TEST_CASE("a second holder of a lock file learns the first one's pid, and the lock ends with its owner") {
    TempDir dir;
    const auto path = dir.file("agent.lock");
    {
        auto first = LockFile::acquire(path);
        REQUIRE(first);
        const auto second = LockFile::acquire(path);
        REQUIRE(!second);
        CHECK(second.error().kind == core::ErrorKind::conflict);
        CHECK(second.error().message.find("pid " + std::to_string(::getpid())) != std::string::npos);
    }
    CHECK(LockFile::acquire(path).ok());
}

TEST_CASE("a lock whose owner was killed is free, and a folder that is not there is told") {
    TempDir dir;
    const auto path = dir.file("agent.lock");
    const pid_t pid = ::fork();
    if (pid == 0) {
        const auto held = LockFile::acquire(path);
        ::_exit(held ? 0 : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(pid, &status, 0) == pid);
    CHECK(status == 0);
    CHECK(LockFile::acquire(path).ok());
    const auto nowhere = LockFile::acquire(dir.file("none/agent.lock"));
    REQUIRE(!nowhere);
    CHECK(nowhere.error().kind == core::ErrorKind::unavailable);
}

TEST_CASE("systemd is told what it wants to know, and nothing happens without it") {
    notify_ready();
    CHECK(!watchdog_period());

    TempDir dir;
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto path = dir.file("notify");
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    ::setenv("WATCHDOG_USEC", "30000000", 1);
    const auto received = [fd] {
        std::array<char, 256> buffer{};
        const auto size = ::recv(fd, buffer.data(), buffer.size(), MSG_DONTWAIT);
        return std::string(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    };
    notify_ready();
    CHECK(received() == "READY=1");
    notify_status("3 facts\nREADY=0");
    CHECK(received() == "STATUS=3 facts READY=0");
    notify_alive();
    CHECK(received() == "WATCHDOG=1");
    notify_stopping();
    CHECK(received() == "STOPPING=1");
    CHECK(watchdog_period() == std::chrono::seconds{30});
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
    ::close(fd);
}

TEST_CASE("the version is three numbers") { CHECK(std::count(version.begin(), version.end(), '.') == 2); }
