#include "shared/text/fold.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <stdexcept>

namespace plus7::text {
namespace {

constexpr char16_t yo = 0x451, ye = 0x435;  // ё, е

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

bool is_blank(char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; }

std::string single_blanks(std::string_view text) {
    std::string out;
    bool blank = false;
    for (const char c : text) {
        if (is_blank(c)) {
            blank = true;
            continue;
        }
        if (blank && !out.empty()) out += ' ';
        blank = false;
        out += c;
    }
    return out;
}

}  // namespace

std::string fold(std::string_view utf8) {
    UErrorCode failed = U_ZERO_ERROR;
    const auto* folding = icu::Normalizer2::getNFKCCasefoldInstance(failed);
    const auto typed = icu::UnicodeString::fromUTF8({utf8.data(), static_cast<int32_t>(utf8.size())});
    icu::UnicodeString folded;
    if (U_SUCCESS(failed)) folded = folding->normalize(typed, failed);
    if (U_FAILURE(failed)) throw std::runtime_error(std::string("ICU: ") + u_errorName(failed));
    folded.findAndReplace(icu::UnicodeString(yo), icu::UnicodeString(ye));
    std::string out;
    folded.toUTF8String(out);
    return single_blanks(out);
}

std::string like_anywhere(std::string_view folded) { return "%" + like_start(folded); }

std::string like_start(std::string_view text) {
    std::string pattern;
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + "%";
}

std::size_t length(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return !continues(c); }));
}

std::string cut(std::string_view utf8, std::size_t characters) {
    std::size_t end = 0;
    for (; end < utf8.size(); ++end) {
        if (continues(utf8[end])) continue;
        if (characters == 0) break;
        --characters;
    }
    return std::string(utf8.substr(0, end));
}

}  // namespace plus7::text
