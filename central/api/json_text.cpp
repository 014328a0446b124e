#include "central/api/json_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "shared/core/word_list.hpp"

namespace plus7::central::api {

std::string json_of(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string json_of(double number) {
    if (!std::isfinite(number)) return "null";
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return {digits.data(), end};
}

std::string json_of(std::int64_t number) { return std::to_string(number); }
std::string json_of(core::TimeMs time) { return json_of(core::count(time)); }
std::string json_of(core::TimeUs time) { return json_of(std::chrono::floor<std::chrono::milliseconds>(time)); }

JsonObject& JsonObject::json(std::string_view member, std::string_view encoded) {
    if (text_.size() > 1) text_ += ',';
    text_ += json_of(member);
    text_ += ':';
    text_ += encoded;
    return *this;
}

JsonList& JsonList::json(std::string_view encoded) {
    if (text_.size() > 1) text_ += ',';
    text_ += encoded;
    return *this;
}

std::string word_list_json(std::string_view list) {
    return json_list(core::words_of(list), [](const std::string& word) { return json_of(word); });
}

}  // namespace plus7::central::api
