#include "shared/sql/dialect.hpp"

#include <array>
#include <cctype>
#include <utility>

namespace plus7::sql {
namespace {

struct Word {
    std::string_view name;
    std::string_view sqlite;
    std::string_view postgres;
};

constexpr std::array<Word, 6> words{{{"{int}", "INTEGER", "BIGINT"},
                                     {"{bytes}", "BLOB", "BYTEA"},
                                     {"{real}", "REAL", "DOUBLE PRECISION"},
                                     {"{strict}", "STRICT", ""},
                                     {"{for_update}", "", "FOR UPDATE"},
                                     {"{skip_locked}", "", "FOR UPDATE SKIP LOCKED"}}};

// Position of `word` (upper case) in `text`, whatever case it is written in and not as a part of a longer name.
std::size_t find_word(std::string_view text, std::string_view word) {
    const auto is_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
        std::size_t same = 0;
        while (same < word.size() && std::toupper(static_cast<unsigned char>(text[at + same])) == word[same]) ++same;
        if (same < word.size()) continue;
        if (at > 0 && is_name(text[at - 1])) continue;
        if (at + word.size() < text.size() && is_name(text[at + word.size()])) continue;
        return at;
    }
    return std::string_view::npos;
}

// The end of the parenthesis that opens at `open`, one past it; npos when it does not close. Quoted text is skipped.
std::size_t closing(std::string_view text, std::size_t open) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t at = open; at < text.size(); ++at) {
        if (text[at] == '\'') quoted = !quoted;
        if (quoted) continue;
        if (text[at] == '(') ++depth;
        if (text[at] == ')' && --depth == 0) return at + 1;
    }
    return std::string_view::npos;
}

// The tuple with every $n replaced by $(n + shift).
std::string shifted(std::string_view tuple, std::size_t shift) {
    std::string out;
    for (std::size_t at = 0; at < tuple.size();) {
        out += tuple[at];
        if (tuple[at++] != '$') continue;
        std::size_t number = 0;
        while (at < tuple.size() && std::isdigit(static_cast<unsigned char>(tuple[at])) != 0) {
            number = number * 10 + static_cast<std::size_t>(tuple[at++] - '0');
        }
        out += std::to_string(number + shift);
    }
    return out;
}

}  // namespace

std::string_view name_of(Engine engine) { return engine == Engine::sqlite ? "SQLite" : "PostgreSQL"; }

std::string engine_text(Engine engine, std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t brace = text.find('{');
        out += text.substr(0, brace);
        if (brace == std::string_view::npos) break;
        text.remove_prefix(brace);
        std::size_t taken = 1;
        std::string_view replacement = text.substr(0, 1);
        for (const Word& word : words) {
            if (!text.starts_with(word.name)) continue;
            taken = word.name.size();
            replacement = engine == Engine::sqlite ? word.sqlite : word.postgres;
        }
        out += replacement;
        text.remove_prefix(taken);
    }
    return out;
}

std::optional<std::string> repeat_values(std::string_view insert, std::size_t parameters, std::size_t rows,
                                         RowKeys keys) {
    const std::size_t values = find_word(insert, "VALUES");
    if (values == std::string_view::npos) return std::nullopt;
    const std::size_t open = insert.find_first_not_of(" \t\r\n", values + 6);
    if (open == std::string_view::npos || insert[open] != '(') return std::nullopt;
    const std::size_t end = closing(insert, open);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view head = insert.substr(0, open);
    const std::string_view tuple = insert.substr(open, end - open);
    const std::string_view tail = insert.substr(end);
    if (head.find('$') != std::string_view::npos || tail.find('$') != std::string_view::npos) return std::nullopt;
    if (tail.find('(') == 0 || tail.find(',') == 0 || tuple.find('\'') != std::string_view::npos) return std::nullopt;
    if (find_word(tail, "RETURNING") != std::string_view::npos) return std::nullopt;
    if (keys != RowKeys::distinct && find_word(tail, "UPDATE") != std::string_view::npos) return std::nullopt;
    std::string out{head};
    for (std::size_t row = 0; row < rows; ++row) {
        if (row > 0) out += ',';
        out += shifted(tuple, row * parameters);
    }
    return out.append(tail);
}

}  // namespace plus7::sql
