// One open map: what its viewer asked for, and what he was told last, so that each frame holds only what is new to him.
// ask() from the loop thread; everything else by the tick, one at a time. Owned by the LiveFeed.
#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "central/api/live_roll.hpp"
#include "central/app/audit/audit.hpp"
#include "shared/http/websocket.hpp"

namespace plus7::central::api {

class LiveViewer {
  public:
    LiveViewer(app::audit::Actor viewer, std::string session, bool sees_chats = false)
        : who(std::move(viewer)), session_id(std::move(session)), may_chat(sees_chats) {}

    const app::audit::Actor who;
    const std::string session_id;
    const bool may_chat;

    void ask(LiveView view);
    void ask_again();  // for a snapshot: he has missed a frame

    // Takes over what was asked since. False: nothing has been asked yet.
    bool attend();

    // The next message, or nothing when there is nothing new; `shown` are the couriers whose places are in it.
    std::optional<std::string> next_message(const LiveRoll::Entries& roll, core::TimeUs now,
                                            std::vector<std::string>& shown);
    // Acts and late stretches of his pinned couriers since he was last told, and, when he may, who has written.
    std::vector<app::tracking::LiveNews> take_news(const app::tracking::LiveHub& hub);
    // Nothing of that was sent after all: the next one is a snapshot, every look is a new one.
    void start_over();

    // Whether this look is a new one for the access book (once per courier, kind of look and 15 minutes).
    bool is_new_look(const std::string& courier, app::audit::Look look, core::TimeUs now);

  private:
    struct Told {
        std::uint64_t row_version = 0, info_version = 0;
        app::couriers::LiveState state = app::couriers::LiveState::off_shift;
        bool inside = false;
    };
    std::string snapshot(const LiveRoll::Entries& roll, core::TimeUs now, std::vector<std::string>& shown);
    std::optional<std::string> frame(const LiveRoll::Entries& roll, core::TimeUs now, std::vector<std::string>& shown);
    bool wants(const RollEntry& entry, const Told& told) const;
    void note(const RollEntry& entry, Told& told) const;

    std::mutex lock_;  // of what was asked
    std::optional<LiveView> asked_;
    bool asked_again_ = false;

    bool attended_ = false, snapshot_due_ = true;
    LiveView view_;
    std::map<std::string, Told> told_;
    std::uint64_t seq_ = 0;
    std::optional<std::uint64_t> news_seen_;  // revision of the hub; nothing before the first view
    core::TimeUs sent_{};
    std::map<std::pair<std::string, app::audit::Look>, core::TimeUs> looks_;
};

// Messages that hold no state of the viewer.
std::string live_snapshot_json(const LiveRoll::Entries& roll, std::uint64_t seq, core::TimeUs now);

}  // namespace plus7::central::api
