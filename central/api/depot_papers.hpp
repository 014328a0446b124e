// Papers of the depot's floor as PDF, in the language of the company and the hours of the depot. Within a transaction.
#pragma once
#include <string>

#include "central/app/depot/handout.hpp"
#include "central/app/depot/intake.hpp"

namespace plus7::central::api {

// What was expected and did not come, what came and was not expected, what is damaged; with two signature lines.
core::Result<std::string> act_of_discrepancies(core::Tx& tx, const app::depot::IntakeBoard& board,
                                               const app::depot::Floor& floor);
// What the courier carries now, with the addresses.
core::Result<std::string> hand_out_list(core::Tx& tx, const app::depot::HandOutBoard& board,
                                        const app::depot::Floor& floor);

}  // namespace plus7::central::api
