// The dependency rule of docs/architecture.md, read from the include lines.
#include <doctest/doctest.h>

#include <map>

#include "tests/house/sources.hpp"

using namespace plus7::test;

namespace {

// Which folders of ours a folder may include; the longest matching folder decides, itself is always allowed.
// clang-format off
const std::map<std::string, std::vector<std::string>> allowed{
    {"shared/core",    {}},
    {"shared/model",   {"shared/core"}},
    {"shared/text",    {"shared/core"}},
    {"shared/crypto",  {"shared/core"}},
    {"shared/sql",     {"shared/core"}},
    {"shared/runtime", {"shared/core"}},
    {"shared/mqtt",    {"shared/core", "shared/runtime"}},
    {"shared/http",    {"shared/core", "shared/runtime"}},
    {"shared/wire",    {"shared/core", "shared/model", "shared/crypto"}},
    {"shared/print",   {"shared/core", "shared/text"}},
    {"shared/proof",   {"shared/core", "shared/model", "shared/wire", "shared/crypto"}},

    {"agent/store",    {"shared/sql", "shared/wire", "shared/crypto", "shared/model", "shared/core"}},
    {"agent/app",      {"agent/store", "shared/model", "shared/core", "shared/crypto", "shared/text"}},
    {"agent/sync",     {"agent/app", "agent/store", "shared/mqtt", "shared/wire", "shared/runtime", "shared/crypto", "shared/model", "shared/core", "shared/http"}},
    {"agent/devices",  {"agent/app", "shared/runtime", "shared/model", "shared/core"}},
    {"agent/camera",   {"shared/runtime", "shared/core"}},
    {"agent/handheld", {"agent/app", "agent/store", "shared/print", "shared/http", "shared/runtime", "shared/crypto", "shared/model", "shared/core", "shared/text"}},
    {"agent",          {"agent", "shared"}},

    {"central/store",  {"shared/sql", "shared/wire", "shared/crypto", "shared/model", "shared/core"}},
    {"central/app",    {"central/store", "shared/model", "shared/core", "shared/crypto", "shared/text"}},
    {"central/ingest",       {"central/app", "central/store", "shared"}},
    {"central/outbox",       {"central/app", "central/store", "shared"}},
    {"central/bot",          {"central/app", "central/store", "shared"}},
    {"central/integrations", {"central/app", "central/store", "shared"}},
    {"central/api",          {"central/app", "central/store", "shared"}},
    {"central/jobs",         {"central/app", "central/store", "shared"}},
    {"central/broker",       {"central/app", "central/store", "shared"}},
    {"central/maps",         {"central/app", "central/store", "shared"}},
    {"central",        {"central", "shared"}},

    {"tests/fleet",    {"agent/app", "agent/store", "agent/sync", "shared", "tests"}},
    {"tests",          {"agent", "central", "shared", "tests"}},
};
// clang-format on

const std::vector<std::string>* rule_for(const std::string& folder) {
    const std::vector<std::string>* rule = nullptr;
    std::size_t longest = 0;
    for (const auto& [name, targets] : allowed) {
        if (!lies_in(folder, name) || name.size() < longest) continue;
        longest = name.size();
        rule = &targets;
    }
    return rule;
}

std::string own_root(const std::string& folder) {
    std::string root;
    for (const auto& [name, targets] : allowed)
        if (lies_in(folder, name) && name.size() > root.size()) root = name;
    return root;
}

bool is_ours(const std::string& target) {
    for (const char* root : {"shared/", "agent/", "central/", "tests/"})
        if (target.rfind(root, 0) == 0) return true;
    return false;
}

// Third-party headers and the only folders whose .cpp files (or private headers named here) may include them.
struct Wall {
    std::string header_prefix;
    std::vector<std::string> folders;
    std::vector<std::string> private_headers;
};
// clang-format off
const std::vector<Wall> walls{
    {"boost/beast",   {"shared/http"}, {"shared/http"}},
    {"boost/asio",    {"shared/http", "shared/runtime"}, {"shared/http", "shared/runtime"}},
    {"mqtt/",         {"shared/mqtt"}, {"shared/mqtt"}},
    {"MQTT",          {"shared/mqtt"}, {}},
    {"pqxx",          {"shared/sql"}, {"shared/sql"}},
    {"SQLiteCpp",     {"shared/sql"}, {"shared/sql"}},
    {"sqlite3",       {"shared/sql"}, {"shared/sql"}},
    {"sodium",        {"shared/crypto"}, {}},
    {"openssl/",      {"shared/crypto", "shared/http"}, {"shared/crypto"}},
    {"gps.h",         {"agent/devices"}, {}},
    {"osmium/",       {"central/maps"}, {"central/maps"}},
    {"boost/geometry", {"central/app/tariffs", "central/maps"}, {"central/maps"}},
    {"unicode/",      {"shared/text"}, {}},
    {"toml++",        {"shared/runtime"}, {}},
    {"spdlog",        {"shared/runtime"}, {}},
    {"qrencode",      {"shared/print"}, {}},
    {"kainjow/",      {"central/api"}, {}},
    {"zint",          {"shared/print"}, {}},
    {"pango/",        {"shared/print"}, {}},
    {"cairo",         {"shared/print"}, {}},
    {"libevdev",      {"agent/devices"}, {}},
    {"ZXing/",        {"agent/reader"}, {}},
    {"unicode/",      {"shared/text"}, {}},
    {"csv.h",         {"shared/text"}, {}},
};
// clang-format on

bool in_any(const std::string& folder, const std::vector<std::string>& parents) {
    for (const auto& parent : parents)
        if (lies_in(folder, parent)) return true;
    return false;
}

bool is_header(const std::string& path) { return path.size() > 4 && path.substr(path.size() - 4) == ".hpp"; }

}  // namespace

TEST_CASE("the house has sources to read") { CHECK(cpp_sources().size() > 10); }

TEST_CASE("every include of ours follows the dependency rule") {
    for (const auto& source : cpp_sources()) {
        const auto* rule = rule_for(source.folder);
        REQUIRE_MESSAGE(rule != nullptr, source.path << " lies in a folder without a rule");
        for (const auto& include : source.includes) {
            if (!is_ours(include.target)) continue;
            const auto folder = include.target.substr(0, include.target.rfind('/'));
            const bool fine = lies_in(folder, own_root(source.folder)) || in_any(folder, *rule);
            CHECK_MESSAGE(fine, source.path << ":" << include.line << " may not include " << include.target);
        }
    }
}

TEST_CASE("third-party headers stay behind their wall") {
    for (const auto& source : cpp_sources()) {
        if (lies_in(source.folder, "tests")) continue;  // a test may look at a peer through its own library
        for (const auto& include : source.includes) {
            for (const auto& wall : walls) {
                if (include.target.rfind(wall.header_prefix, 0) != 0) continue;
                const bool fine = in_any(source.folder, is_header(source.path) ? wall.private_headers : wall.folders);
                CHECK_MESSAGE(fine, source.path << ":" << include.line << " may not include " << include.target);
            }
        }
    }
}

TEST_CASE("JSON stays in codec sources, never in headers and never in app") {
    for (const auto& source : cpp_sources()) {
        if (lies_in(source.folder, "tests")) continue;
        for (const auto& include : source.includes) {
            if (include.target.rfind("nlohmann/", 0) != 0) continue;
            CHECK_MESSAGE(!is_header(source.path), source.path << " is a header that includes " << include.target);
            CHECK_MESSAGE(!lies_in(source.folder, "central/app"), source.path << " is app code");
            CHECK_MESSAGE(!lies_in(source.folder, "agent/app"), source.path << " is app code");
        }
    }
}

TEST_CASE("our headers are included by their full path") {
    for (const auto& source : cpp_sources())
        for (const auto& include : source.includes)
            CHECK_MESSAGE(include.target.rfind("../", 0) != 0, source.path << ":" << include.line);
}
