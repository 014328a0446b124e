// What the office asks when it wipes a lost handheld (E7), beyond the lock, which has emptied the view: the courier is
// signed out, what screens remember goes. Facts, money and photos that central does not have stay until they are sent;
// the fact `device.wiped` stands behind them in their lane. Storage thread; owned by the agent.
#pragma once
#include "agent/app/parcels.hpp"
#include "agent/app/shift.hpp"

namespace plus7::agent::app {

class Wiping {
  public:
    Wiping(store::Stores& stores, Logbook& logbook, Shift& shift, Parcels& parcels)
        : stores_(stores), logbook_(logbook), shift_(shift), parcels_(parcels) {}

    // Does what is still to be done of a wipe that was asked, also by another life of the process; nothing when there
    // is none. An error: try again, nothing was skipped.
    core::Status go_on();

  private:
    bool due(const model::WipeId& asked) const;

    store::Stores& stores_;
    Logbook& logbook_;
    Shift& shift_;
    Parcels& parcels_;
};

}  // namespace plus7::agent::app
