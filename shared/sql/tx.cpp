#include "shared/sql/tx.hpp"

#include <stdexcept>

#include "shared/sql/connection.hpp"

namespace plus7::sql {

Engine Tx::engine() const { return connection_.engine(); }

void Tx::require_sound() const {
    if (failed_)
        throw DbError(DbErrorKind::other, "a statement of this transaction failed before; it can only be undone");
}

template <typename Fn>
auto Tx::guarded(Fn fn) -> decltype(fn()) {
    require_sound();
    try {
        return fn();
    } catch (const DbError&) {
        failed_ = true;
        throw;
    }
}

Rows Tx::query_with(std::string_view sql, Params params) {
    Rows rows;
    guarded([&] {
        connection_.run(sql, params, [&rows](Row&& row) {
            rows.push_back(std::move(row));
            return true;
        });
    });
    return rows;
}

std::optional<Row> Tx::one_with(std::string_view sql, Params params) {
    std::optional<Row> found;
    guarded([&] {
        connection_.run(sql, params, [&](Row&& row) {
            if (found) throw std::logic_error("one row was expected, more came: " + std::string{sql});
            found.emplace(std::move(row));
            return true;
        });
    });
    return found;
}

std::int64_t Tx::exec_with(std::string_view sql, Params params) {
    return guarded([&] { return connection_.run(sql, params, {}); });
}

std::int64_t Tx::exec_many(std::string_view sql, std::span<const std::vector<Param>> rows, RowKeys keys) {
    if (rows.empty()) return 0;
    for (const auto& row : rows) {
        if (row.size() != rows.front().size()) throw std::logic_error("rows of different length for one statement");
    }
    return guarded([&] { return connection_.run_many(sql, rows, keys); });
}

void Tx::stream(std::string_view sql, Params params, const std::function<bool(Row&&)>& sink) {
    guarded([&] { connection_.stream(sql, params, sink); });
}

core::Status Tx::savepoint(const std::function<core::Status(Tx&)>& fn) {
    struct Depth {
        int& value;
        explicit Depth(int& depth) : value(++depth) {}
        ~Depth() { --value; }
    } const depth(depth_);
    const std::string name = "p" + std::to_string(depth.value);
    guarded([&] { connection_.run("SAVEPOINT " + name, {}, {}); });
    core::Status status;
    try {
        status = fn(*this);
        require_sound();
    } catch (const DbError& error) {
        if (error.ends_transaction() || !connection_.in_transaction()) {
            failed_ = true;
            throw;
        }
        undo(name);
        if (error.kind() == DbErrorKind::other) throw;
        return to_error(error);
    } catch (...) {
        undo(name);
        throw;
    }
    if (!status.ok()) {
        undo(name);
    } else {
        guarded([&] { connection_.run("RELEASE SAVEPOINT " + name, {}, {}); });
    }
    return status;
}

void Tx::undo(const std::string& savepoint) {
    failed_ = true;  // until both statements have worked
    connection_.run("ROLLBACK TO SAVEPOINT " + savepoint, {}, {});
    connection_.run("RELEASE SAVEPOINT " + savepoint, {}, {});
    failed_ = false;
}

}  // namespace plus7::sql
