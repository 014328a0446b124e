#include "central/app/accounts/roles.hpp"

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

Roles Roles::parse(std::string_view text) {
    Roles roles;
    while (!text.empty()) {
        const auto end = std::min(text.find(','), text.size());
        if (const auto role = role_of(text.substr(0, end))) roles.add(*role);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
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
