#include "central/store/sign_in_store.hpp"

namespace plus7::central::store {

void put_sign_in(sql::Tx& tx, const std::string& courier, const SignIn& sign_in) {
    tx.exec(
        "INSERT INTO courier_sign_in (courier_id, badge_hash, pin_salt, pin_hash) VALUES ($1, $2, $3, $4) "
        "ON CONFLICT (courier_id) DO UPDATE SET badge_hash = excluded.badge_hash, pin_salt = excluded.pin_salt, "
        "pin_hash = excluded.pin_hash",
        courier, sign_in.badge, sign_in.pin.salt, sign_in.pin.hash);
}

std::optional<SignIn> find_sign_in(sql::Tx& tx, const std::string& courier) {
    const auto row =
        tx.one("SELECT badge_hash, pin_salt, pin_hash FROM courier_sign_in WHERE courier_id = $1", courier);
    if (!row) return std::nullopt;
    SignIn found;
    found.badge = row->get<core::Hash>("badge_hash");
    found.pin.salt = row->get<crypto::CodeSalt>("pin_salt");
    found.pin.hash = row->get<core::Hash>("pin_hash");
    return found;
}

void remove_sign_in(sql::Tx& tx, const std::string& courier) {
    tx.exec("DELETE FROM courier_sign_in WHERE courier_id = $1", courier);
}

}  // namespace plus7::central::store
