#include "shared/sql/pool.hpp"

namespace plus7::sql {

Pool::Pool(std::size_t limit, std::chrono::milliseconds patience, OpenConnection open)
    : limit_(limit), patience_(patience), open_(std::move(open)) {}

core::Result<Pool::Lease> Pool::take() {
    {
        std::unique_lock lock(mutex_);
        if (!returned_.wait_for(lock, patience_, [this] { return lent_ < limit_; })) {
            return core::unavailable("all " + std::to_string(limit_) + " database connections are in use");
        }
        if (closed_) return core::unavailable("the database is closed");
        ++lent_;
        if (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            return Lease(*this, std::move(connection), true);
        }
    }
    auto opened = [this]() -> core::Result<std::unique_ptr<Connection>> {
        try {
            return open_();
        } catch (...) {
            give_back(nullptr);
            throw;
        }
    }();
    if (!opened.ok()) {
        give_back(nullptr);
        return opened.error();
    }
    return Lease(*this, std::move(opened).value(), false);
}

void Pool::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    discard_idle();
}

void Pool::discard_idle() {
    std::vector<std::unique_ptr<Connection>> lost;
    const std::lock_guard lock(mutex_);
    lost.swap(idle_);
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock(mutex_);
        --lent_;
        if (connection && connection->usable() && !closed_) idle_.push_back(std::move(connection));
    }
    returned_.notify_one();
}

}  // namespace plus7::sql
