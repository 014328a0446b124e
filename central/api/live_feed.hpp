// The live map: a tick per second looks at the hub and tells every open map what is new to it. Websocket callbacks on
// the loop thread, ticks on a worker, one at a time. Made before the loop runs; outlives the workers and the server.
#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "central/api/field_side.hpp"
#include "central/api/live_viewer.hpp"
#include "central/api/route_table.hpp"
#include "shared/runtime/loop.hpp"
#include "shared/runtime/workers.hpp"

namespace plus7::central::api {

class LiveFeed {
  public:
    LiveFeed(const FieldSide& side, runtime::Loop& loop, runtime::Workers& workers);

    http::Response snapshot(const Call& call);
    http::UpgradeDecision open(const Call& call);

    static constexpr std::size_t most_viewers = 500;

  private:
    struct Seat {
        std::shared_ptr<LiveViewer> viewer;
        http::WebSocket socket;
    };
    struct Outgoing {
        Seat seat;
        std::optional<std::string> message;  // snapshot or frame
        std::vector<app::tracking::LiveNews> news;
        std::vector<std::string> about_news;
    };
    // One look for the access book.
    struct Look {
        app::audit::Actor who;
        std::string courier;
        app::audit::Look kind;
    };

    void hear(const std::shared_ptr<LiveViewer>& viewer, const http::WebSocket& socket, std::string_view message);
    void sit(const std::shared_ptr<LiveViewer>& viewer, const http::WebSocket& socket);
    void leave(const std::shared_ptr<LiveViewer>& viewer);
    void wake();
    void tick();
    void run_tick();
    std::vector<Seat> seats();
    void close_ended(std::vector<Seat>& seats, core::TimeUs now);
    bool refresh_couriers(core::TimeUs now);
    std::vector<Outgoing> prepare(const std::vector<Seat>& seats, std::vector<Look>& looks, core::TimeUs now);
    static void add_news(core::Tx& tx, Outgoing& one, const app::tracking::LiveNews& news, core::TimeUs now);
    static void send(Outgoing& one, bool recorded);
    core::Status record(const std::vector<Look>& looks, core::TimeUs now);

    FieldSide side_;
    runtime::Workers& workers_;
    runtime::Timer timer_;

    std::mutex lock_;  // of the seats
    std::map<LiveViewer*, Seat> seats_;

    std::atomic<bool> ticking_{false}, again_{false};
    // Of the tick alone.
    LiveRoll roll_;
    core::TimeUs couriers_read_{}, sessions_checked_{};
};

}  // namespace plus7::central::api
