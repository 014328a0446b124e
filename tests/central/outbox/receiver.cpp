#include "tests/central/outbox/receiver.hpp"

namespace plus7::test {

Receiver::Receiver(std::uint16_t port) {
    std::vector<http::Route> routes{{.method = http::Method::post,
                                     .pattern = "/hook",
                                     .handler = [this](const http::Request& request) { return take(request); }}};
    server_ = std::make_unique<http::Server>(loop_, workers_, http::Router::build(std::move(routes)).value());
    port_ = server_->listen("127.0.0.1", port).value();
    thread_ = std::thread([this] { loop_.run(); });
}

Receiver::~Receiver() {
    release();
    workers_.stop();
    loop_.stop();
    thread_.join();
}

void Receiver::answer(int status) {
    const std::lock_guard guard(lock_);
    status_ = status;
}

void Receiver::hold() {
    const std::lock_guard guard(lock_);
    held_ = true;
}

void Receiver::release() {
    {
        const std::lock_guard guard(lock_);
        held_ = false;
    }
    released_.notify_all();
}

std::vector<Receiver::Got> Receiver::got() const {
    const std::lock_guard guard(lock_);
    return got_;
}

http::Response Receiver::take(const http::Request& request) {
    const auto header = [&](std::string_view name) { return std::string(request.header(name).value_or("")); };
    std::unique_lock guard(lock_);
    got_.push_back({std::string(core::text_of(request.body_bytes())), header("P7-Signature"), header("P7-Event"),
                    header("P7-Delivery")});
    released_.wait(guard, [this] { return !held_; });
    return http::plain("seen", status_);
}

}  // namespace plus7::test
