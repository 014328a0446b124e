// Structured logging to stderr: a fixed message and key=value fields. For journald with priority prefixes, elsewhere
// with time and level. Any thread. Secrets and personal data do not belong here: give ids and counts.
#pragma once
#include <chrono>
#include <concepts>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace plus7::runtime {

class Secret;  // secret.hpp

enum class LogLevel { debug, info, warning, error };
std::string_view name_of(LogLevel level);
std::optional<LogLevel> log_level_from(std::string_view name);

struct LogField {
    LogField(std::string_view field, std::string_view text) : key(field), value(text) {}
    LogField(std::string_view field, const std::string& text) : key(field), value(text) {}
    LogField(std::string_view field, const char* text) : key(field), value(text) {}
    LogField(std::string_view field, bool flag) : key(field), value(flag ? "true" : "false") {}
    template <std::integral Number>
    LogField(std::string_view field, Number number) : key(field), value(std::to_string(number)) {}
    template <std::floating_point Number>
    LogField(std::string_view field, Number number) : key(field), value(std::to_string(number)) {}
    template <typename Rep, typename Period>
    LogField(std::string_view field, std::chrono::duration<Rep, Period> time)
        : key(field),
          value(std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()) + "ms") {}
    LogField(std::string_view field, const Secret& secret) = delete;

    std::string_view key;
    std::string value;
};
using LogFields = std::initializer_list<LogField>;

// Warnings and errors with the same message text are written at most once per repeat window (see configure_log); the
// next line with that message, or the end of the window, says how many were left out (repeated=n).
void log_debug(std::string_view message, LogFields fields = {});
void log_info(std::string_view message, LogFields fields = {});
void log_warning(std::string_view message, LogFields fields = {});
void log_error(std::string_view message, LogFields fields = {});

// Line without level and time: message, then " key=value"; values with spaces, quotes or control characters are quoted
// and escaped, so that one call is always one line.
std::string format_line(std::string_view message, LogFields fields);

struct LogSettings {
    LogLevel level = LogLevel::info;
    std::chrono::milliseconds repeat_window = std::chrono::seconds{10};
};
void configure_log(const LogSettings& settings);

// Sends every line there instead of to stderr; an empty function restores stderr. For tests.
using LogSink = std::function<void(LogLevel, const std::string& line)>;
void set_log_sink(LogSink sink);

}  // namespace plus7::runtime
