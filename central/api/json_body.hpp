// The JSON object of a request, read strictly: every member is asked for by name and shape, what was not asked for is
// refused, and all faults are told at once. Made, used and dropped by one handler.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "central/api/refusal.hpp"
#include "shared/http/request.hpp"

namespace plus7::central::api {

struct TextRule {
    std::size_t min = 1, max = 200;                 // characters
    bool (*fits)(std::string_view text) = nullptr;  // else "malformed"
};

class JsonBody {
  public:
    static constexpr int max_depth = 8;

    // Content-Type must be application/json; an empty body with `empty_is_object` counts as {}.
    explicit JsonBody(const http::Request& request, bool empty_is_object = false);
    ~JsonBody();
    JsonBody(const JsonBody&) = delete;
    JsonBody& operator=(const JsonBody&) = delete;

    // Required ones give an empty value when they are missing or wrong; the fault is noted.
    std::string text(std::string_view member, const TextRule& rule = {});
    std::int64_t number(std::string_view member, std::int64_t min, std::int64_t max);
    // Not there: nothing, and no fault. null is a fault, unless gives_null() asked before.
    std::optional<std::string> maybe_text(std::string_view member, const TextRule& rule = {});
    std::optional<std::int64_t> maybe_number(std::string_view member, std::int64_t min, std::int64_t max);
    std::optional<bool> maybe_flag(std::string_view member);
    std::optional<std::vector<std::string>> maybe_texts(std::string_view member, std::size_t max_items);
    std::optional<double> maybe_real(std::string_view member, double min, double max);
    // An object, read by `read` as a body of its own; its faults count here as "member.fault". False: not there, or
    // wrong.
    bool part(std::string_view member, const std::function<void(JsonBody&)>& read);
    // A list of min … max objects; the faults are "member[0].fault".
    void parts(std::string_view member, std::size_t min, std::size_t max, const std::function<void(JsonBody&)>& read);

    // True when the member is there and null; maybe_text() then gives nothing without a fault.
    bool gives_null(std::string_view member);

    // A fault of the handler's own checks; the first one of a member stays.
    void fault(std::string_view member, std::string_view code, std::string_view detail = {});
    // After all members were asked for: nothing, or the answer with everything that is wrong.
    std::optional<http::Response> refusal();

  private:
    struct State;
    explicit JsonBody(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace plus7::central::api
