// Shapes of accounts that several resources share: roles, links, faults of a new password.
#pragma once
#include <string>

#include "central/api/json_body.hpp"
#include "central/app/accounts/passwords.hpp"
#include "central/app/accounts/roles.hpp"
#include "shared/core/time.hpp"

namespace plus7::central::api {

inline std::int64_t ms_of(core::TimeUs time) {
    return core::count(std::chrono::floor<std::chrono::milliseconds>(time));
}

// The member as roles, at least one; faults are noted in the body. Nothing: not there, or wrong.
std::optional<app::accounts::Roles> maybe_roles(JsonBody& body, std::string_view member);
// Notes what is wrong with a new password.
void check_password(JsonBody& body, std::string_view member, std::string_view password, std::string_view login);

}  // namespace plus7::central::api
