// The open transaction a unit of work runs in: the only way app and store code speaks SQL. Used on the thread that runs
// the unit, never kept. One SQL text serves both engines: parameters $1 … $n, each number used at least once.
#pragma once
#include <array>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/sql/dialect.hpp"
#include "shared/sql/value.hpp"

namespace plus7::sql {

class Connection;

// Every call throws DbError on the engine's complaint. After that the transaction accepts nothing more and will be
// rolled back, unless the failure happened inside savepoint(): so an expected violation is caught there and nowhere
// else.
class Tx {
  public:
    explicit Tx(Connection& connection) : connection_(connection) {}
    Tx(const Tx&) = delete;
    Tx& operator=(const Tx&) = delete;

    Engine engine() const;

    // All rows of the answer, in memory.
    template <typename... Args>
    Rows query(std::string_view sql, const Args&... args) {
        const std::array<Param, sizeof...(Args)> params{Param(args)...};
        return query_with(sql, params);
    }
    // The only row of the answer, or nothing; a second row is a bug: std::logic_error.
    template <typename... Args>
    std::optional<Row> one(std::string_view sql, const Args&... args) {
        const std::array<Param, sizeof...(Args)> params{Param(args)...};
        return one_with(sql, params);
    }
    // Rows inserted, changed or deleted.
    template <typename... Args>
    std::int64_t exec(std::string_view sql, const Args&... args) {
        const std::array<Param, sizeof...(Args)> params{Param(args)...};
        return exec_with(sql, params);
    }
    // The same with a number of parameters known only at run time.
    Rows query_with(std::string_view sql, Params params);
    std::optional<Row> one_with(std::string_view sql, Params params);
    std::int64_t exec_with(std::string_view sql, Params params);

    // Row by row without holding the answer; fn(const Row&) returns nothing, or false to stop. It may run other
    // statements, but must not change the table it walks over.
    template <typename Fn>
    void each(std::string_view sql, Params params, Fn fn) {
        stream(sql, params, [&fn](Row&& taken) -> bool {
            const Row& row = taken;
            if constexpr (std::is_void_v<std::invoke_result_t<Fn&, const Row&>>) {
                fn(row);
                return true;
            } else {
                return fn(row);
            }
        });
    }
    template <typename Fn>
    void each(std::string_view sql, std::initializer_list<Param> params, Fn fn) {
        each(sql, Params{params.begin(), params.size()}, std::move(fn));
    }

    // One statement, usually INSERT … VALUES ($1, …), for many rows. Rows changed in all. `distinct`: no two of the
    // rows touch the same row of the table, so that also INSERT … DO UPDATE takes few round trips.
    std::int64_t exec_many(std::string_view sql, std::span<const std::vector<Param>> rows,
                           RowKeys keys = RowKeys::may_repeat);

    // Bounds a part of the unit: whatever ends fn with an error undoes only what fn did. A violated constraint and a
    // value the database cannot hold come back as an error; all other exceptions pass through.
    core::Status savepoint(const std::function<core::Status(Tx&)>& fn);

    // Throws DbError when a statement failed outside savepoint(); a commit asks this first.
    void require_sound() const;

  private:
    void stream(std::string_view sql, Params params, const std::function<bool(Row&&)>& sink);
    void undo(const std::string& savepoint);
    template <typename Fn>
    auto guarded(Fn fn) -> decltype(fn());

    Connection& connection_;
    int depth_ = 0;
    bool failed_ = false;
};

}  // namespace plus7::sql
