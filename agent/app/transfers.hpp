// Parcels go from one courier to another without a network (K3): the taker shows an invitation, the giver scans it,
// states his half and shows the goods, the taker scans them and states his. Both halves name one transfer, which is new
// for each invitation, so that an old or a foreign code takes nothing. Storage thread; owned by the agent.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "agent/app/parcels.hpp"
#include "agent/store/hand_codes.hpp"

namespace plus7::agent::app {

class Transfers {
  public:
    static constexpr std::chrono::minutes heard_for{10};  // an invitation, by the giver
    static constexpr std::chrono::hours invited_for{12};  // the goods under it, by the taker
    static constexpr std::size_t most_invited = 8;
    static constexpr std::string_view invited_note = "invited";  // transfers that this handheld invited to

    static constexpr std::string_view only_couriers = "parcels go from courier to courier this way";
    static constexpr std::string_view own_code = "this is your own code: scan your colleague's";
    static constexpr std::string_view no_colleague = "scan your colleague's code first";
    static constexpr std::string_view not_for_us = "this is for a colleague, or an old code: show your code again";
    static constexpr std::string_view nothing_given = "nothing of this order was given away here";
    static constexpr std::string_view too_much =
        "this order is too big for one code: the dispatcher has to reassign it";

    Transfers(Parcels& parcels, store::Outbox& outbox, Stamps& stamps, const Shift& shift)
        : parcels_(parcels), outbox_(outbox), stamps_(stamps), shift_(shift) {}

    // The taker's code to show. conflict: no shift, only_couriers; full, unavailable: could not be remembered.
    core::Result<std::string> invite();
    // The goods that were scanned. invalid: misread; denied: not_for_us; else as Parcels::take_from.
    struct Received {
        std::string whom;  // the giver's code
        std::optional<model::OrderId> order;
        std::size_t parcels = 0;  // that were not here yet
    };
    core::Result<Received> receive(std::string_view code);

    // The giver's half: the invitation that was scanned, and what is given under it. invalid: misread; conflict: no
    // shift, own_code, only_couriers, no_colleague, else as Parcels::give.
    core::Status hear(std::string_view code);
    const store::Invitation* heard() const;  // while it holds
    Parcels::Saved give(const ParcelIds& parcels);
    // The code of what was given of an order, to be shown until the colleague has it. not_found: nothing_given; limit:
    // too_much.
    core::Result<std::string> goods(const model::OrderId& order) const;

  private:
    struct Heard {
        store::Invitation invitation;
        std::chrono::milliseconds at{0};
    };
    core::Result<Courier> at_work() const;
    bool is_invited(const model::TransferId& transfer) const;

    Parcels& parcels_;
    store::Outbox& outbox_;
    Stamps& stamps_;
    const Shift& shift_;
    std::optional<Heard> heard_;
};

}  // namespace plus7::agent::app
