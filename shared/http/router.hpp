// The table of routes: finds the handler of a request and runs it within the filters. Made once at start; then read by
// any thread.
#pragma once
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "shared/http/request.hpp"
#include "shared/http/response.hpp"
#include "shared/http/websocket.hpp"

namespace plus7::http {

using Handler = std::function<Response(const Request&)>;  // plain, synchronous, on a worker
// Decides about a websocket on a worker (session, Origin, rights): its callbacks, or a refusal.
using UpgradeDecision = std::variant<Response, WebSocketHandlers>;
using UpgradeHandler = std::function<UpgradeDecision(const Request&)>;

struct Route {
    Method method = Method::get;
    std::string
        pattern{};  // "/api/devices/{id}", "/tiles/{y}.mvt", "/media/{rest...}"; exact segments win over parameters,
                    // those over rest
    Handler handler{};  // may be empty for a websocket
    std::size_t body_limit = 1 << 20;  // bytes; more is refused with 413 while reading
    unsigned flags = 0;                // the owner of the table gives them a meaning (roles, public, …)
    UpgradeHandler upgrade{};          // a websocket: method get; `handler` then answers requests that do not upgrade
};

using Next = std::function<Response()>;
// Wraps every answer, also 404 and 405 (then `route` is null). May answer itself, or change what next() answers.
using Filter = std::function<Response(const Request&, const Route* route, const Next& next)>;

class Router {
  public:
    // Invalid: two routes for the same method and shape, a broken pattern, a route without a handler. All errors in one
    // text.
    static core::Result<Router> build(std::vector<Route> routes);
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;
    ~Router();

    void around(Filter filter);      // the first one given is the outermost
    void fallback(Handler handler);  // GET and HEAD that no route matches: static files

    struct Found {
        const Route* route = nullptr;  // null: `allow` says why
        std::vector<std::pair<std::string, std::string>> params;
        std::vector<Method> allow;  // not empty: the path is known, the method is not (405)
    };
    // HEAD finds the route of GET. O(length of the path).
    Found find(Method method, const std::vector<std::string>& segments) const;

    // Runs the handler; never throws: what a handler throws becomes a 500 with `note` = what() (the log's line).
    Response answer(const Found& found, const Request& request) const;
    Response handle(Request request) const;  // find + answer, for tests and calls inside the process
    // The decision of a websocket route, within the filters as far as a refusal goes; never throws.
    UpgradeDecision decide(const Found& found, const Request& request) const;

    std::span<const Route> routes() const;

  private:
    struct Node;
    struct Piece;
    struct Search;
    static core::Result<std::vector<Piece>> pieces_of(std::string_view pattern);
    const Route* place(const Route& route, const std::vector<Piece>& pieces);
    explicit Router(std::vector<Route> routes);
    std::vector<Route> routes_;
    std::unique_ptr<Node> root_;
    std::vector<Filter> filters_;
    Handler fallback_;
};

}  // namespace plus7::http
