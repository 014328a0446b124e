#include "shared/sql/value.hpp"

#include <array>
#include <cmath>
#include <stdexcept>

#include "shared/sql/error.hpp"

namespace plus7::sql {
namespace {

constexpr std::array<std::string_view, std::variant_size_v<Value>> type_names{"NULL", "an integer", "a real", "a text",
                                                                              "bytes"};

// Length of the UTF-8 sequence at the start of `text` (RFC 3629), 0 when it is none.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0x80                    ? 1
                               : lead >= 0xC2 && lead <= 0xDF ? 2
                               : lead >= 0xE0 && lead <= 0xEF ? 3
                               : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                              : 0;
    if (length == 0 || length > text.size()) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    if (lead == 0xE0 && byte(1) < 0xA0) return 0;  // overlong
    if (lead == 0xED && byte(1) > 0x9F) return 0;  // surrogates
    if (lead == 0xF0 && byte(1) < 0x90) return 0;  // overlong
    if (lead == 0xF4 && byte(1) > 0x8F) return 0;  // above U+10FFFF
    return length;
}

bool is_storable_text(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = text.front() == '\0' ? 0 : sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace

Param::Param(double value) : view_(value) {
    if (!std::isfinite(value)) throw DbError(DbErrorKind::invalid, "a number must be finite");
}

Param::Param(std::string_view text) : view_(text) {
    if (!is_storable_text(text)) throw DbError(DbErrorKind::invalid, "a text must be UTF-8 without NUL");
}

Param::Param(const Value& value) {
    switch (value.index()) {
        case 1:
            *this = Param(std::get<1>(value));
            break;
        case 2:
            *this = Param(std::get<2>(value));
            break;
        case 3:
            *this = Param(std::get<3>(value));
            break;
        case 4:
            *this = Param(std::get<4>(value));
            break;
        default:
            break;
    }
}

void Param::throw_out_of_range() {
    throw DbError(DbErrorKind::invalid, "an integer must fit into 64 bits with a sign");
}

const Value& Row::value(std::size_t index) const {
    if (index >= values_.size()) {
        throw std::logic_error("a row has no column " + std::to_string(index) + ", it has " +
                               std::to_string(values_.size()));
    }
    return values_[index];
}

std::size_t Row::index_of(std::string_view column) const {
    for (std::size_t i = 0; i < columns_->size(); ++i) {
        if ((*columns_)[i] == column) return i;
    }
    std::string message = "a row has no column '" + std::string{column} + "', it has:";
    for (const std::string& name : *columns_) message += " " + name;
    throw std::logic_error(message);
}

void Row::refuse(std::size_t index, std::string_view wanted) const {
    throw std::logic_error("column '" + (*columns_)[index] + "' holds " +
                           std::string{type_names[value(index).index()]} + ", wanted was " + std::string{wanted});
}

std::int64_t Row::integer(std::size_t index) const {
    const auto* number = std::get_if<std::int64_t>(&value(index));
    if (number == nullptr) refuse(index, "an integer");
    return *number;
}

double Row::real(std::size_t index) const {
    const Value& held = value(index);
    if (const auto* number = std::get_if<std::int64_t>(&held)) return static_cast<double>(*number);
    const auto* number = std::get_if<double>(&held);
    if (number == nullptr) refuse(index, "a real");
    return *number;
}

const std::string& Row::text(std::size_t index) const {
    const auto* held = std::get_if<std::string>(&value(index));
    if (held == nullptr) refuse(index, "a text");
    return *held;
}

const core::Bytes& Row::bytes(std::size_t index) const {
    const auto* held = std::get_if<core::Bytes>(&value(index));
    if (held == nullptr) refuse(index, "bytes");
    return *held;
}

}  // namespace plus7::sql
