#include "central/app/registries/cells.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "central/app/couriers/couriers.hpp"
#include "central/app/orders/orders.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::app::registries {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

// Folding has made one kind of all blanks.
std::string without(std::string_view text, std::initializer_list<std::string_view> words) {
    std::string rest = text::fold(text);
    for (const auto word : words)
        for (auto at = rest.find(word); at != rest.npos; at = rest.find(word)) rest.erase(at, word.size());
    return rest;
}

// "12,5" with at most `places` after the point, in units of the last of them.
std::optional<std::int64_t> fixed_of(std::string_view text, std::size_t most_digits, std::size_t places) {
    const auto point = std::min(text.find_first_of(",."), text.size());
    auto whole = std::string(text.substr(0, point));
    auto rest = std::string(text.substr(std::min(point + 1, text.size())));
    if (!all_digits(whole) || whole.size() > most_digits || rest.size() > places) return std::nullopt;
    if (point < text.size() && !all_digits(rest)) return std::nullopt;
    rest.resize(places, '0');
    whole += rest;
    std::int64_t value = 0;
    std::from_chars(whole.data(), whole.data() + whole.size(), value);
    return value;
}

struct ProofWord {
    std::string_view word, kind;
};
constexpr std::array<ProofWord, 10> proof_words{{{"code", "code"},
                                                 {"код", "code"},
                                                 {"signature", "signature"},
                                                 {"подпись", "signature"},
                                                 {"photo", "photo"},
                                                 {"фото", "photo"},
                                                 {"document", "document"},
                                                 {"документ", "document"},
                                                 {"паспорт", "document"},
                                                 {"passport", "document"}}};

}  // namespace

std::optional<std::string> phone_of(std::string_view text) {
    auto bare = without(text, {" ", "(", ")", "-", "–", "."});
    const bool has_plus = bare.starts_with('+');
    const auto digits = bare.substr(has_plus ? 1 : 0);
    if (!all_digits(digits)) return std::nullopt;
    if (digits.size() == 11 && (digits[0] == '7' || (digits[0] == '8' && !has_plus))) return "+7" + digits.substr(1);
    if (digits.size() == 10 && !has_plus) return "+7" + digits;
    if (!has_plus || digits.size() < 8 || !couriers::is_phone(bare)) return std::nullopt;
    return bare;
}

std::optional<std::int64_t> minor_of(std::string_view text) {
    return fixed_of(without(text, {" ", "₽", "руб.", "руб", "rub"}), 10, 2);
}

std::optional<std::string> currency_of(std::string_view text) {
    auto code = text::fold(text);
    for (const auto* ruble : {"руб", "руб.", "р", "р.", "₽", "рубль", "рубли"})
        if (code == ruble) return "RUB";
    for (auto& c : code)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (!orders::is_currency(code)) return std::nullopt;
    return code;
}

std::optional<std::int64_t> grams_of(std::string_view text, bool kilograms) {
    const auto bare = kilograms ? without(text, {" ", "кг", "kg"}) : without(text, {" ", "гр.", "гр", "г.", "г", "g"});
    return fixed_of(bare, kilograms ? 4 : 7, kilograms ? 3 : 0);
}

std::optional<double> degrees_of(std::string_view text) {
    std::string bare(text);
    std::replace(bare.begin(), bare.end(), ',', '.');
    double value = 0;
    const auto* end = bare.data() + bare.size();
    const auto read = std::from_chars(bare.data(), end, value, std::chars_format::fixed);
    if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::optional<std::vector<std::string>> proofs_of(std::string_view text) {
    auto words = text::fold(text);
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c == ',' || c == ';' || c == '+' || c == '/'; }, ' ');
    std::vector<std::string> kinds;
    for (std::size_t from = words.find_first_not_of(' '); from < words.size();
         from = words.find_first_not_of(' ', std::min(words.find(' ', from), words.size()))) {
        const auto word = std::string_view(words).substr(from, words.find(' ', from) - from);
        const auto known = std::find_if(proof_words.begin(), proof_words.end(),
                                        [&](const ProofWord& one) { return one.word == word; });
        if (known == proof_words.end()) return std::nullopt;
        if (std::find(kinds.begin(), kinds.end(), known->kind) == kinds.end()) kinds.emplace_back(known->kind);
    }
    return kinds;
}

bool is_shortened(std::string_view text) {
    const auto mark = text.find_first_of("eE");
    if (mark == 0 || mark == text.npos || mark + 1 >= text.size() || text[mark + 1] != '+') return false;
    const auto number = text.substr(0, mark);
    return all_digits(text.substr(mark + 2)) && is_digit(number[0]) &&
           std::all_of(number.begin(), number.end(), [](char c) { return is_digit(c) || c == ',' || c == '.'; });
}

}  // namespace plus7::central::app::registries
