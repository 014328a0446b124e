#include "tests/proxy/proxy.hpp"

#include <doctest/doctest.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <future>

#include "shared/http/client.hpp"
#include "shared/http/server.hpp"
#include "shared/runtime/workers.hpp"
#include "tests/proxy/control.hpp"
#include "tests/support/eventually.hpp"

using namespace plus7;
using namespace plus7::test;
using Tcp = boost::asio::ip::tcp;
using Error = boost::system::error_code;
using std::chrono::milliseconds;

namespace {

Tcp::endpoint at(std::uint16_t port) { return {boost::asio::ip::address_v4::loopback(), port}; }

// A server that sends back what it gets, each connection in its own thread.
class Echo {
  public:
    Echo() : thread_([this] { serve(); }) {}
    ~Echo() {
        Error ignored;
        Tcp::socket bell(io_);
        stopping_ = true;
        bell.connect(at(port()), ignored);
        bell.close(ignored);
        thread_.join();
        for (auto& one : serving_) one.wait();
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  private:
    void serve() {
        while (!stopping_) {
            auto socket = std::make_shared<Tcp::socket>(acceptor_.accept());
            serving_.push_back(std::async(std::launch::async, [socket] {
                char bytes[4096];
                Error failed;
                while (!failed) {
                    const auto size = socket->read_some(boost::asio::buffer(bytes), failed);
                    if (size > 0) boost::asio::write(*socket, boost::asio::buffer(bytes, size), failed);
                }
                socket->close(failed);
            }));
        }
    }
    boost::asio::io_context io_;
    Tcp::acceptor acceptor_{io_, at(0)};
    std::atomic<bool> stopping_ = false;
    std::vector<std::future<void>> serving_;
    std::thread thread_;
};

// A proxy before an echo server, on a loop in its own thread.
struct Bench {
    Echo echo;
    runtime::Loop loop;
    std::unique_ptr<Proxy> proxy = std::make_unique<Proxy>(loop, "127.0.0.1", echo.port());
    std::uint16_t port = proxy->listen().value();
    std::thread thread{[this] { loop.run(); }};

    ~Bench() {
        do_on_loop([&] { proxy.reset(); });
        loop.stop();
        thread.join();
    }
    void do_on_loop(const std::function<void()>& what) {
        std::promise<void> done;
        loop.post([&] {
            what();
            done.set_value();
        });
        done.get_future().get();
    }
};

struct Caller {
    boost::asio::io_context io;
    Tcp::socket socket{io};

    explicit Caller(std::uint16_t port) { socket.connect(at(port)); }
    void send(const std::string& text) { boost::asio::write(socket, boost::asio::buffer(text)); }
    std::string read(std::size_t size, Error& failed) {
        std::string text(size, ' ');
        text.resize(boost::asio::read(socket, boost::asio::buffer(text), failed));
        return text;
    }
    // Bytes that have come within a moment, without waiting for more.
    std::size_t waiting(milliseconds time) {
        eventually([&] { return socket.available() > 0; }, time);
        return socket.available();
    }
};

template <typename Do>
milliseconds took(Do what) {
    const auto before = std::chrono::steady_clock::now();
    what();
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - before);
}

}  // namespace

TEST_CASE("a good line passes every byte both ways, and the end of each side") {
    Bench bench;
    Caller caller(bench.port);
    std::string sent;
    for (int i = 0; i < 300'000; ++i) sent += static_cast<char>('a' + i * 7 % 26);
    auto writing = std::async(std::launch::async, [&] {
        caller.send(sent);
        caller.socket.shutdown(Tcp::socket::shutdown_send);
    });
    Error failed;
    CHECK(caller.read(sent.size(), failed) == sent);
    CHECK(!failed);
    caller.read(1, failed);
    CHECK(failed == boost::asio::error::eof);
    writing.get();
    bench.do_on_loop([&] {
        CHECK(bench.proxy->stats().bytes_up == sent.size());
        CHECK(bench.proxy->stats().bytes_down == sent.size());
    });
}

TEST_CASE("a cut resets what is open, and new connections work at once") {
    Bench bench;
    Caller caller(bench.port);
    Error failed;
    caller.send("x");
    caller.read(1, failed);
    REQUIRE(!failed);
    bench.do_on_loop([&] { bench.proxy->cut(); });
    caller.read(1, failed);
    CHECK(failed == boost::asio::error::connection_reset);
    Caller next(bench.port);
    next.send("y");
    CHECK(next.read(1, failed) == "y");
}

TEST_CASE("during an outage nobody gets through; afterwards everybody does") {
    Bench bench;
    bench.do_on_loop([&] { bench.proxy->outage(milliseconds{300}); });
    Error failed;
    {
        Caller refused(bench.port);
        refused.read(1, failed);
        CHECK(failed);
    }
    CHECK(eventually([&] {
        bool over = false;
        bench.do_on_loop([&] { over = !bench.proxy->in_outage(); });
        return over;
    }));
    Caller caller(bench.port);
    caller.send("z");
    CHECK(caller.read(1, failed) == "z");
    bench.do_on_loop([&] { CHECK(bench.proxy->stats().refused >= 1); });
}

TEST_CASE("what is sent into a hole comes when it ends, whole and in order") {
    Bench bench;
    Caller caller(bench.port);
    caller.send("a");
    Error failed;
    caller.read(1, failed);
    bench.do_on_loop([&] { bench.proxy->hole(milliseconds{400}); });
    const auto time = took([&] {
        caller.send("bcd");
        CHECK(caller.read(3, failed) == "bcd");
    });
    CHECK(time >= milliseconds{300});
}

TEST_CASE("one way can be held while the other goes on") {
    Bench bench;
    Caller caller(bench.port);
    bench.do_on_loop([&] { bench.proxy->set(Way::down, {.hold = true}); });
    caller.send("abc");
    CHECK(eventually([&] {
        std::uint64_t up = 0;
        bench.do_on_loop([&] { up = bench.proxy->stats().bytes_up; });
        return up == 3;
    }));
    CHECK(caller.waiting(milliseconds{100}) == 0);
    bench.do_on_loop([&] { bench.proxy->set(Way::down, {}); });
    Error failed;
    CHECK(caller.read(3, failed) == "abc");
}

TEST_CASE("latency and a rate make a line slow, each way by itself") {
    Bench bench;
    bench.do_on_loop([&] { bench.proxy->set(Way::up, {.latency = milliseconds{150}}); });
    Caller caller(bench.port);
    Error failed;
    CHECK(took([&] {
              caller.send("abc");
              caller.read(3, failed);
          }) >= milliseconds{150});
    bench.do_on_loop([&] {
        bench.proxy->set(Way::up, {});
        bench.proxy->set(Way::down, {.bytes_per_second = 100'000});
    });
    const std::string text(50'000, 'r');
    const auto time = took([&] {
        caller.send(text);
        CHECK(caller.read(text.size(), failed) == text);
    });
    CHECK(time >= milliseconds{450});
    CHECK(time < milliseconds{5000});
}

TEST_CASE("a target that is not there ends the connection") {
    runtime::Loop loop;
    Proxy proxy(loop, "127.0.0.1", 1);
    const auto port = proxy.listen();
    REQUIRE(port.ok());
    auto failed = std::async(std::launch::async, [&] {
        Caller caller(*port);
        Error ended;
        caller.read(1, ended);
        loop.stop();
        return ended;
    });
    loop.run_until([] { return false; }, std::chrono::seconds{20});
    CHECK(failed.get() == boost::asio::error::connection_reset);
}

TEST_CASE("the control address cuts, holds, sets the line and tells the counts; pages and nonsense are refused") {
    Bench bench;
    runtime::Workers workers({.threads = 1});
    std::unique_ptr<http::Server> server;
    std::string url;
    bench.do_on_loop([&] {
        server = std::make_unique<http::Server>(bench.loop, workers, control_routes(bench.loop, *bench.proxy));
        url = "http://127.0.0.1:" + std::to_string(server->listen("127.0.0.1", 0).value());
    });
    auto client = http::Client::make();
    REQUIRE(client.ok());
    const auto post = [&](const std::string& path, const std::string& body, http::Headers headers = {}) {
        const auto reply = client->call({http::Method::post, url + path, std::move(headers), body});
        REQUIRE(reply.ok());
        return reply->status;
    };
    Caller caller(bench.port);
    caller.send("x");
    Error failed;
    caller.read(1, failed);
    CHECK(post("/cut", R"({"seconds": 0.05})") == 204);
    caller.read(1, failed);
    CHECK(failed);
    CHECK(post("/hold", R"({"seconds": 0})") == 204);
    CHECK(post("/line", R"({"way": "down", "latency_ms": 20})") == 204);
    for (const char* body : {"", "[]", R"({"seconds": -1})", R"({"seconds": "5"})", R"({"seconds": 1e99})", "\x81\x81"})
        CHECK(post("/cut", body) == 422);
    CHECK(post("/line", R"({"way": "sideways"})") == 422);
    http::Headers page;
    page.set("Origin", "http://evil.example");
    CHECK(post("/cut", R"({"seconds": 1})", page) == 403);
    const auto stats = client->call({http::Method::get, url + "/stats"});
    REQUIRE(stats.ok());
    CHECK(stats->body.find("\"accepted\":1") != std::string::npos);
    workers.stop();
    bench.do_on_loop([&] { server.reset(); });
}
