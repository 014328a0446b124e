// Tokens by which shops and partners use the API. The text is its owner's alone; its hash is kept. A token acts for one
// sender: it makes his orders and sees no others. Rules; used within a transaction.
#pragma once
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "central/app/accounts/api_scopes.hpp"
#include "central/app/accounts/tries.hpp"
#include "central/app/audit/audit.hpp"
#include "shared/core/result.hpp"
#include "shared/core/time.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::accounts {

struct ApiToken {
    std::string id, name, sender;
    std::string shown;  // its first characters
    Scopes scopes;
    std::optional<core::TimeUs> expires{}, used{}, revoked{};  // used: the day
    core::TimeUs created{};

    bool is_live(core::TimeUs now) const { return !revoked && (!expires || now < *expires); }
};

struct NewToken {
    std::string name, sender;
    Scopes scopes;
    std::optional<core::TimeUs> expires;
};
struct MadeToken {
    ApiToken token;
    std::string text;  // for its owner, once; never logged
};

// invalid: no name, no sender, no scope, or it expires before now.
core::Result<MadeToken> make_token(core::Tx& tx, const audit::Actor& by, const NewToken& token, core::TimeUs now);
std::vector<ApiToken> tokens(core::Tx& tx);  // newest first, the last 500
// not_found. A token that was revoked stays so, without a second entry.
core::Result<ApiToken> revoke_token(core::Tx& tx, const audit::Actor& by, const std::string& id, core::TimeUs now);

bool has_live_token(core::Tx& tx, const std::string& sender, core::TimeUs now);

// Whose token this is. denied: nobody's; expired: revoked or over; the message says which, for its owner.
core::Result<ApiToken> find_token(core::Tx& tx, std::string_view text, core::TimeUs now);
bool wants_use_noted(const ApiToken& token, core::TimeUs now);  // at most once a day
void note_use(core::Tx& tx, const ApiToken& token, core::TimeUs now);

TryLimit requests_by_token(std::string_view token_id);       // 600 in a minute
TryLimit wrong_tokens_by_address(std::string_view address);  // 30 in a minute

}  // namespace plus7::central::app::accounts
