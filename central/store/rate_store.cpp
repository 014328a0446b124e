#include "central/store/rate_store.hpp"

namespace plus7::central::store {

std::int64_t count_try(sql::Tx& tx, const std::string& bucket, core::TimeUs window) {
    return tx
        .one(
            "INSERT INTO rate_count (bucket, window_us, tries) VALUES ($1, $2, 1) "
            "ON CONFLICT (bucket, window_us) DO UPDATE SET tries = rate_count.tries + 1 RETURNING tries",
            bucket, window)
        .value()
        .get<std::int64_t>(0);
}

void give_back_try(sql::Tx& tx, const std::string& bucket, core::TimeUs window) {
    tx.exec("UPDATE rate_count SET tries = tries - 1 WHERE bucket = $1 AND window_us = $2 AND tries > 0", bucket,
            window);
}

void forget_tries(sql::Tx& tx, core::TimeUs windows_before) {
    tx.exec("DELETE FROM rate_count WHERE window_us < $1", windows_before);
}

}  // namespace plus7::central::store
