#include "central/store/server_store.hpp"

#include "shared/core/random.hpp"

namespace plus7::central::store {

core::ServerGen server_gen(sql::Tx& tx, core::TimeUs now) {
    tx.exec("INSERT INTO server (one, server_gen, made_us) VALUES (1, $1, $2) ON CONFLICT (one) DO NOTHING",
            core::random_id<core::ServerGen>(), now);
    return tx.one("SELECT server_gen FROM server WHERE one = 1")->get<core::ServerGen>(0);
}

core::ServerGen renew_server_gen(sql::Tx& tx, core::TimeUs now) {
    const auto fresh = core::random_id<core::ServerGen>();
    tx.exec(
        "INSERT INTO server (one, server_gen, made_us) VALUES (1, $1, $2) "
        "ON CONFLICT (one) DO UPDATE SET server_gen = excluded.server_gen, made_us = excluded.made_us",
        fresh, now);
    return fresh;
}

}  // namespace plus7::central::store
