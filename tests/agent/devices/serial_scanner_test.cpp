#include "agent/devices/serial_scanner.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

using namespace plus7;
using agent::devices::CodeSplitter;

namespace {

std::vector<std::string> texts(const std::vector<core::Bytes>& codes) {
    std::vector<std::string> result;
    for (const auto& code : codes) result.emplace_back(core::text_of(code));
    return result;
}
std::vector<std::string> feed(CodeSplitter& splitter, std::string_view bytes) {
    return texts(splitter.feed(core::view_of(bytes)));
}

// A pseudo terminal: what is written to `master` arrives at the device named `name`.
struct Pty {
    int master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    std::string name;
    Pty() {
        REQUIRE(::grantpt(master) == 0);
        REQUIRE(::unlockpt(master) == 0);
        name = ::ptsname(master);
    }
    ~Pty() { unplug(); }
    void unplug() {
        if (master >= 0) ::close(master);
        master = -1;
    }
    void type(std::string_view text) const {
        REQUIRE(::write(master, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }
};

}  // namespace

TEST_CASE("codes end with CR, LF or TAB, and empty ones are nothing") {
    CodeSplitter splitter;
    CHECK(feed(splitter, "4600000000015\r\n\n\tABC\t") == std::vector<std::string>{"4600000000015", "ABC"});
}

TEST_CASE("a code may come in pieces") {
    CodeSplitter splitter;
    CHECK(feed(splitter, "46000").empty());
    CHECK(feed(splitter, "00000015").empty());
    CHECK(feed(splitter, "\r") == std::vector<std::string>{"4600000000015"});
}

TEST_CASE("bytes of any value belong to a code: GS1 separators, zeros, Cyrillic") {
    CodeSplitter splitter;
    const std::string code(
        "\x1d"
        "01\0\xd0\xb6",
        6);
    CHECK(feed(splitter, code + "\n") == std::vector<std::string>{code});
}

TEST_CASE("a code that is too long is dropped whole and counted, and the next one is fine") {
    CodeSplitter splitter;
    CHECK(feed(splitter, std::string(CodeSplitter::max_code, 'x') + "\n").size() == 1);
    CHECK(feed(splitter, std::string(CodeSplitter::max_code + 1, 'x') + "\nnext\n") ==
          std::vector<std::string>{"next"});
    CHECK(splitter.dropped() == 1);
}

TEST_CASE("a scanner on a serial line gives its codes, and notices when it is unplugged") {
    runtime::Loop loop;
    {
        auto pty = std::make_unique<Pty>();
        std::vector<core::Bytes> codes;
        agent::devices::SerialOptions options;
        options.device = pty->name;
        options.retry = std::chrono::milliseconds{20};
        agent::devices::SerialScanner scanner(loop, options,
                                              [&](core::Bytes code) { codes.push_back(std::move(code)); });
        scanner.start();
        REQUIRE(scanner.connected());
        pty->type("4600000000015\r");
        REQUIRE(loop.run_until([&] { return codes.size() == 1; }, std::chrono::seconds{20}));
        CHECK(core::text_of(codes[0]) == "4600000000015");
        pty->unplug();
        REQUIRE(loop.run_until([&] { return !scanner.connected(); }, std::chrono::seconds{20}));
    }
}
