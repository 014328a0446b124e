#include "central/app/accounts/tries.hpp"

#include "central/store/rate_store.hpp"
#include "shared/crypto/sha256.hpp"

namespace plus7::central::app::accounts {
namespace {

using namespace std::chrono_literals;

core::TimeUs window_of(const TryLimit& limit, core::TimeUs now) {
    const auto length = std::chrono::microseconds{limit.window}.count();
    return core::time_us(core::count(now) / length * length);
}

}  // namespace

std::optional<std::chrono::seconds> count_try(core::Tx& tx, const TryLimit& limit, core::TimeUs now) {
    const auto window = window_of(limit, now);
    if (store::count_try(tx, limit.bucket, window) <= limit.tries) return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(window + limit.window - now);
}

void give_back(core::Tx& tx, const TryLimit& limit, core::TimeUs now) {
    store::give_back_try(tx, limit.bucket, window_of(limit, now));
}

// Only a hash of what was typed as a login: people type their password there.
TryLimit sign_in_by_login(std::string_view login) {
    return {"sign-in:" + crypto::sha256(core::view_of(login)).hex(), 5, 60s};
}

TryLimit sign_in_by_address(std::string_view address) { return {"sign-in-from:" + std::string(address), 20, 60s}; }
TryLimit links_by_address(std::string_view address) { return {"link-from:" + std::string(address), 20, 60s}; }
TryLimit codes_by_minute(std::string_view staff_id) { return {"code:" + std::string(staff_id), 5, 60s}; }
TryLimit codes_by_hour(std::string_view staff_id) { return {"code-hour:" + std::string(staff_id), 20, 3600s}; }
TryLimit passwords_by_staff(std::string_view staff_id) { return {"password:" + std::string(staff_id), 5, 60s}; }

}  // namespace plus7::central::app::accounts
