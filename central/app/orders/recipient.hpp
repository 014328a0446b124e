// What the recipient sees of his order by an unguessable link: where it is, and the code for the courier. Nobody of the
// staff can see either. Inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "central/store/order_store.hpp"
#include "central/store/site_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::orders {

// 44 characters of base64url: the order's id and 128 bits that only the order's secret gives.
std::string recipient_token(const store::OrderRow& order);

struct RecipientView {
    store::OrderLine line;
    std::optional<std::string> code;           // none when no code is asked for, or the order is over
    std::optional<store::SiteRow> point{};     // where he collects it
    std::optional<core::TimeUs> keep_until{};  // once it lies there

    // Lying at a pickup point that is not his, it is on its way as in a depot.
    std::string_view status() const;
};
// Nothing for a token that is none.
std::optional<RecipientView> recipient_view(core::Tx& tx, std::string_view token);

// A new code instead of the one that was seen by others, or tried wrongly too often. The recipient's page shows it at
// once, handhelds accept it alone as soon as they hear of it, with all tries anew; one that is offline goes on with the
// code that it knows, and what it states is believed: each code that the order ever had counts (docs/custody.md).
constexpr std::int64_t most_renewals = 99;
crypto::CodeVerifier next_verifier(const store::OrderRow& order);  // slow: before the transaction
// not_found; conflict: the order is over, asks for no code, or was renewed since `seen`; limit.
core::Status renew_code(core::Tx& tx, const store::OrderRow& seen, const crypto::CodeVerifier& verifier);

std::optional<store::OrderRow> find_by_number(core::Tx& tx, const std::string& number);

}  // namespace plus7::central::app::orders
