// Tariffs, and what an order costs by the one that holds: the price is stored with the order and stays by that version.
// Synchronous, inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "central/app/tariffs/price.hpp"
#include "central/app/tariffs/slots.hpp"
#include "central/app/tariffs/zones.hpp"

namespace plus7::central::app::tariffs {

// A new version; those of before stay as they are. invalid: check_tariff(), no such zone.
core::Result<store::TariffRow> create_tariff(core::Tx& tx, store::TariffRow tariff, core::TimeUs now);

inline const std::string usual_currency = store::TariffRow{}.currency;

struct Question {
    std::optional<core::LatLon> where;
    std::optional<std::string> zone;  // id, instead of a place
    std::int64_t weight_g = 0;
    std::optional<std::string> size;
    std::optional<store::Slot> slot;
    std::optional<store::Money> due;  // its currency chooses the tariff; none: RUB
};

struct Quote {
    Whereabouts place;
    std::optional<store::TariffRow> tariff{};
    std::optional<Price> price{};  // nothing: no tariff holds, or the place is unknown
};
// By `tariff` where it is given (an order keeps its version), else by the one that holds now. invalid: no such zone.
core::Result<Quote> quote(core::Tx& tx, const Question& question, core::TimeUs now,
                          const std::optional<std::string>& tariff = {});

struct Settling {
    std::optional<std::optional<std::string>> size;  // not set: as before
    bool over_capacity = false;                      // a dispatcher has confirmed it
    bool priced_anew = true;                         // false: nothing changed that the price or the slot hangs on
};
// Finds zone, slot and price of an order that was just written, and stores them; app/orders does it for every order.
// conflict, beginning with "slot": it is full.
core::Status settle(core::Tx& tx, const store::OrderRow& order, const Settling& how, core::TimeUs now);
// Only its zone and its place in the slot, also in a full one; the price stays as agreed. Its point has moved, or the
// field has changed its time.
void resettle(core::Tx& tx, const store::OrderRow& order);

// Whether this order (empty: a new one) would find a place in the slot there, or has it; nothing is held for it.
bool has_room(core::Tx& tx, const std::optional<core::LatLon>& where, const store::Slot& slot,
              const std::string& order);

// More orders than the slot takes, this one among them: a dispatcher or a recipient's word put it there.
bool is_over_capacity(core::Tx& tx, const std::string& order);

// What the tariff that holds demands at the door: "code,photo". Nothing: no tariff holds.
std::optional<std::vector<std::string>> default_proof(core::Tx& tx, const std::string& currency, core::TimeUs now);

}  // namespace plus7::central::app::tariffs
