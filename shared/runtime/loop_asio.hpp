// The Asio side of Loop. Only shared/runtime and shared/http include this; everyone else sees loop.hpp.
#pragma once
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <memory>
#include <thread>
#include <vector>

#include "shared/runtime/loop.hpp"

namespace plus7::runtime {

struct LoopCore {
    boost::asio::io_context io{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{io.get_executor()};
    std::vector<std::shared_ptr<boost::asio::signal_set>> signals;
    std::atomic<std::thread::id> thread{};
    std::atomic<std::uint64_t> failed{0};
};

inline LoopCore& core_of(Loop& loop) { return *loop.core_; }
inline boost::asio::io_context& io_context_of(Loop& loop) { return core_of(loop).io; }

}  // namespace plus7::runtime
