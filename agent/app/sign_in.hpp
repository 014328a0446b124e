// The courier proves with his badge and PIN that it is him, without a network (C1). Five wrong PINs, counted durably
// before each check, lock the start of shifts until the office gives a new PIN. Storage thread; owned by the agent.
#pragma once
#include <optional>
#include <string_view>

#include "agent/app/shift.hpp"

namespace plus7::agent::app {

class SignIn {
  public:
    static constexpr int most_tries = 5;
    static constexpr std::chrono::minutes holds{5};  // a badge for its PIN, both for the start

    static constexpr std::string_view not_asked = "no badge is asked for here";
    static constexpr std::string_view foreign_badge = "this badge is of another courier";
    static constexpr std::string_view old_badge = "this badge is no longer valid: ask for a new one";
    static constexpr std::string_view no_badge = "scan your badge first";
    static constexpr std::string_view no_pin = "give your PIN first";
    static constexpr std::string_view wrong_pin = "the PIN is not right";
    static constexpr std::string_view no_tries = "five wrong PINs: ask the dispatcher for a new one";

    SignIn(Shift& shift, store::Outbox& outbox, Stamps& stamps) : shift_(shift), outbox_(outbox), stamps_(stamps) {}

    // What is wanted next; not_needed: the courier has no badge, or a shift is open.
    enum class Step { not_needed, badge, pin, start, locked };
    Step step() const;
    int tries_left() const;

    // `code`: as scanned. invalid: misread; denied: foreign_badge, old_badge; conflict: not_asked; limit: no_tries.
    core::Status badge(std::string_view code);
    // denied: wrong_pin; conflict: no_badge; limit: no_tries; unavailable, full: the try could not be counted.
    core::Status pin(std::string_view pin);
    // As Shift::start; conflict: no_badge, no_pin. Signed in for this one shift.
    core::Result<OpenShift> start_shift();

  private:
    struct Shown {
        core::Hash badge;
        std::chrono::milliseconds at{0};
        bool with_pin = false;
    };
    const store::SignInCheck* asked() const;
    const Shown* shown() const;  // the badge that still holds
    int tries() const;

    Shift& shift_;
    store::Outbox& outbox_;
    Stamps& stamps_;
    std::optional<Shown> shown_;
};

}  // namespace plus7::agent::app
