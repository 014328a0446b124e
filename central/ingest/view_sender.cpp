#include "central/ingest/view_sender.hpp"

#include <algorithm>

#include "central/app/chat/chat.hpp"
#include "central/app/view/view.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::ingest {

using app::view::Answer;

namespace {

struct Confirmed {
    Answer answer = Answer::known;
    std::optional<std::string> chat;  // the courier to whom messages came with it
};

}  // namespace

void ViewSender::send(const core::DeviceId& device) {
    using Delta = std::optional<wire::ViewDelta>;
    const auto unit = [device](sql::Tx& tx) -> core::Result<Delta> { return app::view::take_delta(tx, device); };
    parts_.desk.run<Delta>(unit, [this, device](const core::Result<Delta>& delta) {
        sent(device, !delta || *delta);  // what could not be read is tried again like what was not answered
        if (delta && *delta) publish(device, **delta);
    });
}

void ViewSender::greeted(const core::DeviceId& device) {
    {
        const std::lock_guard guard(lock_);
        unanswered_.erase(device);
    }
    send(device);
}

void ViewSender::sent(const core::DeviceId& device, bool something) {
    const std::lock_guard guard(lock_);
    if (!something) {
        unanswered_.erase(device);
        return;
    }
    auto& entry = unanswered_[device];
    entry.sent = parts_.clock.mono();
    entry.wait = entry.wait.count() == 0 ? first_wait : std::min(entry.wait * 2, longest_wait);
}

void ViewSender::publish(const core::DeviceId& device, const wire::ViewDelta& delta) {
    const auto parts = wire::split_view(delta);
    if (!parts) {
        runtime::log_error("a view cannot be sent", {{"device", device.text()}, {"reason", parts.error().message}});
        return;
    }
    for (const auto& part : *parts) parts_.down.send(device, wire::DownType::view, wire::encode(part));
}

bool ViewSender::sent_just_now(const core::DeviceId& device) {
    const std::lock_guard guard(lock_);
    const auto entry = unanswered_.find(device);
    return entry != unanswered_.end() && parts_.clock.mono() - entry->second.sent < least_pause &&
           entry->second.wait > first_wait;
}

void ViewSender::take_answer(const Frame& frame, const core::DeviceId& device, Done done) {
    const auto applied = wire::decode_view_applied(frame.payload);
    if (!applied) {
        done(Outcome::refused);
        return;
    }
    const auto unit = [device, applied = *applied, now = frame.received](sql::Tx& tx) -> core::Result<Confirmed> {
        Confirmed confirmed{app::view::confirm(tx, device, applied), {}};
        if (confirmed.answer == Answer::confirmed)
            confirmed.chat = app::chat::reached(tx, device, applied.version, now);
        return confirmed;
    };
    parts_.desk.run<Confirmed>(unit, [this, device, done = std::move(done)](const core::Result<Confirmed>& confirmed) {
        if (!confirmed) {
            done(Outcome::deferred);
            return;
        }
        const auto answer = confirmed->answer;
        if (confirmed->chat) parts_.positions.tell_chat(device, *confirmed->chat);
        if (answer == Answer::confirmed) {
            const std::lock_guard guard(lock_);
            unanswered_.erase(device);
        }
        // More may have changed meanwhile. One whose answers always differ gets its snapshots slowly, by tick().
        if (answer != Answer::known && !sent_just_now(device)) send(device);
        done(answer == Answer::known ? Outcome::duplicate : Outcome::applied);
    });
}

void ViewSender::tick() {
    std::vector<core::DeviceId> due;
    {
        const std::lock_guard guard(lock_);
        const auto now = parts_.clock.mono();
        for (const auto& [device, entry] : unanswered_)
            if (now - entry.sent >= entry.wait) due.push_back(device);
    }
    for (const auto& device : due) send(device);
}

}  // namespace plus7::central::ingest
