#include "central/app/accounts/roles.hpp"

#include "shared/core/word_list.hpp"

namespace plus7::central::app::accounts {
namespace {

constexpr std::array<std::string_view, all_roles.size()> names{"admin",   "dispatcher", "operator", "accountant",
                                                               "analyst", "depot",      "clerk"};

}  // namespace

std::string_view name_of(Role role) { return names[static_cast<std::size_t>(role)]; }

std::optional<Role> role_of(std::string_view name) {
    for (const Role role : all_roles)
        if (name_of(role) == name) return role;
    return std::nullopt;
}

Roles::Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles) add(role);
}

Roles Roles::parse(std::string_view list) {
    Roles roles;
    for (const auto& word : core::words_of(list))
        if (const auto role = role_of(word)) roles.add(*role);
    return roles;
}

std::vector<Role> Roles::list() const {
    std::vector<Role> roles;
    for (const Role role : all_roles)
        if (has(role)) roles.push_back(role);
    return roles;
}

std::string Roles::text() const {
    std::string text;
    for (const Role role : list()) text += (text.empty() ? "" : ",") + std::string(name_of(role));
    return text;
}

}  // namespace plus7::central::app::accounts
