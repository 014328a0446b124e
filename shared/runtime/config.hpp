// Reads one TOML file into typed values and collects all that is wrong with it, with full keys, lines and columns, so
// that a person mends it in one go. Used once, in the main thread, by each binary's config.cpp:
//     ConfigReader file(text, "central.toml");
//     config.port = file.integer("http.port", 8080, {1, 65535});
//     config.token = file.secret("telegram.token", "");
//     if (const auto errors = file.finish(); !errors.empty()) …
// Keys are dotted paths; elements of arrays of tables are "printers[0].name".
#pragma once
#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/runtime/secret.hpp"

namespace plus7::runtime {

struct ConfigError {
    std::string key;  // empty: the file as a whole
    std::string message;
    std::string file;
    std::size_t line = 0;  // 0: not in the file
    std::size_t column = 0;
    std::string text() const;  // "central.toml:3:8: http.port: must be 1 … 65535, is 70000"
};

struct Required {};
inline constexpr Required required;

// A default, or `required`.
template <typename T>
struct Or {
    Or(Required) {}  // NOLINT: implicit on purpose
    template <typename U>
    requires std::convertible_to<U, T> Or(U&& fallback)
        : value(static_cast<T>(std::forward<U>(fallback))) {}  // NOLINT: implicit on purpose
    std::optional<T> value;
};

template <typename T>
struct Range {
    T min = std::numeric_limits<T>::lowest();
    T max = std::numeric_limits<T>::max();
};

class ConfigReader {
  public:
    using Milliseconds = std::chrono::milliseconds;

    // A syntax error is kept for finish(); the getters then give defaults.
    ConfigReader(std::string_view text, std::string file_name);
    // An empty or missing file name is an error of finish(), too.
    static ConfigReader from_file(const std::filesystem::path& path);
    ~ConfigReader();
    ConfigReader(ConfigReader&&) noexcept;
    ConfigReader& operator=(ConfigReader&&) noexcept;

    // Each getter gives the file's value, else the default; after an error a value of the right type (the default, the
    // nearest bound or an empty one) and the error for finish().
    std::int64_t integer(std::string_view key, Or<std::int64_t> fallback, Range<std::int64_t> range = {});
    double number(std::string_view key, Or<double> fallback, Range<double> range = {});
    bool flag(std::string_view key, Or<bool> fallback);
    std::string text(std::string_view key, Or<std::string> fallback);
    std::string choice(std::string_view key, Or<std::string> fallback, const std::vector<std::string>& allowed);
    std::vector<std::string> text_list(std::string_view key, Or<std::vector<std::string>> fallback);
    // "250ms", "30s", "5min", "2h", "7d"; a bare number is an error, for it has no unit.
    Milliseconds duration(std::string_view key, Or<Milliseconds> fallback,
                          Range<Milliseconds> range = {Milliseconds{0}, Milliseconds::max()});
    // "512B", "64KiB", "20MiB", "2GiB"
    std::uint64_t byte_size(std::string_view key, Or<std::uint64_t> fallback, Range<std::uint64_t> range = {});
    // Relative paths are relative to the directory of the configuration file.
    std::filesystem::path path(std::string_view key, Or<std::string> fallback);
    // Never written in the file itself: "<key>_file" names a file with it, or systemd gives it as the credential <key>
    // ($CREDENTIALS_DIRECTORY). A line end at its end is taken off.
    Secret secret(std::string_view key, Or<std::string> fallback);

    std::size_t table_count(std::string_view key);  // elements of an array of tables, 0 if absent
    std::vector<std::string> table_keys(
        std::string_view key);  // keys of a table, sorted; their values are still to be read
    bool has(std::string_view key) const;

    // For checks over several keys.
    void add_error(std::string_view key, std::string message);

    // All errors in the order of the file; unknown keys are errors, or only warnings when the file's integer `version`
    // is above `known_version` (0: the file has no version).
    std::vector<ConfigError> finish(std::int64_t known_version = 0);
    const std::vector<ConfigError>& warnings() const;

    // TOML of every value that was asked for, defaults included, secrets left out. For --print-config.
    std::string print() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace plus7::runtime
