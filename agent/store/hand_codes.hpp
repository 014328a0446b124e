// Codes that people show each other, for the app: it knows what they say, their bytes are the wire's. Any thread.
#pragma once
#include "shared/wire/hand_codes.hpp"

namespace plus7::agent::store {

using wire::Badge;
using wire::BadgeSecret;
using wire::Goods;
using wire::HandCode;
using wire::Invitation;
using wire::RecipientCode;

using wire::badge_from;
using wire::badge_hash;
using wire::goods_from;
using wire::hand_code_of;
using wire::invitation_from;
using wire::recipient_code_from;
using wire::to_code;

}  // namespace plus7::agent::store
