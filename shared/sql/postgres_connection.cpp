#include "shared/sql/postgres_connection.hpp"

#include <pqxx/pqxx>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "shared/sql/postgres_text.hpp"

namespace plus7::sql {
namespace {
struct TextParameter {
    std::optional<std::string> text;
};
}  // namespace
}  // namespace plus7::sql

template <>
struct pqxx::string_traits<plus7::sql::TextParameter> {
    static constexpr const char* name() { return "text parameter"; }
    static constexpr bool has_null() { return true; }
    static bool is_null(const plus7::sql::TextParameter& parameter) { return !parameter.text.has_value(); }
    static std::string to_string(const plus7::sql::TextParameter& parameter) { return *parameter.text; }
};

namespace plus7::sql {
namespace {

constexpr std::size_t max_statements = 512;    // prepared ones kept per connection
constexpr std::size_t max_parameters = 65535;  // of one statement: 16 bits in the protocol
constexpr std::size_t stream_rows = 500;       // fetched at a time

class PostgresConnection final : public Connection {
  public:
    explicit PostgresConnection(const ServerOptions& options)
        : serializable_(options.serializable), connection_(with_timeouts(options.conninfo)) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
        connection_.inhibit_reactivation(true);  // libpqxx 6 would reconnect in the middle of a unit without a word
#pragma GCC diagnostic pop
        direct_.emplace(connection_);
        direct_->exec(
            "SET application_name='plus7'; SET client_encoding='UTF8'; SET standard_conforming_strings=on;"
            "SET bytea_output='hex'; SET extra_float_digits=1; SET TimeZone='UTC'; SET client_min_messages=warning;"
            "SET synchronous_commit=on; SET lock_timeout='30s'");
    }

    core::Status check() {
        std::optional<Row> row;
        run("SELECT pg_encoding_to_char(encoding) AS encoding, datcollate AS collation FROM pg_database"
            " WHERE datname = current_database()",
            {}, [&](Row&& found) { return row.emplace(std::move(found)), true; });
        if (!row) return core::invalid("PostgreSQL does not describe its own database");
        const auto encoding = row->get<std::string>("encoding");
        const auto collation = row->get<std::string>("collation");
        if (encoding == "UTF8" && (collation == "C" || collation == "POSIX")) return {};
        return core::invalid(
            "the PostgreSQL database has encoding " + encoding + " and collation " + collation +
            ", UTF8 and C are needed: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
    }

    Engine engine() const override { return Engine::postgres; }

    void begin(Access access) override {
        std::string sql = "BEGIN ISOLATION LEVEL ";
        if (access == Access::read) {
            sql += "REPEATABLE READ READ ONLY";
        } else {
            sql += serializable_ ? "SERIALIZABLE" : "READ COMMITTED";
        }
        // Units of one group take row locks in any order: rather run them one by one than wait for the deadlock
        // detector.
        if (access == Access::group) sql += "; SET LOCAL lock_timeout='200ms'";
        guarded([&] { direct_->exec(sql); });
        in_transaction_ = true;
    }

    void commit() override {
        in_transaction_ = false;
        try {
            guarded([&] { direct_->exec("COMMIT"); });
        } catch (const DbError& error) {
            if (error.kind() != DbErrorKind::unavailable) throw;
            broken_ = true;
            throw DbError(DbErrorKind::unavailable, "the connection was lost at COMMIT, the result is unknown (" +
                                                        std::string{error.what()} + ")");
        }
    }

    void rollback() noexcept override {
        if (!in_transaction_) return;
        in_transaction_ = false;
        try {
            direct_->exec("ROLLBACK");
        } catch (const std::exception&) {
            broken_ = true;  // the server rolls back what a lost connection leaves; usable() tells the owner
        }
    }

    std::int64_t run(std::string_view sql, Params params, const RowSink& sink) override {
        return guarded([&] {
            const pqxx::result result = params.empty() && !sink ? direct_->exec(engine_text(Engine::postgres, sql))
                                                                : execute_prepared(sql, params);
            deliver(result, sink);
            return static_cast<std::int64_t>(result.affected_rows());
        });
    }

    void stream(std::string_view sql, Params params, const RowSink& sink) override {
        const std::string cursor = "stream_" + std::to_string(++cursors_);
        const std::string declare = "DECLARE " + cursor + " NO SCROLL CURSOR FOR " + engine_text(Engine::postgres, sql);
        const std::string fetch = "FETCH " + std::to_string(stream_rows) + " FROM " + cursor;
        guarded([&] {
            const std::vector<TextParameter> texts = texts_of(params);
            direct_->exec_params(declare, pqxx::prepare::make_dynamic_params(texts));
            bool more = true;
            while (more) {
                const pqxx::result part = direct_->exec(fetch);
                more = deliver(part, sink) && static_cast<std::size_t>(part.size()) == stream_rows;
            }
            direct_->exec("CLOSE " + cursor);
        });
    }

    std::int64_t run_many(std::string_view sql, std::span<const std::vector<Param>> rows, RowKeys keys) override {
        const std::size_t width = rows.front().size();
        std::int64_t changed = 0;
        // Few round trips for any number of rows, and few statements to prepare.
        for (const std::size_t step : std::initializer_list<std::size_t>{256, 64, 16, 8, 4, 2, 1}) {
            const auto text =
                step > 1 && width * step <= max_parameters ? repeat_values(sql, width, step, keys) : std::nullopt;
            if (step > 1 && !text) continue;
            while (rows.size() >= step) {
                std::vector<Param> flat;
                flat.reserve(width * step);
                for (const auto& row : rows.first(step)) flat.insert(flat.end(), row.begin(), row.end());
                changed += run(text ? std::string_view{*text} : sql, flat, [](Row&&) { return true; });
                rows = rows.subspan(step);
            }
        }
        return changed;
    }

    void script(std::string_view sql) override {
        guarded([&] { direct_->exec(engine_text(Engine::postgres, sql)); });
    }

    bool in_transaction() const override { return in_transaction_ && usable(); }
    bool usable() const override { return !broken_ && connection_.is_open(); }

    std::int64_t size_bytes() override {
        std::int64_t size = 0;
        run("SELECT pg_database_size(current_database())", {}, [&](Row&& row) {
            size = row.get<std::int64_t>(0);
            return true;
        });
        return size;
    }

  private:
    static std::vector<TextParameter> texts_of(Params params) {
        std::vector<TextParameter> texts;
        texts.reserve(params.size());
        for (const Param& param : params) texts.push_back({postgres_parameter(param)});
        return texts;
    }

    pqxx::result execute_prepared(std::string_view sql, Params params) {
        const std::string name = statement_name(sql);
        const std::vector<TextParameter> texts = texts_of(params);
        return direct_->exec_prepared(name, pqxx::prepare::make_dynamic_params(texts));
    }

    std::string statement_name(std::string_view sql) {
        const std::string key{sql};
        if (const auto found = statements_.find(key); found != statements_.end()) return found->second;
        if (statements_.size() >= max_statements) forget_statements();
        const std::string name = "p7_" + std::to_string(++prepared_);
        connection_.prepare(name, engine_text(Engine::postgres, sql));
        statements_.emplace(key, name);
        return name;
    }

    void forget_statements() {
        for (const auto& [sql, name] : statements_) connection_.unprepare(name);
        statements_.clear();
    }

    // False when the sink wants no more.
    static bool deliver(const pqxx::result& result, const RowSink& sink) {
        if (!sink || result.columns() == 0) return true;
        auto columns = std::make_shared<std::vector<std::string>>();
        for (pqxx::row::size_type i = 0; i < result.columns(); ++i) columns->push_back(result.column_name(i));
        for (const auto& row : result) {
            std::vector<Value> values;
            values.reserve(columns->size());
            for (const auto& field : row) {
                if (field.is_null()) {
                    values.emplace_back(nullptr);
                } else {
                    values.push_back(postgres_value(field.type(), {field.c_str(), field.size()}));
                }
            }
            if (!sink(Row(columns, std::move(values)))) return false;
        }
        return true;
    }

    template <typename Fn>
    auto guarded(Fn fn) -> decltype(fn()) {
        try {
            return fn();
        } catch (const pqxx::pqxx_exception& error) {
            translate(error.base());
        }
    }

    [[noreturn]] void translate(const std::exception& error) {
        std::string state;
        if (const auto* sql = dynamic_cast<const pqxx::sql_error*>(&error)) state = sql->sqlstate();
        if (dynamic_cast<const pqxx::serialization_failure*>(&error) != nullptr) state = "40001";
        if (dynamic_cast<const pqxx::deadlock_detected*>(&error) != nullptr) state = "40P01";
        if (dynamic_cast<const pqxx::broken_connection*>(&error) != nullptr) state = "08006";
        if (!connection_.is_open()) {
            broken_ = true;
            throw DbError(DbErrorKind::unavailable, "the connection to PostgreSQL is lost", state);
        }
        const std::string message = postgres_message(error.what(), state);
        if (state == "0A000" && message.find("cached plan") != std::string::npos) {
            broken_ = true;  // another instance has migrated; a new connection plans anew
            throw DbError(DbErrorKind::serialization, message, state);
        }
        const DbErrorKind kind = kind_of_sqlstate(state);
        if (kind == DbErrorKind::unavailable) broken_ = true;
        throw DbError(kind, message, state);
    }

    bool serializable_;
    bool in_transaction_ = false;
    bool broken_ = false;
    std::uint64_t prepared_ = 0;
    std::uint64_t cursors_ = 0;
    std::unordered_map<std::string, std::string> statements_;  // text → name
    pqxx::connection connection_;
    std::optional<pqxx::nontransaction> direct_;  // BEGIN and COMMIT are ours: their failure must be told apart
};

core::Error connect_error(const std::exception& error) {
    std::string message = error.what();
    std::replace(message.begin(), message.end(), '\n', ' ');
    for (const std::string_view quoting : {"connection info string", "connection string", "URI", "percent-encoded"}) {
        // libpq would quote a piece of the settings here, perhaps of the password
        if (message.find(quoting) == std::string::npos) continue;
        return core::invalid(
            "the PostgreSQL connection settings cannot be read: key=value pairs or postgres://… expected");
    }
    return core::unavailable("cannot use PostgreSQL: " + message);
}

}  // namespace

ServerFactory postgres_factory() {
    return [](const ServerOptions& options) -> core::Result<std::unique_ptr<Connection>> {
        try {
            auto connection = std::make_unique<PostgresConnection>(options);
            if (const auto status = connection->check(); !status.ok()) return status.error();
            return std::unique_ptr<Connection>(std::move(connection));
        } catch (const pqxx::pqxx_exception& error) {
            return connect_error(error.base());
        } catch (const DbError& error) {
            return to_error(error);
        }
    };
}

}  // namespace plus7::sql
