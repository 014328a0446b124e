#include "central/api/json_body.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "shared/http/headers.hpp"
#include "shared/text/fold.hpp"

namespace plus7::central::api {
namespace {

using Json = nlohmann::json;

// Before the parser sees it: how deep arrays and objects are nested outside of strings.
bool is_too_deep(std::string_view text) {
    int depth = 0;
    bool in_string = false, escaped = false;
    for (const char c : text) {
        if (in_string) {
            if (!escaped && c == '"') in_string = false;
            escaped = !escaped && c == '\\';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > JsonBody::max_depth) return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

// Nothing: no JSON, or a member twice in one object (readers disagree which of them counts).
std::optional<Json> parse(std::string_view text) {
    std::vector<std::set<std::string>> open;
    bool twice = false;
    const Json::parser_callback_t watch = [&](int, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::object_start) open.emplace_back();
        if (event == Json::parse_event_t::object_end) open.pop_back();
        if (event == Json::parse_event_t::key) twice |= !open.back().insert(parsed.get<std::string>()).second;
        return true;
    };
    auto parsed = Json::parse(text, watch, false);
    if (parsed.is_discarded() || twice) return std::nullopt;
    return parsed;
}

bool is_json(const http::Request& request) {
    const auto type = request.headers.get_or("Content-Type", "");
    return http::same_name(http::trimmed(type.substr(0, type.find(';'))), "application/json");
}

}  // namespace

struct JsonBody::State {
    Json object = Json::object();
    std::string broken;  // the body as a whole is refused, why
    std::set<std::string, std::less<>> asked;
    std::vector<FieldFault> faults;

    const Json* member(std::string_view name) {
        asked.emplace(name);
        const auto found = object.find(std::string(name));
        return found == object.end() ? nullptr : &*found;
    }
    void fault(std::string_view name, std::string_view code, std::string_view detail = {}) {
        const bool known =
            std::any_of(faults.begin(), faults.end(), [&](const FieldFault& one) { return one.field == name; });
        if (!known) faults.push_back({std::string(name), std::string(code), std::string(detail)});
    }
    std::optional<std::string> text(std::string_view name, const Json& value, const TextRule& rule) {
        if (!value.is_string()) return wrong(name, "a text");
        auto read = value.get<std::string>();
        const auto length = text::length(read);
        if (length < rule.min) {
            fault(name, "too_short");
        } else if (length > rule.max) {
            fault(name, "too_long");
        } else if (read.find('\0') != read.npos || (rule.fits && !rule.fits(read))) {
            fault(name, "malformed");
        } else {
            return read;
        }
        return std::nullopt;
    }
    void find_unknown() {
        for (const auto& [name, value] : object.items())
            if (!asked.contains(name)) fault(text::cut(name, 60), "unknown");
    }
    bool read_part(const std::string& name, const Json& value, const std::function<void(JsonBody&)>& read) {
        if (!value.is_object()) {
            wrong(name, "an object");
            return false;
        }
        auto state = std::make_unique<State>();
        state->object = value;
        JsonBody inner(std::move(state));
        read(inner);
        inner.state_->find_unknown();
        for (const auto& one : inner.state_->faults) fault(name + "." + one.field, one.code, one.detail);
        return true;
    }
    std::nullopt_t wrong(std::string_view name, std::string_view wanted) {
        fault(name, "malformed", std::string(wanted) + " is wanted");
        return std::nullopt;
    }
};

JsonBody::JsonBody(const http::Request& request, bool empty_is_object) : state_(std::make_unique<State>()) {
    if (empty_is_object && request.body.empty()) return;
    if (!is_json(request)) {
        state_->broken = "Content-Type must be application/json";
    } else if (is_too_deep(request.body)) {
        state_->broken = "the JSON is nested too deeply";
    } else if (auto parsed = parse(request.body); parsed && parsed->is_object()) {
        state_->object = std::move(*parsed);
    } else {
        state_->broken = "the body must be one JSON object in UTF-8, each member once";
    }
}

JsonBody::JsonBody(std::unique_ptr<State> state) : state_(std::move(state)) {}
JsonBody::~JsonBody() = default;

std::string JsonBody::text(std::string_view member, const TextRule& rule) {
    if (!state_->member(member)) fault(member, "required");
    return maybe_text(member, rule).value_or("");
}

std::int64_t JsonBody::number(std::string_view member, std::int64_t min, std::int64_t max) {
    if (!state_->member(member)) fault(member, "required");
    return maybe_number(member, min, max).value_or(0);
}

std::optional<std::string> JsonBody::maybe_text(std::string_view member, const TextRule& rule) {
    const auto* value = state_->member(member);
    if (!value) return std::nullopt;
    return state_->text(member, *value, rule);
}

std::optional<std::int64_t> JsonBody::maybe_number(std::string_view member, std::int64_t min, std::int64_t max) {
    const auto* value = state_->member(member);
    if (!value) return std::nullopt;
    if (!value->is_number_integer()) return state_->wrong(member, "an integer");
    const bool huge = value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX;
    if (huge || value->get<std::int64_t>() < min || value->get<std::int64_t>() > max) {
        fault(member, "out_of_range", std::to_string(min) + " to " + std::to_string(max));
        return std::nullopt;
    }
    return value->get<std::int64_t>();
}

std::optional<bool> JsonBody::maybe_flag(std::string_view member) {
    const auto* value = state_->member(member);
    if (!value) return std::nullopt;
    if (!value->is_boolean()) return state_->wrong(member, "true or false");
    return value->get<bool>();
}

std::optional<std::vector<std::string>> JsonBody::maybe_texts(std::string_view member, std::size_t max_items) {
    const auto* value = state_->member(member);
    if (!value) return std::nullopt;
    if (!value->is_array()) return state_->wrong(member, "a list");
    if (value->size() > max_items) {
        fault(member, "too_long");
        return std::nullopt;
    }
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < value->size(); ++i) {
        const auto read = state_->text(std::string(member) + "[" + std::to_string(i) + "]", (*value)[i], {});
        if (read) texts.push_back(*read);
    }
    return texts;
}

std::optional<double> JsonBody::maybe_real(std::string_view member, double min, double max) {
    const auto* value = state_->member(member);
    if (!value) return std::nullopt;
    if (!value->is_number()) return state_->wrong(member, "a number");
    const auto number = value->get<double>();
    if (number >= min && number <= max) return number;
    fault(member, "out_of_range");
    return std::nullopt;
}

bool JsonBody::part(std::string_view member, const std::function<void(JsonBody&)>& read) {
    const auto* value = state_->member(member);
    if (!value) return false;
    return state_->read_part(std::string(member), *value, read);
}

void JsonBody::parts(std::string_view member, std::size_t min, std::size_t max,
                     const std::function<void(JsonBody&)>& read) {
    const auto* value = state_->member(member);
    if (!value) return fault(member, "required");
    if (!value->is_array()) return fault(member, "malformed", "a list is wanted");
    if (value->size() < min) return fault(member, "too_short");
    if (value->size() > max) return fault(member, "too_long");
    for (std::size_t at = 0; at < value->size(); ++at)
        state_->read_part(std::string(member) + "[" + std::to_string(at) + "]", (*value)[at], read);
}

bool JsonBody::gives_null(std::string_view member) {
    const auto* value = state_->member(member);
    if (!value || !value->is_null()) return false;
    state_->object.erase(std::string(member));
    return true;
}

void JsonBody::fault(std::string_view member, std::string_view code, std::string_view detail) {
    state_->fault(member, code, detail);
}

std::optional<http::Response> JsonBody::refusal() {
    if (!state_->broken.empty()) return refuse(Refused::invalid, state_->broken);
    state_->find_unknown();
    if (state_->faults.empty()) return std::nullopt;
    return refuse(Refused::invalid, "look at the members named in `fields`", state_->faults);
}

}  // namespace plus7::central::api
