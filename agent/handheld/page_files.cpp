#include "agent/handheld/page_files.hpp"

#ifdef PLUS7_PAGE
#include "handheld_page_embed.hpp"
#endif

namespace plus7::agent::handheld {

std::vector<http::Route> page_files() {
    std::vector<http::Route> routes;
#ifdef PLUS7_PAGE
    constexpr std::pair<std::string_view, const char*> files[] = {
        {"index.html", "text/html; charset=utf-8"}, {"page.js", "text/javascript; charset=utf-8"},
        {"page.css", "text/css; charset=utf-8"},    {"en.js", "text/javascript; charset=utf-8"},
        {"late.css", "text/css; charset=utf-8"},    {"late.js", "text/javascript; charset=utf-8"},
        {"map.css", "text/css; charset=utf-8"},     {"map.js", "text/javascript; charset=utf-8"},
        {"floor.css", "text/css; charset=utf-8"},   {"floor.js", "text/javascript; charset=utf-8"},
    };
    for (const auto& [name, type] : files) {
        const auto path = name == "index.html" ? std::string("/") : "/" + std::string(name);
        routes.push_back({http::Method::get, path, [name = name, type = type](const http::Request&) {
                              auto response = http::bytes(std::string(handheld_page::file(name)), type);
                              return response.with("Cache-Control", "no-cache");
                          }});
    }
#endif
    return routes;
}

}  // namespace plus7::agent::handheld
