#include "tests/proxy/control.hpp"

#include <future>
#include <nlohmann/json.hpp>

#include "shared/http/problem.hpp"

namespace plus7::test {
namespace {

using nlohmann::json;

constexpr double most_seconds = 24 * 3600;
constexpr std::chrono::seconds loop_patience{5};

std::optional<std::chrono::milliseconds> seconds_of(const http::Request& request) {
    const auto body = json::parse(request.body, nullptr, false);
    if (!body.is_object() || !body.contains("seconds") || !body["seconds"].is_number()) return std::nullopt;
    const double seconds = body["seconds"].get<double>();
    if (!(seconds >= 0 && seconds <= most_seconds)) return std::nullopt;
    return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

http::Handler for_a_while(runtime::Loop& loop, Proxy& proxy, void (Proxy::*fault)(std::chrono::milliseconds)) {
    return [&loop, &proxy, fault](const http::Request& request) {
        const auto time = seconds_of(request);
        if (!time) return http::problem(core::invalid("seconds: a number from 0 to 86400"), request);
        loop.post([&proxy, fault, time = *time] { (proxy.*fault)(time); });
        return http::no_content();
    };
}

http::Response set_line(runtime::Loop& loop, Proxy& proxy, const http::Request& request) {
    const auto body = json::parse(request.body, nullptr, false);
    try {
        const auto way = body.at("way").get<std::string>();
        if (way != "up" && way != "down") throw std::invalid_argument("way: up or down");
        LineFaults faults;
        faults.latency = std::chrono::milliseconds{body.value("latency_ms", std::uint32_t{0})};
        faults.bytes_per_second = body.value("bytes_per_second", std::uint32_t{0});
        faults.hold = body.value("hold", false);
        loop.post([&proxy, faults, along = way == "up" ? Way::up : Way::down] { proxy.set(along, faults); });
    } catch (const std::exception& wrong) {
        return http::problem(core::invalid(wrong.what()), request);
    }
    return http::no_content();
}

http::Response stats_of(runtime::Loop& loop, Proxy& proxy) {
    auto asked = std::make_shared<std::promise<Proxy::Stats>>();
    auto answer = asked->get_future();
    loop.post([asked, &proxy] { asked->set_value(proxy.stats()); });
    if (answer.wait_for(loop_patience) != std::future_status::ready) throw std::runtime_error("the loop is stopping");
    const auto stats = answer.get();
    const json body{{"accepted", stats.accepted},
                    {"refused", stats.refused},
                    {"open", stats.open},
                    {"bytes_up", stats.bytes_up},
                    {"bytes_down", stats.bytes_down}};
    return http::json(body.dump());
}

}  // namespace

http::Router control_routes(runtime::Loop& loop, Proxy& proxy) {
    std::vector<http::Route> routes;
    using http::Method;
    routes.push_back({Method::post, "/cut", for_a_while(loop, proxy, &Proxy::outage)});
    routes.push_back({Method::post, "/hold", for_a_while(loop, proxy, &Proxy::hole)});
    routes.push_back({Method::post, "/line", [&](const http::Request& r) { return set_line(loop, proxy, r); }});
    routes.push_back({Method::get, "/stats", [&](const http::Request&) { return stats_of(loop, proxy); }});
    auto router = http::Router::build(std::move(routes)).value();
    router.around([](const http::Request& request, const http::Route*, const http::Next& next) {
        if (request.header("Origin")) return http::problem(core::denied("not for web pages"), request);
        return next();
    });
    return router;
}

}  // namespace plus7::test
