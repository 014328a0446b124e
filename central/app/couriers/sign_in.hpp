// How a courier proves on a handheld without a network that it is him: a badge to scan and a PIN to type. Central keeps
// only what handhelds check them against; both are shown once. Synchronous, inside the caller's transaction.
#pragma once
#include <string>
#include <string_view>

#include "central/store/sign_in_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::couriers {

struct NewPin {
    std::string pin;  // four digits
    crypto::CodeVerifier verifier;
};
NewPin make_pin();                        // slow by intent: outside of a transaction
bool is_guessable(std::string_view pin);  // what a finder tries first: 0000, 1234, 1212, 1122, years

// Both: not_found; conflict: he is blocked, or has no badge yet. A new PIN has a new salt, by which a handheld that was
// locked by wrong ones counts anew.
core::Status give_badge(core::Tx& tx, const std::string& courier, const store::SignIn& sign_in);
core::Status give_pin(core::Tx& tx, const std::string& courier, const crypto::CodeVerifier& pin);
// He starts his shift without. not_found.
core::Status remove_badge(core::Tx& tx, const std::string& courier);

}  // namespace plus7::central::app::couriers
