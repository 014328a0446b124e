#include "tests/bench/ingest/mqtt_load.hpp"

#include <atomic>
#include <boost/asio.hpp>
#include <memory>
#include <stdexcept>
#include <thread>

#include "tests/bench/ingest/mqtt_packets.hpp"

namespace plus7::bench {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

// One connection: reads whole packets, gathers what is to be written into one write at a time.
class Wire {
  public:
    explicit Wire(asio::io_context& loop, std::uint16_t port) : socket_(loop) {
        socket_.connect({asio::ip::address_v4::loopback(), port});
        socket_.set_option(tcp::no_delay(true));
    }
    virtual ~Wire() = default;
    Wire(const Wire&) = delete;
    Wire& operator=(const Wire&) = delete;

    // Blocks until the broker has answered with `type`.
    void ask(const core::Bytes& packet, PacketType type) {
        asio::write(socket_, asio::buffer(packet));
        for (;;) {
            if (const auto answer = first_packet(core::ByteView(in_).first(filled_))) {
                if (answer->type != type || answer->body.back() == 0x80)
                    throw std::runtime_error("the broker refused a connection or a subscription");
                drop(answer->whole);
                return;
            }
            filled_ += socket_.read_some(asio::buffer(in_) + filled_);
        }
    }
    void listen() {
        socket_.async_read_some(asio::buffer(in_) + filled_, [this](boost::system::error_code error, std::size_t size) {
            if (error == asio::error::operation_aborted) return;
            if (error) throw std::runtime_error("the broker closed a connection: " + error.message());
            filled_ += size;
            std::size_t read = 0;
            while (const auto packet = first_packet(core::ByteView(in_).first(filled_).subspan(read))) {
                take(*packet);
                read += packet->whole;
            }
            drop(read);
            write();
            listen();
        });
    }
    void write() {
        fill();
        if (writing_ || out_.empty()) return;
        writing_ = true;
        std::swap(out_, under_way_);
        asio::async_write(socket_, asio::buffer(under_way_), [this](boost::system::error_code error, std::size_t) {
            if (error == asio::error::operation_aborted) return;
            if (error) throw std::runtime_error("writing to the broker failed: " + error.message());
            writing_ = false;
            under_way_.clear();
            write();
        });
    }

  protected:
    virtual void take(const Packet& packet) = 0;
    virtual void fill() {}
    core::Bytes out_;

  private:
    void drop(std::size_t bytes) {
        std::copy(in_.begin() + static_cast<std::ptrdiff_t>(bytes), in_.begin() + static_cast<std::ptrdiff_t>(filled_),
                  in_.begin());
        filled_ -= bytes;
    }

    tcp::socket socket_;
    core::Bytes in_ = core::Bytes(256 * 1024);
    std::size_t filled_ = 0;
    core::Bytes under_way_;
    bool writing_ = false;
};

class Publisher final : public Wire {
  public:
    Publisher(asio::io_context& loop, const Load& load, LoadLine& line, std::size_t number, std::size_t& unfinished)
        : Wire(loop, load.port), line_(line), window_(load.window), unfinished_(unfinished) {
        core::Bytes hello;
        put_connect(hello, "bench-" + std::to_string(number));
        ask(hello, PacketType::connack);
        if (line.answers.empty()) return;
        core::Bytes subscribe;
        put_subscribe(subscribe, line.answers);
        ask(subscribe, PacketType::suback);
    }

  private:
    void take(const Packet& packet) override {
        if (packet.type == PacketType::puback && !line_.done_by) set_done(done_ + 1);
        if (packet.type != PacketType::publish) return;
        const auto arrived = read_publish(packet);
        if (arrived.packet_id != 0) put_puback(out_, arrived.packet_id);
        if (line_.done_by) set_done(std::max(done_, line_.done_by(arrived.payload)));
    }
    void set_done(std::uint64_t done) {
        if (done_ < line_.messages.size() && done >= line_.messages.size()) --unfinished_;
        done_ = done;
    }
    void fill() override {
        for (; sent_ < line_.messages.size() && sent_ < done_ + window_; ++sent_)
            put_publish(out_, line_.topic, static_cast<std::uint16_t>(1 + sent_ % 65'535), line_.messages[sent_]);
    }

    LoadLine& line_;
    const std::size_t window_;
    std::size_t& unfinished_;
    std::uint64_t sent_ = 0, done_ = 0;
};

class Counter final : public Wire {
  public:
    Counter(asio::io_context& loop, std::uint16_t port, const std::string& filter) : Wire(loop, port) {
        core::Bytes hello, subscribe;
        put_connect(hello, "bench-counter");
        ask(hello, PacketType::connack);
        put_subscribe(subscribe, filter);
        ask(subscribe, PacketType::suback);
    }
    std::atomic<std::size_t> count{0};

  private:
    void take(const Packet& packet) override {
        if (packet.type != PacketType::publish) return;
        put_puback(out_, read_publish(packet).packet_id);
        ++count;
    }
};

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void expect_in_time(const Load& load, Clock::time_point start) {
    if (Clock::now() - start > load.limit) throw std::runtime_error("not all messages were done in time");
}

}  // namespace

double publish_all(const Load& load, std::vector<LoadLine>& lines) {
    asio::io_context loop;
    std::size_t unfinished = lines.size();
    std::vector<std::unique_ptr<Publisher>> all;
    for (auto& line : lines) all.push_back(std::make_unique<Publisher>(loop, load, line, all.size(), unfinished));
    const auto start = Clock::now();
    for (const auto& publisher : all) {
        publisher->listen();
        publisher->write();
    }
    while (unfinished > 0) {
        expect_in_time(load, start);
        loop.run_one_for(std::chrono::seconds{1});
    }
    return seconds_since(start);
}

double publish_and_count(const Load& load, std::vector<LoadLine>& lines, const std::string& filter) {
    asio::io_context loop;
    Counter counter(loop, load.port, filter);
    counter.listen();
    const std::jthread counting([&](const std::stop_token& stop) {
        while (!stop.stop_requested()) loop.run_for(std::chrono::milliseconds{20});
    });
    std::size_t expected = 0;
    for (const auto& line : lines) expected += line.messages.size();
    const auto start = Clock::now();
    publish_all(load, lines);
    while (counter.count < expected) {
        expect_in_time(load, start);
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return seconds_since(start);
}

}  // namespace plus7::bench
