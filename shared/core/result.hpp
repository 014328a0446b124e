// Result<T>: an expected outcome, or an Error that says what went wrong. Broken machines and bugs throw instead.
// Value types; use from any thread.
#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace plus7::core {

enum class ErrorKind {
    invalid,      // the input breaks a rule; the message says which
    not_found,    // no such thing, or not for this caller
    conflict,     // the state has moved on: duplicate, stale version, illegal step
    denied,       // who asks is known but may not
    expired,      // it was right once: token, code, lease, certificate
    unavailable,  // try again later: network, broker, database, provider
    limit,        // too many, too large, too fast
    full,         // the disk has no room left: nothing was saved
    internal,     // our own fault, seen and named
};

std::string_view name_of(ErrorKind kind);

struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string message;  // for a person; no secrets, no personal data

    // The same error seen from further up: "what: message".
    [[nodiscard]] Error context(std::string_view what) const;
    bool operator==(const Error&) const = default;
};

Error invalid(std::string_view message);
Error not_found(std::string_view message);
Error conflict(std::string_view message);
Error denied(std::string_view message);
Error expired(std::string_view message);
Error unavailable(std::string_view message);
Error limit(std::string_view message);
Error full(std::string_view message);
Error internal(std::string_view message);

// Thrown when the value of a failed Result is asked for: a bug of the caller.
class BadResultAccess : public std::logic_error {
  public:
    explicit BadResultAccess(const Error& error);
};

template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit on purpose
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit on purpose

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    const T& value() const& {
        require();
        return *std::get_if<0>(&state_);
    }
    T& value() & {
        require();
        return *std::get_if<0>(&state_);
    }
    T&& value() && {
        require();
        return std::move(*std::get_if<0>(&state_));
    }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    const Error& error() const { return std::get<1>(state_); }

  private:
    void require() const {
        if (!ok()) throw BadResultAccess(error());
    }
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)), ok_(false) {}  // NOLINT: implicit on purpose

    bool ok() const { return ok_; }
    explicit operator bool() const { return ok_; }
    void value() const {
        if (!ok_) throw BadResultAccess(error_);
    }
    const Error& error() const { return error_; }

  private:
    Error error_;
    bool ok_ = true;
};

using Status = Result<void>;

}  // namespace plus7::core
