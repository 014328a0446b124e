// Rows of how couriers sign in on handhelds (0013_people.sql). SQL only; the rules are in app/couriers. In a
// transaction.
#pragma once
#include <optional>
#include <string>

#include "shared/crypto/handover_code.hpp"
#include "shared/sql/tx.hpp"

namespace plus7::central::store {

struct SignIn {
    core::Hash badge;  // wire::badge_hash
    crypto::CodeVerifier pin;
    bool operator==(const SignIn&) const = default;
};

void put_sign_in(sql::Tx& tx, const std::string& courier, const SignIn& sign_in);
std::optional<SignIn> find_sign_in(sql::Tx& tx, const std::string& courier);
void remove_sign_in(sql::Tx& tx, const std::string& courier);

}  // namespace plus7::central::store
