// The proxy's control over HTTP: POST /cut and /hold {"seconds": n}, POST /line {"way": "up" | "down", "latency_ms",
// "bytes_per_second", "hold"}, GET /stats. Handlers run on workers and post to the loop.
#pragma once
#include "shared/http/router.hpp"
#include "tests/proxy/proxy.hpp"

namespace plus7::test {

// The proxy must outlive the router's server. Requests of web pages (with an Origin) are refused.
http::Router control_routes(runtime::Loop& loop, Proxy& proxy);

}  // namespace plus7::test
