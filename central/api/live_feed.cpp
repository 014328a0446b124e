#include "central/api/live_feed.hpp"

#include "central/api/event_codec.hpp"
#include "central/api/json_text.hpp"
#include "central/api/refusal.hpp"
#include "central/api/track_codec.hpp"
#include "central/app/accounts/permissions.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::api {
namespace {

using namespace std::chrono_literals;
using app::tracking::LiveNews;

constexpr auto tick_every = 1s;
constexpr auto couriers_every = 3s;  // names and bindings are edited elsewhere, perhaps in another instance
constexpr auto sessions_every = 5s;
constexpr std::uint16_t not_allowed = 4403;

std::string event_message(const std::string& courier, const store::ActRow& act) {
    return JsonObject().text("type", "event").text("courier", courier).json("event", json_of(act)).done();
}

std::string filled_message(core::Tx& tx, const LiveNews& news, core::TimeUs now) {
    const auto shift = store::last_shift_of_courier(tx, *news.courier);
    return JsonObject()
        .text("type", "filled")
        .text("courier", *news.courier)
        .time("from_ms", news.from)
        .time("to_ms", news.to)
        .json("records", json_of(app::couriers::records_of_shift(tx, shift, now)))
        .done();
}

}  // namespace

LiveFeed::LiveFeed(const FieldSide& side, runtime::Loop& loop, runtime::Workers& workers)
    : side_(side), workers_(workers), timer_(loop.every(tick_every, [this] { wake(); })) {}

http::Response LiveFeed::snapshot(const Call& call) {
    auto couriers = side_.db.read([](core::Tx& tx) { return LiveRoll::read_couriers(tx); });
    if (!couriers) return refuse(couriers.error());
    LiveRoll roll;
    roll.set_couriers(std::move(*couriers));
    roll.update(side_.live, call.now);
    std::vector<Look> looks;
    for (const auto& [id, entry] : roll.entries())
        if (entry.place) looks.push_back({call.actor(), id, app::audit::Look::live});
    if (const auto recorded = record(looks, call.now); !recorded) return refuse(recorded.error());
    return http::json(live_snapshot_json(roll.entries(), 0, call.now));
}

http::UpgradeDecision LiveFeed::open(const Call& call) {
    const bool may_chat = app::accounts::allows(call.who().roles, app::accounts::Permission::chat_couriers);
    auto viewer = std::make_shared<LiveViewer>(call.actor(), call.who().id, may_chat);
    http::WebSocketHandlers handlers;
    handlers.on_open = [this, viewer](const http::WebSocket& socket) { sit(viewer, socket); };
    handlers.on_message = [this, viewer](const http::WebSocket& socket, std::string_view message, bool) {
        hear(viewer, socket, message);
    };
    handlers.on_close = [this, viewer](const http::WebSocket&, std::uint16_t) { leave(viewer); };
    return handlers;
}

void LiveFeed::sit(const std::shared_ptr<LiveViewer>& viewer, const http::WebSocket& socket) {
    {
        const std::lock_guard guard(lock_);
        if (seats_.size() < most_viewers) {
            seats_.emplace(viewer.get(), Seat{viewer, socket});
            return;
        }
    }
    socket.close(http::close_code::try_again_later, "too many viewers");
}

void LiveFeed::leave(const std::shared_ptr<LiveViewer>& viewer) {
    const std::lock_guard guard(lock_);
    seats_.erase(viewer.get());
}

void LiveFeed::hear(const std::shared_ptr<LiveViewer>& viewer, const http::WebSocket& socket,
                    std::string_view message) {
    auto asked = read_live_client(message);
    if (!asked) return socket.close(http::close_code::policy, asked.error().message);
    if (auto* view = std::get_if<LiveView>(&*asked)) {
        viewer->ask(std::move(*view));
    } else {
        viewer->ask_again();
    }
    wake();
}

void LiveFeed::wake() {
    again_ = true;
    if (ticking_.exchange(true)) return;
    const auto taken = workers_.submit([this] { tick(); });
    if (!taken) ticking_ = false;  // the next second tries again
}

void LiveFeed::tick() {
    // A tick that fails loses nothing: what is new is found again by the next one.
    try {
        while (again_.exchange(false)) run_tick();
    } catch (const std::exception& error) {
        runtime::log_error("a tick of the live map failed", {{"reason", error.what()}});
    }
    ticking_ = false;
    if (again_) wake();
}

void LiveFeed::run_tick() {
    const auto now = side_.clock.now();
    auto open_seats = seats();
    if (open_seats.empty()) return;
    if (!refresh_couriers(now)) return;
    close_ended(open_seats, now);
    roll_.update(side_.live, now);

    std::vector<Look> looks;
    auto outgoing = prepare(open_seats, looks, now);
    const auto told = side_.db.read([&](core::Tx& tx) {
        for (auto& one : outgoing) {
            one.about_news.clear();
            for (const auto& news : one.news) add_news(tx, one, news, now);
        }
    });
    const auto recorded = told ? record(looks, now) : told;
    for (auto& one : outgoing) send(one, recorded.ok());
    if (!recorded) runtime::log_error("the live map waits for the database", {{"reason", recorded.error().message}});
}

// What every viewer who can take a message now is to be told, and whose places that shows him for the first time.
std::vector<LiveFeed::Outgoing> LiveFeed::prepare(const std::vector<Seat>& seats, std::vector<Look>& looks,
                                                  core::TimeUs now) {
    std::vector<Outgoing> all;
    for (const auto& seat : seats) {
        auto& viewer = *seat.viewer;
        if (!viewer.attend() || !seat.socket.ready_to_send()) continue;
        Outgoing one{seat, {}, viewer.take_news(side_.live), {}};
        std::vector<std::string> shown;
        one.message = viewer.next_message(roll_.entries(), now, shown);
        const auto note = [&](const std::string& courier, app::audit::Look kind) {
            if (viewer.is_new_look(courier, kind, now)) looks.push_back({viewer.who, courier, kind});
        };
        for (const auto& courier : shown) note(courier, app::audit::Look::live);
        for (const auto& news : one.news)
            if (news.kind == LiveNews::Kind::act) note(*news.courier, app::audit::Look::events);
        if (one.message || !one.news.empty()) all.push_back(std::move(one));
    }
    return all;
}

void LiveFeed::send(Outgoing& one, bool recorded) {
    if (!recorded) return one.seat.viewer->start_over();  // no look without its entry
    if (one.message) one.seat.socket.send_text(std::move(*one.message));
    for (auto& message : one.about_news) one.seat.socket.send_text(std::move(message));
}

std::vector<LiveFeed::Seat> LiveFeed::seats() {
    const std::lock_guard guard(lock_);
    std::vector<Seat> all;
    for (const auto& [viewer, seat] : seats_) all.push_back(seat);
    return all;
}

bool LiveFeed::refresh_couriers(core::TimeUs now) {
    if (couriers_read_ != core::TimeUs{} && now - couriers_read_ < couriers_every) return true;
    auto couriers = side_.db.read([](core::Tx& tx) { return LiveRoll::read_couriers(tx); });
    if (!couriers) {
        runtime::log_error("the live map cannot read the couriers", {{"reason", couriers.error().message}});
        return false;
    }
    roll_.set_couriers(std::move(*couriers));
    couriers_read_ = now;
    return true;
}

// Whoever was signed out, or may not see places any more, is shown nothing further.
void LiveFeed::close_ended(std::vector<Seat>& seats, core::TimeUs now) {
    if (now - sessions_checked_ < sessions_every) return;
    sessions_checked_ = now;
    std::map<std::string, std::uint16_t> refused;  // by session
    const auto asked = side_.db.read([&](core::Tx& tx) {
        refused.clear();
        for (const auto& seat : seats) {
            auto& code = refused[seat.viewer->session_id] = http::close_code::session_expired;
            for (const auto& session : app::accounts::open_sessions(tx, seat.viewer->who.id.value_or(""), now)) {
                if (session.id != seat.viewer->session_id) continue;
                const bool may = app::accounts::allows(session.roles, app::accounts::Permission::see_positions);
                code = may ? std::uint16_t{0} : not_allowed;
            }
        }
    });
    if (!asked) return;
    std::erase_if(seats, [&](const Seat& seat) {
        const auto code = refused.at(seat.viewer->session_id);
        if (code != 0) seat.socket.close(code, "sign in again");
        return code != 0;
    });
}

void LiveFeed::add_news(core::Tx& tx, Outgoing& one, const LiveNews& news, core::TimeUs now) {
    if (news.kind == LiveNews::Kind::chat) {
        one.about_news.push_back(JsonObject().text("type", "chat").text("courier", *news.courier).done());
    } else if (news.kind == LiveNews::Kind::filled) {
        one.about_news.push_back(filled_message(tx, news, now));
    } else if (const auto act = store::find_act(tx, news.event)) {
        one.about_news.push_back(event_message(*news.courier, *act));
    }
}

core::Status LiveFeed::record(const std::vector<Look>& looks, core::TimeUs now) {
    if (looks.empty()) return {};
    return side_.db.write([&](core::Tx& tx) -> core::Status {
        for (const auto& look : looks) app::audit::record_look(tx, look.who, look.courier, look.kind, now);
        return {};
    });
}

}  // namespace plus7::central::api
