// Who carries this handheld, by central's view. Storage thread.
#pragma once
#include <optional>
#include <string>

#include "agent/store/view_store.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/handover_code.hpp"
#include "shared/model/holder.hpp"
#include "shared/model/ids.hpp"

namespace plus7::agent::store {

// How he proves that it is him: the hash of his badge's secret, the slow hash of his PIN.
struct SignInCheck {
    core::Hash badge;
    crypto::CodeVerifier pin;
    bool operator==(const SignInCheck&) const = default;
};

struct BoundCourier {
    model::CourierId id;
    std::string code;                      // what people call out: "C-017"
    std::optional<model::Holder> site{};   // the pickup point he works at; none: he drives
    std::optional<SignInCheck> sign_in{};  // none: he starts the shift without
    bool operator==(const BoundCourier&) const = default;
};

// Nobody: nothing. invalid: central's word cannot be read.
core::Result<std::optional<BoundCourier>> bound_courier(const ViewStore& view);

}  // namespace plus7::agent::store
