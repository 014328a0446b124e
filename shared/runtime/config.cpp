#include "shared/runtime/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "shared/runtime/config_print.hpp"
#include "shared/runtime/config_units.hpp"

namespace plus7::runtime {
namespace {

std::optional<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::ostringstream text;
    text << in.rdbuf();
    if (in.bad() || text.fail()) return std::nullopt;
    return text.str();
}

std::string print_number(double value) {
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    std::string out(text.data(), end);
    if (out.find_first_of(".en") == std::string::npos) out += ".0";  // else TOML reads an integer
    return out;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

}  // namespace

std::string ConfigError::text() const {
    auto out = file;
    if (line > 0) out += ":" + std::to_string(line) + ":" + std::to_string(column);
    return out + ": " + (key.empty() ? "" : key + ": ") + message;
}

struct ConfigReader::State {
    std::string file;
    toml::table root;
    bool readable = true;  // no syntax error: only then are missing keys worth telling
    std::set<std::string, std::less<>> asked;
    std::vector<ConfigError> errors;
    std::vector<ConfigError> warnings;
    ConfigPrinter printer;

    const toml::node* find(std::string_view key) const { return toml::at_path(root, key).node(); }

    // The node of `key`, which counts as known from now on.
    const toml::node* ask(std::string_view key) {
        asked.emplace(key);
        return find(key);
    }

    ConfigError error_at(std::string_view key, const toml::node* node, std::string message) const {
        ConfigError error{std::string(key), std::move(message), file, 0, 0};
        if (node != nullptr) {
            error.line = node->source().begin.line;
            error.column = node->source().begin.column;
        }
        return error;
    }

    void fail(std::string_view key, const toml::node* node, std::string message) {
        errors.push_back(error_at(key, node, std::move(message)));
    }

    template <typename T>
    T missing(std::string_view key, const Or<T>& fallback) {
        if (!fallback.value && readable) fail(key, nullptr, "is missing and has no default");
        return fallback.value.value_or(T{});
    }

    template <typename T, typename Print>
    T in_range(std::string_view key, const toml::node* node, T value, const Range<T>& range, Print print) {
        if (value >= range.min && value <= range.max) return value;
        const bool has_min = range.min != Range<T>{}.min;
        const bool has_max = range.max != Range<T>{}.max;
        const auto rule = has_min && has_max ? print(range.min) + " … " + print(range.max)
                          : has_min          ? "at least " + print(range.min)
                                             : "at most " + print(range.max);
        fail(key, node, "must be " + rule + ", is " + print(value));
        return value < range.min ? range.min : range.max;
    }

    // A value written as text with a unit.
    template <typename T, typename Parse, typename Print>
    T with_unit(std::string_view key, const Or<T>& fallback, const Range<T>& range, Parse parse, Print print,
                const std::string& hint) {
        const auto* node = ask(key);
        T value = fallback.value.value_or(T{});
        if (node == nullptr) {
            value = missing(key, fallback);
        } else if (const auto* text = node->as_string(); const auto parsed = text ? parse(text->get()) : std::nullopt) {
            value = in_range<T>(key, node, *parsed, range, print);
        } else {
            fail(key, node, "must be text with a unit, like " + hint);
        }
        printer.add(key, ConfigPrinter::quoted(print(value)));
        return value;
    }

    void find_unknown(const toml::table& table, const std::string& prefix, std::vector<ConfigError>& out) const;
    bool is_known(const std::string& key) const;
};

// Known: asked for itself, or something under it was.
bool ConfigReader::State::is_known(const std::string& key) const {
    if (asked.contains(key)) return true;
    for (const char next : {'.', '['}) {
        const auto child = asked.lower_bound(key + next);
        if (child != asked.end() && child->starts_with(key + next)) return true;
    }
    return false;
}

void ConfigReader::State::find_unknown(const toml::table& table, const std::string& prefix,
                                       std::vector<ConfigError>& out) const {
    for (const auto& [name, node] : table) {
        const auto key = prefix + std::string(name.str());
        if (!is_known(key)) {
            out.push_back(error_at(key, &node, "is unknown"));
            if (name.source().begin.line > 0) {
                out.back().line = name.source().begin.line;
                out.back().column = name.source().begin.column;
            }
            continue;
        }
        if (const auto* inner = node.as_table()) find_unknown(*inner, key + ".", out);
        if (const auto* array = node.as_array()) {
            for (std::size_t i = 0; i < array->size(); ++i) {
                const auto* element = array->get(i)->as_table();
                if (element != nullptr) find_unknown(*element, key + "[" + std::to_string(i) + "].", out);
            }
        }
    }
}

ConfigReader::ConfigReader(std::string_view text, std::string file_name) : state_(std::make_unique<State>()) {
    state_->file = std::move(file_name);
    try {
        state_->root = toml::parse(text, state_->file);
    } catch (const toml::parse_error& error) {
        state_->readable = false;
        const auto place = error.source().begin;
        state_->errors.push_back({"", std::string(error.description()), state_->file, place.line, place.column});
    }
}

ConfigReader ConfigReader::from_file(const std::filesystem::path& path) {
    const auto text = read_file(path);
    ConfigReader reader(text.value_or(""), path.string());
    if (!text) {
        reader.state_->readable = false;
        reader.add_error("", "cannot be read");
    }
    return reader;
}

ConfigReader::~ConfigReader() = default;
ConfigReader::ConfigReader(ConfigReader&&) noexcept = default;
ConfigReader& ConfigReader::operator=(ConfigReader&&) noexcept = default;

std::int64_t ConfigReader::integer(std::string_view key, Or<std::int64_t> fallback, Range<std::int64_t> range) {
    const auto* node = state_->ask(key);
    std::int64_t value = fallback.value.value_or(0);
    if (node == nullptr) {
        value = state_->missing(key, fallback);
    } else if (const auto* found = node->as_integer()) {
        value = state_->in_range<std::int64_t>(key, node, found->get(), range,
                                               [](std::int64_t number) { return std::to_string(number); });
    } else {
        state_->fail(key, node, "must be a whole number");
    }
    state_->printer.add(key, std::to_string(value));
    return value;
}

double ConfigReader::number(std::string_view key, Or<double> fallback, Range<double> range) {
    const auto* node = state_->ask(key);
    double value = fallback.value.value_or(0);
    if (node == nullptr) {
        value = state_->missing(key, fallback);
    } else if (const auto found = node->value<double>(); found && node->is_number() && std::isfinite(*found)) {
        value = state_->in_range<double>(key, node, *found, range, print_number);
    } else {
        state_->fail(key, node, "must be a number");
    }
    state_->printer.add(key, print_number(value));
    return value;
}

bool ConfigReader::flag(std::string_view key, Or<bool> fallback) {
    const auto* node = state_->ask(key);
    bool value = fallback.value.value_or(false);
    if (node == nullptr) {
        value = state_->missing(key, fallback);
    } else if (const auto* found = node->as_boolean()) {
        value = found->get();
    } else {
        state_->fail(key, node, "must be true or false");
    }
    state_->printer.add(key, value ? "true" : "false");
    return value;
}

std::string ConfigReader::text(std::string_view key, Or<std::string> fallback) {
    const auto* node = state_->ask(key);
    std::string value = fallback.value.value_or("");
    if (node == nullptr) {
        value = state_->missing(key, fallback);
    } else if (const auto* found = node->as_string()) {
        value = found->get();
    } else {
        state_->fail(key, node, "must be text in quotes");
    }
    state_->printer.add(key, ConfigPrinter::quoted(value));
    return value;
}

std::string ConfigReader::choice(std::string_view key, Or<std::string> fallback,
                                 const std::vector<std::string>& allowed) {
    const auto value = text(key, fallback);
    const auto* node = state_->find(key);
    const bool known = std::find(allowed.begin(), allowed.end(), value) != allowed.end();
    if (known || node == nullptr || !node->is_string()) return value;
    state_->fail(key, node, "must be one of " + joined(allowed) + ", is " + value);
    return fallback.value.value_or(allowed.empty() ? "" : allowed.front());
}

std::vector<std::string> ConfigReader::text_list(std::string_view key, Or<std::vector<std::string>> fallback) {
    const auto* node = state_->ask(key);
    std::vector<std::string> value;
    if (node == nullptr) {
        value = state_->missing(key, fallback);
    } else if (const auto* array = node->as_array()) {
        for (const auto& element : *array) {
            if (const auto* found = element.as_string()) {
                value.push_back(found->get());
            } else {
                state_->fail(key, &element, "must be a list of texts in quotes");
            }
        }
    } else {
        state_->fail(key, node, "must be a list of texts in quotes");
    }
    std::vector<std::string> quoted;
    for (const auto& word : value) quoted.push_back(ConfigPrinter::quoted(word));
    state_->printer.add(key, "[" + joined(quoted) + "]");
    return value;
}

ConfigReader::Milliseconds ConfigReader::duration(std::string_view key, Or<Milliseconds> fallback,
                                                  Range<Milliseconds> range) {
    return state_->with_unit(key, fallback, range, parse_duration, print_duration, R"("30s" or "5min")");
}

std::uint64_t ConfigReader::byte_size(std::string_view key, Or<std::uint64_t> fallback, Range<std::uint64_t> range) {
    return state_->with_unit(key, fallback, range, parse_byte_size, print_byte_size, R"("64KiB" or "20MiB")");
}

std::filesystem::path ConfigReader::path(std::string_view key, Or<std::string> fallback) {
    const std::filesystem::path value = text(key, std::move(fallback));
    if (value.empty() || value.is_absolute()) return value;
    return std::filesystem::path(state_->file).parent_path() / value;
}

Secret ConfigReader::secret(std::string_view key, Or<std::string> fallback) {
    const auto key_file = std::string(key) + "_file";
    if (const auto* node = state_->ask(key)) {
        state_->fail(key, node, "secrets are not written here: put it in a file and name that by " + key_file);
    }
    std::filesystem::path source;
    if (state_->find(key_file) != nullptr) {
        source = path(key_file, "");
    } else {
        state_->ask(key_file);
        const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
        if (credentials != nullptr) source = std::filesystem::path(credentials) / key;
        std::error_code ignored;  // not there and not readable are the same: no such credential
        if (!std::filesystem::exists(source, ignored)) source.clear();
        state_->printer.add_comment(key, source.empty() ? "secret, not given" : "secret, from a systemd credential");
    }
    if (source.empty()) return Secret(state_->missing(key_file, fallback));
    auto content = read_file(source);
    if (!content) {
        state_->fail(key_file, state_->find(key_file), "cannot read " + source.string());
        return {};
    }
    while (content->ends_with('\n') || content->ends_with('\r')) content->pop_back();
    return Secret(std::move(*content));
}

std::size_t ConfigReader::table_count(std::string_view key) {
    const auto* node = state_->ask(key);
    if (node == nullptr) return 0;
    const auto* array = node->as_array();
    if (array != nullptr && array->is_homogeneous(toml::node_type::table)) return array->size();
    state_->fail(key, node, "must be an array of tables: [[" + std::string(key) + "]]");
    return 0;
}

std::vector<std::string> ConfigReader::table_keys(std::string_view key) {
    const auto* node = state_->ask(key);
    std::vector<std::string> keys;
    if (node == nullptr) return keys;
    if (const auto* table = node->as_table()) {
        for (const auto& [name, child] : *table) keys.emplace_back(name.str());
    } else {
        state_->fail(key, node, "must be a table: [" + std::string(key) + "]");
    }
    return keys;
}

bool ConfigReader::has(std::string_view key) const { return state_->find(key) != nullptr; }

void ConfigReader::add_error(std::string_view key, std::string message) {
    state_->fail(key, key.empty() ? nullptr : state_->find(key), std::move(message));
}

std::vector<ConfigError> ConfigReader::finish(std::int64_t known_version) {
    std::vector<ConfigError> unknown;
    if (known_version > 0) state_->asked.emplace("version");
    state_->find_unknown(state_->root, "", unknown);
    const bool newer = known_version > 0 && state_->root["version"].value_or(std::int64_t{0}) > known_version;
    auto& target = newer ? state_->warnings : state_->errors;
    target.insert(target.end(), unknown.begin(), unknown.end());
    std::stable_sort(state_->errors.begin(), state_->errors.end(), [](const ConfigError& a, const ConfigError& b) {
        return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
    return state_->errors;
}

const std::vector<ConfigError>& ConfigReader::warnings() const { return state_->warnings; }

std::string ConfigReader::print() const { return state_->printer.text(); }

}  // namespace plus7::runtime
