#include "central/ingest/view_sender.hpp"

#include <algorithm>
#include <utility>

#include "central/app/view/view.hpp"
#include "shared/runtime/log.hpp"

namespace plus7::central::ingest {

using app::view::Answer;

void ViewSender::send(const core::DeviceId& device) {
    if (take_off(device)) read(device);
}

bool ViewSender::take_off(const core::DeviceId& device) {
    const std::lock_guard guard(lock_);
    auto& entry = unanswered_[device];
    const auto since = parts_.clock.mono() - entry.sent;
    const bool is_pausing = entry.misfits > 1 && !entry.is_under_way && since < entry.wait;
    if ((entry.is_under_way && since < under_way) || is_pausing) {
        entry.has_more = true;
        return false;
    }
    entry.wait = std::clamp(entry.wait * 2, first_wait, longest_wait);
    entry.sent = parts_.clock.mono();
    entry.is_under_way = true;
    entry.has_more = false;
    return true;
}

void ViewSender::read(const core::DeviceId& device) {
    using Delta = std::optional<wire::ViewDelta>;
    const auto unit = [device](sql::Tx& tx) -> core::Result<Delta> { return app::view::take_delta(tx, device); };
    parts_.desk.run<Delta>(unit, [this, device](const core::Result<Delta>& delta) {
        if (!delta) return;  // what could not be read is tried again like what was not answered
        if (*delta) return publish(device, **delta);
        if (land_empty(device)) read(device);
    });
}

bool ViewSender::land_empty(const core::DeviceId& device) {
    const std::lock_guard guard(lock_);
    const auto entry = unanswered_.find(device);
    if (entry == unanswered_.end()) return false;
    if (std::exchange(entry->second.has_more, false)) return true;
    unanswered_.erase(entry);
    return false;
}

void ViewSender::send_anew(const core::DeviceId& device) {
    {
        const std::lock_guard guard(lock_);
        unanswered_.erase(device);
    }
    send(device);
}

void ViewSender::publish(const core::DeviceId& device, const wire::ViewDelta& delta) {
    const auto parts = wire::split_view(delta);
    if (!parts) {
        runtime::log_error("a view cannot be sent", {{"device", device.text()}, {"reason", parts.error().message}});
        return;
    }
    for (const auto& part : *parts) parts_.down.send(device, wire::DownType::view, wire::encode(part));
}

bool ViewSender::pause(const core::DeviceId& device) {
    const std::lock_guard guard(lock_);
    auto& entry = unanswered_[device];
    ++entry.misfits;
    entry.is_under_way = false;
    entry.sent = parts_.clock.mono();
    if (entry.misfits == 1) return false;
    entry.wait = std::min(first_pause * (1 << std::min(entry.misfits - 2, 10)), longest_wait);
    return true;
}

void ViewSender::take_answer(const Frame& frame, const core::DeviceId& device, Done done) {
    const auto applied = wire::decode_view_applied(frame.payload);
    if (!applied) {
        done(Outcome::refused);
        return;
    }
    const auto unit = [device, applied = *applied](sql::Tx& tx) -> core::Result<Answer> {
        return app::view::confirm(tx, device, applied);
    };
    parts_.desk.run<Answer>(unit, [this, device, done = std::move(done)](const core::Result<Answer>& answer) {
        if (!answer) {
            done(Outcome::deferred);
            return;
        }
        // More may have changed meanwhile. One whose answers never fit gets its snapshots slowly, by tick().
        if (*answer == Answer::confirmed) send_anew(device);
        if (*answer == Answer::differs && !pause(device)) send(device);
        done(*answer == Answer::known ? Outcome::duplicate : Outcome::applied);
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
