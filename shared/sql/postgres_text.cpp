#include "shared/sql/postgres_text.hpp"

#include <array>
#include <charconv>
#include <stdexcept>

namespace plus7::sql {
namespace {

// pg_type.dat
constexpr unsigned oid_bool = 16;
constexpr unsigned oid_bytea = 17;
constexpr unsigned oid_int8 = 20;
constexpr unsigned oid_int2 = 21;
constexpr unsigned oid_int4 = 23;
constexpr unsigned oid_oid = 26;
constexpr unsigned oid_float4 = 700;
constexpr unsigned oid_float8 = 701;
constexpr unsigned oid_numeric = 1700;  // sum() of BIGINT; an integer in SQLite

template <typename T>
std::optional<T> number_in(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

template <typename T>
T number_of(std::string_view text) {
    const auto value = number_in<T>(text);
    if (!value) throw DbError(DbErrorKind::other, "PostgreSQL sent a number that cannot be read");
    return *value;
}

core::Bytes bytes_of(std::string_view text) {
    std::optional<core::Bytes> bytes;
    if (text.starts_with("\\x")) bytes = core::from_hex(text.substr(2));
    if (!bytes) throw DbError(DbErrorKind::other, "PostgreSQL sent bytes that are not in hex form");
    return std::move(*bytes);
}

}  // namespace

std::optional<std::string> postgres_parameter(const Param& param) {
    const Param::View& view = param.view();
    switch (view.index()) {
        case 1:
            return std::to_string(std::get<1>(view));
        case 2: {
            std::array<char, 32> buffer{};
            const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::get<2>(view));
            return std::string(buffer.data(), done.ptr);  // the shortest text that reads back as the same number
        }
        case 3:
            return std::string{std::get<3>(view)};
        case 4:
            return "\\x" + core::to_hex(std::get<4>(view));
        default:
            return std::nullopt;
    }
}

Value postgres_value(unsigned type, std::string_view text) {
    switch (type) {
        case oid_bool:
            return std::int64_t{text == "t"};
        case oid_bytea:
            return bytes_of(text);
        case oid_int2:
        case oid_int4:
        case oid_int8:
        case oid_oid:
            return number_of<std::int64_t>(text);
        case oid_float4:
        case oid_float8:
            return number_of<double>(text);
        case oid_numeric:
            if (const auto whole = number_in<std::int64_t>(text)) return *whole;
            return number_of<double>(text);
        default:
            return std::string{text};
    }
}

DbErrorKind kind_of_sqlstate(std::string_view sqlstate) {
    const auto is = [&](std::string_view start) { return sqlstate.starts_with(start); };
    if (is("23505")) return DbErrorKind::constraint_unique;
    if (is("23")) return DbErrorKind::constraint;
    if (is("22")) return DbErrorKind::invalid;
    if (is("40001") || is("40P01")) return DbErrorKind::serialization;
    if (is("55P03")) return DbErrorKind::busy;
    if (is("53100")) return DbErrorKind::full;
    if (is("58") || is("XX001") || is("XX002")) return DbErrorKind::io;
    if (is("08") || is("53") || is("57")) return DbErrorKind::unavailable;
    return DbErrorKind::other;
}

std::string postgres_message(std::string_view message, std::string_view sqlstate) {
    message = message.substr(0, message.find('\n'));
    if (message.starts_with("ERROR:")) message.remove_prefix(6);
    if (sqlstate.starts_with("22")) message = message.substr(0, message.find_first_of(":\""));
    const std::size_t start = message.find_first_not_of(' ');
    return std::string{start == std::string_view::npos ? message : message.substr(start)};
}

std::string with_timeouts(std::string conninfo) {
    const bool is_uri = conninfo.starts_with("postgres://") || conninfo.starts_with("postgresql://");
    const auto add = [&](const std::string& key, const std::string& value) {
        if (conninfo.find(key + "=") != std::string::npos) return;
        const char* glue = !is_uri ? " " : conninfo.find('?') == std::string::npos ? "?" : "&";
        conninfo += glue + key + "=" + value;
    };
    add("connect_timeout", "10");      // seconds
    add("tcp_user_timeout", "20000");  // milliseconds
    return conninfo;
}

}  // namespace plus7::sql
