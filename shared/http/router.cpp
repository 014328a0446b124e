#include "shared/http/router.hpp"

#include <array>
#include <map>
#include <set>

#include "shared/http/problem.hpp"

namespace plus7::http {

struct Router::Node {
    struct Parameter {
        std::string name;
        std::string ending;  // of the segment, no part of the value: "{y}.mvt"
    };
    struct End {
        const Route* route = nullptr;
        std::vector<Parameter> parameters;  // of the pattern, in order
    };
    std::map<std::string, std::unique_ptr<Node>, std::less<>> exact;
    std::unique_ptr<Node> any;   // {name}
    std::unique_ptr<Node> rest;  // {name...}
    std::map<Method, End> ends;
};

struct Router::Piece {
    enum class Kind { exact, any, rest } kind;
    std::string name;
    std::string ending{};
};

// The pattern's segments in order; an error says what is wrong with it.
core::Result<std::vector<Router::Piece>> Router::pieces_of(std::string_view pattern) {
    if (!pattern.starts_with('/')) return core::invalid("must begin with /");
    std::vector<Piece> pieces;
    std::set<std::string> names;
    std::string_view rest = pattern.substr(1);
    while (pattern.size() > 1) {
        const auto end = std::min(rest.find('/'), rest.size());
        std::string_view text = rest.substr(0, end);
        if (!pieces.empty() && pieces.back().kind == Piece::Kind::rest) return core::invalid("goes on after {rest...}");
        if (text.starts_with('{')) {
            const auto close = text.find('}');
            if (close == text.npos || close < 2) return core::invalid("has an unclosed or empty parameter");
            const auto ending = text.substr(close + 1);
            if (!ending.empty() && (!ending.starts_with('.') || ending.find_first_of("{}%?#") != ending.npos))
                return core::invalid("has something else than an ending like .json after a parameter");
            text = text.substr(1, close - 1);
            const bool is_rest = text.ends_with("...");
            if (is_rest) text.remove_suffix(3);
            if (text.empty() || text.find_first_of("{}.") != text.npos)
                return core::invalid("has a broken parameter name");
            if (!names.insert(std::string(text)).second) return core::invalid("names a parameter twice");
            if (is_rest && !ending.empty()) return core::invalid("goes on after {rest...}");
            pieces.push_back({is_rest ? Piece::Kind::rest : Piece::Kind::any, std::string(text), std::string(ending)});
        } else {
            if (text.find_first_of("{}%?#") != text.npos)
                return core::invalid("has a character that a path segment cannot hold");
            pieces.push_back({Piece::Kind::exact, std::string(text)});
        }
        if (end == rest.size()) break;
        rest.remove_prefix(end + 1);
    }
    return pieces;
}

namespace {

bool is_safe_in_rest(const std::string& segment) { return segment.find_first_of("/\\") == segment.npos; }

}  // namespace

// Depth first in the order of precedence; a place that lacks the method is remembered for 405, and the search goes on.
struct Router::Search {
    Method method;
    const std::vector<std::string>& segments;
    std::vector<std::string> values{};
    const Node::End* end = nullptr;
    std::vector<Method> allow{};

    bool accept(const Node& node) {
        auto found = node.ends.find(method);
        if (found == node.ends.end() && method == Method::head) found = node.ends.find(Method::get);
        if (found != node.ends.end() && fits(found->second)) end = &found->second;
        for (const auto& [known, possible] : node.ends)
            if (fits(possible)) allow.push_back(known);
        return end != nullptr;
    }

    bool fits(const Node::End& possible) const {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const auto& ending = possible.parameters[i].ending;
            if (!values[i].ends_with(ending) || (!ending.empty() && values[i].size() == ending.size())) return false;
        }
        return true;
    }

    bool visit(const Node& node, std::size_t at) {
        if (at == segments.size()) return accept(node);
        const auto exact = node.exact.find(segments[at]);
        if (exact != node.exact.end() && visit(*exact->second, at + 1)) return true;
        if (node.any && !segments[at].empty()) {
            values.push_back(segments[at]);
            if (visit(*node.any, at + 1)) return true;
            values.pop_back();
        }
        const auto first = segments.begin() + static_cast<std::ptrdiff_t>(at);
        if (!node.rest || !std::all_of(first, segments.end(), is_safe_in_rest)) return false;
        std::string joined = *first;
        for (auto next = first + 1; next != segments.end(); ++next) joined += '/' + *next;
        values.push_back(std::move(joined));
        if (accept(*node.rest)) return true;
        values.pop_back();
        return false;
    }
};

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)), root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

// Null, or the route that has this place already.
const Route* Router::place(const Route& route, const std::vector<Piece>& pieces) {
    Node* node = root_.get();
    std::vector<Node::Parameter> parameters;
    for (const Piece& piece : pieces) {
        const bool is_exact = piece.kind == Piece::Kind::exact;
        auto& next = is_exact ? node->exact[piece.name] : piece.kind == Piece::Kind::any ? node->any : node->rest;
        if (!next) next = std::make_unique<Node>();
        node = next.get();
        if (!is_exact) parameters.push_back({piece.name, piece.ending});
    }
    const auto [at, is_new] = node->ends.try_emplace(route.method, Node::End{&route, std::move(parameters)});
    return is_new ? nullptr : at->second.route;
}

core::Result<Router> Router::build(std::vector<Route> routes) {
    Router router(std::move(routes));
    std::string errors;
    for (const Route& route : router.routes_) {
        const auto complain = [&](std::string_view what) {
            errors += (errors.empty() ? "" : "; ") + std::string(name_of(route.method)) + " " + route.pattern + " " +
                      std::string(what);
        };
        const auto pieces = pieces_of(route.pattern);
        if (!pieces) {
            complain(pieces.error().message);
            continue;
        }
        if (!route.handler && !route.upgrade) complain("needs a handler or an upgrade");
        if (route.upgrade && route.method != Method::get) complain("is a websocket and must be GET");
        const auto* taken = router.place(route, *pieces);
        if (taken) complain("has the shape of " + taken->pattern);
    }
    if (!errors.empty()) return core::invalid("route table: " + errors);
    return router;
}

void Router::around(Filter filter) { filters_.push_back(std::move(filter)); }
void Router::fallback(Handler handler) { fallback_ = std::move(handler); }
std::span<const Route> Router::routes() const { return routes_; }

Router::Found Router::find(Method method, const std::vector<std::string>& segments) const {
    Search search{.method = method, .segments = segments};
    Found found;
    if (!search.visit(*root_, 0)) {
        found.allow = std::move(search.allow);
        return found;
    }
    found.route = search.end->route;
    for (std::size_t i = 0; i < search.values.size(); ++i) {
        const auto& [name, ending] = search.end->parameters[i];
        auto& value = search.values[i];
        value.resize(value.size() - ending.size());
        found.params.emplace_back(name, std::move(value));
    }
    return found;
}

namespace {

Response refuse(const Router::Found& found, const Request& request) {
    if (found.allow.empty()) return problem(core::not_found("there is nothing at this address"), request);
    const std::set<Method> allowed(found.allow.begin(), found.allow.end());
    std::string allow;
    for (const Method method : allowed) {
        allow += (allow.empty() ? "" : ", ") + std::string(name_of(method));
        if (method == Method::get && !allowed.contains(Method::head)) allow += ", HEAD";
    }
    if (request.method == Method::options) return no_content().with("Allow", allow);
    return problem(405, "this address does not know the method " + std::string(name_of(request.method)), request.id)
        .with("Allow", allow);
}

Response failed(const Request& request, const std::string& what) { return problem(core::internal(what), request); }

Response run(const std::vector<Filter>& filters, std::size_t at, const Request& request, const Route* route,
             const Next& last) {
    if (at == filters.size()) return last();
    const Next next = [&] { return run(filters, at + 1, request, route, last); };
    return filters[at](request, route, next);
}

// What the innermost step throws becomes a 500 there, so that filters (headers, audit) see it as an answer like any
// other.
Response run_safely(const std::vector<Filter>& filters, const Request& request, const Route* route, const Next& last) {
    const Next guarded = [&] {
        try {
            return last();
        } catch (const std::exception& error) {
            return failed(request, error.what());
        } catch (...) {
            return failed(request, "an exception of unknown type");
        }
    };
    try {
        return run(filters, 0, request, route, guarded);
    } catch (const std::exception& error) {
        return failed(request, std::string("in a filter: ") + error.what());
    } catch (...) {
        return failed(request, "an exception of unknown type in a filter");
    }
}

}  // namespace

Response Router::answer(const Found& found, const Request& request) const {
    const Next last = [&] {
        if (found.route && !found.route->handler) {
            return problem(426, "this address speaks websocket only", request.id).with("Upgrade", "websocket");
        }
        if (found.route) return found.route->handler(request);
        if (found.allow.empty() && fallback_ && request.is_read()) return fallback_(request);
        return refuse(found, request);
    };
    return run_safely(filters_, request, found.route, last);
}

Response Router::handle(Request request) const {
    auto found = find(request.method, request.segments);
    request.params = std::move(found.params);
    return answer(found, request);
}

UpgradeDecision Router::decide(const Found& found, const Request& request) const {
    std::optional<WebSocketHandlers> accepted;
    const Next last = [&]() -> Response {
        auto decision = found.route->upgrade(request);
        if (auto* refusal = std::get_if<Response>(&decision)) return std::move(*refusal);
        accepted = std::move(std::get<WebSocketHandlers>(decision));
        Response switching;
        switching.status = 101;
        return switching;
    };
    auto response = run_safely(filters_, request, found.route, last);
    if (accepted && response.status == 101) return std::move(*accepted);
    return response;
}

}  // namespace plus7::http
