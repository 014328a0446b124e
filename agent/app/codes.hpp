// The recipient's one-time code, checked without a network (X3). At most five wrong tries per order, counted durably
// before each check, so that neither a restart nor a pulled battery gives new ones. A right code is remembered until
// the parcels are handed over, in memory only. Storage thread; owned by the agent.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "agent/store/outbox.hpp"
#include "agent/store/work.hpp"

namespace plus7::agent::app {

class Codes {
  public:
    static constexpr int most_tries = 5;
    static constexpr std::string_view wrong_code = "the code is not right";
    static constexpr std::string_view no_tries = "five wrong codes: ask the dispatcher, or take another proof";
    static constexpr std::string_view no_code = "no code is asked for here";

    Codes(store::Work work, store::Outbox& outbox) : work_(work), outbox_(outbox) {}

    // `how`: code or recipient_qr, what the fact will say. denied: wrong_code; limit: no_tries; not_found: no_code;
    // unavailable, full: the try could not be counted.
    core::Status check(const model::OrderId& order, std::string_view code,
                       model::ProofKind how = model::ProofKind::code);
    int tries_left(const model::OrderId& order) const;

    bool knows(const model::OrderId& order) const { return right_.contains(order); }
    // What the fact of that event says of the code; none when it was not given.
    std::optional<model::Proof> proof(const model::OrderId& order, const core::EventId& event) const;
    void forget(const model::OrderId& order) { right_.erase(order); }

  private:
    int tries(const model::OrderId& order) const;

    store::Work work_;
    store::Outbox& outbox_;
    struct Right {
        std::string code;
        model::ProofKind how;
    };
    std::map<model::OrderId, Right> right_;
};

}  // namespace plus7::agent::app
