#include "central/app/accounts/api_scopes.hpp"

#include "shared/core/word_list.hpp"

namespace plus7::central::app::accounts {
namespace {

constexpr std::array<std::string_view, all_scopes.size()> names{"orders:read", "orders:write", "orders:track",
                                                                "webhooks"};

}  // namespace

std::string_view name_of(Scope scope) { return names[static_cast<std::size_t>(scope)]; }

std::optional<Scope> scope_of(std::string_view name) {
    for (const Scope scope : all_scopes)
        if (name_of(scope) == name) return scope;
    return std::nullopt;
}

Scopes Scopes::parse(std::string_view list) {
    Scopes scopes;
    for (const auto& word : core::words_of(list))
        if (const auto scope = scope_of(word)) scopes.add(*scope);
    return scopes;
}

std::vector<Scope> Scopes::list() const {
    std::vector<Scope> scopes;
    for (const Scope scope : all_scopes)
        if (has(scope)) scopes.push_back(scope);
    return scopes;
}

std::string Scopes::text() const {
    std::string text;
    for (const Scope scope : list()) text += (text.empty() ? "" : ",") + std::string(name_of(scope));
    return text;
}

}  // namespace plus7::central::app::accounts
