#include "central/app/couriers/sign_in.hpp"

#include "central/store/courier_store.hpp"
#include "shared/core/random.hpp"

namespace plus7::central::app::couriers {
namespace {

core::Status lock_active(core::Tx& tx, const std::string& id) {
    const auto courier = store::lock_courier(tx, id);
    if (!courier) return core::not_found("no such courier");
    if (courier->blocked) return core::conflict("the courier is blocked");
    return {};
}

std::string random_pin() {
    const auto number = std::to_string(core::random_below(10'000));
    return std::string(4 - number.size(), '0') + number;
}

}  // namespace

bool is_guessable(std::string_view pin) {
    const auto step = [&](std::size_t at) { return (pin[at + 1] - pin[at] + 10) % 10; };
    const bool is_row = step(0) == step(1) && step(1) == step(2);  // 0000, 1234, 4321, 2468
    const bool has_pairs = (pin[0] == pin[2] && pin[1] == pin[3]) || (pin[0] == pin[1] && pin[2] == pin[3]);
    return is_row || has_pairs || pin.starts_with("19") || pin.starts_with("20");
}

NewPin make_pin() {
    auto pin = random_pin();
    while (is_guessable(pin)) pin = random_pin();
    auto verifier = crypto::make_verifier(pin, core::random_id<crypto::CodeSalt>());
    return {std::move(pin), verifier};
}

core::Status give_badge(core::Tx& tx, const std::string& courier, const store::SignIn& sign_in) {
    if (auto good = lock_active(tx, courier); !good) return good;
    store::put_sign_in(tx, courier, sign_in);
    store::touch_courier(tx, courier);
    return {};
}

core::Status give_pin(core::Tx& tx, const std::string& courier, const crypto::CodeVerifier& pin) {
    if (auto good = lock_active(tx, courier); !good) return good;
    auto sign_in = store::find_sign_in(tx, courier);
    if (!sign_in) return core::conflict("he has no badge yet: make one, it comes with a PIN");
    sign_in->pin = pin;
    store::put_sign_in(tx, courier, *sign_in);
    store::touch_courier(tx, courier);
    return {};
}

core::Status remove_badge(core::Tx& tx, const std::string& courier) {
    if (!store::lock_courier(tx, courier)) return core::not_found("no such courier");
    store::remove_sign_in(tx, courier);
    store::touch_courier(tx, courier);
    return {};
}

}  // namespace plus7::central::app::couriers
