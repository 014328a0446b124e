#include "agent/app/sign_in.hpp"

#include <algorithm>

#include "agent/store/hand_codes.hpp"

namespace plus7::agent::app {
namespace {

// A new PIN has a new salt, and with it tries of its own.
std::string tries_note(const store::SignInCheck& row) { return "pin:" + row.pin.salt.hex(); }

}  // namespace

const store::SignInCheck* SignIn::asked() const {
    const auto& courier = shift_.courier();
    return courier && courier->sign_in && !shift_.open() ? &*courier->sign_in : nullptr;
}

const SignIn::Shown* SignIn::shown() const {
    const auto* row = asked();
    const bool valid = row != nullptr && shown_ && shown_->badge == row->badge && stamps_.mono() - shown_->at < holds;
    return valid ? &*shown_ : nullptr;
}

int SignIn::tries() const {
    const auto* row = asked();
    const auto note = row != nullptr ? outbox_.note(tries_note(*row)) : std::nullopt;
    return note && !note->empty() ? note->front() : 0;
}

int SignIn::tries_left() const { return std::max(0, most_tries - tries()); }

SignIn::Step SignIn::step() const {
    if (asked() == nullptr) return Step::not_needed;
    const auto* badge = shown();
    if (badge != nullptr && badge->with_pin) return Step::start;
    if (tries_left() == 0) return Step::locked;
    return badge != nullptr ? Step::pin : Step::badge;
}

core::Status SignIn::badge(std::string_view code) {
    const auto* row = asked();
    if (row == nullptr) return core::conflict(not_asked);
    const auto badge = store::badge_from(code);
    if (!badge) return badge.error();
    if (badge->courier != shift_.courier()->id) return core::denied(foreign_badge);
    if (store::badge_hash(badge->secret) != row->badge) return core::denied(old_badge);
    if (tries_left() == 0) return core::limit(no_tries);
    shown_ = Shown{row->badge, stamps_.mono(), false};
    return {};
}

core::Status SignIn::pin(std::string_view pin) {
    const auto* row = asked();
    if (row == nullptr || shown() == nullptr) return core::conflict(no_badge);
    const auto before = tries();
    if (before >= most_tries) return core::limit(no_tries);
    const auto note = tries_note(*row);
    if (const auto kept = outbox_.keep_note({note, {static_cast<std::uint8_t>(before + 1)}}); !kept) return kept;
    if (!crypto::verifies(row->pin, pin)) return core::denied(wrong_pin);
    shown_->with_pin = true;
    shown_->at = stamps_.mono();
    return outbox_.keep_note({note, {0}});
}

core::Result<OpenShift> SignIn::start_shift() {
    if (asked() != nullptr) {
        if (tries_left() == 0) return core::limit(no_tries);
        if (shown() == nullptr) return core::conflict(no_badge);
        if (!shown_->with_pin) return core::conflict(no_pin);
    }
    auto started = shift_.start();
    if (started) shown_.reset();
    return started;
}

}  // namespace plus7::agent::app
