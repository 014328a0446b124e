#include "agent/handheld/streets.hpp"

#include <algorithm>
#include <charconv>

#include "agent/handheld/page_json.hpp"

namespace plus7::agent::handheld {
namespace {

std::optional<std::uint32_t> number_of(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

http::Response Streets::facts() {
    const auto* pack = pack_.head();
    return http::json(pack == nullptr ? std::string("null") : streets_json(*pack));
}

http::Response Streets::answer(const http::Request& request) {
    const auto z = number_of(request.param("z")), x = number_of(request.param("x")), y = number_of(request.param("y"));
    auto found = z && x && y ? pack_.tile(static_cast<int>(std::min(*z, 99U)), *x, *y) : std::nullopt;
    if (!found) return http::no_content();
    auto response = http::bytes(std::move(*found), "application/vnd.mapbox-vector-tile");
    return response.with("Content-Encoding", "gzip").with("Cache-Control", "no-cache");
}

std::vector<http::Route> Streets::routes() {
    return {{http::Method::get, "/api/map", [this](const http::Request&) { return facts(); }},
            {http::Method::get, "/tiles/{z}/{x}/{y}.mvt", [this](const http::Request& r) { return answer(r); }}};
}

}  // namespace plus7::agent::handheld
