#include "central/api/live_viewer.hpp"

#include "central/api/json_text.hpp"

namespace plus7::central::api {
namespace {

using namespace std::chrono_literals;

constexpr auto heartbeat = 15s;
constexpr auto look_window = 15min;

}  // namespace

void LiveViewer::ask(LiveView view) {
    const std::lock_guard guard(lock_);
    asked_ = std::move(view);
}

void LiveViewer::ask_again() {
    const std::lock_guard guard(lock_);
    asked_again_ = true;
}

bool LiveViewer::attend() {
    const std::lock_guard guard(lock_);
    if (asked_) {
        view_ = std::move(*asked_);
        asked_.reset();
        attended_ = true;
    }
    if (asked_again_) snapshot_due_ = true;
    asked_again_ = false;
    return attended_;
}

std::optional<std::string> LiveViewer::next_message(const LiveRoll::Entries& roll, core::TimeUs now,
                                                    std::vector<std::string>& shown) {
    auto message = snapshot_due_ ? std::optional(snapshot(roll, now, shown)) : frame(roll, now, shown);
    if (message) sent_ = now;
    return message;
}

std::string LiveViewer::snapshot(const LiveRoll::Entries& roll, core::TimeUs now, std::vector<std::string>& shown) {
    snapshot_due_ = false;
    told_.clear();
    for (const auto& [id, entry] : roll) {
        note(entry, told_[id]);
        if (entry.place) shown.push_back(id);
    }
    return live_snapshot_json(roll, ++seq_, now);
}

std::optional<std::string> LiveViewer::frame(const LiveRoll::Entries& roll, core::TimeUs now,
                                             std::vector<std::string>& shown) {
    JsonList rows, couriers, gone;
    for (const auto& [id, entry] : roll) {
        auto& told = told_[id];
        const bool is_row_new = wants(entry, told);
        if (told.info_version != entry.info_version) couriers.json(entry.info_json);
        told.info_version = entry.info_version;
        if (!is_row_new) continue;
        rows.json(entry.row_json);
        note(entry, told);
        if (entry.place) shown.push_back(id);
    }
    std::erase_if(told_, [&](const auto& known) {
        const bool is_gone = !roll.contains(known.first);
        if (is_gone) gone.text(known.first);
        return is_gone;
    });
    const bool is_empty = rows.empty() && couriers.empty() && gone.empty();
    if (is_empty && now - sent_ < heartbeat) return std::nullopt;
    JsonObject message;
    message.text("type", "frame").number("seq", ++seq_).time("time_ms", now).json("rows", rows.done());
    if (!couriers.empty()) message.json("couriers", couriers.done());
    if (!gone.empty()) message.json("gone", gone.done());
    return message.done();
}

// He changed, and is or was in sight, is pinned, or does something else now.
bool LiveViewer::wants(const RollEntry& entry, const Told& told) const {
    if (entry.row_version == told.row_version) return false;
    if (told.row_version == 0 || entry.state != told.state || told.inside) return true;
    return view_.is_pinned(entry.courier.id) || (entry.place && view_.holds(*entry.place));
}

void LiveViewer::note(const RollEntry& entry, Told& told) const {
    const bool inside = entry.place && view_.holds(*entry.place);
    told = {entry.row_version, entry.info_version, entry.state, inside};
}

std::vector<app::tracking::LiveNews> LiveViewer::take_news(const app::tracking::LiveHub& hub) {
    const auto revision = hub.revision();
    auto news = hub.news_since(news_seen_.value_or(revision)).value_or(std::vector<app::tracking::LiveNews>{});
    news_seen_ = revision;
    // What came after the revision was read comes again next time.
    std::erase_if(news, [&](const auto& one) {
        if (one.revision > revision || !one.courier) return true;
        const bool is_chat = one.kind == app::tracking::LiveNews::Kind::chat;
        return is_chat ? !may_chat : !view_.is_pinned(*one.courier);
    });
    return news;
}

void LiveViewer::start_over() {
    snapshot_due_ = true;
    looks_.clear();
}

bool LiveViewer::is_new_look(const std::string& courier, app::audit::Look look, core::TimeUs now) {
    auto& last = looks_[{courier, look}];
    if (last != core::TimeUs{} && now - last < look_window) return false;
    last = now;
    return true;
}

std::string live_snapshot_json(const LiveRoll::Entries& roll, std::uint64_t seq, core::TimeUs now) {
    JsonList couriers, rows;
    for (const auto& [id, entry] : roll) {
        couriers.json(entry.info_json);
        rows.json(entry.row_json);
    }
    return JsonObject()
        .text("type", "snapshot")
        .number("seq", seq)
        .time("time_ms", now)
        .json("couriers", couriers.done())
        .json("rows", rows.done())
        .done();
}

}  // namespace plus7::central::api
