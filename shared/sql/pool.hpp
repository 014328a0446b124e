// The connections that Database::read lends to worker threads, made when first needed. Any thread.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "shared/sql/connection.hpp"

namespace plus7::sql {

using OpenConnection = std::function<core::Result<std::unique_ptr<Connection>>()>;

class Pool {
  public:
    // `limit` connections at most; take() waits `patience` for one.
    Pool(std::size_t limit, std::chrono::milliseconds patience, OpenConnection open);

    class Lease {
      public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection, bool was_idle)
            : pool_(&pool), connection_(std::move(connection)), was_idle_(was_idle) {}
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (connection_) pool_->give_back(std::move(connection_));
        }
        Connection& operator*() const { return *connection_; }
        Connection* operator->() const { return connection_.get(); }
        bool was_idle() const { return was_idle_; }  // it may have been lost while nobody used it

      private:
        Pool* pool_;
        std::unique_ptr<Connection> connection_;
        bool was_idle_;
    };

    core::Result<Lease> take();
    void close();         // gives up the idle ones; take() refuses from now on
    void discard_idle();  // after a lost connection: the others of the same server are lost as well

  private:
    void give_back(std::unique_ptr<Connection> connection);

    const std::size_t limit_;
    const std::chrono::milliseconds patience_;
    const OpenConnection open_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Connection>> idle_;
    std::size_t lent_ = 0;
    bool closed_ = false;
};

}  // namespace plus7::sql
