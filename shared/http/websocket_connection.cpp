#include "shared/http/websocket_connection.hpp"

#include <boost/asio/dispatch.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "shared/http/websocket_queue.hpp"
#include "shared/runtime/log.hpp"
#include "shared/runtime/loop_asio.hpp"

namespace plus7::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

class WebSocketConnection final : public Connection, public std::enable_shared_from_this<WebSocketConnection> {
  public:
    WebSocketConnection(std::shared_ptr<ServerCore> core, Socket socket,
                        beast::http::request<beast::http::string_body> request, WebSocketHandlers handlers)
        : core_(std::move(core)),
          limits_(core_->settings.websocket),
          stream_(std::move(socket)),
          stall_timer_(runtime::io_context_of(core_->loop)),
          request_(std::move(request)),
          handlers_(std::move(handlers)) {
        ++core_->websockets;
    }
    ~WebSocketConnection() override { --core_->websockets; }

    void start() {
        queue_ = std::make_shared<WebSocketQueue>(limits_,
                                                  [weak = weak_from_this(), &io = runtime::io_context_of(core_->loop)] {
                                                      auto pump = [weak] {
                                                          if (const auto self = weak.lock()) self->pump();
                                                      };
                                                      asio::post(io, std::move(pump));
                                                  });
        configure();
        stream_.async_accept(request_, [self = shared_from_this()](error_code failed) {
            if (failed || self->finished_) return self->finish(beast::websocket::close_code::abnormal);
            self->request_ = {};
            self->is_accepted_ = true;
            self->guarded("on_open", [&] {
                if (self->handlers_.on_open) self->handlers_.on_open(WebSocket(self->queue_));
            });
            self->is_open_ = true;
            self->watch_for_stall();
            self->pump();
            self->read();
        });
    }

    void drain() override { queue_->close(close_code::going_away, "the server stops"); }
    void cut() override { finish(beast::websocket::close_code::going_away); }

  private:
    void configure() {
        beast::websocket::stream_base::timeout timeout{};
        timeout.handshake_timeout = core_->settings.header_timeout;
        timeout.idle_timeout = 2 * limits_.ping_every;
        timeout.keep_alive_pings = true;  // Beast pings after half of the idle time
        stream_.set_option(timeout);
        // About 32 KiB of deflate state per viewer instead of 256 (zlib: 2^(window+2) + 2^(mem+9)); 12 bits still find
        // the repetitions within one frame.
        beast::websocket::permessage_deflate deflate;
        deflate.server_enable = limits_.deflate_from != SIZE_MAX;
        deflate.server_max_window_bits = 12;
        deflate.client_max_window_bits = 12;
        deflate.server_no_context_takeover = true;
        deflate.client_no_context_takeover = true;
        deflate.compLevel = 3;
        deflate.memLevel = 5;
        stream_.set_option(deflate);
        stream_.read_message_max(limits_.message_bytes);
        stream_.auto_fragment(false);
        stream_.write_buffer_bytes(16 * 1024);
    }

    void read() {
        stream_.async_read(buffer_, [self = shared_from_this()](error_code failed, std::size_t) {
            if (failed) return self->finish(self->code_of(failed));
            self->guarded("on_message", [&] {
                const auto data = self->buffer_.cdata();
                const std::string_view message(static_cast<const char*>(data.data()), data.size());
                if (self->handlers_.on_message)
                    self->handlers_.on_message(WebSocket(self->queue_), message, self->stream_.got_text());
            });
            self->buffer_.consume(self->buffer_.size());
            self->read();
        });
    }

    void pump() {
        if (finished_ || !is_accepted_) return;
        auto step = queue_->next();
        if (step.kind == WebSocketQueue::Step::Kind::close) return send_close(step.code, step.reason);
        if (step.kind == WebSocketQueue::Step::Kind::nothing) return;
        stream_.text(step.is_text);
        stream_.compress(step.payload->size() >= limits_.deflate_from);
        write_began_ = Clock::now();
        const auto bytes = asio::buffer(*step.payload);
        stream_.async_write(
            bytes, [self = shared_from_this(), payload = std::move(step.payload)](error_code failed, std::size_t) {
                self->write_began_.reset();
                if (failed) return self->finish(beast::websocket::close_code::abnormal);
                const bool drained = self->queue_->done();
                if (drained && self->handlers_.on_drained) {
                    self->guarded("on_drained", [&] { self->handlers_.on_drained(WebSocket(self->queue_)); });
                }
                self->pump();
            });
    }

    void send_close(std::uint16_t code, const std::string& reason) {
        const beast::websocket::close_reason why(static_cast<beast::websocket::close_code>(code), reason);
        given_code_ = code;
        write_began_ = Clock::now();
        stream_.async_close(why, [self = shared_from_this(), code](error_code) { self->finish(code); });
    }

    // Beast's own idle time is fed by what the viewer sends; a viewer that sends but never reads must be found here.
    void watch_for_stall() {
        stall_timer_.expires_after(std::max(limits_.write_timeout / 4, std::chrono::milliseconds{1}));
        stall_timer_.async_wait([weak = weak_from_this()](error_code failed) {
            const auto self = weak.lock();
            if (!self || failed || self->finished_) return;
            if (self->write_began_ && Clock::now() - *self->write_began_ > self->limits_.write_timeout) {
                return self->finish(beast::websocket::close_code::abnormal);
            }
            self->watch_for_stall();
        });
    }

    std::uint16_t code_of(error_code failed) const {
        if (given_code_ != 0) return given_code_;
        if (failed == beast::websocket::error::closed) return static_cast<std::uint16_t>(stream_.reason().code);
        if (failed == beast::websocket::error::message_too_big) return close_code::too_big;
        return beast::websocket::close_code::abnormal;
    }

    template <typename Function>
    void guarded(std::string_view where, Function function) {
        try {
            function();
        } catch (const std::exception& error) {
            runtime::log_error("a websocket callback failed", {{"callback", where}, {"error", error.what()}});
            queue_->close(close_code::internal, "an error of the server");
        }
    }

    void finish(std::uint16_t code) {
        if (finished_) return;
        finished_ = true;
        queue_->shut();
        stall_timer_.cancel();
        error_code ignored;
        beast::get_lowest_layer(stream_).close(ignored);
        if (is_open_ && handlers_.on_close) {
            guarded("on_close", [&] { handlers_.on_close(WebSocket(queue_), code); });
        }
        core_->remove(shared_from_this());
    }

    const std::shared_ptr<ServerCore> core_;
    const WebSocketLimits limits_;
    beast::websocket::stream<Socket> stream_;
    asio::steady_timer stall_timer_;
    beast::http::request<beast::http::string_body> request_;
    const WebSocketHandlers handlers_;
    std::shared_ptr<WebSocketQueue> queue_;
    beast::flat_buffer buffer_;
    std::optional<Clock::time_point> write_began_;
    std::uint16_t given_code_ = 0;
    bool is_accepted_ = false;
    bool is_open_ = false;
    bool finished_ = false;
};

}  // namespace

void start_websocket(const std::shared_ptr<ServerCore>& core, Socket socket,
                     beast::http::request<beast::http::string_body> request, WebSocketHandlers handlers) {
    const auto connection =
        std::make_shared<WebSocketConnection>(core, std::move(socket), std::move(request), std::move(handlers));
    core->add(connection);
    connection->start();
}

}  // namespace plus7::http
