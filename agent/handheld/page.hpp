// The handheld's page: its files, its API and its event stream (docs/handheld.md), served on loopback.
#pragma once
#include <functional>
#include <mutex>
#include <vector>

#include "agent/app/scan_screen.hpp"
#include "agent/handheld/camera_link.hpp"
#include "agent/handheld/page_gate.hpp"
#include "agent/handheld/routes.hpp"
#include "agent/handheld/streets.hpp"
#include "shared/http/websocket.hpp"

namespace plus7::agent::handheld {

class Page {
  public:
    // What it works with outlives it. Handlers run on the storage thread.
    Page(const Desk& desk, app::ScanScreen& scans, core::Clock& clock, Camera camera, std::filesystem::path streets)
        : desk_(desk), scans_(scans), clock_(clock), camera_(std::move(camera)), streets_(std::move(streets)) {}

    http::Router router();
    PageGate& gate() { return gate_; }
    void changed();  // any thread: pages read the state again
    std::string state_json();

  private:
    http::Response scan(const http::Request& request);
    http::Response set_mode(const http::Request& request);
    http::UpgradeDecision listen(const http::Request& request);
    std::vector<http::Route> api_routes();
    http::Handler changing(http::Handler handler);  // tells the pages when it succeeded

    const Desk& desk_;
    app::ScanScreen& scans_;
    core::Clock& clock_;
    CameraLink camera_;
    Streets streets_;
    PageGate gate_;
    std::mutex lock_;
    std::uint64_t n_ = 0;
    std::vector<http::WebSocket> listeners_;
};

}  // namespace plus7::agent::handheld
