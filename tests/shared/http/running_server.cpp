#include "tests/shared/http/running_server.hpp"

#include <future>

namespace plus7::test {

RunningServer::RunningServer(std::vector<http::Route> routes, http::ServerSettings settings,
                             http::Server::OnAnswer on_answer)
    : RunningServer(http::Router::build(std::move(routes)).value(), std::move(settings), std::move(on_answer)) {}

RunningServer::RunningServer(http::Router router, http::ServerSettings settings, http::Server::OnAnswer on_answer)
    : server_(std::make_unique<http::Server>(loop_, workers_, std::move(router), std::move(settings),
                                             std::move(on_answer))),
      port_(server_->listen("127.0.0.1", 0).value()),
      thread_([this] { loop_.run(); }) {}

RunningServer::~RunningServer() {
    workers_.stop();
    loop_.stop();
    thread_.join();
}

bool RunningServer::stop(std::chrono::milliseconds grace) {
    const auto done = std::make_shared<std::promise<void>>();
    server_->stop(grace, [done] { done->set_value(); });
    return done->get_future().wait_for(std::chrono::seconds{20}) == std::future_status::ready;
}

http::Route get(std::string pattern, http::Handler handler) {
    return {.method = http::Method::get, .pattern = std::move(pattern), .handler = std::move(handler)};
}

http::Route post(std::string pattern, http::Handler handler, std::size_t body_limit) {
    return {.method = http::Method::post,
            .pattern = std::move(pattern),
            .handler = std::move(handler),
            .body_limit = body_limit};
}

}  // namespace plus7::test
