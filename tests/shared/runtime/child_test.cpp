#include "shared/runtime/child.hpp"

#include <doctest/doctest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/eventually.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::runtime;
using namespace std::chrono_literals;

namespace {

struct Outcome {
    std::vector<std::string> out, err;
    std::optional<ChildExit> exit;
};

// Runs one child to its end; `act` may signal it once it has written a line.
Outcome run(std::vector<std::string> argv, std::function<void(Child&)> act = {}) {
    Loop loop;
    Outcome seen;
    std::optional<Child> child;
    ChildOptions options;
    options.argv = std::move(argv);
    options.environment = {{"PLUS7_WORD", "from parent"}};
    options.directory = "/";
    options.on_stdout_line = [&](const std::string& line) {
        seen.out.push_back(line);
        if (act && seen.out.size() == 1) act(*child);
    };
    options.on_stderr_line = [&](const std::string& line) { seen.err.push_back(line); };
    auto started = Child::start(loop, options, [&](ChildExit exit) {
        seen.exit = exit;
        loop.stop();
    });
    REQUIRE(started);
    child = std::move(*started);
    const auto deadline = loop.after(20s, [&] { loop.stop(); });
    loop.run();
    return seen;
}

// Gone, or a zombie that nobody has collected yet.
bool has_ended(pid_t pid) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string id, name, state;
    return !(stat >> id >> name >> state) || state == "Z";
}

}  // namespace

TEST_CASE("lines of both outputs and the exit code arrive, the last line even without a line end") {
    const auto seen = run({"sh", "-c", "echo one; echo \"$PLUS7_WORD\"; pwd; echo oops >&2; printf tail; exit 3"});
    CHECK(seen.out == std::vector<std::string>{"one", "from parent", "/", "tail"});
    CHECK(seen.err == std::vector<std::string>{"oops"});
    REQUIRE(seen.exit);
    CHECK(seen.exit->code == 3);
    CHECK(!seen.exit->signal);
}

TEST_CASE("a program that is not there is refused with its name") {
    Loop loop;
    ChildOptions options;
    options.argv = {"/nowhere/plus7-none"};
    const auto started = Child::start(loop, options, {});
    REQUIRE(!started);
    CHECK(started.error().kind == core::ErrorKind::unavailable);
    CHECK(started.error().message.find("/nowhere/plus7-none") != std::string::npos);
}

TEST_CASE("terminate ends a willing child by SIGTERM") {
    const auto seen = run({"sh", "-c", "echo up; exec sleep 60"}, [](Child& child) { child.terminate(10s); });
    REQUIRE(seen.exit);
    CHECK(seen.exit->signal == SIGTERM);
}

TEST_CASE("a child that ignores SIGTERM is killed with its whole group after the grace") {
    pid_t grandchild = 0;
    const auto seen = run({"sh", "-c", "trap '' TERM; sleep 60 & echo $!; while :; do wait; done"},
                          [](Child& child) { child.terminate(50ms); });
    REQUIRE(seen.exit);
    CHECK(seen.exit->signal == SIGKILL);
    grandchild = std::stoi(seen.out.at(0));
    CHECK(test::eventually([&] { return has_ended(grandchild); }));
}

TEST_CASE("destroying a running child ends it without a callback") {
    Loop loop;
    pid_t pid = 0;
    bool told = false;
    {
        ChildOptions options;
        options.argv = {"sleep", "60"};
        auto child = Child::start(loop, options, [&](ChildExit) { told = true; });
        REQUIRE(child);
        CHECK(child->running());
        pid = child->pid();
    }
    CHECK(has_ended(pid));
    CHECK(!told);
}

TEST_CASE("very long lines arrive in pieces and nothing is lost") {
    const auto seen = run({"sh", "-c", "head -c 100000 /dev/zero | tr '\\0' x"});
    std::size_t total = 0;
    for (const auto& line : seen.out) {
        CHECK(line.size() <= 16384);
        total += line.size();
    }
    CHECK(total == 100000);
}

TEST_CASE("a child does not outlive a parent that is killed") {
    test::TempDir dir;
    const auto file = dir.file("pid");
    const pid_t parent = ::fork();
    if (parent == 0) {
        Loop loop;
        ChildOptions options;
        options.argv = {"sleep", "60"};
        auto child = Child::start(loop, options, {});
        if (child) std::ofstream(file + ".part") << child->pid();
        ::rename((file + ".part").c_str(), file.c_str());
        ::pause();
        ::_exit(0);
    }
    pid_t pid = 0;
    CHECK(test::eventually([&] { return static_cast<bool>(std::ifstream(file) >> pid); }));
    ::kill(parent, SIGKILL);
    REQUIRE(::waitpid(parent, nullptr, 0) == parent);
    REQUIRE(pid > 0);
    CHECK(test::eventually([&] { return has_ended(pid); }));
}

// The end of the second is told in the same round; its descriptor's number is the third one's then.
TEST_CASE("a child that takes the place of one that has just ended is not taken for ended itself") {
    Loop loop;
    const auto start = [&](std::vector<std::string> argv, std::function<void()> on_exit) {
        ChildOptions options;
        options.argv = std::move(argv);
        return Child::start(loop, std::move(options), [on_exit](ChildExit) { on_exit(); }).value();
    };
    std::optional<Child> first, second, third;
    const auto replace = [&](std::optional<Child>& other) {
        other.reset();
        if (!third) third = start({"sleep", "3"}, [] {});
    };
    first = start({"sleep", "60"}, [&] { replace(second); });
    second = start({"sleep", "60"}, [&] { replace(first); });
    for (const auto* child : {&*first, &*second}) {
        REQUIRE(::kill(child->pid(), SIGKILL) == 0);
        siginfo_t info{};
        REQUIRE(::waitid(P_PID, static_cast<id_t>(child->pid()), &info, WEXITED | WNOWAIT) == 0);  // it has ended
    }
    REQUIRE(loop.run_until([&] { return third.has_value(); }, 20s));
    loop.run_until([] { return false; }, 200ms);
    CHECK(third->running());
}
