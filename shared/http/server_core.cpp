#include "shared/http/server_core.hpp"

#include <ctime>

namespace plus7::http {

ServerCore::ServerCore(runtime::Loop& the_loop, runtime::Workers& the_workers, Router the_router,
                       ServerSettings the_settings, Server::OnAnswer the_on_answer)
    : loop(the_loop),
      workers(the_workers),
      router(std::make_shared<const Router>(std::move(the_router))),
      settings(std::move(the_settings)),
      on_answer(std::move(the_on_answer)) {}

void ServerCore::add(const std::shared_ptr<Connection>& connection) {
    connections_.insert(connection);
    open = connections_.size();
}

void ServerCore::remove(const std::shared_ptr<Connection>& connection) {
    connections_.erase(connection);
    open = connections_.size();
    finish_if_empty();
}

void ServerCore::begin_stop(std::chrono::milliseconds grace, std::function<void()> done) {
    when_stopped_.push_back(std::move(done));
    if (!draining) {
        draining = true;
        for (const auto& listener : listeners) listener->close();
        listeners.clear();
        const auto all = connections_;  // drain() may remove
        for (const auto& connection : all) connection->drain();
        grace_timer_ = loop.after(grace, [weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->cut_all();
        });
    }
    finish_if_empty();
}

void ServerCore::cut_all() {
    const auto all = connections_;
    for (const auto& connection : all) connection->cut();
}

void ServerCore::finish_if_empty() {
    if (!draining || !connections_.empty() || when_stopped_.empty()) return;
    grace_timer_.cancel();
    for (auto& done : std::exchange(when_stopped_, {})) {
        if (done) loop.post(std::move(done));
    }
}

const std::string& ServerCore::date() {
    const auto now = std::time(nullptr);
    if (now != date_second_ || date_.empty()) {
        std::tm parts{};
        gmtime_r(&now, &parts);
        char text[40];
        static constexpr const char* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        std::snprintf(text, sizeof text, "%s, %02d %s %d %02d:%02d:%02d GMT", days[parts.tm_wday], parts.tm_mday,
                      months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
        date_ = text;
        date_second_ = now;
    }
    return date_;
}

}  // namespace plus7::http
