// Awaiting a job of the workers in a coroutine of the loop. Only shared/http (and tests of runtime) include this.
#pragma once
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>

#include "shared/runtime/workers.hpp"

namespace plus7::runtime {

namespace detail {

// Starts `work` on the workers; the completion handler is called on its own executor. One handler, called once.
template <typename Handler>
void start_on(Workers& workers, std::function<void()> work, std::shared_ptr<core::Status> accepted, Handler handler) {
    auto executor = boost::asio::get_associated_executor(handler);
    auto shared = std::make_shared<Handler>(std::move(handler));
    auto guard = std::make_shared<boost::asio::executor_work_guard<decltype(executor)>>(executor);
    auto finish = [shared, guard, executor](std::exception_ptr error) {
        boost::asio::post(executor, [shared, error] { std::move (*shared)(error); });
    };
    *accepted = workers.submit([work = std::move(work), finish] {
        std::exception_ptr error;
        try {
            work();
        } catch (...) {
            error = std::current_exception();
        }
        finish(error);
    });
    if (!*accepted) finish(nullptr);
}

}  // namespace detail

// Runs `job` (an lvalue: GCC 12 miscompiles a lambda temporary inside co_await) on a worker and resumes on the loop
// with what it returned, as Result<T>; `limit` when the queue is full, `unavailable` when the workers are stopped. What
// the job throws is thrown to the awaiting coroutine.
template <typename Job>
boost::asio::awaitable<core::Result<std::invoke_result_t<Job&>>> run_on(Workers& workers, Job& job) {
    using Value = std::invoke_result_t<Job&>;
    using Token = boost::asio::use_awaitable_t<>;
    auto accepted = std::make_shared<core::Status>();
    Token token;
    if constexpr (std::is_void_v<Value>) {
        std::function<void()> work = [&job] { job(); };
        auto start = [&](auto handler) { detail::start_on(workers, work, accepted, std::move(handler)); };
        co_await boost::asio::async_initiate<Token, void(std::exception_ptr)>(start, token);
        co_return *accepted;
    } else {
        auto value = std::make_shared<std::optional<Value>>();
        std::function<void()> work = [&job, value] { value->emplace(job()); };
        auto start = [&](auto handler) { detail::start_on(workers, work, accepted, std::move(handler)); };
        co_await boost::asio::async_initiate<Token, void(std::exception_ptr)>(start, token);
        if (!*accepted) co_return core::Result<Value>(accepted->error());
        co_return core::Result<Value>(std::move(**value));
    }
}

}  // namespace plus7::runtime
