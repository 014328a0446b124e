#include "shared/runtime/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>

namespace plus7::runtime {
namespace {

using std::chrono::steady_clock;

constexpr std::array<std::string_view, 4> level_names{"debug", "info", "warning", "error"};
// syslog(3) priorities, as sd-daemon(3) prefixes: debug 7, info 6, warning 4, err 3.
constexpr std::array<std::string_view, 4> journal_prefixes{"<7>", "<6>", "<4>", "<3>"};
constexpr std::size_t max_remembered_messages = 256;

// $JOURNAL_STREAM holds "device:inode" of the stream that goes to the journal (systemd.exec(5)).
bool stderr_is_journal() {
    const char* stream = std::getenv("JOURNAL_STREAM");
    if (stream == nullptr) return false;
    unsigned long long device = 0;
    unsigned long long inode = 0;
    struct stat status {};
    if (std::sscanf(stream, "%llu:%llu", &device, &inode) != 2 || ::fstat(STDERR_FILENO, &status) != 0) return false;
    return status.st_dev == device && status.st_ino == inode;
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warning:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

struct Repeats {
    steady_clock::time_point written;
    LogLevel level = LogLevel::warning;
    std::uint64_t left_out = 0;
};

class Output {
  public:
    Output() : journal_(stderr_is_journal()) {
        if (::isatty(STDERR_FILENO) != 0) {
            logger_ = std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::ansicolor_stderr_sink_mt>());
        } else {
            logger_ = std::make_shared<spdlog::logger>("", std::make_shared<spdlog::sinks::stderr_sink_mt>());
        }
        logger_->set_pattern(journal_ ? "%v" : "%Y-%m-%dT%H:%M:%S.%e%z %^%l%$ %v");
        logger_->set_level(spdlog::level::trace);
    }

    void write(LogLevel level, std::string_view message, LogFields fields) {
        if (level < level_.load(std::memory_order_relaxed)) return;
        const auto line = format_line(message, fields);
        const std::lock_guard guard(lock_);
        const auto now = steady_clock::now();
        sweep(now);
        if (level < LogLevel::warning) return emit(level, line);
        auto [row, is_new] = repeats_.try_emplace(std::string(message));
        if (!is_new && now - row->second.written < window_) {
            ++row->second.left_out;
            return;
        }
        const auto left_out = row->second.left_out;
        row->second = {now, level, 0};
        emit(level, left_out == 0 ? line : line + " repeated=" + std::to_string(left_out));
    }

    void configure(const LogSettings& settings) {
        const std::lock_guard guard(lock_);
        level_ = settings.level;
        window_ = settings.repeat_window;
    }

    void redirect(LogSink sink) {
        const std::lock_guard guard(lock_);
        sink_ = std::move(sink);
        repeats_.clear();
    }

  private:
    // Writes the counts of messages that did not come again, and keeps the memory of messages bounded.
    void sweep(steady_clock::time_point now) {
        if (now - swept_ < window_ && repeats_.size() < max_remembered_messages) return;
        swept_ = now;
        for (auto row = repeats_.begin(); row != repeats_.end();) {
            const bool over = now - row->second.written >= window_;
            if (!over && repeats_.size() < max_remembered_messages) {
                ++row;
                continue;
            }
            if (row->second.left_out > 0) {
                emit(row->second.level, row->first + " repeated=" + std::to_string(row->second.left_out));
            }
            row = repeats_.erase(row);
        }
    }

    void emit(LogLevel level, const std::string& line) {
        if (sink_) return sink_(level, line);
        const auto text = journal_ ? std::string(journal_prefixes[static_cast<std::size_t>(level)]) + line : line;
        logger_->log(spdlog_level(level), spdlog::string_view_t(text.data(), text.size()));
    }

    const bool journal_;
    std::shared_ptr<spdlog::logger> logger_;
    std::atomic<LogLevel> level_{LogLevel::info};
    std::mutex lock_;
    std::chrono::milliseconds window_ = LogSettings{}.repeat_window;
    std::map<std::string, Repeats, std::less<>> repeats_;
    steady_clock::time_point swept_{};
    LogSink sink_;
};

// Never destroyed: threads and destructors of statics may log until the very end.
Output& output() {
    static auto* const instance = new Output;
    return *instance;
}

bool is_plain(std::string_view value) {
    if (value.empty()) return false;
    for (const char c : value) {
        if (static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '=' || c == '\\' || c == 0x7f) return false;
    }
    return true;
}

void append_escaped(std::string& out, std::string_view text, bool quotes_too) {
    for (const char c : text) {
        if (c == '\n') {
            out += "\\n";
        } else if (quotes_too && (c == '"' || c == '\\')) {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) {
            std::array<char, 8> hex{};
            std::snprintf(hex.data(), hex.size(), "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            out += hex.data();
        } else {
            out += c;
        }
    }
}

}  // namespace

std::string_view name_of(LogLevel level) { return level_names.at(static_cast<std::size_t>(level)); }

std::optional<LogLevel> log_level_from(std::string_view name) {
    for (std::size_t i = 0; i < level_names.size(); ++i) {
        if (level_names[i] == name) return static_cast<LogLevel>(i);
    }
    return std::nullopt;
}

std::string format_line(std::string_view message, LogFields fields) {
    std::string line;
    append_escaped(line, message, false);
    for (const auto& field : fields) {
        line += ' ';
        line += field.key;
        line += '=';
        if (is_plain(field.value)) {
            line += field.value;
        } else {
            line += '"';
            append_escaped(line, field.value, true);
            line += '"';
        }
    }
    return line;
}

void log_debug(std::string_view message, LogFields fields) { output().write(LogLevel::debug, message, fields); }
void log_info(std::string_view message, LogFields fields) { output().write(LogLevel::info, message, fields); }
void log_warning(std::string_view message, LogFields fields) { output().write(LogLevel::warning, message, fields); }
void log_error(std::string_view message, LogFields fields) { output().write(LogLevel::error, message, fields); }

void configure_log(const LogSettings& settings) { output().configure(settings); }
void set_log_sink(LogSink sink) { output().redirect(std::move(sink)); }

}  // namespace plus7::runtime
