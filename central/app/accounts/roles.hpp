// Roles of staff as a set. A value.
#pragma once
#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plus7::central::app::accounts {

enum class Role : std::uint8_t { admin, dispatcher, operator_, accountant, analyst, depot, clerk };
inline constexpr std::array all_roles{Role::admin,   Role::dispatcher, Role::operator_, Role::accountant,
                                      Role::analyst, Role::depot,      Role::clerk};

std::string_view name_of(Role role);  // "operator"
std::optional<Role> role_of(std::string_view name);

class Roles {
  public:
    Roles() = default;
    Roles(std::initializer_list<Role> roles);
    static Roles parse(std::string_view text);  // "admin,clerk"; names of no role are left out

    void add(Role role) { set_.set(static_cast<std::size_t>(role)); }
    bool has(Role role) const { return set_.test(static_cast<std::size_t>(role)); }
    bool empty() const { return set_.none(); }
    std::vector<Role> list() const;  // in the order of all_roles
    std::string text() const;        // "admin,clerk"
    bool operator==(const Roles&) const = default;

  private:
    std::bitset<all_roles.size()> set_;
};

}  // namespace plus7::central::app::accounts
