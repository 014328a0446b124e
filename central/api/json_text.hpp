// JSON as text, built member by member, so that answers are composed of answers without a tree in between. Values,
// used by one thread at a time.
#pragma once
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

#include "shared/core/time.hpp"

namespace plus7::central::api {

std::string json_of(std::string_view text);  // quoted and escaped; bytes that are no UTF-8 become U+FFFD
std::string json_of(double number);          // shortest form; null for what JSON cannot say
std::string json_of(std::int64_t number);
std::string json_of(core::TimeMs time);  // Unix milliseconds
std::string json_of(core::TimeUs time);  // as well

class JsonObject {
  public:
    JsonObject& json(std::string_view member, std::string_view encoded);  // JSON already
    JsonObject& null(std::string_view member) { return json(member, "null"); }
    JsonObject& flag(std::string_view member, bool value) { return json(member, value ? "true" : "false"); }
    JsonObject& text(std::string_view member, std::string_view value) { return json(member, json_of(value)); }
    JsonObject& real(std::string_view member, double value) { return json(member, json_of(value)); }
    JsonObject& time(std::string_view member, core::TimeMs value) { return json(member, json_of(value)); }
    JsonObject& time(std::string_view member, core::TimeUs value) { return json(member, json_of(value)); }
    template <std::integral Number>
    JsonObject& number(std::string_view member, Number value) {
        return json(member, json_of(static_cast<std::int64_t>(value)));
    }
    // Nothing becomes null.
    template <typename Text>
    JsonObject& text(std::string_view member, const std::optional<Text>& value) {
        return value ? text(member, *value) : null(member);
    }
    template <typename Time>
    JsonObject& time(std::string_view member, const std::optional<Time>& value) {
        return value ? time(member, *value) : null(member);
    }
    template <typename Number>
    JsonObject& number(std::string_view member, const std::optional<Number>& value) {
        return value ? number(member, *value) : null(member);
    }

    std::string done() const { return text_ + "}"; }

  private:
    std::string text_ = "{";
};

class JsonList {
  public:
    JsonList& json(std::string_view encoded);
    JsonList& null() { return json("null"); }
    JsonList& text(std::string_view value) { return json(json_of(value)); }
    JsonList& real(double value) { return json(json_of(value)); }
    JsonList& real(const std::optional<double>& value) { return value ? real(*value) : null(); }
    JsonList& time(core::TimeMs value) { return json(json_of(value)); }
    JsonList& time(core::TimeUs value) { return json(json_of(value)); }
    JsonList& number(std::int64_t value) { return json(json_of(value)); }

    bool empty() const { return text_.size() == 1; }
    std::string done() const { return text_ + "]"; }

  private:
    std::string text_ = "[";
};

template <typename Items, typename ToJson>
std::string json_list(const Items& items, ToJson to_json) {
    JsonList list;
    for (const auto& item : items) list.json(to_json(item));
    return list.done();
}

std::string word_list_json(std::string_view list);  // "code,photo" as rows keep it: ["code", "photo"]

}  // namespace plus7::central::api
