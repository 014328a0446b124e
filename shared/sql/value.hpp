// Values of a database: what a statement is given (Param, a view) and what a row holds (Value, owned).
#pragma once
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/core/ids.hpp"
#include "shared/core/time.hpp"

namespace plus7::sql {

using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string, core::Bytes>;

// One bound parameter. It only looks at texts and bytes: they must live until the statement has run. Booleans are 0 and
// 1, times microseconds. Text must be UTF-8 without NUL, numbers finite: binding anything else throws DbError{invalid}.
class Param {
  public:
    using View = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, core::ByteView>;

    Param(std::nullptr_t) {}                                           // NOLINT: implicit on purpose, as all below
    Param(std::nullopt_t) {}                                           // NOLINT
    Param(double value);                                               // NOLINT
    Param(std::string_view text);                                      // NOLINT
    Param(const std::string& text) : Param(std::string_view{text}) {}  // NOLINT
    Param(const char* text) : Param(std::string_view{text}) {}         // NOLINT
    Param(core::ByteView bytes) : view_(bytes) {}                      // NOLINT
    Param(const core::Bytes& bytes) : view_(core::ByteView{bytes}) {}  // NOLINT
    Param(core::TimeUs time) : view_(core::count(time)) {}             // NOLINT
    Param(const core::DeviceId& id) : Param(id.text()) {}              // NOLINT
    Param(const Value& value);                                         // NOLINT

    template <std::integral T>
    Param(T value) : view_(checked(value)) {}  // NOLINT
    template <std::size_t Size, typename Tag>
    Param(const core::Fixed<Size, Tag>& value) : view_(value.bytes()) {}  // NOLINT
    template <typename T>
    Param(const std::optional<T>& value) {  // NOLINT
        if (value) *this = Param(*value);
    }

    const View& view() const { return view_; }

  private:
    template <std::integral T>
    static std::int64_t checked(T value) {
        if constexpr (!std::same_as<T, bool>) {
            if (!std::in_range<std::int64_t>(value)) throw_out_of_range();
        }
        return static_cast<std::int64_t>(value);
    }
    [[noreturn]] static void throw_out_of_range();

    View view_ = nullptr;
};

using Params = std::span<const Param>;
using Columns = std::shared_ptr<const std::vector<std::string>>;

// One row of an answer. A wrong column or type is a bug of the caller: std::logic_error that names column and types.
class Row {
  public:
    Row(Columns columns, std::vector<Value> values) : columns_(std::move(columns)), values_(std::move(values)) {}

    std::size_t size() const { return values_.size(); }
    const Value& value(std::size_t index) const;
    const Value& value(std::string_view column) const { return value(index_of(column)); }
    bool is_null(std::string_view column) const { return value(column).index() == 0; }

    // T: any integer type, bool, double, std::string, core::Bytes, core::TimeUs, core::Fixed<>, core::DeviceId, or
    // std::optional of these for a column that may be NULL.
    template <typename T>
    T get(std::size_t index) const {
        return read<T>(index, static_cast<T*>(nullptr));
    }
    template <typename T>
    T get(std::string_view column) const {
        return get<T>(index_of(column));
    }

  private:
    std::size_t index_of(std::string_view column) const;
    std::int64_t integer(std::size_t index) const;
    double real(std::size_t index) const;
    const std::string& text(std::size_t index) const;
    const core::Bytes& bytes(std::size_t index) const;
    [[noreturn]] void refuse(std::size_t index, std::string_view wanted) const;

    template <typename T, std::integral I>
    T read(std::size_t index, I*) const {
        const std::int64_t number = integer(index);
        if (!std::in_range<T>(number)) refuse(index, "an integer of this size");
        return static_cast<T>(number);
    }
    template <typename T>
    T read(std::size_t index, bool*) const {
        const std::int64_t number = integer(index);
        if (number != 0 && number != 1) refuse(index, "0 or 1");
        return number == 1;
    }
    template <typename T>
    T read(std::size_t index, double*) const {
        return real(index);
    }
    template <typename T>
    T read(std::size_t index, std::string*) const {
        return text(index);
    }
    template <typename T>
    T read(std::size_t index, core::Bytes*) const {
        return bytes(index);
    }
    template <typename T>
    T read(std::size_t index, core::TimeUs*) const {
        return core::time_us(integer(index));
    }
    template <typename T>
    T read(std::size_t index, core::DeviceId*) const {
        auto id = core::DeviceId::parse(text(index));
        if (!id) refuse(index, "a device id");
        return *id;
    }
    template <typename T, std::size_t Size, typename Tag>
    T read(std::size_t index, core::Fixed<Size, Tag>*) const {
        const auto fixed = T::from(bytes(index));
        if (!fixed) refuse(index, std::to_string(Size) + " bytes");
        return *fixed;
    }
    template <typename T, typename Inner>
    T read(std::size_t index, std::optional<Inner>*) const {
        if (value(index).index() == 0) return std::nullopt;
        return get<Inner>(index);
    }

    Columns columns_;
    std::vector<Value> values_;
};

using Rows = std::vector<Row>;

}  // namespace plus7::sql
