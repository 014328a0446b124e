#include "shared/http/http_session.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "shared/http/problem.hpp"
#include "shared/http/request_head.hpp"
#include "shared/http/response_head.hpp"
#include "shared/http/websocket_connection.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using TimedSocket = beast::basic_stream<asio::generic::stream_protocol, Executor>;

constexpr std::size_t max_buffer = 128 * 1024;       // bytes read ahead of one connection
constexpr std::uint64_t slowest_bytes_per_s = 4096;  // a slower body or answer is cut
constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t linger_bytes = 1 << 20;

// One request and its answer. Belongs to the session, but while a worker answers to that worker alone.
struct Exchange {
    Request request;
    Router::Found found;
    Response response;
    std::optional<WebSocketHandlers> accepted;
    Clock::time_point began = Clock::now();
};

class HttpSession final : public Connection, public std::enable_shared_from_this<HttpSession> {
  public:
    HttpSession(std::shared_ptr<ServerCore> core, Socket socket, Peer peer)
        : core_(std::move(core)), stream_(std::move(socket)), peer_(std::move(peer)), buffer_(max_buffer) {}

    void drain() override {
        close_after_ = true;
        if (idle_) finish();
    }
    void cut() override { finish(); }

    void await_request() {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(core_->settings.header_bytes));
        parser_->body_limit(boost::none);  // the route's, as soon as it is known
        exchange_ = std::make_shared<Exchange>();
        if (buffer_.size() > 0) return read_head();
        idle_ = true;
        stream_.expires_after(first_ ? core_->settings.header_timeout : core_->settings.idle_timeout);
        first_ = false;
        stream_.async_read_some(buffer_.prepare(4096),
                                [self = shared_from_this()](error_code failed, std::size_t size) {
                                    self->idle_ = false;
                                    if (failed) return self->finish();
                                    self->buffer_.commit(size);
                                    self->read_head();
                                });
    }

  private:
    const ServerSettings& settings() const { return core_->settings; }
    std::chrono::milliseconds time_for(std::uint64_t bytes) const {
        return settings().body_timeout + std::chrono::milliseconds(bytes * 1000 / slowest_bytes_per_s);
    }

    void read_head() {
        exchange_->began = Clock::now();
        stream_.expires_after(settings().header_timeout);
        beast::http::async_read_header(stream_, buffer_, *parser_,
                                       [self = shared_from_this()](error_code failed, std::size_t) {
                                           if (failed) return self->refuse_unreadable(failed);
                                           self->take_head();
                                       });
    }

    void take_head() {
        auto converted = to_request(parser_->get(), peer_, settings().trusted);
        if (auto* refusal = std::get_if<Response>(&converted)) return refuse(std::move(*refusal));
        Request& request = exchange_->request;
        request = std::move(std::get<Request>(converted));
        exchange_->found = core_->router->find(request.method, request.segments);
        request.params = exchange_->found.params;
        if (parser_->is_done()) return dispatch();
        const Route* route = exchange_->found.route;
        if (!route) {  // a refusal needs no body
            close_after_ = true;
            return dispatch();
        }
        const auto length = parser_->content_length();
        if (route->upgrade) return refuse(problem(400, "a websocket request has no body", request.id));
        if (length && *length > route->body_limit) return refuse_too_large();
        parser_->body_limit(route->body_limit);
        const auto expect = request.header("Expect");
        if (!expect) return read_body();
        if (!same_name(*expect, "100-continue")) return refuse(problem(417, "unknown expectation", request.id));
        static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        asio::async_write(stream_, asio::buffer(go_on), [self = shared_from_this()](error_code failed, std::size_t) {
            if (failed) return self->finish();
            self->read_body();
        });
    }

    void read_body() {
        stream_.expires_after(time_for(parser_->content_length().value_or(exchange_->found.route->body_limit)));
        beast::http::async_read(stream_, buffer_, *parser_,
                                [self = shared_from_this()](error_code failed, std::size_t) {
                                    if (failed) return self->refuse_unreadable(failed);
                                    self->exchange_->request.body = std::move(self->parser_->get().body());
                                    self->dispatch();
                                });
    }

    // A message that breaks HTTP gets an answer; a line that broke or fell silent does not.
    void refuse_unreadable(error_code failed) {
        using Code = beast::http::error;
        const bool is_http = failed.category() == make_error_code(Code::bad_method).category();
        if (!is_http || failed == Code::end_of_stream || failed == Code::partial_message) return finish();
        if (failed == Code::body_limit) return refuse_too_large();
        if (failed == Code::header_limit || failed == Code::buffer_overflow) {
            return refuse(problem(431, "the request's headers are too large"));
        }
        refuse(problem(400, "the request breaks HTTP: " + failed.message()));
    }

    void refuse_too_large() {
        const auto limit = exchange_->found.route->body_limit;
        refuse(problem(413, "the body is larger than " + std::to_string(limit) + " bytes", exchange_->request.id));
    }

    void refuse(Response response) {
        close_after_ = true;  // where the next request begins is not known
        if (exchange_->request.id.empty()) exchange_->request.id = new_request_id();
        exchange_->response = std::move(response);
        send();
    }

    void dispatch() {
        ++core_->requests;
        const bool upgrade = exchange_->found.route && exchange_->found.route->upgrade &&
                             beast::websocket::is_upgrade(parser_->get()) && buffer_.size() == 0;
        auto job = [router = core_->router, exchange = exchange_, upgrade, weak = weak_from_this(),
                    &loop = core_->loop] {
            if (!upgrade) {
                exchange->response = router->answer(exchange->found, exchange->request);
            } else {
                auto decision = router->decide(exchange->found, exchange->request);
                if (auto* refusal = std::get_if<Response>(&decision)) {
                    exchange->response = std::move(*refusal);
                } else {
                    exchange->accepted = std::move(std::get<WebSocketHandlers>(decision));
                }
            }
            loop.post([weak, exchange] {
                if (const auto self = weak.lock()) self->answered();
            });
        };
        stream_.expires_never();
        const auto taken = core_->workers.submit(std::move(job));
        if (taken) return;
        exchange_->response = problem(core::unavailable(taken.error().message), exchange_->request);
        send();
    }

    void answered() {
        if (finished_) return;
        if (!exchange_->accepted) return send();
        auto request = parser_->release();
        auto handlers = std::move(*exchange_->accepted);
        const auto core = core_;
        auto socket = stream_.release_socket();
        finished_ = true;
        // The websocket joins before the session leaves: a stop that waits must not see an empty moment.
        start_websocket(core, std::move(socket), std::move(request), std::move(handlers));
        core->remove(shared_from_this());
    }

    void send() {
        const Request& request = exchange_->request;
        Response& response = exchange_->response;
        report(request, response);
        const unsigned version = parser_->is_header_done() && parser_->get().version() == 10 ? 10 : 11;
        const bool is_head = request.method == Method::head;
        framing_ = is_head ? Framing::no_body : framing_of(response, version);
        keep_ = !close_after_ && !core_->draining && parser_->is_done() && parser_->keep_alive() &&
                framing_ != Framing::until_close;
        head_ = head_text(response, {.version = version,
                                     .keep_alive = keep_,
                                     .date = core_->date(),
                                     .request_id = request.id,
                                     .defaults = &settings().headers});
        const bool with_body = framing_ != Framing::no_body && !response.stream;
        const std::array<asio::const_buffer, 2> parts{asio::buffer(head_),
                                                      asio::buffer(with_body ? response.body : no_bytes_)};
        stream_left_ = response.stream && response.stream->length ? *response.stream->length : 0;
        stream_.expires_after(time_for(with_body ? response.body.size() : 0));
        asio::async_write(stream_, parts, [self = shared_from_this()](error_code failed, std::size_t) {
            if (failed) return self->finish();
            const bool more = self->exchange_->response.stream && self->framing_ != Framing::no_body;
            more ? self->pull() : self->end_of_answer();
        });
    }

    void report(const Request& request, const Response& response) {
        if (!response.note.empty()) {
            const Route* route = exchange_->found.route;
            runtime::log_error("request failed",
                               {{"request_id", request.id},
                                {"method", name_of(request.method)},
                                {"route", route ? std::string_view(route->pattern) : std::string_view("none")},
                                {"status", response.status},
                                {"error", response.note}});
        }
        if (!core_->on_answer) return;
        const auto took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - exchange_->began);
        try {
            core_->on_answer(request, response, took);
        } catch (const std::exception& error) {  // a broken log must not keep the answer back
            runtime::log_error("the report of a request failed", {{"request_id", request.id}, {"error", error.what()}});
        }
    }

    void pull() {
        stream_.expires_never();
        auto job = [exchange = exchange_, weak = weak_from_this(), &loop = core_->loop] {
            core::Result<std::string> piece = std::string{};
            try {
                piece = exchange->response.stream->pull();
            } catch (const std::exception& error) {
                piece = core::internal(error.what());
            }
            loop.post([weak, piece = std::make_shared<core::Result<std::string>>(std::move(piece))] {
                const auto self = weak.lock();
                if (self && !self->finished_) self->take_piece(std::move(*piece));
            });
        };
        const auto taken = core_->workers.submit(std::move(job));
        if (!taken) give_up_stream(taken.error().message);
    }

    void give_up_stream(const std::string& why) {
        runtime::log_error("an answer was cut in its middle", {{"request_id", exchange_->request.id}, {"error", why}});
        finish();
    }

    void take_piece(core::Result<std::string> next) {
        if (!next) return give_up_stream(next.error().message);
        piece_ = std::move(*next);
        const bool last = piece_.empty();
        if (framing_ == Framing::length) {
            if (piece_.size() > stream_left_ || (last && stream_left_ > 0))
                return give_up_stream("its length was announced wrongly");
            stream_left_ -= piece_.size();
            if (last) return end_of_answer();
        }
        if (last && framing_ == Framing::until_close) return end_of_answer();
        const bool chunked = framing_ == Framing::chunked;
        head_ = chunked ? chunk_head(piece_.size()) : std::string{};
        static constexpr std::string_view line_end = "\r\n";
        const std::array<asio::const_buffer, 3> parts{asio::buffer(head_), asio::buffer(piece_),
                                                      asio::buffer(chunked ? line_end : std::string_view{})};
        stream_.expires_after(time_for(piece_.size()));
        asio::async_write(stream_, parts, [self = shared_from_this(), last](error_code failed, std::size_t) {
            if (failed) return self->finish();
            last ? self->end_of_answer() : self->pull();
        });
    }

    void end_of_answer() {
        if (keep_ && !core_->draining) return await_request();
        // Closing with unread bytes would reset the connection and might destroy the answer before it is read.
        error_code ignored;
        stream_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
        stream_.expires_after(linger_time);
        idle_ = true;
        discard(0);
    }

    void discard(std::size_t so_far) {
        buffer_.clear();
        stream_.async_read_some(buffer_.prepare(16 * 1024),
                                [self = shared_from_this(), so_far](error_code failed, std::size_t size) {
                                    if (failed || so_far + size > linger_bytes) return self->finish();
                                    self->discard(so_far + size);
                                });
    }

    void finish() {
        if (finished_) return;
        finished_ = true;
        stream_.close();
        core_->remove(shared_from_this());
    }

    const std::shared_ptr<ServerCore> core_;
    TimedSocket stream_;
    const Peer peer_;
    beast::flat_buffer buffer_;
    std::optional<beast::http::request_parser<beast::http::string_body>> parser_;
    std::shared_ptr<Exchange> exchange_;
    std::string head_;   // what is being written
    std::string piece_;  // likewise
    const std::string no_bytes_;
    std::uint64_t stream_left_ = 0;
    Framing framing_ = Framing::no_body;
    bool first_ = true;
    bool idle_ = false;  // nothing of a request is here: may be closed without harm
    bool keep_ = false;
    bool close_after_ = false;
    bool finished_ = false;
};

}  // namespace

void start_http_session(const std::shared_ptr<ServerCore>& core, Socket socket, Peer peer) {
    if (core->open >= core->settings.max_connections) {
        ++core->refused;
        static constexpr std::string_view full =
            "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        error_code ignored;  // a courtesy; the connection is closed either way
        socket.non_blocking(true, ignored);
        socket.write_some(asio::buffer(full), ignored);
        return;
    }
    const auto session = std::make_shared<HttpSession>(core, std::move(socket), std::move(peer));
    core->add(session);
    session->await_request();
}

}  // namespace plus7::http
