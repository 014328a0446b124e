// Who may not talk to the control socket, and what may not be said to it.
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "shared/core/random.hpp"
#include "tests/agent/handheld/enrolled_agent.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

// Sends the bytes, closes its half and reads to the end.
std::string talk(const std::filesystem::path& socket, std::string_view bytes) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, socket.c_str(), socket.native().size());
    REQUIRE(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    while (!bytes.empty()) {
        const auto sent = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) break;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    ::shutdown(fd, SHUT_WR);
    std::string answer;
    char buffer[4096];
    for (ssize_t got = 0; (got = ::recv(fd, buffer, sizeof buffer, 0)) > 0;)
        answer.append(buffer, static_cast<std::size_t>(got));
    ::close(fd);
    return answer;
}

}  // namespace

TEST_CASE("garbage on the control socket does no harm") {
    EnrolledAgent agent;
    agent.start();
    for (int i = 0; i < 50; ++i) {
        const auto noise = core::random_bytes(1 + core::random_below(5000));
        talk(agent.socket(), core::text_of(noise));
    }
    for (const std::string& half : {std::string("POST /scan HTTP/1.1\r\n"), std::string("GET /status"), std::string(),
                                    "GET /" + std::string(40'000, 'a') + " HTTP/1.1\r\n\r\n"})
        talk(agent.socket(), half);
    const std::string head = "POST /scan HTTP/1.0\r\nHost: localhost\r\n";
    CHECK(talk(agent.socket(), head + "Content-Length: 8\r\n\r\n{\"code\":").starts_with("HTTP/1.1 422"));
    CHECK(talk(agent.socket(), head + "Content-Length: 99999999\r\n\r\n").starts_with("HTTP/1.1 413"));
    CHECK(talk(agent.socket(), "GET /../../etc/passwd HTTP/1.0\r\nHost: localhost\r\n\r\n").find(" 400 ") !=
          std::string::npos);
    CHECK(agent.run({"scan", "A-1"}).code == 0);
    const auto kept = agent.exported();
    CHECK_MESSAGE(kept.whole, kept.problem);
    CHECK(kept.facts.size() == 2);
}

TEST_CASE("another user is refused, by the file's mode and by the peer's id") {
    if (::geteuid() != 0) return;  // only root can become somebody else
    EnrolledAgent agent;
    agent.start();
    namespace fs = std::filesystem;
    // A copy of the program where anybody can start it.
    const auto program = agent.file("program");
    fs::copy_file(PLUS7_AGENT, program);
    fs::permissions(agent.dir().path(), fs::perms::others_exec | fs::perms::group_exec, fs::perm_options::add);
    fs::permissions(program, fs::perms::others_exec | fs::perms::others_read, fs::perm_options::add);
    const std::vector<std::string> stranger{"setpriv",      "--reuid=65534", "--regid=65534",       "--clear-groups",
                                            program,        "--data-dir",    agent.data().string(), "scan",
                                            "4600000000015"};
    fs::permissions(agent.data(), fs::perms::owner_all);
    Process by_mode(stranger, english);
    CHECK(by_mode.wait() == 1);
    CHECK(by_mode.output().find("only root and the agent's own user") != std::string::npos);
    fs::permissions(agent.data(), fs::perms::others_exec, fs::perm_options::add);
    fs::permissions(agent.socket(), fs::perms::all);
    Process by_id(stranger, english);
    CHECK(by_id.wait() == 1);
    CHECK(by_id.output().find("the agent's own user and root only") != std::string::npos);
    CHECK(agent.exported().facts.size() == 1);
}
