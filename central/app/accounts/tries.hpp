// Limits of tries. Each is counted in a unit of its own, committed before the check it protects: a refusal, a crash or
// many parallel requests cannot undo it. Used within a transaction.
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::accounts {

struct TryLimit {
    std::string bucket;  // "sign-in:<hash of the login>"
    std::int64_t tries = 0;
    std::chrono::seconds window{};
};

// Nothing: this try is within the limit. Else it is over, and this long remains of the window.
std::optional<std::chrono::seconds> count_try(core::Tx& tx, const TryLimit& limit, core::TimeUs now);
// A try that turned out right does not count.
void give_back(core::Tx& tx, const TryLimit& limit, core::TimeUs now);

TryLimit sign_in_by_login(std::string_view login);       // 5 in a minute
TryLimit sign_in_by_address(std::string_view address);   // 20 in a minute
TryLimit links_by_address(std::string_view address);     // set-up and invitation tokens: 20 in a minute
TryLimit codes_by_minute(std::string_view staff_id);     // second factor: 5 in a minute and
TryLimit codes_by_hour(std::string_view staff_id);       // 20 in an hour: 10⁶ codes, three of them right at a time
TryLimit passwords_by_staff(std::string_view staff_id);  // own password asked again: 5 in a minute

}  // namespace plus7::central::app::accounts
