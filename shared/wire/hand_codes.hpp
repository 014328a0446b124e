// What people show each other as a QR code, without a network: a badge at sign-in, at a transfer the taker's invitation
// and the giver's goods, at the door the recipient's code (docs/handheld.md). Capital letters and digits only, so that
// a scanner that types is not misled by a keyboard's layout: prefix, then base 32 of the content and four bytes of its
// SHA-256. They hold secrets or personal data: never a fact, never in a log. Any thread.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/model/ids.hpp"
#include "shared/wire/view_rows.hpp"

namespace plus7::wire {

enum class HandCode { none, badge, invitation, goods, recipient };
HandCode hand_code_of(std::string_view text);  // by its prefix: P7B, P7T, P7G, P7C

using BadgeSecret = core::Fixed<16, struct BadgeSecretTag>;

struct Badge {
    model::CourierId courier;
    BadgeSecret secret;
    bool operator==(const Badge&) const = default;
};
core::Hash badge_hash(const BadgeSecret& secret);  // SHA-256("p7-badge" ‖ secret)

// Of the one who is to take: the transfer is new each time, so what is given under another one is not for him.
struct Invitation {
    model::TransferId transfer;
    model::CourierId taker;
    std::string code;  // of the courier, 1 – 12 bytes
    bool operator==(const Invitation&) const = default;
};

// One order with what the taker needs to go on with it: rows as the giver's view has them, ≤ 40 of ≤ 4 KiB.
struct Goods {
    model::TransferId transfer;
    model::CourierId giver;
    std::string code;  // of the giver, 1 – 12 bytes
    std::vector<std::pair<RowKey, core::Bytes>> rows;
    bool operator==(const Goods&) const = default;
};

// Of the recipient's page: his one-time code, to be scanned instead of said.
struct RecipientCode {
    model::OrderId order;
    std::string code;  // six digits
    bool operator==(const RecipientCode&) const = default;
};

std::string to_code(const Badge& badge);
std::string to_code(const Invitation& invitation);
std::string to_code(const RecipientCode& code);
std::string to_code(const Goods& goods);  // throws std::invalid_argument on a broken rule

// invalid: misread, or not what it begins as.
core::Result<Badge> badge_from(std::string_view text);
core::Result<Invitation> invitation_from(std::string_view text);
core::Result<Goods> goods_from(std::string_view text);
core::Result<RecipientCode> recipient_code_from(std::string_view text);

}  // namespace plus7::wire
